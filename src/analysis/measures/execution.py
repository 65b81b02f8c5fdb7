"""What became of a budget: spent, carried over, left unused, and the rate of execution.

About half of a grant is carried over each year, so what is left of a year's budget is not
what went unused; and a total may or may not hold what is carried out. Both are kept apart.
A rate compares like with like: the money of an item with the budget of the same item, and
what holds personnel only with what holds personnel.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.tables import BUDGET_KINDS
from analysis.measures.cost_basis import (
    PARTS_OF_TOTAL,
    SCOPES,
    find_scope,
    keep_yearly,
    list_years_of_spans,
)
from analysis.measures.counterparts import find_counterparts
from analysis.measures.explain import explain_figures
from analysis.measures.keys import PROGRAM_YEAR, find_rows, number_groups
from analysis.measures.needs import AMOUNTS, ONE_PROGRAM_YEAR, check_table
from analysis.measures.notes import Reasons, first_word, group_by_note
from analysis.measures.percentages import read_percentages

DIVISIONS = (
    "settled/total",
    "settled/parts",
    "settled/initial",
    "settled/total_less_carried_out",
    "settled_and_carried_out/total",
    "settled/planned",
)


def add_execution(program_years: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """Add what was budgeted, spent, carried over and left unused (執行率, 不用額).

    Parameters
    ----------
    program_years
        `dataset.program_years`: the rows wanted.
    budgets
        One row per amount, with `kind` and `amount_yen` (integer yen), and where known `item`,
        `nature` and `last_year`. The items of a kind are added; where one of them is pending
        or unpublished, the kind has no sum. Amounts of several years (`last_year` is filled)
        take no part.

    Returns
    -------
    The same rows in the same order with, in yen, one column for each kind of amount
    (`initial_yen`, `supplementary_yen`, ... `source_yen`, missing where not printed; the
    money without personnel, else the full amount, else the personnel: never added) and

    total_yen, settled_yen, total_basis
        予算計 and 決算額, of the same items where a rate can be had (see below). The basis of
        the total is "total" as printed, else "parts", the sum initial + supplementary +
        carried in - carried out + reserve where an initial budget is printed.
    execution_rate, execution_note
        settled / total. The note says why it is missing (no_settled, no_total, zero_total;
        several_years: one of the two is printed for several years together;
        unlike_items: both are printed, but of nothing the same) or what to mind: that more
        was spent than budgeted (over_execution; the rate stays), or items_left_out.
    execution_left_out, execution_left_out_yen
        what has no counterpart on the other side, one `LeftOut` each (the kind, the item, and
        what it is of), and its sum; empty and 0 where everything is compared or nothing can be.
    unused_yen, unused_note
        不用額 as printed, else total - settled - carried out. What is carried out is
        subtracted once: a total that is net of it (the sum of the parts, or a printed total
        equal to that sum) is not reduced again. Missing with no_carried_out where that
        amount is not printed, since what is left may have been carried over; with
        over_execution where nothing can be left; with items_left_out where the rate is not
        of the whole.

    What is compared with what: see `find_counterparts`.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    References
    ----------
    行政事業レビュー, 執行率 = 執行額 / 予算計; docs/methods.md, cost.

    Examples
    --------
    >>> year = {"government_code": ["082201"], "program_id": ["hub"], "fiscal_year": [2018]}
    >>> budgets = pd.DataFrame({key: value * 3 for key, value in year.items()}).assign(
    ...     kind=["initial", "carried_out", "settled"], amount_yen=[1000, 400, 540])
    >>> executed = add_execution(pd.DataFrame(year), budgets)
    >>> executed[["total_yen", "execution_rate", "unused_yen"]].values.tolist()
    [[600, 0.9, 60]]
    """
    check_table(program_years, "program_years", ONE_PROGRAM_YEAR)
    check_table(budgets, "budgets", AMOUNTS)
    amounts = keep_yearly(budgets)
    yen, pending = _sum_kinds(program_years, amounts)
    net = _add_parts(yen, pending)
    pairs = find_counterparts(program_years, amounts)
    total = pairs["total_yen"].fillna(yen["total"]).fillna(net)
    settled = pairs["settled_yen"].fillna(yen["settled"])
    both, over = pairs["total_yen"].notna(), (settled > total).fillna(False)
    none: Reasons = [
        (_is_of_span(program_years, budgets, settled, total), "several_years"),
        (settled.isna(), "no_settled"),
        (total.isna(), "no_total"),
        (~both, "unlike_items"),
    ]
    mind: Reasons = [(over, "over_execution"), (pairs["left_out"].map(len) > 0, "items_left_out")]
    no_rate: Reasons = [*none, ((total <= 0).fillna(False), "zero_total")]
    left, why = _find_left(yen, total, settled, net, [*none, (over, "over_execution")], pairs)
    basis = pd.Series("parts", index=program_years.index).mask(yen["total"].notna(), "total")
    part, whole = settled.astype("float64"), total.astype("float64")
    added = {f"{kind}_yen": amount for kind, amount in yen.items()} | {
        "total_yen": total,
        "settled_yen": settled,
        "total_basis": basis.where(total.notna()),
        "execution_rate": part / whole.where((total > 0) & both),
        "execution_note": first_word([*no_rate, *mind], program_years.index),
        "execution_left_out": pairs["left_out"],
        "execution_left_out_yen": pairs["left_out_yen"],
        "unused_yen": yen["unused"].fillna(left),
        "unused_note": why.mask(yen["unused"].notna(), ""),
    }
    return program_years.assign(**added)


def _is_of_span(
    program_years: pd.DataFrame, budgets: pd.DataFrame, settled: pd.Series, total: pd.Series
) -> Any:
    """Whether what is missing of the year is printed for several years together."""
    if "last_year" not in budgets:
        return np.zeros(len(program_years), dtype=bool)
    spans = list_years_of_spans(
        budgets[budgets["last_year"].notna() & budgets["amount_yen"].notna()]
    )
    settled_there, total_there = (
        find_rows(program_years, spans[spans["kind"].isin(kinds)], PROGRAM_YEAR) >= 0
        for kinds in (["settled"], ["total", "initial"])
    )
    return (settled.isna() & settled_there) | (total.isna() & total_there)


def _find_left(
    yen: pd.DataFrame,
    total: pd.Series,
    settled: pd.Series,
    net: pd.Series,
    none: Reasons,
    pairs: pd.DataFrame,
) -> tuple[pd.Series, pd.Series]:
    """What is left of each budget after settling and carrying over, and why that is not known."""
    carried = yen["carried_out"]
    left = total - settled - carried.mask((total == net).fillna(False) & carried.notna(), 0)
    why = first_word(
        [
            *none,
            (pairs["is_partly"], "items_left_out"),
            ((left < 0).fillna(False), "over_execution"),
            (carried.isna(), "no_carried_out"),
        ],
        total.index,
    )
    return left.where(why == ""), why


def _sum_kinds(program_years: pd.DataFrame, budgets: pd.DataFrame) -> tuple[pd.DataFrame, Any]:
    """The sum of each kind of amount, one column a kind, and where an amount of it is pending.

    The sum is missing where nothing of the kind is printed, and where any of it is pending. It
    is of the first of SCOPES that is printed.
    """
    group, first = number_groups(budgets, PROGRAM_YEAR)
    kind = pd.Index(BUDGET_KINDS).get_indexer(budgets["kind"])
    amounts, known = budgets["amount_yen"].astype("Int64"), kind >= 0
    place = (group[known], kind[known], find_scope(budgets)[known])
    shape = (len(first) + 1, len(BUDGET_KINDS), len(SCOPES))  # the last row: no amount
    sums = np.zeros(shape, dtype="int64")
    np.add.at(sums, place, amounts.to_numpy(dtype="int64", na_value=0)[known])
    printed, pending = np.full(shape, False), np.full(shape, False)
    printed[place] = True
    np.logical_or.at(pending, place, amounts.isna().to_numpy()[known])
    scope = printed.argmax(axis=2)[:, :, np.newaxis]
    sums, pends, there = (
        np.take_along_axis(table, scope, axis=2)[:, :, 0] for table in (sums, pending, printed)
    )
    rows = find_rows(program_years, budgets.iloc[first], PROGRAM_YEAR)
    missing = ~there | pends
    columns = {
        name: pd.arrays.IntegerArray(sums[rows, n], missing[rows, n])
        for n, name in enumerate(BUDGET_KINDS)
    }
    return pd.DataFrame(columns, index=program_years.index), pends[rows]


def _add_parts(yen: pd.DataFrame, pending: Any) -> pd.Series:
    """The total as the sum of its parts; missing without an initial budget or while one pends."""
    pends = pending[:, [BUDGET_KINDS.index(kind) for kind in PARTS_OF_TOTAL]].any(axis=1)
    signed = [yen[kind].fillna(0) * sign for kind, sign in PARTS_OF_TOTAL.items()]
    return sum(signed[1:], signed[0]).where(yen["initial"].notna() & ~pends)


def audit_execution(budgets: pd.DataFrame) -> pd.DataFrame:
    """Find the division and the rounding that explain each published rate of execution (執行率).

    Parameters
    ----------
    budgets
        One row per amount in yen; a settled one may carry `published_execution_rate` (a
        ratio) and `published_execution_rate_printed` (the same in percent as printed: its
        decimals count).

    Returns
    -------
    One row per published rate, in the order given, with the keys, `item`, `amount_yen`, the
    published rate, and the columns of `explain_figures`: `explained_by` is one of

    settled/total
        like for like, as in `add_execution`; of the item alone where the rate stands on one.
    settled/parts, settled/initial, settled/planned
        the same over the sum of the parts, over the initial budget, over the planned amount.
    settled/total_less_carried_out, settled_and_carried_out/total
        with what is carried over taken off the budget, or counted as spent.

    `finding_note` says why a rate cannot be checked: not_printed (its decimals are not
    known), no_settled, no_total.

    An anomaly is a figure to ask about, not an error: its formula may be another one.

    Raises
    ------
    DataError
        When a printed rate is another number than `published_execution_rate`.

    Examples
    --------
    名寄市 prints 100 % for 99.7 %.

    >>> budgets = pd.DataFrame({"government_code": "012211", "program_id": "bus",
    ...     "fiscal_year": 2018, "kind": ["total", "settled"], "amount_yen": [1000, 997],
    ...     "published_execution_rate": [None, 1.0],
    ...     "published_execution_rate_printed": [None, "100"]})
    >>> audit_execution(budgets)[["explained_by", "rounding", "computed"]].values.tolist()
    [['settled/total', 'half_up', 0.997]]
    """
    check_table(budgets, "budgets", AMOUNTS)
    if "published_execution_rate" not in budgets:
        return audit_execution(budgets.assign(published_execution_rate=np.nan))
    yearly = keep_yearly(budgets)
    published = yearly[yearly["published_execution_rate"].notna()]
    printed, decimals, differs = read_percentages(published, "published_execution_rate")
    rates = pd.DataFrame(
        [_divide(yearly, row) for row in published.to_dict("records")],
        columns=DIVISIONS,
        index=published.index,
        dtype="float64",
    )
    wanted = [*PROGRAM_YEAR, "item", "amount_yen", "published_execution_rate"]
    wanted += ["published_execution_rate_printed", "source_id", "place"]
    found = explain_figures(rates, printed, decimals, 100.0)
    unchecked = (found["finding"] == "cannot_be_checked").to_numpy()
    note = first_word(
        [
            (differs, "printed_differs"),
            (unchecked & np.isnan(printed), "not_printed"),
            (unchecked & published["amount_yen"].isna().to_numpy(), "no_settled"),
            (unchecked, "no_total"),
        ],
        published.index,
    )
    return published[[c for c in wanted if c in published]].join(found).assign(finding_note=note)


def _divide(budgets: pd.DataFrame, published: dict[str, Any]) -> list[float]:
    """The rates of DIVISIONS for one published rate."""
    key = [published[name] for name in PROGRAM_YEAR]
    own = budgets[(budgets[PROGRAM_YEAR] == key).all(axis=1)]
    item = published.get("item")
    if pd.notna(item) and item != "":  # of this item alone
        others = (own["kind"] == "settled") & (own["item"] != item)
        own = own[~others]
    printed = set(own["kind"])
    kinds = {
        "total": ["total"],
        "parts": list(PARTS_OF_TOTAL) if printed & {*PARTS_OF_TOTAL} != {"initial"} else [],
        "initial": ["initial"],
        "planned": ["planned"],
    }
    by = {name: _execute(own, key, kept) for name, kept in kinds.items()}
    total, spent, carried = by["total"]
    return [
        *(_ratio(spent, amount) for amount, spent, _ in (by["total"], by["parts"], by["initial"])),
        _ratio(spent, total - carried) if carried else np.nan,
        _ratio(spent + carried, total) if carried else np.nan,
        _ratio(by["planned"][1], by["planned"][0]),
    ]


def _execute(own: pd.DataFrame, key: Iterable[Any], kinds: list[str]) -> tuple[float, ...]:
    """The budget of some kinds, what was spent and what carried out of it; 0 if none is known."""
    kept = own[own["kind"].isin([*kinds, "settled"])]
    kept = kept.assign(kind=kept["kind"].where(kept["kind"] != "planned", "total"))
    year = pd.DataFrame([dict(zip(PROGRAM_YEAR, key, strict=True))])
    executed = add_execution(year, kept).iloc[0]
    if pd.isna(executed["execution_rate"]):
        return 0.0, 0.0, 0.0
    carried = own.loc[own["kind"] == "carried_out", "amount_yen"]
    return (
        float(executed["total_yen"]),
        float(executed["settled_yen"]),
        float(carried.fillna(0).sum()),
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan


@dataclass(frozen=True)
class Execution:
    """How much of some budgets was spent.

    `rated` programs have a rate, from `low` to `high`; `overspent` names those that spent more
    than budgeted, `missing` by reason those without a rate.
    """

    rated: int
    low: float
    high: float
    overspent: tuple[str, ...]
    missing: dict[str, list[str]]


def find_execution(executed: pd.DataFrame) -> Execution:
    """Find how much was spent and of which programs that is not known, from `add_execution`."""
    names, rate = name_rows(executed), executed["execution_rate"]
    known, note = rate.notna(), executed["execution_note"]
    return Execution(
        rated=int(known.sum()),
        low=rate.min(),
        high=rate.max(),
        overspent=tuple(names[note == "over_execution"]),
        missing=group_by_note(note[~known], names[~known]),
    )


def name_rows(table: pd.DataFrame) -> pd.Series:
    """The name of each row's program, or its id where the table has no names."""
    return table["program"] if "program" in table else table["program_id"]


@dataclass(frozen=True)
class RoundedToWhole:
    """Rates published as 100 % that the amounts give as less, or more: from `low` to `high`."""

    rates: int
    low: float
    high: float


def find_rounded_to_whole(audit: pd.DataFrame) -> RoundedToWhole:
    """Find the published rates of 100 % that are such only by rounding, from `audit_execution`."""
    computed, published = audit["computed"], audit["published_execution_rate"]
    rounded = ~np.isclose(computed, published, rtol=0, atol=1e-6) & (published == 1)
    rates = computed[rounded & (audit["finding"] == "explained")]
    return RoundedToWhole(len(rates), rates.min(), rates.max())
