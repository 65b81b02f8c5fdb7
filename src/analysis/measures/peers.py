"""Where the KPIs of one program lie among those of its like.

A rate is progress towards a target that each program set itself: a place among others tells how
usual a rate is, and nothing of which program is better.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.distributions import Group, Spread, find_rates, spread_values
from analysis.measures.keys import list_rows
from analysis.measures.needs import check_table
from analysis.measures.repeats import leave_out_repeats


class Peer(NamedTuple):
    """A KPI with the rates of all KPIs of its group, its own among them.

    `row` is the KPI, `rate` its rate, and `higher` how many of the group have a higher one.
    """

    row: dict[str, Any]
    rate: float
    spread: Spread
    higher: int


def find_peers(kpis: pd.DataFrame, own: pd.DataFrame, by: str) -> list[Peer]:
    """Find for the KPIs of a program the rates of all KPIs of the same group.

    Parameters
    ----------
    kpis
        The KPIs to lie among, one row per KPI and fiscal year with the columns of
        `add_achievement`, and `by`. A KPI that repeats another one's fact counts once.
    own
        Those of the program, with the same columns; its own may be among `kpis`.
    by
        The column of the groups: department, policy_group, kpi_kind, ...

    Returns
    -------
    One for each KPI of `own` with a rate of the scale of `kpis` (`find_rates`), the lowest first.
    One whose group is not printed lies among all.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    wanted = f"achievement_rate achievement_rate_note progress_rate reached {by}"
    check_table(kpis, "kpis", wanted)
    check_table(own, "own", wanted)
    kpis = leave_out_repeats(kpis)
    scale, rates = find_rates(kpis)
    mine = find_rates(own, scale)[1]
    groups: dict[Any, Spread] = {}
    found = []
    for row, rate in zip(list_rows(own), mine.tolist(), strict=True):
        if pd.isna(rate):
            continue
        name = None if pd.isna(row[by]) else row[by]
        if name not in groups:
            like = np.full(len(kpis), True) if name is None else (kpis[by] == name).to_numpy()
            group = Group(name, 1, np.flatnonzero(like))
            [groups[name]] = spread_values(rates, kpis["reached"], [group])
        figures = groups[name].figures
        higher = len(figures) - int(np.searchsorted(figures, rate, side="right"))
        found.append(Peer(row, rate, groups[name], higher))
    return sorted(found, key=lambda peer: peer.rate)
