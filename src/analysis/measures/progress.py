"""How many KPIs reached their target."""

import numpy as np
import pandas as pd

from analysis.measures.keys import PROGRAM_YEAR, number_groups, take_cells
from analysis.measures.needs import ONE_PROGRAM_YEAR, check_table
from analysis.measures.repeats import leave_out_repeats

WORD_OF_COUNT = {"reached": "yes", "missed": "no", "unknown": "unknown"}


def count_reached(kpis: pd.DataFrame) -> pd.DataFrame:
    """Count the KPIs of each program and fiscal year by whether they reached their target.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `reached` from `add_achievement`.

    Returns
    -------
    One row per `government_code`, `program_id` and `fiscal_year`, with the numbers of KPIs
    `kpis`, `reached`, `missed` and `unknown`. The three parts add up to `kpis`. A KPI that
    repeats another one's fact counts once (`find_repeats`).

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", f"{ONE_PROGRAM_YEAR} reached")
    kpis = leave_out_repeats(kpis)
    group, first = number_groups(kpis, PROGRAM_YEAR)
    groups_of = {"kpis": group} | {
        name: group[(kpis["reached"] == word).to_numpy()] for name, word in WORD_OF_COUNT.items()
    }
    counts = {name: np.bincount(of, minlength=len(first)) for name, of in groups_of.items()}
    return pd.DataFrame(take_cells(kpis, PROGRAM_YEAR, first) | counts)
