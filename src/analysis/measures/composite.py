"""One rate for each KPI, for the mean of a program or government: which formula it rests on.

A mean over KPIs needs one figure of each. It takes the progress from the baseline where that
can be had, else the plain ratio; what is not known stays a range from 0 to 1 and is counted.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.kpis import is_not_due, is_part_year

WAYS = ("progress_rate", "achievement_rate", "final_rate", "reached")
HELD_BY = pd.CategoricalDtype([*WAYS, ""])
RATIOS = ("achievement_rate", "final_rate")
NOT_TO_BE_READ = ("reads_reversed", "direction_unknown")


def choose_rates(kpis: pd.DataFrame) -> pd.DataFrame:
    """Choose for each KPI the rate that stands for it in a mean.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.

    Returns
    -------
    One row per KPI with `held_by` and `held_rate` (a ratio, not capped):

    progress_rate
        from the baseline to the target of the year, or to the final one from its year on.
    achievement_rate, final_rate
        where that cannot be had: actual / target, and actual / final target from its year on;
        never for a KPI that should fall or whose direction is not known.
    reached
        1 for a KPI that met its target and has no rate, such as a milestone.
    (empty)
        not known, so missing: no actual or only a planned one, no target, nothing due yet, or
        only a part of the year. In a mean it is anything from 0 to 1.

    Examples
    --------
    >>> kpis = pd.DataFrame({"progress_rate": [0.5, None, None],
    ...     "achievement_rate": [0.9, 0.42, None], "reached": ["no", "no", "unknown"]})
    >>> choose_rates(kpis).values.tolist()
    [['progress_rate', 0.5], ['achievement_rate', 0.42], ['', nan]]
    """
    held = np.full(len(kpis), np.nan)
    by = np.full(len(kpis), len(WAYS), dtype="int8")
    open_ones = is_not_due(kpis) | is_part_year(kpis)
    open_ones = open_ones | _is_among(kpis, "actual_status", ("planned",))
    early = is_not_final(kpis)
    for number, name in enumerate(WAYS):
        rate = _rate(kpis, name)
        usable = ~np.isnan(rate) & (by == len(WAYS)) & ~open_ones
        if name in RATIOS:
            usable &= ~_is_among(kpis, f"{name}_note", NOT_TO_BE_READ)
            usable &= ~_is_among(kpis, "direction", ("unknown",))
        if name == "final_rate":
            usable &= ~early
        held, by = np.where(usable, rate, held), np.where(usable, number, by)
    ways = pd.Categorical.from_codes(by, dtype=HELD_BY)
    return pd.DataFrame({"held_by": ways, "held_rate": held}, index=kpis.index)


def is_not_final(kpis: pd.DataFrame) -> Any:
    """Whether the final year has not come, or is not printed."""
    if not {"final_year", "fiscal_year"} <= set(kpis):
        return np.ones(len(kpis), dtype=bool)
    year, final_year = (
        kpis[name].to_numpy("float64", na_value=np.nan) for name in ("fiscal_year", "final_year")
    )
    return ~(year >= final_year)


def _rate(kpis: pd.DataFrame, name: str) -> Any:
    if name == "reached":
        met = _is_among(kpis, "reached", ("yes",))
        return np.where(met, 1.0, np.nan)
    if name not in kpis:
        return np.full(len(kpis), np.nan)
    return kpis[name].to_numpy("float64", na_value=np.nan)


def _is_among(kpis: pd.DataFrame, name: str, words: tuple[str, ...]) -> Any:
    if name not in kpis:
        return np.zeros(len(kpis), dtype=bool)
    return kpis[name].isin(words).to_numpy(dtype=bool)
