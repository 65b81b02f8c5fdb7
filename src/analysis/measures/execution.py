"""What became of a budget: spent, carried over, left unused, and the rate of execution.

About half of a grant is carried over each year, so what is left of a year's budget is not
what went unused; and a total may or may not hold what is carried out. Both are kept apart.
"""

import pandas as pd

from analysis.intake.tables import BUDGET_KINDS
from analysis.measures.costs import KEYS, PARTS_OF_TOTAL
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
    yen = _sum_kinds(program_years, budgets)
    net = _add_parts(program_years, budgets, yen)
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


def _sum_kinds(program_years: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """The sum of each kind of amount, one column a kind; missing where any of it is pending."""
    yen = budgets["amount_yen"].astype("Int64")
    groups = yen.groupby([budgets[key] for key in (*KEYS, "kind")])
    return _of_years(groups.sum(skipna=False), program_years).astype("Int64")


def _add_parts(program_years: pd.DataFrame, budgets: pd.DataFrame, yen: pd.DataFrame) -> pd.Series:
    """The total as the sum of its parts; missing without an initial budget or while one pends."""
    pends = budgets["amount_yen"].isna().groupby([budgets[key] for key in (*KEYS, "kind")]).any()
    pending = _of_years(pends, program_years)[list(PARTS_OF_TOTAL)].eq(True).any(axis=1)
    signed = [yen[kind].fillna(0) * sign for kind, sign in PARTS_OF_TOTAL.items()]
    return sum(signed[1:], signed[0]).where(yen["initial"].notna() & ~pending)


def _of_years(by_kind: pd.Series, program_years: pd.DataFrame) -> pd.DataFrame:
    """One column a kind, one row a program and year; `by_kind` has the keys as its index."""
    keys = pd.MultiIndex.from_frame(program_years[KEYS])
    columns = {
        kind: by_kind[by_kind.index.get_level_values("kind") == kind]
        .droplevel("kind")
        .reindex(keys)
        for kind in BUDGET_KINDS
    }
    return pd.DataFrame(columns).set_axis(program_years.index)
