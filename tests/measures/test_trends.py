"""Lines through several years, revised figures and changed targets."""

import shutil
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from slices import DATA, yearly_kpi

from analysis import (
    DataError,
    fit_trends,
    list_changed_targets,
    list_revisions,
    load,
    tabulate_revisions,
)

kpi = partial(yearly_kpi, unit="件", final_target=8.0, final_year=2017)


def one(table):
    trends = fit_trends(table)
    assert len(trends) == 1
    return trends.iloc[0]


FIVE = [1, 2, 3, 4, 6]


# --- years that cannot be compared ---


def test_years_before_a_break_in_the_series_are_not_observed():
    # 100, 110 | counted anew from 2015: 10, 20, 30
    table = kpi([100, 110, 10, 20, 30]).assign(break_note=[None, None, "調査を変更", None, None])
    trend = one(table)
    first = int(table["fiscal_year"].iloc[2])
    assert (trend["observed"], trend["first_year"], trend["break_year"]) == (3, first, first)
    assert (trend["slope_per_year"], trend["slope_note"]) == (10.0, "series_break")


def test_an_actual_of_part_of_a_year_is_not_observed():
    table = kpi([10, 20, 30, 12])
    running = int(table["fiscal_year"].iloc[3])
    trend = one(table.assign(as_of=[None, None, None, f"{running}-09-30"]))
    assert (trend["observed"], trend["last_actual"], trend["slope_per_year"]) == (3, 30, 10.0)


# --- the slope ---


def test_slopes_of_the_published_series_are_the_median_of_those_between_two_years():
    # Gose: 62 66.6 69.5 rises by 4.6, 2.9 and 3.75 a year; 581 593 586 by 12, -7 and 2.5;
    # 22582 22038 19975 by -544, -2063 and -1303.5. Ibaraki's total: 2415, 1914 and 2164.5.
    data = load(DATA)
    trends = fit_trends(data.kpis).set_index("kpi_id")
    several = trends[trends["observed"] >= 3]
    columns = ["slope_per_year", "slope_low", "slope_high"]
    # Fukuoka, four years without the running one: 7548 9773 16478 21928 rises by 2225, 6705, 5450,
    # 4465, 6077.5 and 4793.33; so the others.
    assert several[columns].round(2).T.to_dict("list") == {
        "levy_rate": [0, 0, 0],
        "extra_revenue": [0.5, 0, 1],
        "channel": [5121.67, 2225, 6705],
        "pageviews": [-34435.33, -217260, 12264],
        "line": [7224.5, 3396, 25651],
        "drills": [0.67, -1, 1],
        "patterns": [3.5, 3, 4],
        "trained": [398.5, 364, 583],
        "outcome1": [1, 0, 2],
        "voluntary_disaster_groups": [3.75, 2.9, 4.6],
        "daily_waste": [2.5, -7, 12],
        "station_users": [-1303.5, -2063, -544],
        "job_creation_cumulative": [2164.5, 1914, 2415],
    }
    confidence = {3: 0.6667, 4: 0.9167, 5: 0.95}
    assert several["slope_confidence"].round(4).tolist() == [
        confidence[years] for years in several["observed"]
    ]


def test_every_kpi_of_the_data_has_one_row_that_gives_no_chance_and_says_why():
    data = load(DATA)
    trends = fit_trends(data.kpis)
    keys = ["government_code", "program_id", "kpi_id"]
    assert_frame_equal(trends[keys], data.kpis[keys].drop_duplicates().reset_index(drop=True))
    assert trends["chance"].isna().all()
    assert set(trends["chance_note"].astype("str")) == {
        *("too_few_years", "no_actual", "no_final_year", "cumulative_actual"),
    }
    jobs = trends.set_index("kpi_id").loc["job_creation_cumulative"]
    assert jobs[["observed", "preliminary", "estimated", "missing_years"]].tolist() == [3, 1, 0, 0]
    assert jobs[["final_target", "final_year"]].tolist() == [13_000, 2019]


def test_two_years_give_no_slope():
    trend = one(kpi([1, 2]))
    assert trend["slope_note"] == trend["forecast_note"] == "too_few_years"
    assert trend[["slope_per_year", "slope_low", "slope_high", "slope_confidence"]].isna().all()
    assert trend[["first_actual", "last_actual"]].tolist() == [1, 2]


def test_a_kpi_without_any_actual_says_so():
    trend = one(kpi([np.nan, np.nan], actual_status="pending"))
    assert trend[["years", "observed"]].tolist() == [2, 0]
    assert trend["slope_note"] == "no_actual"
    assert pd.isna(trend["first_year"])


def test_missing_years_are_counted_and_never_filled():
    # 2011: 1, 2013: 5, 2014: 4. Slopes 2, -1 and 1: the median is 1.
    trend = one(kpi([1, np.nan, 5, 4]))
    assert trend[["years", "observed", "missing_years"]].tolist() == [4, 3, 1]
    assert trend[["slope_per_year", "slope_low", "slope_high"]].tolist() == [1, -1, 2]


def test_four_years_give_the_range_of_all_slopes_and_its_confidence():
    trend = one(kpi([1, 2, 4, 8]))  # slopes 1 2 4, 1.5 3, 7/3
    assert trend[["slope_low", "slope_high"]].tolist() == [1, 4]
    assert trend["slope_per_year"] == pytest.approx((2 + 7 / 3) / 2)
    assert trend["slope_confidence"] == pytest.approx(11 / 12)


def test_an_actual_of_an_earlier_year_counts_for_that_year_once():
    table = kpi([1, 2, 2]).assign(actual_year=pd.array([pd.NA, pd.NA, 2012], dtype="Int64"))
    assert one(table)[["observed", "last_year"]].tolist() == [2, 2012]


def test_estimated_and_preliminary_years_are_counted_and_said():
    table = kpi([1, 2, 4])
    table["actual_status"] = ["final", "estimated", "preliminary"]
    trend = one(table)
    assert trend[["estimated", "preliminary"]].tolist() == [1, 1]
    assert trend["slope_note"] == "actual_estimated"


# --- the forecast ---


def test_five_years_give_a_forecast_with_an_interval_and_a_chance_worked_by_hand():
    # Line 3.2 + 1.2 (year - 2013); residuals .2 0 -.2 -.4 .4, s = sqrt(.4 / 3) = .36515.
    # 2017: 8.0; error s sqrt(1 + 1/5 + 16/10) = .61101; t(.975, 3) = 3.18245: +- 1.94451.
    trend = one(kpi(FIVE))
    assert trend[["forecast", "forecast_low", "forecast_high"]].tolist() == pytest.approx(
        [8.0, 6.05549, 9.94451], abs=1e-4
    )
    assert trend["chance"] == pytest.approx(0.5)
    assert trend["slope_per_year"] == 1  # six of the ten slopes are 1
    assert trend["slope_confidence"] == 0.95


@pytest.mark.parametrize(
    ("target", "direction", "chance"),
    [
        (6.05549, "up", 0.975),
        (9.94451, "up", 0.025),
        (9.94451, "down", 0.975),
        (6.05549, "keep_above", 0.975),
    ],
)
def test_the_chance_is_the_share_of_the_forecast_on_the_good_side_of_the_target(
    target, direction, chance
):
    trend = one(kpi(FIVE, final_target=target, direction=direction))
    assert trend["chance"] == pytest.approx(chance, abs=1e-5)


@pytest.mark.parametrize(
    ("columns", "forecast_note", "chance_note"),
    [
        ({"direction": "milestone"}, "milestone", "milestone"),
        ({"direction": "unknown"}, "", "direction_unknown"),
        ({"direction": "keep_within"}, "", "keep_target"),
        ({"aggregation": "cumulative"}, "cumulative_actual", "cumulative_actual"),
        ({"aggregation": "increment"}, "increment_actual", "increment_actual"),
        ({"final_target": np.nan}, "", "no_final_target"),
        ({"final_year": pd.NA}, "no_final_year", "no_final_year"),
        ({"final_year": 2015}, "final_year_passed", "final_year_passed"),
    ],
)
def test_without_what_a_chance_needs_there_is_none_and_the_reason_stands(
    columns, forecast_note, chance_note
):
    trend = one(kpi(FIVE, **columns))
    assert trend["forecast_note"] == forecast_note
    assert trend["chance_note"] == chance_note
    assert pd.isna(trend["chance"])
    assert pd.isna(trend["forecast"]) == (forecast_note != "")


def test_years_exactly_on_a_line_give_no_forecast_for_there_is_no_error_to_judge_by():
    trend = one(kpi([0.1, 0.2, 0.3, 0.4, 0.5]))
    assert trend["forecast_note"] == "no_scatter"
    assert pd.isna(trend["chance"])


def test_years_that_never_change_have_the_slope_zero():
    assert one(kpi([5, 5, 5, 5, 5]))[["slope_per_year", "slope_low"]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("columns", "word"),
    [
        ({"final_year": 2020}, "far_ahead"),  # five years on, four observed years back
        ({"aggregation": "unknown"}, "aggregation_unknown"),
        ({"actual_status": "estimated"}, "actual_estimated"),
    ],
)
def test_a_chance_that_needs_care_has_a_remark(columns, word):
    trend = one(kpi(FIVE, **columns))
    assert trend["forecast_note"] == trend["chance_note"] == word
    assert pd.notna(trend["chance"])


# --- what holds for all series ---

SERIES = st.lists(st.integers(-1000, 1000), min_size=5, max_size=9)


@settings(max_examples=12)
@given(SERIES, st.integers(-500, 500))
def test_adding_a_constant_moves_the_forecast_by_it_and_keeps_slope_and_chance(values, by):
    plain = one(kpi(values, final_year=2025))
    moved = one(kpi([v + by for v in values], final_year=2025, final_target=8.0 + by))
    assert moved["slope_per_year"] == pytest.approx(plain["slope_per_year"])
    assert moved["forecast"] == pytest.approx(plain["forecast"] + by, nan_ok=True, abs=1e-6)
    assert moved["chance"] == pytest.approx(plain["chance"], nan_ok=True, abs=1e-6)


@settings(max_examples=12)
@given(SERIES, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(values, random):
    table = kpi(values, final_year=2025)
    order = list(range(len(values)))
    random.shuffle(order)
    assert_frame_equal(fit_trends(table.iloc[order]), fit_trends(table))


def test_kpis_keep_the_order_of_first_appearance_and_the_input_is_not_changed():
    table = pd.concat([kpi([1, 2, 4], kpi_id="z"), kpi([3, 2, 1], kpi_id="a")])
    before = table.copy(deep=True)
    trends = fit_trends(table)
    assert trends["kpi_id"].tolist() == ["z", "a"]
    assert trends["slope_per_year"].tolist() == [1.5, -1]
    assert_frame_equal(table, before)


def test_a_table_without_rows_gives_a_table_without_rows_and_the_same_columns():
    assert fit_trends(kpi([])).empty
    assert list(fit_trends(kpi([]))) == list(fit_trends(kpi(FIVE)))


def test_two_rows_of_one_year_are_refused():
    with pytest.raises(DataError, match="292087 plan groups 2011"):
        fit_trends(pd.concat([kpi([1]), kpi([2])]))


# --- revisions ---


@pytest.fixture
def revised(tmp_path):
    """The Tsukuba list with a 確定版 that settles one actual, one grade and one amount."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    with (folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("tsukuba_2018_final,つくば市,指標一覧,確定版,2018,,,,,,表題,\n")
    for name, line, old, new in (
        ("kpis", "tokyo_in_migrants", '4600,estimated,"推 4,600"', "4701,final,"),
        ("ratings", "tokyo_in_migrants", "中,中,B", "高,高,S"),
        ("budgets", "job_fair", "3780000", "3500000"),
        ("programs", "job_fair", "経済部", "経済部"),
        ("programs", "migration_promotion", "市長公室", "市長公室"),
    ):
        path = folder / f"{name}.csv"
        text = path.read_text(encoding="utf-8")
        (row,) = [r for r in text.splitlines() if f",{line}," in r]
        assert old in row
        later = row.replace(old, new).replace("tsukuba_2018_preliminary", "tsukuba_2018_final")
        path.write_text(text + later + "\n", encoding="utf-8")
    return load(folder)


def test_a_revision_names_the_cell_both_editions_and_what_follows(revised):
    listed = list_revisions(revised)
    columns = ["table", "kpi_id", "column", "earlier", "later", "change"]
    assert listed[columns].fillna("-").to_numpy().tolist() == [
        ["kpis", "tokyo_in_migrants", "actual", 4600.0, 4701.0, "changed"],
        ["kpis", "tokyo_in_migrants", "actual_status", "estimated", "final", "changed"],
        ["budgets", "-", "amount_yen", 3_780_000, 3_500_000, "changed"],
        ["ratings", "tokyo_in_migrants", "effectiveness", "中", "高", "changed"],
        ["ratings", "tokyo_in_migrants", "efficiency", "中", "高", "changed"],
        ["ratings", "tokyo_in_migrants", "grade", "B", "S", "changed"],
    ]
    first = listed.iloc[0]
    assert first[["reached_before", "reached_after"]].tolist() == ["no", "yes"]  # target 4,630
    assert [list(first[name]) for name in ("grade_before", "grade_after")] == [["B"], ["S"]]
    assert first[["earlier_source_id", "later_source_id"]].tolist() == [
        "tsukuba_2018_preliminary",
        "tsukuba_2018_final",
    ]
    assert listed["item"].fillna("-").tolist() == ["-", "-", "total", "-", "-", "-"]


def test_a_figure_only_one_edition_has_is_filled_or_not_printed(revised):
    revised.revisions["kpis"]["actual"] = np.nan
    revised.kpis["baseline"] = np.nan
    listed = list_revisions(revised)
    cells = listed.loc[listed["table"] == "kpis", ["column", "change"]]
    assert cells.to_numpy().tolist() == [
        ["baseline", "not_printed"],
        ["actual", "filled"],
        ["actual_status", "changed"],
    ]


def test_judges_of_one_edition_are_not_taken_for_editions_of_one_judgement(revised):
    for table in (revised.ratings, revised.revisions["ratings"]):
        table["rated_by"] = "一次評価"
    second = revised.ratings[revised.ratings["kpi_id"] == "tokyo_in_migrants"]
    second = second.assign(rated_by="外部評価", grade="A")
    revised.ratings = pd.concat([revised.ratings, second], ignore_index=True)
    listed = list_revisions(revised)
    judged = listed[listed["table"] == "ratings"]
    assert judged[["column", "item", "earlier", "later"]].to_numpy().tolist() == [
        ["effectiveness", "一次評価", "中", "高"],
        ["efficiency", "一次評価", "中", "高"],
        ["grade", "一次評価", "B", "S"],
    ]
    for judges in listed.loc[listed["table"] == "kpis", "grade_after"]:
        assert judges == {"S": ["一次評価"], "A": ["外部評価"]}
    assert len(listed) == 6
    printed = tabulate_revisions(listed)["項目"].tolist()
    assert printed[-1] == "総合評価（一次評価）"


def test_the_data_at_hand_hold_no_figure_printed_twice():
    listed = list_revisions(load(DATA))
    assert listed.empty
    assert {"reached_before", "grade_after"} <= set(listed)


# --- changed targets ---


def test_the_data_show_two_raised_targets_one_of_them_within_one_source():
    # 茨城県 10,000 → 13,000 by 平成31年度 from one year to the next; 福岡県 prints 2,800 → 2,900
    listed = list_changed_targets(load(DATA).kpis)
    expected = pd.DataFrame(
        {
            "kpi_id": ["job_creation_cumulative", "trained"],
            "stated_before": pd.array([2016, 2026], dtype="Int64"),
            "stated_after": pd.array([2017, 2026], dtype="Int64"),
            "target_before": [10_000.0, 2_800.0],
            "target_after": [13_000.0, 2_900.0],
            "due_before": pd.array([2019, 2026], dtype="Int64"),
            "due_after": pd.array([2019, 2026], dtype="Int64"),
            "change": [3_000.0, 100.0],
            "lowered": ["no", "no"],
            "postponed": ["no", "no"],
            "within": ["no", "yes"],
        }
    )
    assert_frame_equal(listed[list(expected)], expected)


@pytest.mark.parametrize(
    ("direction", "targets", "lowered"),
    [
        ("up", [100, 80], "yes"),
        ("up", [80, 100], "no"),
        ("down", [580, 600], "yes"),
        ("down", [600, 580], "no"),
        ("unknown", [100, 80], "unknown"),
    ],
)
def test_a_target_is_lowered_where_it_became_easier_in_its_direction(direction, targets, lowered):
    listed = list_changed_targets(kpi([1, 2], direction=direction, final_target=targets))
    assert listed["lowered"].tolist() == [lowered]
    assert listed["change"].tolist() == [targets[1] - targets[0]]


def test_a_target_put_off_to_a_later_year_is_listed_though_its_value_stayed():
    listed = list_changed_targets(kpi([1, 2], final_year=pd.array([2017, 2019], dtype="Int64")))
    assert listed[["change", "lowered", "postponed"]].to_numpy().tolist() == [[0, "no", "yes"]]


def test_the_target_of_the_final_year_itself_is_compared_with_the_final_target_before():
    table = kpi([1, 2], first=2016).assign(target=[np.nan, 6.0], final_target=[8.0, np.nan])
    listed = list_changed_targets(table)
    assert listed[["target_before", "target_after", "lowered"]].to_numpy().tolist() == [
        [8, 6, "yes"]
    ]


def test_a_target_printed_with_an_earlier_one_that_is_the_same_is_no_change():
    table = kpi([1, 2], first=2016).assign(target=[4.0, 6.0], target_before=[4.0, np.nan])
    assert list_changed_targets(table).empty


def test_yearly_targets_that_rise_to_an_unchanged_final_target_are_no_change():
    assert list_changed_targets(kpi([1, 2, 3]).assign(target=[2.0, 4.0, 6.0])).empty


def test_a_year_that_prints_no_final_target_does_not_hide_a_change():
    listed = list_changed_targets(kpi([1, 2, 3], final_target=[8.0, np.nan, 9.0]))
    assert listed[["stated_before", "stated_after"]].to_numpy().tolist() == [[2011, 2013]]


def test_a_share_has_no_forecast_where_its_line_leaves_0_to_100_percent():
    # 80, 86, 90, 95, 99 rises by about 4.7 a year: 132 % in 2025
    rising = [80, 86, 90, 95, 99]
    table = kpi(rising, first=2014, unit="％", final_target=95.0, final_year=2025)
    [trend] = fit_trends(table).to_dict("records")
    assert np.isnan(trend["forecast"])
    assert np.isnan(trend["chance"])
    assert trend["forecast_note"] == trend["chance_note"] == "leaves_range"


def test_years_in_different_units_make_no_line():
    table = kpi([1000, 1100, 1.2], unit=["円", "円", "千円"])
    [trend] = fit_trends(table).to_dict("records")
    assert np.isnan(trend["slope_per_year"])
    assert trend["slope_note"] == "unit_changes"
