"""Whether KPIs rose or fell, and whether that is the way they should go."""

import pandas as pd
import pytest
from slices import yearly_kpi

from analysis import fit_trends
from analysis.measures.distributions import Group, spread_values
from analysis.measures.movements import count_movements, count_ways, find_movement, find_moves


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


def test_a_move_is_a_share_of_the_actuals_and_positive_towards_the_target():
    rows = [
        trend(-20, -20, "down") | {"slope_per_year": -20.0},
        trend(-20, -20, "up") | {"slope_per_year": -20.0},
        trend(-9, 9, "up") | {"slope_per_year": 4.0},
        trend(8, 8, "unknown") | {"slope_per_year": 8.0},
        trend(8, 8, aggregation="cumulative") | {"slope_per_year": 8.0},
    ]
    moves = find_moves(pd.DataFrame(rows).assign(first_actual=100.0, last_actual=60.0))
    assert moves["way"].tolist() == ["yes", "no", "unknown", "unknown", "unknown"]
    assert moves["change"].tolist()[:4] == pytest.approx([0.25, -0.25, 0.05, 0.1])
    assert pd.isna(moves["change"].iloc[4])


def test_the_ways_of_a_group_are_counted():
    states, group = pd.Series(["yes", "no", "unknown", "yes"]), Group(None, 1, [0, 1, 2, 3])
    [spread] = spread_values(pd.Series([1.0, 2.0, 3.0, float("nan")]), states, [group])
    assert count_ways(spread) == (1, 1, 1)  # of those with a figure
