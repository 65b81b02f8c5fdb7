"""Whether KPIs rose or fell, and whether that is the way they should go."""

import pandas as pd
import pytest
from slices import yearly_kpi

from analysis import fit_trends
from analysis.measures.movements import count_movements, find_movement


def trend(low, high, direction="up", aggregation="level"):
    ends = {"slope_low": low, "slope_high": high}
    return ends | {"direction": direction, "aggregation": aggregation}


@pytest.mark.parametrize(
    ("row", "movement"),
    [
        (trend(1, 2), "wanted_rise"),
        (trend(-2, -1), "unwanted_fall"),
        (trend(-2, -1, "down"), "wanted_fall"),
        (trend(1, 2, "keep_below"), "unwanted_rise"),
        (trend(1, 2, "unknown"), "rise"),
        (trend(-2, -1, "milestone"), "fall"),
        (trend(1, 2, aggregation="cumulative"), "rise_of_total"),
        (trend(-1, 2), "open"),
        (trend(0, 2), "open"),
        (trend(0, 0), "none"),
    ],
)
def test_a_movement_is_one_only_where_the_whole_interval_says_so(row, movement):
    assert find_movement(row) == movement


def test_kpis_are_counted_by_their_way_and_a_total_is_no_movement():
    ways = {
        "rising": {},
        "falling": {"direction": "down"},
        "total": {"aggregation": "cumulative"},
    }
    kpis = [yearly_kpi([1, 2, 3], kpi_id=name, **columns) for name, columns in ways.items()]
    kpis += [yearly_kpi([5], kpi_id="single"), yearly_kpi([float("nan")], kpi_id="none")]
    found = count_movements(fit_trends(pd.concat(kpis, ignore_index=True)))
    assert (found.fitted, found.ways, found.totals) == (3, {"towards": 1, "away": 1}, 1)
    assert (found.single, found.unobserved, found.forecasts) == (1, 1, 0)
