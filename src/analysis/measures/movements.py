"""Whether KPIs rose or fell over the years, and whether that is the way they should go."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.distributions import Spread
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


def find_moves(trends: pd.DataFrame) -> pd.DataFrame:
    """Find how fast each KPI moved, and whether towards its target, from `fit_trends`.

    Returns
    -------
    One row per KPI with `change`, the slope of a year as a share of the mean of the first and the
    last actual's size, positive towards the target (of a KPI without a direction: rising), and
    `way`: yes (towards it, by the whole interval of the slope), no (away from it) or unknown. The
    change is missing without a slope, of totals, which only rise, and where that mean is 0.

    Examples
    --------
    >>> trend = pd.DataFrame({"first_actual": [100.0], "last_actual": [60.0], "direction": ["down"],
    ...     "aggregation": ["level"], "slope_per_year": [-20.0], "slope_low": [-20.0],
    ...     "slope_high": [-20.0]})
    >>> find_moves(trend).values.tolist()
    [[0.25, 'yes']]
    """
    size = (trends["first_actual"].abs() + trends["last_actual"].abs()) / 2
    sign = trends["direction"].map(SIGN_OF_DIRECTION).astype("float64")
    change = sign.fillna(1.0) * trends["slope_per_year"] / size.where(size > 0)
    ends = [sign * trends[name] for name in ("slope_low", "slope_high")]
    is_level = trends["aggregation"] != "cumulative"
    towards, away = (ends[0] > 0) & (ends[1] > 0), (ends[0] < 0) & (ends[1] < 0)
    way = np.select([towards & is_level, away & is_level], ["yes", "no"], "unknown")
    return pd.DataFrame({"change": change.where(is_level), "way": way}, index=trends.index)


def count_ways(spread: Spread) -> tuple[int, int, int]:
    """Count in a group those that moved towards the target, away from it, and neither."""
    ways = spread.states.tolist()
    return ways.count("yes"), ways.count("no"), ways.count("unknown")


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
