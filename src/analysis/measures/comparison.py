"""Programs side by side: what they cost, how many KPIs they reached, how far they got."""

import numpy as np
import pandas as pd

from analysis.measures.achievement import REACHED, count_reached
from analysis.measures.costs import KEYS, find_cost_basis
from analysis.measures.keys import find_rows, number_groups, take
from analysis.measures.needs import ONE_PROGRAM, PROGRAM_YEAR, check_table


def compare_programs(
    program_years: pd.DataFrame,
    programs: pd.DataFrame,
    kpis: pd.DataFrame,
    budgets: pd.DataFrame,
) -> pd.DataFrame:
    """Summarize each program of a fiscal year without ever dropping an unknown KPI.

    Parameters
    ----------
    program_years
        `dataset.program_years`: the rows wanted.
    programs, budgets
        The tables of a dataset.
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.

    Returns
    -------
    One row per program and fiscal year with `program`, `department`, `cost_yen`,
    `cost_basis`, the counts `kpis`, `reached`, `missed`, `unknown` (0 for a program without
    a KPI) and `estimated`, the three readings of "the program reached its targets":

    any_reached, all_reached
        yes, no or unknown. Unknown KPIs leave "any" unknown where none is known to be
        reached, and "all" where none is known to be missed; so does having no KPI at all.
    share_reached_low, share_reached_high
        reached / kpis; the unknown ones stay in the denominator, as not reached in the low
        and as reached in the high share.

    and the mean progress_rate of its KPIs:

    mean_capped_low, mean_capped_high
        each KPI between 0 and 1; one that reached its target without a rate (a milestone)
        counts 1, an unknown one 0 in the low and 1 in the high mean.
    mean_raw
        uncapped; missing as soon as one KPI is unknown.

    Shares and means are missing for a program without a KPI.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(program_years, "program_years", PROGRAM_YEAR)
    check_table(programs, "programs", f"{ONE_PROGRAM} government program project department")
    check_table(kpis, "kpis", f"{PROGRAM_YEAR} actual_status progress_rate reached")
    costs, counted, means = find_cost_basis(budgets), count_reached(kpis), _average(kpis)
    index = program_years.index
    found = (
        (programs, KEYS[:2], ("government", "program", "project", "department")),
        (costs, KEYS, ("cost_yen", "cost_basis")),
        (counted, KEYS, ("kpis", "reached", "missed", "unknown")),
        (means, KEYS, ("estimated", "mean_capped_low", "mean_capped_high", "mean_raw")),
    )
    added: dict[str, pd.Series] = {}
    for table, on, columns in found:
        rows = find_rows(program_years, table, on)
        added |= {name: take(table[name], rows, index) for name in columns}
    table = program_years.assign(**added).reset_index(drop=True)
    counts = ["kpis", "reached", "missed", "unknown", "estimated"]
    table = table.assign(**{name: table[name].fillna(0).astype("Int64") for name in counts})
    kpi_count = table["kpis"].where(table["kpis"] > 0).astype("float64")
    return table.assign(
        any_reached=_decide(table["reached"] > 0, table["missed"] == table["kpis"], table),
        all_reached=_decide(table["reached"] == table["kpis"], table["missed"] > 0, table),
        share_reached_low=table["reached"].astype("float64") / kpi_count,
        share_reached_high=(table["reached"] + table["unknown"]).astype("float64") / kpi_count,
    )


def _average(kpis: pd.DataFrame) -> pd.DataFrame:
    """The mean progress of each program's KPIs in each year, three ways; and the estimates."""
    group, first = number_groups(kpis, KEYS)
    rate = kpis["progress_rate"].to_numpy(dtype="float64", na_value=np.nan)
    whole = np.isnan(rate) & (kpis["reached"] == "yes").to_numpy()
    held = np.where(whole, 1.0, np.clip(rate, 0, 1))
    unknown = np.isnan(held)
    values = {
        "mean_capped_low": np.where(unknown, 0.0, held),
        "mean_capped_high": np.where(unknown, 1.0, held),
    }
    means = pd.DataFrame(values).groupby(group).mean()
    rows = pd.Series(rate).groupby(group).indices.values()
    estimated = (kpis["actual_status"] == "estimated") & kpis["actual"].notna()
    return (
        kpis[KEYS]
        .iloc[first]
        .assign(
            estimated=np.bincount(group, estimated.to_numpy(), len(first)).astype("int64"),
            mean_capped_low=means["mean_capped_low"].to_numpy(),
            mean_capped_high=means["mean_capped_high"].to_numpy(),
            mean_raw=np.array([rate[found].mean() for found in rows], dtype="float64"),
        )
    )


def _decide(yes: pd.Series, no: pd.Series, table: pd.DataFrame) -> pd.Categorical:
    """Yes or no where that is certain of a program with KPIs, else unknown."""
    has_kpi = table["kpis"] > 0
    words = np.select([~has_kpi, yes, no], ["unknown", "yes", "no"], "unknown")
    return pd.Categorical(words, dtype=REACHED)
