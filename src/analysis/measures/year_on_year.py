"""A fiscal year against the one before: what the KPIs of both years did."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.keys import KPI
from analysis.measures.kpis import SIGN_OF_DIRECTION
from analysis.measures.needs import ONE_KPI_YEAR, check_table
from analysis.measures.repeats import leave_out_repeats

EARLIER = "_earlier"
NEEDED = f"{ONE_KPI_YEAR} kpi unit direction aggregation actual reached"


def compare_with_year_before(kpis: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Set each KPI of a fiscal year beside itself in the last year before that has an actual.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, over all years at hand, with the columns of
        `add_achievement`.
    fiscal_year
        The year that is compared with the ones before it.

    Returns
    -------
    One row per KPI that has an actual in both, in the order of `kpis`, with its columns of the
    year and the same of the year before, named `..._earlier`. A KPI that repeats another one's
    fact is left out. Besides

    change
        the actual less the one before, in the KPI's unit; missing where the units differ.
    way
        better or worse, by the direction of the KPI; same; and where neither can be said:
        no_direction, total (of a cumulative KPI, which only rises), other_unit, same_figure
        (the same year's figure is printed in both).
    turn
        gained (a target that was missed the year before is reached), lost (the reverse) or "".

    Raises
    ------
    DataError
        When a column it needs is not there.

    Examples
    --------
    >>> from analysis import add_achievement, load
    >>> changed = compare_with_year_before(add_achievement(load("data", "080004").kpis), 2016)
    >>> changed[["kpi_id", "fiscal_year_earlier", "change", "way"]].values.tolist()[0]
    ['job_creation', 2015, -333.0, 'worse']
    """
    check_table(kpis, "kpis", NEEDED)
    held = kpis[kpis["actual"].notna()]
    now = leave_out_repeats(held[held["fiscal_year"] == fiscal_year])
    earlier = held[held["fiscal_year"] < fiscal_year].sort_values("fiscal_year", kind="stable")
    earlier = earlier.drop_duplicates(KPI, keep="last").set_index(KPI).add_suffix(EARLIER)
    both = now.merge(earlier, left_on=KPI, right_index=True)
    units = [both[name].fillna("").astype("object") for name in ("unit", f"unit{EARLIER}")]
    sign = both["direction"].map(SIGN_OF_DIRECTION).astype("float64")
    change = both["actual"] - both[f"actual{EARLIER}"]
    change = change.mask(np.isclose(both["actual"], both[f"actual{EARLIER}"], rtol=1e-12), 0.0)
    change = change.where(units[0] == units[1])
    ways = {
        "other_unit": units[0] != units[1],
        "same_figure": _year_of_actual(both, "") == _year_of_actual(both, EARLIER),
        "total": both["aggregation"] == "cumulative",
        "same": change == 0,
        "no_direction": sign.isna(),
        "better": sign * change > 0,
    }
    reached, before = both["reached"], both[f"reached{EARLIER}"]
    gained, lost = (before == "no") & (reached == "yes"), (before == "yes") & (reached == "no")
    return both.assign(
        change=change,
        way=np.select(list(ways.values()), list(ways), "worse"),
        turn=np.select([gained, lost], ["gained", "lost"], ""),
    )


def _year_of_actual(both: pd.DataFrame, suffix: str) -> pd.Series:
    """The year that a figure is of: that of the row where no other one is printed."""
    year = both[f"fiscal_year{suffix}"].astype("float64")
    printed = both.reindex(columns=[f"actual_year{suffix}"]).iloc[:, 0].astype("float64")
    return printed.fillna(year)


class YearOnYear(NamedTuple):
    """How many KPIs went which way since the year before, by `way` and by `turn`."""

    ways: dict[str, int]
    turns: dict[str, list[str]]
    years: list[int]


def find_year_on_year(changed: pd.DataFrame) -> YearOnYear:
    """Count the ways of `compare_with_year_before`, name what turned, list the years before."""
    turned = changed[changed["turn"] != ""]
    return YearOnYear(
        ways=changed["way"].value_counts().to_dict(),
        turns={turn: rows["kpi"].tolist() for turn, rows in turned.groupby("turn", sort=False)},
        years=sorted(set(changed[f"fiscal_year{EARLIER}"].tolist())),
    )
