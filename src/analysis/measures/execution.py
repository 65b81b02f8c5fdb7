"""What became of a budget: spent, carried over, left unused, and the rate of execution.

About half of a grant is carried over each year, so what is left of a year's budget is not
what went unused; and a total may or may not hold what is carried out. Both are kept apart.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.intake.tables import BUDGET_KINDS
from analysis.measures.costs import KEYS, PARTS_OF_TOTAL
from analysis.measures.keys import find_rows, number_groups
from analysis.measures.needs import AMOUNTS, PROGRAM_YEAR, check_table
from analysis.measures.words import Reasons, first_word


def add_execution(program_years: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """Add what was budgeted, spent, carried over and left unused (執行率, 不用額).

    Parameters
    ----------
    program_years
        `dataset.program_years`: the rows wanted.
    budgets
        One row per amount, with `kind` and `amount_yen` (integer yen). The items of a kind
        are added; where one of them is pending or unpublished, the kind has no sum.

    Returns
    -------
    The same rows in the same order with, in yen, one column for each kind of amount
    (`initial_yen`, `supplementary_yen`, ... `reported_yen`, missing where not printed) and

    total_yen, total_basis
        予算計: "total" as printed, else "parts", the sum initial + supplementary + carried in
        - carried out + reserve where an initial budget is printed.
    execution_rate, execution_note
        settled / total. The note says why it is missing (no_settled, no_total, zero_total)
        or that more was spent than budgeted (over_execution; the rate stays).
    unused_yen, unused_note
        不用額 as printed, else total - settled - carried out. What is carried out is
        subtracted once: a total that is net of it (the sum of the parts, or a printed total
        equal to that sum) is not reduced again. Missing with no_carried_out where that
        amount is not printed, since what is left may have been carried over; with
        over_execution where nothing can be left.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Source: 行政事業レビュー, 執行率 = 執行額 / 予算計; docs/methods.md, cost.

    Examples
    --------
    >>> year = {"government_code": ["082201"], "program_id": ["hub"], "fiscal_year": [2018]}
    >>> budgets = pd.DataFrame({key: value * 3 for key, value in year.items()}).assign(
    ...     kind=["initial", "carried_out", "settled"], amount_yen=[1000, 400, 540])
    >>> executed = add_execution(pd.DataFrame(year), budgets)
    >>> executed[["total_yen", "execution_rate", "unused_yen"]].values.tolist()
    [[600, 0.9, 60]]
    """
    check_table(program_years, "program_years", PROGRAM_YEAR)
    check_table(budgets, "budgets", AMOUNTS)
    yen, pending = _sum_kinds(program_years, budgets)
    net = _add_parts(yen, pending)
    total, settled = yen["total"].fillna(net), yen["settled"]
    carried = yen["carried_out"]
    left = total - settled - carried.mask((total == net).fillna(False) & carried.notna(), 0)
    over = (settled > total).fillna(False)
    missing: Reasons = [(settled.isna(), "no_settled"), (total.isna(), "no_total")]
    no_rate: Reasons = [*missing, ((total <= 0).fillna(False), "zero_total")]
    no_rest: Reasons = [
        *missing,
        (over | (left < 0).fillna(False), "over_execution"),
        (carried.isna(), "no_carried_out"),
    ]
    index = program_years.index
    rate = settled.astype("float64") / total.astype("float64").where(total > 0)
    why = first_word(no_rest, index)
    basis = pd.Series("parts", index=index).mask(yen["total"].notna(), "total")
    added = yen.add_suffix("_yen").assign(
        total_yen=total,
        total_basis=basis.where(total.notna()),
        execution_rate=rate,
        execution_note=first_word([*no_rate, (over, "over_execution")], index),
        unused_yen=yen["unused"].fillna(left.where(why == "")),
        unused_note=why.mask(yen["unused"].notna(), ""),
    )
    return program_years.assign(**{str(name): column for name, column in added.items()})


def _sum_kinds(program_years: pd.DataFrame, budgets: pd.DataFrame) -> tuple[pd.DataFrame, Any]:
    """The sum of each kind of amount, one column a kind, and where an amount of it is pending.

    The sum is missing where nothing of the kind is printed, and where any of it is pending.
    """
    group, first = number_groups(budgets, KEYS)
    kind = pd.Index(BUDGET_KINDS).get_indexer(budgets["kind"])
    amounts = budgets["amount_yen"].astype("Int64")
    place = (group[kind >= 0], kind[kind >= 0])
    sums = np.zeros((len(first) + 1, len(BUDGET_KINDS)), dtype="int64")  # the last row: no amount
    np.add.at(sums, place, amounts.to_numpy(dtype="int64", na_value=0)[kind >= 0])
    absent = np.full(sums.shape, True)
    absent[place] = False
    pending = np.full(sums.shape, False)
    np.logical_or.at(pending, place, amounts.isna().to_numpy()[kind >= 0])
    rows = find_rows(program_years, budgets.iloc[first], KEYS)
    missing = absent | pending
    columns = {
        name: pd.arrays.IntegerArray(sums[rows, n], missing[rows, n])
        for n, name in enumerate(BUDGET_KINDS)
    }
    return pd.DataFrame(columns, index=program_years.index), pending[rows]


def _add_parts(yen: pd.DataFrame, pending: Any) -> pd.Series:
    """The total as the sum of its parts; missing without an initial budget or while one pends."""
    pends = pending[:, [BUDGET_KINDS.index(kind) for kind in PARTS_OF_TOTAL]].any(axis=1)
    signed = [yen[kind].fillna(0) * sign for kind, sign in PARTS_OF_TOTAL.items()]
    return sum(signed[1:], signed[0]).where(yen["initial"].notna() & ~pends)
