"""A fiscal year against the one before, KPI by KPI."""

import pandas as pd
import pytest

from analysis import (
    add_achievement,
    compare_budgets_with_year_before,
    compare_grades_with_year_before,
    compare_with_year_before,
    load,
)
from analysis.errors import DataError
from analysis.measures.year_on_year import find_year_on_year


def kpi(year, actual, **other):
    key = {"government_code": "082201", "program_id": "fair", "kpi_id": "jobs"}
    row = {"kpi": "相談件数", "unit": "件", "direction": "up", "aggregation": "single_year"}
    return key | row | {"fiscal_year": year, "actual": actual, "target": 10.0} | other


def compare(*rows, year=2018):
    return compare_with_year_before(add_achievement(pd.DataFrame(rows)), year)


@pytest.mark.parametrize(
    ("before", "now", "way", "turn"),
    [
        ({"actual": 8.0}, {"actual": 12.0}, "better", "gained"),
        ({"actual": 12.0}, {"actual": 8.0}, "worse", "lost"),
        ({"actual": 8.0}, {"actual": 9.0}, "better", ""),
        ({"actual": 0.0}, {"actual": 0.0}, "same", ""),
        ({"actual": 8.0, "direction": "down"}, {"actual": 9.0, "direction": "down"}, "worse", ""),
        ({"actual": 8.0}, {"actual": 9.0, "direction": "unknown"}, "no_direction", ""),
        ({"actual": 8.0}, {"actual": 9.0, "aggregation": "cumulative"}, "total", ""),
        ({"actual": 8.0, "unit": "人"}, {"actual": 9.0}, "other_unit", ""),
        ({"actual": 8.0}, {"actual": 8.0, "actual_year": 2017}, "same_figure", ""),
    ],
)
def test_a_kpi_goes_the_way_its_direction_says(before, now, way, turn):
    [row] = compare(kpi(2017, **before), kpi(2018, **now)).to_dict("records")
    assert (row["way"], row["turn"]) == (way, turn)


def test_the_change_of_figures_in_two_units_is_no_number():
    [row] = compare(kpi(2017, 8.0, unit="人"), kpi(2018, 9.0)).to_dict("records")
    assert pd.isna(row["change"])


def test_a_year_without_an_actual_is_passed_over_and_a_later_one_not_looked_at():
    rows = [kpi(2015, 7.0), kpi(2016, 8.0), kpi(2017, None), kpi(2018, 9.5), kpi(2019, 20.0)]
    [row] = compare(*rows).to_dict("records")
    assert (row["fiscal_year_earlier"], row["actual_earlier"], row["change"]) == (2016, 8.0, 1.5)


def test_a_kpi_of_one_year_is_in_no_row():
    assert compare(kpi(2018, 9.0)).empty
    assert compare(kpi(2017, 9.0), kpi(2018, None)).empty


def test_real_years_of_two_governments():
    def count(government, year):
        return find_year_on_year(
            compare_with_year_before(add_achievement(load("data", government).kpis), year)
        )

    assert count("080004", 2016).ways == {"worse": 1, "total": 1}  # 2,748 → 2,415
    fukuoka = count("400009", 2024)
    assert fukuoka.ways == {"better": 3, "worse": 1, "same": 2, "total": 2}
    assert fukuoka.turns == {"gained": ["県事業での養成者数（累計）"]}
    assert fukuoka.years == [2023]


def test_a_missing_column_is_named():
    with pytest.raises(DataError, match="reached"):
        compare_with_year_before(pd.DataFrame([kpi(2018, 1.0)]), 2018)


def amounts(*rows):
    named = ("fiscal_year", "kind", "amount_yen")
    made = pd.DataFrame([dict(zip(named, row, strict=True)) for row in rows])
    return made.assign(government_code="082201", program_id="fair").astype({"amount_yen": "Int64"})


def test_budgets_are_set_beside_those_of_the_last_year_that_has_them():
    budgets = amounts((2015, "settled", 90), (2016, "settled", 100), (2018, "settled", 80))
    changed = compare_budgets_with_year_before(budgets, 2018)
    assert changed[["kind", "fiscal_year_earlier", "yen_earlier", "yen"]].to_numpy().tolist() == [
        ["settled", 2016, 100, 80]
    ]
    assert changed["change_yen"].tolist() == [-20]


def test_a_printed_budget_is_not_set_beside_a_sum_of_parts():
    budgets = amounts((2017, "total", 100), (2018, "initial", 80))
    assert compare_budgets_with_year_before(budgets, 2018).empty
    budgets = amounts((2017, "initial", 100), (2018, "initial", 80))
    assert compare_budgets_with_year_before(budgets, 2018)["change_yen"].tolist() == [-20]


def test_sums_of_other_parts_items_or_natures_are_not_set_beside_each_other():
    more = amounts((2017, "initial", 100), (2018, "initial", 80), (2018, "supplementary", 30))
    assert compare_budgets_with_year_before(more, 2018).empty
    settled = amounts((2017, "settled", 100), (2018, "settled", 80))
    for column, other in (("item", "委託費"), ("nature", "personnel")):
        unlike = settled.assign(**{column: pd.Series(["", other], dtype="str")})
        assert compare_budgets_with_year_before(unlike, 2018).empty
        alike = settled.assign(**{column: pd.Series([other, other], dtype="str")})
        assert compare_budgets_with_year_before(alike, 2018)["change_yen"].tolist() == [-20]


def test_a_sum_that_leaves_out_what_has_no_counterpart_is_not_compared():
    rows = [(year, kind, 100) for year in (2017, 2018) for kind in ("total", "settled")]
    both = amounts(*rows).assign(item="委託費", nature="")
    extra = amounts((2018, "settled", 40)).assign(item="旅費", nature="")
    changed = compare_budgets_with_year_before(pd.concat([both, extra], ignore_index=True), 2018)
    assert changed.empty
    assert compare_budgets_with_year_before(both, 2018)["change_yen"].tolist() == [0, 0]


def test_a_grade_of_another_scheme_is_not_set_beside_it():
    judged = pd.DataFrame({"fiscal_year": [2017, 2018], "grade": ["A", "A"], "scheme": ["x", "y"]})
    judged = judged.assign(government_code="082201", program_id="fair", kpi_id="", rated_by="")
    assert compare_grades_with_year_before(judged, 2018).empty
    alike = judged.assign(scheme="x")
    assert compare_grades_with_year_before(alike, 2018)["is_same"].tolist() == [True]


def test_without_amounts_there_is_nothing_to_compare():
    empty = amounts((2018, "settled", 80)).iloc[:0]
    assert compare_budgets_with_year_before(empty, 2018).empty
