"""Which amounts of a budget and of its account are of the same, so that a rate means something.

A budget of 事業費 and an account of 事業費 and 人件費 give no rate together: only what stands on
both sides is compared, and what does not is named.
"""

from typing import Any, NamedTuple

import pandas as pd

from analysis.measures.cost_basis import FULL, PARTS_OF_TOTAL, PERSONNEL, PLAIN, SCOPES, find_scope
from analysis.measures.keys import PROGRAM_YEAR, list_keys


def find_counterparts(program_years: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """Find what can be compared of each program's budget and account, and what is left out.

    Parameters
    ----------
    program_years
        The rows wanted, with `government_code`, `program_id` and `fiscal_year`.
    budgets
        One row per amount of one fiscal year in yen, with `kind`, and where known `item` and
        `nature`.

    Returns
    -------
    One row per row wanted, with its label: `total_yen` and `settled_yen`, the sums of the
    amounts compared (missing where nothing can be); `left_out`, what has no counterpart on the
    other side, a tuple of `LeftOut`, and `left_out_yen`, its sum (an item of 0 yen leaves
    nothing out); `is_partly`, whether some of that is of the nature compared.

    Where both sides have items, only those of one name are compared; where one side is a
    single amount without an item, it is compared with the sum of the items of the other.
    Personnel, and full amounts, are compared only with amounts of their own nature; full ones
    only where nothing else can be, for they hold the rest.

    Examples
    --------
    >>> year = {"government_code": "x_town", "program_id": "fair", "fiscal_year": 2018}
    >>> budgets = pd.DataFrame({**year, "kind": ["total", "settled", "settled"],
    ...     "item": ["事業費", "事業費", "人件費"], "nature": ["direct", "direct", "personnel"],
    ...     "amount_yen": [100, 90, 50]})
    >>> found = find_counterparts(pd.DataFrame([year]), budgets)
    >>> found[["total_yen", "settled_yen", "left_out_yen"]].values.tolist()
    [[100, 90, 50]]
    >>> found["left_out"].tolist()
    [(LeftOut(kind='settled', item='人件費', scope='personnel'),)]
    """
    amounts = _list_amounts(budgets)
    rows = []
    for key in list_keys(program_years, PROGRAM_YEAR):
        (total, settled), left, is_partly = _pair(*_split(amounts.get(key, [])))
        rows.append(
            (
                sum(a.signed for a in total) if total else None,
                sum(a.signed for a in settled) if total else None,
                tuple(dict.fromkeys(a.named for a in left)),
                sum(a.signed for a in left),
                is_partly,
            )
        )
    names = ["total_yen", "settled_yen", "left_out", "left_out_yen", "is_partly"]
    types = dict(zip(names, ["Int64", "Int64", "object", "Int64", "bool"], strict=True))
    return pd.DataFrame(rows, columns=names, index=program_years.index).astype(types)


class LeftOut(NamedTuple):
    """An amount that is not compared: its kind, its item (or ""), and what it is of (SCOPES)."""

    kind: str
    item: str
    scope: str


class _Amount(NamedTuple):
    """One amount of a program's year: its kind, its item, what it is of; None while it pends."""

    kind: str
    item: str
    scope: int
    yen: int | None

    @property
    def signed(self) -> int:
        """The yen as they count in a total: what is carried out is taken off."""
        return (self.yen or 0) * PARTS_OF_TOTAL.get(self.kind, 1)

    @property
    def named(self) -> LeftOut:
        """The same as a table of results names it."""
        return LeftOut(self.kind, self.item, SCOPES[self.scope])


Sides = tuple[list[_Amount], list[_Amount]]
OF_TOTAL = ("total", "settled", *PARTS_OF_TOTAL)


def _list_amounts(budgets: pd.DataFrame) -> dict[tuple[Any, ...], list[_Amount]]:
    """The amounts of budgets and settled accounts of each program's year.

    Where the nature of an item is printed on one row, it is that of all its rows there.
    """
    used = budgets[budgets["kind"].isin(OF_TOTAL)]
    items = used["item"].fillna("") if "item" in used else pd.Series("", index=used.index)
    yen = [None if pd.isna(y) else int(y) for y in used["amount_yen"].tolist()]
    rows = list(
        zip(
            list_keys(used, PROGRAM_YEAR),
            map(_Amount, used["kind"], items, find_scope(used).tolist(), yen),
            strict=True,
        )
    )
    known = {(key, a.item): a.scope for key, a in rows if a.item and a.scope != PLAIN}
    stated = {
        (key, a.item)
        for (key, a), nature in zip(rows, used.get("nature", items), strict=True)
        if nature == "direct"
    }
    found: dict[tuple[Any, ...], list[_Amount]] = {}
    for key, a in rows:
        if a.scope == PLAIN and (key, a.item) in known and (key, a.item) not in stated:
            a = a._replace(scope=known[key, a.item])
        found.setdefault(key, []).append(a)
    return found


def _split(amounts: list[_Amount]) -> Sides:
    """The budget (the printed total, else its parts) and the settled amounts."""
    total = [a for a in amounts if a.kind == "total"]
    total = total or [a for a in amounts if a.kind in PARTS_OF_TOTAL]
    return total, [a for a in amounts if a.kind == "settled"]


def _match(total: list[_Amount], settled: list[_Amount]) -> Sides:
    """What can be compared of two sides of one scope: all, the items of both, or nothing."""
    if not settled or any(a.yen is None for a in (*total, *settled)):
        return [], []
    begun = {a.item for a in total if a.kind in ("total", "initial")}
    if not begun:
        return [], []
    spent = {a.item for a in settled}
    if begun == {""} or {a.item for a in total} == {""} or spent == {""}:
        return total, settled
    both = begun & spent
    return [a for a in total if a.item in both], [a for a in settled if a.item in both]


def _pair(total: list[_Amount], settled: list[_Amount]) -> tuple[Sides, list[_Amount], bool]:
    """What is compared, what is left out, and whether the latter is of the same nature."""
    matched = {
        scope: _match(
            [a for a in total if a.scope == scope], [a for a in settled if a.scope == scope]
        )
        for scope in (PLAIN, PERSONNEL, FULL)
    }
    there = [scope for scope, sides in matched.items() if sides[0]]
    used = [scope for scope in there if scope != FULL] if PLAIN in there else there[-1:]
    sides = (
        [a for scope in used for a in matched[scope][0]],
        [a for scope in used for a in matched[scope][1]],
    )
    if not used:
        return sides, [], False
    compared = {id(a) for side in sides for a in side}
    left = [
        a
        for a in (*total, *settled)
        if a.yen != 0 and id(a) not in compared and not (a.scope in there and a.scope not in used)
    ]
    if used == [FULL]:  # whatever else is printed is part of it
        left = [a for a in left if a.scope == FULL]
    return sides, left, any(a.scope in used for a in left)
