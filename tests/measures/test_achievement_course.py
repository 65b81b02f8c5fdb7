"""The readings of the course to a final target: pace and yearly growth."""

import math

import numpy as np
import pandas as pd
import pytest
from laws import rate
from made import typed

from analysis import (
    add_achievement,
)

# つくば市, 平成30年度 地方創生推進交付金事業に付随する重要業績評価指標の指標一覧【速報版】:
# 従前値, H30 目標値, H30 実績値, 最終目標値. ④-6 prints its actual as 推 4,600.
H30 = typed(
    "government_code program_id kpi_id fiscal_year direction "
    "baseline target actual actual_status final_target final_year",
    ("082201", "seminar", "④-3", 2018, "up", 86, 89, 93, "preliminary", 89, 2018),
    ("082201", "job_fair", "④-4", 2018, "up", 170, 200, 148, "preliminary", 200, 2018),
    ("082201", "migration", "④-6", 2018, "up", 4194, 4630, 4600, "estimated", 4630, 2018),
    ("082201", "hub", "④-7", 2018, "up", 0, 1000, 1110, "preliminary", 5000, 2020),
    ("082201", "hub", "④-8", 2018, "up", 0, 2, 2, "preliminary", 6, 2020),
    ("082201", "hub", "④-9", 2018, "up", 0, 8, 16, "preliminary", 16, 2020),
    ("082201", "hub", "④-10", 2018, "up", 0, 8, 14, "preliminary", 24, 2020),
).assign(baseline_year=pd.array([pd.NA] * 7, dtype="Int64"))


def test_pace_is_missing_where_no_baseline_year_is_printed():
    rated = add_achievement(H30)
    assert rated["pace_rate"].isna().all()
    assert set(rated["pace_rate_note"]) == {"no_baseline_year"}


PACE = {
    "direction": "up",
    "baseline": 0,
    "actual": 40,
    "final_target": 100,
    "baseline_year": 2015,
    "fiscal_year": 2018,
    "final_year": 2020,
}


def test_pace_compares_the_progress_with_the_straight_line():
    # 3 of 5 years have passed: 60 were due, 40 were made.
    assert rate(**PACE)["pace_rate"] == pytest.approx(40 / 60)


def test_pace_reads_an_older_actual_at_its_own_year():
    # The actual is of 2017, when 40 were due.
    assert rate(**PACE, actual_year=2017)["pace_rate"] == pytest.approx(1.0)


def test_pace_of_tama_expects_a_fifth_of_the_final_target_each_year():
    # 多摩市: year n of 5 expects n x 20 % (baseline 0).
    paces = [
        rate(**PACE | {"actual": 20, "fiscal_year": 2015 + n})["pace_rate"] for n in range(1, 6)
    ]
    assert paces == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4, 1 / 5])


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"actual": np.nan}, "no_actual"),
        ({"final_target": np.nan}, "no_final_target"),
        ({"baseline": np.nan}, "no_baseline"),
        ({"direction": "milestone"}, "milestone"),
        ({"direction": "keep_above"}, "keep_target"),
        ({"baseline_year": np.nan}, "no_baseline_year"),
        ({"final_year": np.nan}, "no_final_year"),
        ({"final_target": 0}, "target_equals_baseline"),
        ({"direction": "down"}, "met_at_baseline"),
        ({"fiscal_year": 2015}, "no_time_passed"),
        ({"actual_year": 2014}, "no_time_passed"),
        ({"final_year": 2015}, "no_time_passed"),
    ],
)
def test_pace_is_missing_for_a_reason(changed, note):
    rated = rate(**PACE | changed)
    assert math.isnan(rated["pace_rate"])
    assert rated["pace_rate_note"] == note


def test_pace_is_missing_for_a_reason_where_no_year_is_known():
    rated = rate(**PACE | {"fiscal_year": np.nan})
    assert math.isnan(rated["pace_rate"])
    assert rated["pace_rate_note"] != ""


def test_there_is_no_straight_line_to_a_final_year_before_the_baseline_year():
    rated = rate(**PACE | {"baseline_year": 2020, "final_year": 2015})
    assert math.isnan(rated["pace_rate"])
    assert rated["pace_rate_note"] != ""


def test_growth_is_measured_by_the_growth_that_leads_to_the_final_target():
    # 100 -> 121 in two years is 10 % a year; 100 -> 146.41 in four would be 10 % a year as well
    rated = rate(
        direction="up",
        **{"baseline": 100, "actual": 121, "final_target": 146.41},
        **{"baseline_year": 2014, "fiscal_year": 2016, "final_year": 2018},
    )
    assert rated["cagr_rate"] == pytest.approx(1)


def test_gose_reduced_its_waste_and_growth_says_so_by_a_positive_rate():
    # 御所市, 1人1日当たりのごみ量 611 -> 586 (H25), 目標 580; years assumed for the example
    rated = rate(
        direction="down",
        **{"baseline": 611, "actual": 586, "target": 580, "final_target": 580},
        **{"baseline_year": 2010, "fiscal_year": 2013, "final_year": 2020},
    )
    by_hand = (1 - (586 / 611) ** (1 / 3)) / (1 - (580 / 611) ** (1 / 10))
    assert rated["cagr_rate"] == pytest.approx(by_hand)
    assert round(rated["achievement_rate"], 3) == 1.010
    assert rated["achievement_rate_note"] == "reads_reversed"
    assert rated["reached"] == "no"


@pytest.mark.parametrize(
    ("baseline", "actual", "final", "note"),
    [
        (0, 5, 10, "zero_value"),
        (5, 0, 10, "zero_value"),
        (-5, 5, 10, "sign_change"),
        (5, -5, 10, "sign_change"),
        (-10, -8, -5, "negative_value"),
        (10, 12, 8, "met_at_baseline"),
    ],
)
def test_growth_needs_values_above_zero_and_a_target_on_the_good_side(
    baseline, actual, final, note
):
    years = {"baseline_year": 2014, "fiscal_year": 2016, "final_year": 2018}
    rated = rate(direction="up", baseline=baseline, actual=actual, final_target=final, **years)
    assert math.isnan(rated["cagr_rate"])
    assert rated["cagr_rate_note"] == note


@pytest.mark.parametrize(
    ("direction", "actual", "reached"),
    [
        ("keep_within", 696, "yes"),
        ("keep_within", 891, "no"),
        ("unknown", 700, "yes"),
        ("unknown", 695, "no"),
        ("up", 900, "yes"),
        ("up", 695, "no"),
        ("down", 600, "yes"),
        ("down", 891, "no"),
    ],
)
def test_a_range_is_judged_without_choosing_a_number_in_it(direction, actual, reached):
    # 696～890
    rated = rate(direction=direction, baseline=650, target=696, target_upper=890, actual=actual)
    assert (rated["reached"], rated["reached_note"]) == (reached, "")
    assert rated["achievement_rate_note"] == rated["progress_rate_note"] == "target_range"


def test_one_years_increase_is_not_a_level_on_the_way_to_a_final_target():
    years = {"baseline_year": 2015, "fiscal_year": 2016, "final_year": 2020}
    rated = rate(
        **{"direction": "up", "aggregation": "increment", "baseline": 0, "target": 10},
        **{"actual": 12, "final_target": 50},
        **years,
    )
    assert rated["achievement_rate"] == rated["progress_rate"] == 1.2
    assert rated["pace_rate_note"] == rated["cagr_rate_note"] == "increment_actual"
    assert (rated["final_rate"], rated["final_rate_note"]) == (0.24, "increment_actual")


def test_a_cumulative_figure_beside_a_baseline_of_one_year_is_remarked():
    rated = rate(direction="up", aggregation="cumulative", baseline=5, target=40, actual=30)
    assert rated["progress_rate"] == pytest.approx(25 / 35)
    assert rated["progress_rate_note"] == "mixed_aggregation"


def test_after_the_final_year_all_of_the_way_is_due():
    years = {"baseline_year": 2014, "fiscal_year": 2020, "final_year": 2018}
    rated = rate(direction="up", baseline=0, actual=5, final_target=10, **years)
    assert rated["pace_rate"] == 0.5
