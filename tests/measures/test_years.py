"""Totals from single years and single years from totals, checked on the figures of 茨城県."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis import DataError, add_achievement, add_cumulative, load
from analysis.measures.years import list_totals

DATA = Path(__file__).parents[2] / "data"
PROGRAMS = pd.DataFrame(
    {
        "government_code": "080004",
        "program_id": ["strategy", "undated"],
        "start_year": pd.array([2015, pd.NA], dtype="Int64"),
    }
)


def kpi(aggregation, years, actuals, targets=None, **columns):
    return pd.DataFrame(
        {
            "government_code": "080004",
            "program_id": "strategy",
            "kpi_id": "jobs",
            "fiscal_year": pd.array(years, dtype="Int64"),
            "direction": "up",
            "aggregation": aggregation,
            "target": np.array(targets or [2000] * len(years), dtype="float64"),
            "actual": np.array(actuals, dtype="float64"),
            "actual_status": "final",
        }
        | columns
    )


def notes(table, name):
    return table[f"{name}_note"].astype("str").tolist()


def test_single_years_of_ibaraki_add_up_to_the_total_it_prints_and_to_its_rate():
    # 茨城県: 2,748 + 2,415 = 5,163 of 4,000; printed 129.0 (truncated from 129.075)
    data = load(DATA, government="080004")
    added = add_cumulative(data.kpis, data.programs).set_index(["kpi_id", "fiscal_year"])
    single = added.loc["job_creation"]
    assert single["cumulative_actual"].tolist() == [2748, 5163]
    assert single["cumulative_target"].tolist() == [2000, 4000]
    assert single["cumulative_rate"].tolist() == [1.374, 1.29075]
    total = added.loc["job_creation_cumulative"]
    assert single["cumulative_actual"].tolist() == total["actual"].tolist()[:2]


def test_totals_of_ibaraki_give_back_the_single_years_and_are_never_added():
    data = load(DATA, government="080004")
    added = add_cumulative(data.kpis, data.programs).set_index(["kpi_id", "fiscal_year"])
    total = added.loc["job_creation_cumulative"]
    assert total["year_actual"].tolist() == [2748, 2415, 1914]  # 7,077 - 5,163 = 1,914
    assert total["cumulative_actual"].isna().all()
    assert notes(total, "cumulative_actual") == ["cumulative_actual"] * 3
    assert notes(total, "cumulative_rate") == ["cumulative_actual"] * 3


def test_a_year_that_is_missing_ends_the_total_and_nothing_is_filled_in():
    added = add_cumulative(kpi("single_year", [2015, 2017], [5, 7]), PROGRAMS)
    assert added["cumulative_actual"].tolist()[0] == 5
    assert notes(added, "cumulative_actual") == ["", "missing_year"]
    assert added["cumulative_actual"].isna().tolist() == [False, True]
    assert added["year_actual"].tolist() == [5, 7]


def test_a_year_without_an_actual_keeps_the_total_of_targets_alone():
    added = add_cumulative(kpi("increment", [2015, 2016], [5, np.nan], [4, 6]), PROGRAMS)
    assert added["cumulative_target"].tolist() == [4, 10]
    assert notes(added, "cumulative_actual") == ["", "missing_year"]
    assert notes(added, "cumulative_rate") == ["", "missing_year"]
    assert notes(added, "year_actual") == ["", "no_actual"]


def test_a_total_without_the_year_before_has_no_figure_of_its_own_year():
    added = add_cumulative(kpi("cumulative", [2016, 2018, 2019], [5, 9, 12]), PROGRAMS)
    assert notes(added, "year_actual") == ["missing_year", "missing_year", ""]
    assert added["year_actual"].tolist()[2] == 3


@pytest.mark.parametrize(
    ("aggregation", "word"), [("level", "level_kpi"), ("unknown", "aggregation_unknown")]
)
def test_levels_and_unknown_aggregations_are_not_added(aggregation, word):
    added = add_cumulative(kpi(aggregation, [2015, 2016], [5, 7]), PROGRAMS)
    for name in ("cumulative_actual", "cumulative_target", "cumulative_rate", "year_actual"):
        assert added[name].isna().all()
        assert notes(added, name) == [word, word]


def test_a_program_without_a_first_year_and_a_year_before_it_have_no_total():
    undated = add_cumulative(kpi("single_year", [2015], [5], program_id="undated"), PROGRAMS)
    early = add_cumulative(kpi("single_year", [2014, 2015], [5, 7]), PROGRAMS)
    assert notes(undated, "cumulative_actual") == ["no_start_year"]
    assert notes(early, "cumulative_actual") == ["before_start", ""]
    assert early["cumulative_actual"].tolist()[1] == 7


def test_an_actual_of_an_earlier_year_is_not_counted_twice():
    late = kpi("single_year", [2015, 2016], [5, 5])
    late = late.assign(actual_year=pd.array([pd.NA, 2015], dtype="Int64"))
    assert notes(add_cumulative(late, PROGRAMS), "cumulative_actual") == ["", "missing_year"]


def test_provisional_figures_in_a_total_are_counted():
    table = kpi("single_year", [2015, 2016, 2017], [5, 7, 9])
    table["actual_status"] = ["final", "estimated", "preliminary"]
    added = add_cumulative(table, PROGRAMS)
    assert added["cumulative_provisional"].tolist() == [0, 1, 2]


def test_a_total_of_targets_of_zero_gives_no_rate_and_a_falling_kpi_a_warning():
    zero = add_cumulative(kpi("single_year", [2015], [5], [0]), PROGRAMS)
    falling = add_cumulative(kpi("single_year", [2015], [5], [4], direction="down"), PROGRAMS)
    negative = add_cumulative(kpi("single_year", [2015], [-5], [4]), PROGRAMS)
    assert notes(zero, "cumulative_rate") == ["zero_target"]
    assert zero["cumulative_rate"].isna().all()
    assert notes(falling, "cumulative_rate") == ["reads_reversed"]
    assert falling["cumulative_rate"].tolist() == [1.25]
    assert notes(negative, "cumulative_rate") == ["negative_value"]


def test_rows_keep_their_order_and_labels_and_the_input_is_not_changed():
    table = kpi("single_year", [2016, 2015], [7, 5]).set_index(pd.Index([8, 8]))
    before = table.copy(deep=True)
    added = add_cumulative(table, PROGRAMS)
    assert added.index.tolist() == [8, 8]
    assert added["cumulative_actual"].tolist() == [12, 5]
    assert_frame_equal(table, before)


def test_a_table_without_rows_stays_one():
    assert add_cumulative(kpi("single_year", [], []), PROGRAMS).empty


def test_two_rows_of_one_year_are_refused():
    with pytest.raises(DataError, match=r"080004 strategy jobs 2015.* one row per KPI and year"):
        add_cumulative(kpi("single_year", [2015, 2015], [5, 7]), PROGRAMS)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_totals_taken_apart_are_the_single_years_they_were_made_of(actuals):
    years = list(range(2015, 2015 + len(actuals)))
    totals = add_cumulative(kpi("single_year", years, actuals), PROGRAMS)["cumulative_actual"]
    apart = add_cumulative(kpi("cumulative", years, totals), PROGRAMS)["year_actual"]
    assert apart.tolist() == actuals


def test_totals_are_listed_as_printed_of_a_kpi_of_totals_and_added_up_of_others():
    single = kpi("single_year", [2015, 2016], [10, 20], [15, 15], kpi="年間", unit="人")
    total = kpi("cumulative", [2015, 2016], [5, 9], [6, 12], kpi="累計", unit="人", kpi_id="all")
    level = kpi("level", [2015], [3], kpi="水準", unit="人", kpi_id="level")
    kpis = pd.concat([single, total, level], ignore_index=True)
    listed = list_totals(add_cumulative(add_achievement(kpis), PROGRAMS))
    assert listed["kpi"].tolist() == ["年間", "年間", "累計", "累計"]
    assert listed["year_actual"].tolist() == [10, 20, 5, 4]
    assert listed["total"].tolist() == [10, 30, 5, 9]
    assert listed["total_target"].tolist() == [15, 30, 6, 12]
    assert listed["total_rate"].tolist() == pytest.approx([10 / 15, 1.0, 5 / 6, 9 / 12])
