"""One rate for each KPI, where a mean needs one."""

import pandas as pd
import pytest

from analysis import add_achievement
from analysis.measures.composite import choose_rates, is_not_final


def choose(**cells):
    return choose_rates(add_achievement(pd.DataFrame([cells]))).iloc[0].tolist()


@pytest.mark.parametrize(
    ("cells", "chosen"),
    [
        (
            {"direction": "up", "baseline": 0.0, "target": 10.0, "actual": 5.0},
            ["progress_rate", 0.5],
        ),
        ({"direction": "up", "target": 10.0, "actual": 8.0}, ["achievement_rate", 0.8]),
        ({"direction": "milestone", "target": 1.0, "actual": 1.0}, ["reached", 1.0]),
    ],
)
def test_the_progress_counts_before_the_plain_ratio_and_that_before_a_met_target(cells, chosen):
    assert choose(**cells) == chosen


@pytest.mark.parametrize(
    "cells",
    [
        {"direction": "down", "target": 10.0, "actual": 12.0},  # would read reversed
        {"direction": "unknown", "target": 10.0, "actual": 12.0},
        {"direction": "up", "target": 10.0, "actual": None},
        {"direction": "up", "target": 10.0, "actual": 12.0, "actual_status": "planned"},
    ],
)
def test_what_is_not_known_has_no_rate(cells):
    way, rate = choose(**cells)
    assert way == ""
    assert pd.isna(rate)


def test_a_final_year_that_is_not_printed_has_not_come():
    kpis = pd.DataFrame({"fiscal_year": [2018] * 3, "final_year": [2018, 2020, None]})
    assert is_not_final(kpis).tolist() == [False, True, True]
    assert is_not_final(kpis[["fiscal_year"]]).tolist() == [True] * 3
