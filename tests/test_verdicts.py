"""What each reading would have one conclude, on published rows worked by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import add_achievement, add_verdicts
from analysis.measures.achievement import RATES

YEARS = {"baseline_year": 2015, "fiscal_year": 2018, "final_year": 2020}


def judge(*rows):
    return add_verdicts(add_achievement(pd.DataFrame(list(rows))))


def verdicts(row):
    return [row[f"{name}_verdict"] for name in RATES]


def test_the_same_row_is_close_short_or_met_by_the_reading():
    # 95 of 100 from 90: 95 % of the target, half of the way
    [row] = judge({"direction": "up", "baseline": 90, "target": 100, "actual": 95} | YEARS).to_dict(
        "records"
    )
    assert verdicts(row) == ["close", "short", "", "", ""]
    assert row["depends_on_formula"] == "degree"


def test_a_missed_reduction_printed_above_100_percent_depends_on_the_formula():
    # 御所市, 平成25年度, 1人1日当たりのごみ量: 611 -> 586, target 580, printed 101.0 %
    [row] = judge(
        {"direction": "down", "baseline": 611, "target": 580, "actual": 586, "fiscal_year": 2013}
    ).to_dict("records")
    assert verdicts(row)[:2] == ["reached", "close"]  # 25 of 31 is 80.6 %
    assert row["depends_on_formula"] == "yes"


def test_what_moved_away_differs_from_a_ratio_in_degree_only():
    # つくば市 ④-4: 148 of 200 from 170
    [row] = judge(
        {"direction": "up", "baseline": 170, "target": 200, "actual": 148, "fiscal_year": 2018}
    ).to_dict("records")
    assert verdicts(row)[:2] == ["short", "away"]
    assert row["depends_on_formula"] == "degree"


@pytest.mark.parametrize(("year", "verdict"), [(2019, ""), (2020, "short"), (2021, "short")])
def test_a_final_target_is_due_in_its_year_and_not_before(year, verdict):
    row = {"direction": "up", "actual": 5, "final_target": 10, "final_year": 2020}
    assert judge(row | {"fiscal_year": year})["final_rate_verdict"].tolist() == [verdict]


def test_a_final_target_reached_early_is_reached_but_not_by_a_reversed_ratio():
    row = {"actual": 12, "final_target": 10, "final_year": 2020, "fiscal_year": 2018}
    judged = judge(row | {"direction": "up"}, row | {"direction": "down"})
    assert judged["final_rate_verdict"].tolist() == ["reached", ""]


def test_without_a_final_year_the_ratio_to_the_final_target_concludes_nothing():
    row = {"direction": "up", "actual": 5, "final_target": 10, "fiscal_year": 2020}
    assert judge(row)["final_rate_verdict"].tolist() == [""]


def test_growth_is_on_track_from_95_percent_and_close_from_60():
    # 4 %, 3 % and 1 % a year where 4 % a year is needed; 0.95, 0.75 and 0.25 of it
    base = {"direction": "up", "baseline": 100.0, "final_target": 100 * 1.04**5} | YEARS
    rows = [base | {"actual": 100 * g**3} for g in (1.0381, 1.03, 1.01, 0.99)]
    assert judge(*rows)["cagr_rate_verdict"].tolist() == ["reached", "close", "short", "away"]


@pytest.mark.parametrize(
    ("actual", "verdict"), [(100, "reached"), (99.9, "close"), (80, "close"), (79.9, "short")]
)
def test_bands_are_closed_at_their_lower_end(actual, verdict):
    row = {"direction": "up", "target": 100, "actual": actual, "fiscal_year": 2018}
    assert judge(row)["achievement_rate_verdict"].tolist() == [verdict]


def test_one_reading_alone_was_compared_with_no_other():
    row = {"direction": "up", "target": 100, "actual": 120, "fiscal_year": 2018}
    judged = judge(row).iloc[0]
    assert (judged["depends_on_formula"], judged["readings"]) == ("single", 1)


def test_one_reading_that_contradicts_the_comparison_of_actual_and_target_depends_on_the_formula():
    row = {"direction": "down", "target": 580, "actual": 586, "fiscal_year": 2018}
    assert judge(row)["depends_on_formula"].tolist() == ["yes"]


def test_the_ends_of_what_the_readings_say_are_named():
    # つくば市 ④-4: 148 of 200 from 170 is 74.0 % or -73.3 %
    row = {"direction": "up", "baseline": 170, "target": 200, "actual": 148, "fiscal_year": 2018}
    judged = judge(row).iloc[0]
    assert judged[["lowest_reading", "highest_reading"]].tolist() == [
        "progress_rate",
        "achievement_rate",
    ]
    assert (judged["lowest_rate"], judged["highest_rate"]) == (pytest.approx(-22 / 30), 0.74)


def test_a_falling_kpi_exactly_at_its_final_target_is_reached_before_its_year():
    row = {"direction": "down", "actual": 967, "final_target": 967}
    judged = judge(row | {"fiscal_year": 2020, "final_year": 2022})
    assert judged["final_rate_verdict"].tolist() == ["reached"]


def test_a_rate_of_part_of_the_year_concludes_nothing():
    row = {"direction": "up", "target": 100, "actual": 75, "as_of": "2018-09-30"}
    judged = judge(row | {"fiscal_year": 2018, "aggregation": "single_year"})
    assert judged["achievement_rate_verdict"].tolist() == [""]
    assert judged["depends_on_formula"].tolist() == ["unknown"]


@pytest.mark.parametrize(
    "cells",
    [
        {"direction": "unknown", "target": 5, "actual": 10},  # bicycles left in the street
        {"actual_status": "planned"},
        {"aggregation": "level", "as_of": "2018-09-30"},
        {"aggregation": "level", "as_of": "2018-09-30", "baseline": 50},
        {"aggregation": "single_year", "as_of": "2018-09-30", "unit": "％"},
    ],
)
def test_no_reading_says_reached_of_what_cannot_be_judged(cells):
    row = {"direction": "up", "target": 60, "actual": 65, "fiscal_year": 2018}
    judged = judge(row | {"actual_status": "final", "aggregation": "single_year"} | cells)
    assert judged["reached"].tolist() == ["unknown"]
    assert verdicts(judged.iloc[0]) == [""] * 5
    assert judged["depends_on_formula"].tolist() == ["unknown"]


def test_a_count_that_is_enough_within_the_year_is_reached_by_its_reading():
    row = {"direction": "up", "target": 60, "actual": 65, "as_of": "2018-09-30", "unit": "人"}
    judged = judge(row | {"fiscal_year": 2018, "aggregation": "single_year"})
    assert judged["achievement_rate_verdict"].tolist() == ["reached"]


def test_without_an_actual_nothing_is_concluded():
    row = {"direction": "up", "baseline": 1, "target": 100, "actual": None, "fiscal_year": 2018}
    judged = judge(row)
    assert verdicts(judged.iloc[0]) == [""] * 5
    assert judged["depends_on_formula"].tolist() == ["unknown"]


@settings(max_examples=50)
@given(st.floats(0.1, 1000), st.floats(0.1, 1000))
def test_a_rising_kpi_from_zero_has_one_verdict_by_both_rates(target, actual):
    row = {"direction": "up", "baseline": 0.0, "target": target, "actual": actual}
    judged = judge(row | {"fiscal_year": 2018}).iloc[0]
    assert judged["achievement_rate_verdict"] == judged["progress_rate_verdict"]
    assert judged["depends_on_formula"] == "no"
