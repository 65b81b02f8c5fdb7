"""Whether KPIs rose or fell over the years, and whether that is the way they should go."""

from typing import Any, NamedTuple

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.kpis import SIGN_OF_DIRECTION

TOWARDS, AWAY = ("wanted_rise", "wanted_fall"), ("unwanted_rise", "unwanted_fall")


def find_movement(trend: dict[str, Any]) -> str:
    """Find how a KPI moved, from a row of `fit_trends` with a slope.

    Returns
    -------
    rise or fall where the whole interval of the slope says so, with wanted or unwanted before it
    where the KPI has a direction, and of_total behind it where its figures are totals; open where
    the interval holds 0; none where it is 0.

    Examples
    --------
    >>> find_movement({"slope_low": 1.0, "slope_high": 2.0, "aggregation": "level",
    ...                "direction": "down"})
    'unwanted_rise'
    """
    low, high = trend["slope_low"], trend["slope_high"]
    if low == high == 0:
        return "none"
    if low <= 0 <= high:
        return "open"
    way = "rise" if low > 0 else "fall"
    if trend["aggregation"] == "cumulative":
        return f"{way}_of_total"
    sign = SIGN_OF_DIRECTION.get(str(trend["direction"]))
    if sign is None:
        return way
    return f"wanted_{way}" if sign * low > 0 else f"unwanted_{way}"


class Movements(NamedTuple):
    """How many KPIs moved in which way: `ways` by towards, open, away and other movements.

    `fitted` have a slope, of these `totals` are totals; `single` were observed in one year and
    `unobserved` in none. `forecasts` have a chance to reach their final target.
    """

    fitted: int
    ways: dict[str, int]
    totals: int
    single: int
    unobserved: int
    forecasts: int


def count_movements(trends: pd.DataFrame) -> Movements:
    """Count the KPIs of the table of `fit_trends` by how they moved."""
    fitted = trends[trends["slope_per_year"].notna()]
    levels = list_rows(fitted[fitted["aggregation"] != "cumulative"])
    ways = dict.fromkeys(("towards", "open", "away"), 0)
    for way in map(find_movement, levels):
        name = "towards" if way in TOWARDS else "away" if way in AWAY else way
        ways[name] = ways.get(name, 0) + 1
    return Movements(
        len(fitted),
        {way: count for way, count in ways.items() if count},
        len(fitted) - len(levels),
        int((trends["observed"] == 1).sum()),
        int((trends["observed"] == 0).sum()),
        int(trends["chance"].notna().sum()),
    )
