"""In which fiscal years a source shows a program: the one rule.

A source evaluates one year, its own; history and next year's budget beside it are data, and no
further years of the program. Where it prints nothing of its own year, it shows the program in
the first year planned, else in the last year it tells of. A source that holds a row of the
program and no figure (of the tables that `shows` in their definition) shows it for its own year.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.tables import PROGRAM_YEAR, SHOWING, TRACED, TRACED_YEAR

YEAR_OF_SOURCE = ["source_id", "fiscal_year"]
MANY_YEARS = 10_000  # puts every year before that of the source behind every later one


def list_dated_years(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """List the years of which each source prints a KPI, an amount or a judgement of a program.

    One row per `government_code`, `program_id`, `fiscal_year` and `source_id`: the year the
    source evaluates, its history and its plans.
    """
    return pd.concat([tables[name][[*TRACED, "fiscal_year"]] for name in SHOWING]).drop_duplicates()


def list_shown_years(
    tables: dict[str, pd.DataFrame], dated: pd.DataFrame | None = None
) -> pd.DataFrame:
    """List the fiscal year for which each source shows each program.

    One row per `government_code`, `program_id`, `fiscal_year` and `source_id`. `dated` is
    `list_dated_years` of the tables, where it is known.
    """
    of_source = tables["sources"][YEAR_OF_SOURCE]
    dated = list_dated_years(tables) if dated is None else dated
    beside = dated.merge(of_source.rename(columns={"fiscal_year": "evaluated"}), on="source_id")
    ahead = (beside["fiscal_year"] - beside["evaluated"]).astype("int64")
    nearest = beside.assign(distance=ahead.where(ahead >= 0, MANY_YEARS - ahead))
    nearest = nearest.sort_values("distance", kind="stable").drop_duplicates(TRACED).sort_index()
    programs = tables["programs"][TRACED].merge(of_source, on="source_id")
    undated = programs[~is_in(programs, dated, TRACED)]
    return pd.concat([nearest, undated])[TRACED_YEAR].drop_duplicates()


def is_in(table: pd.DataFrame, other: pd.DataFrame, on: Sequence[str] = PROGRAM_YEAR) -> Any:
    """Whether another table has each row's key."""
    both = pd.concat([other[list(on)], table[list(on)]]) if len(other) and len(table) else None
    if both is None:
        return np.zeros(len(table), dtype=bool)
    group = both.groupby(list(on), sort=False, dropna=False).ngroup().to_numpy()
    return np.isin(group[len(other) :], group[: len(other)])
