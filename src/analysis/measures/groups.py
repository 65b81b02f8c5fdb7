"""Programs summed up by what they have in common: their field, their government, their year."""

import numpy as np
import pandas as pd

from analysis.dataset.fields import name_field
from analysis.errors import DataError
from analysis.measures.needs import ONE_PROGRAM_YEAR, check_table

FIELD = "field"
COUNTED = ("kpis", "reached", "missed", "unknown")


def sum_groups(executed: pd.DataFrame, by: str = FIELD) -> pd.DataFrame:
    """Sum up programs by group: targets reached, budgets spent, each with its denominator.

    Parameters
    ----------
    executed
        One row per program and fiscal year: `add_execution` of the table of `compare_programs`.
    by
        "field" (`name_field`), or a column of that table, such as "government", "department" or
        "fiscal_year".

    Returns
    -------
    One row per group, that of most programs first, with `group` (empty for programs without one)
    and

    programs, with_kpi
        how many there are, and how many have a KPI.
    kpis, reached, missed, unknown
        their KPIs by whether the target was reached (`unknown`: nobody can say); a KPI that
        repeats another one's fact counts once.
    share_reached
        reached / (reached + missed); missing where no KPI can be judged.
    rated, total_yen, settled_yen, execution_rate
        how many programs have a rate of execution, and of these the sums in yen and settled /
        total. An amount without its counterpart takes no part.
    rate_low, rate_median, rate_high
        the quartiles of the programs' own rates of execution.

    Raises
    ------
    DataError
        When `by` is no column, or a column it needs is not there.
    """
    amounts = "execution_rate total_yen settled_yen"
    check_table(executed, "executed", f"{ONE_PROGRAM_YEAR} {' '.join(COUNTED)} {amounts}")
    if by != FIELD and by not in executed:
        raise DataError(f"by {by!r}: no column of this table; write 'field', 'government', ...")
    group = name_field(executed) if by == FIELD else executed[by].astype("object").fillna("")
    rated = executed["execution_rate"].notna()
    rows = pd.DataFrame(
        {
            "group": group,
            "programs": 1,
            "with_kpi": (executed["kpis"] > 0).astype("int64"),
            **{name: executed[name].astype("int64") for name in COUNTED},
            "rated": rated.astype("int64"),
            **{
                name: executed[name].where(rated).astype("Int64")
                for name in ("total_yen", "settled_yen")
            },
        }
    )
    grouped = rows.groupby("group", sort=False)
    sums = grouped.sum(min_count=1)
    rates = executed["execution_rate"].astype("float64").groupby(group, sort=False)
    judged = (sums["reached"] + sums["missed"]).astype("float64")
    total = sums["total_yen"].astype("float64")
    return (
        sums.assign(
            share_reached=sums["reached"] / judged.where(judged > 0, np.nan),
            execution_rate=sums["settled_yen"].astype("float64") / total.where(total > 0, np.nan),
            rate_low=rates.quantile(0.25),
            rate_median=rates.median(),
            rate_high=rates.quantile(0.75),
        )
        .sort_values("programs", ascending=False, kind="stable")
        .reset_index()
    )
