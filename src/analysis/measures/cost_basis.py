"""What a program cost in a year: which amounts stand for it, and what they hold."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.breakdowns import keep_wholes
from analysis.measures.keys import (
    PROGRAM_YEAR,
    Rows,
    find_cells,
    find_rows,
    list_cells,
    number_groups,
    take_cells,
)
from analysis.measures.needs import AMOUNTS, check_table
from analysis.measures.notes import first_code, words_of

PARTS_OF_TOTAL = {
    "initial": 1,
    "supplementary": 1,
    "carried_in": 1,
    "carried_out": -1,
    "reserve": 1,
}


COST_BASES = ("settled", "total", "parts", "planned", "reported")


NUMBER_OF_BASIS = {basis: n for n, basis in enumerate(COST_BASES)} | dict.fromkeys(
    PARTS_OF_TOTAL, COST_BASES.index("parts")
)


NUMBER_OF_PART = {kind: n for n, kind in enumerate(PARTS_OF_TOTAL)}


SCOPES = ("plain", "full", "personnel")


PLAIN, FULL, PERSONNEL = range(len(SCOPES))


WHOLE_COST = ("settled", "total", "parts")


def find_cost_basis(budgets: pd.DataFrame) -> pd.DataFrame:
    """Find what each program cost in each fiscal year, on what basis, and what it holds.

    Parameters
    ----------
    budgets
        One row per amount, with `kind` and `amount_yen` (integer yen, negative where printed
        so), and where known `nature` (direct 事業費, personnel 人件費, full トータルコスト),
        `item` and `last_year`. Amounts of several years (`last_year` is filled), of a whole
        plan, of a source of money (財源) and the national share of it are no cost of a year
        and never added.

    Returns
    -------
    One row per `government_code`, `program_id` and `fiscal_year`, with `cost_yen` and
    `cost_basis`, the first of these that is published:

    settled
        決算額, the money spent.
    total
        予算現額 or 総予算額: a budget, flagged as such wherever it is shown.
    parts
        a budget as the sum initial + supplementary + carried in - carried out + reserve;
        only where an initial budget is published.
    planned
        an amount planned.
    reported
        the sum of amounts whose nature the source does not state; it need not be the whole
        cost, so no unit cost is made from it.

    The cost is the money without personnel, so that governments that print 人件費 stay
    comparable with those that do not; only where nothing but a full amount is printed it is
    that. `cost_natures` says what it holds: "direct", "full", or "" where that is not stated,
    and `cost_kinds` which kinds of amount: the basis, or of parts those that are printed
    ("initial", "initial supplementary").

    `personnel_yen` is the personnel (人件費) of the same basis, else that of kind `reported`
    printed beside the cost. `full_cost_yen` is the cost with personnel, and
    `full_cost_natures` what it holds: a printed full amount ("full"), else the cost and the
    personnel ("direct personnel", or "personnel" where the rest is of a stated item). It is
    missing where no personnel is printed, and where an amount without an item and a nature may
    hold it. `full_cost_note` is personnel_reckoned where the personnel in it is of kind
    `reported` beside a cost of another: spent or budgeted, that is not said.

    A basis of which one amount is still pending or unpublished is not complete and is passed
    over. A program without any has no row: an unknown cost is not zero.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    References
    ----------
    docs/methods.md, cost.

    Examples
    --------
    >>> budgets = pd.DataFrame({"government_code": "072036", "program_id": "hall",
    ...     "fiscal_year": 2018, "kind": "settled", "item": ["事業費", "人件費", "総事業費"],
    ...     "nature": ["direct", "personnel", "full"], "amount_yen": [90, 10, 100]})
    >>> find_cost_basis(budgets)[["cost_yen", "cost_natures", "full_cost_yen"]].values.tolist()
    [[90, 'direct', 100]]
    """
    check_table(budgets, "budgets", AMOUNTS)
    amounts = keep_yearly(budgets)
    sums = _sum_bases(amounts)
    plain, full = sums.complete[:, :, PLAIN], sums.complete[:, :, FULL]
    either = np.stack([plain, full], axis=2).reshape(len(plain), 2 * len(COST_BASES))  # plain first
    found = np.flatnonzero(either.any(axis=1))
    basis, only_full = np.divmod(either[found].argmax(axis=1), 2)
    scope = np.where(only_full, FULL, PLAIN)
    order = np.argsort(sums.row[found, basis, scope])
    found, basis, scope = found[order], basis[order], scope[order]
    is_full, is_direct = scope == FULL, sums.is_direct[found, basis]
    cost = sums.yen[found, basis, scope]
    natures = np.select([is_full, is_direct], ["full", "direct"], "")
    return pd.DataFrame(
        {
            **take_cells(amounts, PROGRAM_YEAR, sums.first[found]),
            "cost_yen": pd.array(cost, dtype="Int64"),
            "cost_basis": pd.array([COST_BASES[n] for n in basis], dtype="str"),
            "cost_natures": pd.array(natures, dtype="str"),
            "cost_kinds": pd.array(_name_kinds(sums.parts[found, :, scope], basis), dtype="str"),
            **_add_personnel(sums, found, basis),
        }
    )


def _name_kinds(parts: Any, basis: Any) -> list[str]:
    """The kinds of amount in each cost: its basis, or the printed ones of PARTS_OF_TOTAL."""
    is_parts = basis == COST_BASES.index("parts")
    return [
        " ".join(kind for kind, is_there in zip(PARTS_OF_TOTAL, row, strict=True) if is_there)
        if in_parts
        else COST_BASES[n]
        for row, in_parts, n in zip(parts, is_parts, basis, strict=True)
    ]


def _add_personnel(sums: "_Sums", found: Rows, basis: Any) -> dict[str, Any]:
    """The personnel of each cost and the cost with it, as `find_cost_basis` describes them."""
    has_full, own = (sums.complete[found, basis, scope] for scope in (FULL, PERSONNEL))
    reported = COST_BASES.index("reported")
    beside = ~own & sums.complete[found, reported, PERSONNEL]
    personnel = sums.yen[found, np.where(own, basis, reported), PERSONNEL]
    summed = ~has_full & (own | beside) & ~sums.may_hold_all[found, basis]
    whole = np.where(
        has_full, sums.yen[found, basis, FULL], sums.yen[found, basis, PLAIN] + personnel
    )
    is_direct = sums.is_direct[found, basis]
    words = np.select([has_full, is_direct], ["full", "direct personnel"], "personnel")
    natures = pd.array(words, dtype="str")
    natures[~has_full & ~summed] = None
    reckoned = [(summed & beside, "personnel_reckoned")]
    return {
        "personnel_yen": pd.arrays.IntegerArray(personnel, ~(own | beside)),
        "full_cost_yen": pd.arrays.IntegerArray(whole, ~has_full & ~summed),
        "full_cost_natures": natures,
        "full_cost_note": words_of(first_code(reckoned)),
    }


def keep_yearly(budgets: pd.DataFrame) -> pd.DataFrame:
    """Keep the amounts of one fiscal year, each once.

    One for several years (`last_year`) is no year's; of a whole and its parts one counts
    (`keep_wholes`). What is carried out is subtracted, with whichever sign it is printed.
    """
    if len(find_cells(budgets, "last_year")):
        budgets = budgets[pd.isna(budgets["last_year"].array)]
    yen = budgets["amount_yen"].astype("Int64")
    wrong = ((budgets["kind"] == "carried_out") & (yen < 0).fillna(False)).to_numpy(bool)
    if wrong.any():
        budgets = budgets.assign(amount_yen=yen.mask(wrong, -yen))
    return keep_wholes(budgets)


def find_span_costs(budgets: pd.DataFrame) -> pd.DataFrame:
    """Find what is printed of a program for several years together, and for no year alone.

    Parameters
    ----------
    budgets
        As for `find_cost_basis`; amounts with `last_year` are looked at here.

    Returns
    -------
    The columns of `find_cost_basis` with `first_year` and `last_year`, one row per program and
    each `fiscal_year` in between that has no cost of its own: the shortest span. `cost_yen` is
    that of all its years, never the cost of one of them.

    Examples
    --------
    >>> budgets = pd.DataFrame({"government_code": "072036", "program_id": "hall",
    ...     "fiscal_year": [2019], "last_year": [2021], "kind": "settled", "amount_yen": [12]})
    >>> find_span_costs(budgets)[["fiscal_year", "last_year", "cost_yen"]].values.tolist()
    [[2019, 2021, 12], [2020, 2021, 12], [2021, 2021, 12]]
    """
    if "last_year" not in budgets or budgets["last_year"].isna().all():
        years = dict.fromkeys(["first_year", "last_year"], pd.array([], dtype="Int64"))
        return find_cost_basis(budgets.iloc[:0]).assign(**years)
    yearly = find_cost_basis(budgets)
    spans = [
        find_cost_basis(rows.drop(columns="last_year")).assign(last_year=last)
        for last, rows in budgets.groupby("last_year")
    ]
    found = list_years_of_spans(pd.concat(spans, ignore_index=True))
    found = found.assign(length=found["last_year"] - found["first_year"])
    found = (
        found.sort_values("length", kind="stable")
        .drop(columns="length")
        .drop_duplicates(PROGRAM_YEAR)
    )
    found = found.sort_values(PROGRAM_YEAR, kind="stable")
    return found[find_rows(found, yearly, PROGRAM_YEAR) < 0].reset_index(drop=True)


def list_years_of_spans(spans: pd.DataFrame) -> pd.DataFrame:
    """Repeat each row for every fiscal year up to its `last_year`; `first_year` is its own."""
    first = spans["fiscal_year"].astype("int64").to_numpy()
    years = np.maximum(spans["last_year"].astype("int64").to_numpy() - first + 1, 1)
    repeated = spans.loc[spans.index.repeat(years)].reset_index(drop=True)
    nth = np.arange(len(repeated)) - np.repeat(np.cumsum(years) - years, years)
    return repeated.assign(
        fiscal_year=(repeated["fiscal_year"] + nth).astype(spans["fiscal_year"].dtype),
        first_year=np.repeat(first, years),
    )


def find_scope(budgets: pd.DataFrame) -> Any:
    """What each amount is of: PLAIN (direct, or not stated), FULL or PERSONNEL."""
    if "nature" not in budgets:
        return np.zeros(len(budgets), dtype=np.intp)
    scopes = {"full": FULL, "personnel": PERSONNEL}
    return np.array([scopes.get(word, PLAIN) for word in budgets["nature"].tolist()], dtype=np.intp)


class _Sums(NamedTuple):
    """Amounts added: a place for each program's year, basis and scope.

    `first` is the first row of each program's year, `row` that of each place. `is_direct` and
    `may_hold_all` are of the plain amounts of a basis: whether all are direct, and whether one
    has neither nature nor item, so that it may hold personnel. `parts` says which kinds of
    PARTS_OF_TOTAL are there, for each program's year and scope.
    """

    first: Rows
    yen: Any
    row: Any
    complete: Any
    is_direct: Any
    may_hold_all: Any
    parts: Any


def _sum_bases(amounts: pd.DataFrame) -> _Sums:
    group, first = number_groups(amounts, PROGRAM_YEAR)
    kinds, scope = amounts["kind"].tolist(), find_scope(amounts)
    number = np.array([NUMBER_OF_BASIS.get(kind, -1) for kind in kinds], dtype=np.intp)
    is_part = number == COST_BASES.index("parts")
    has_initial = np.full((len(first), len(SCOPES)), False)
    is_initial = np.array([kind == "initial" for kind in kinds], dtype=bool)
    has_initial[group[is_initial], scope[is_initial]] = True
    begun = has_initial[group, scope]
    used = np.flatnonzero((number >= 0) & (~is_part | begun))
    place = (group[used], number[used], scope[used])
    sign = np.array([PARTS_OF_TOTAL.get(kind, 1) for kind in kinds], dtype="int64")
    yen = pd.array(amounts["amount_yen"], dtype="Int64")
    yen, pends = yen.to_numpy(dtype="int64", na_value=0), pd.isna(yen)
    sums = np.zeros((len(first), len(COST_BASES), len(SCOPES)), dtype="int64")
    np.add.at(sums, place, (yen * sign)[used])
    row = np.full(sums.shape, len(amounts))  # the first row of each place; none: behind all rows
    np.minimum.at(row, place, used)
    complete = row < len(amounts)
    np.logical_and.at(complete, place, ~pends[used])
    loose = is_part & ~begun & (scope == PLAIN)  # parts of which nobody says if they are full
    complete[group[loose], COST_BASES.index("parts"), FULL] = False
    nature, item = (list_cells(amounts, name, used) for name in ("nature", "item"))
    direct = np.array([word in {"direct"} for word in nature], dtype=bool)
    nothing = (yen == 0) & ~pends  # an item of 0 yen changes nothing
    is_direct, any_direct = np.full(sums.shape, True), np.full(sums.shape, False)
    np.logical_and.at(is_direct, place, direct | nothing[used])
    np.logical_or.at(any_direct, place, direct)
    is_direct &= any_direct
    may_hold_all = np.full(sums.shape, False)
    empty = {cell for cell in {*nature, *item} if _is_empty(cell)}
    unsaid = [n in empty and i in empty for n, i in zip(nature, item, strict=True)]
    np.logical_or.at(may_hold_all, place, unsaid)
    parts = np.full((len(first), len(PARTS_OF_TOTAL), len(SCOPES)), False)
    part = [NUMBER_OF_PART[kind] for kind in kinds if kind in NUMBER_OF_PART]
    parts[group[is_part], part, scope[is_part]] = True
    return _Sums(
        first, sums, row, complete, is_direct[:, :, PLAIN], may_hold_all[:, :, PLAIN], parts
    )


def _is_empty(cell: Any) -> bool:
    return bool(pd.isna(cell)) or cell == ""


def list_costs(budgets: pd.DataFrame) -> pd.DataFrame:
    """List every amount that could be called a program's cost of a year, one column each.

    Returns
    -------
    One row per program and fiscal year with `settled` (without personnel),
    `settled_with_personnel` (the sum of the two), `settled_full` (as printed) and the same of
    `total`, `parts`, `initial`, `planned` and `reported`, in yen; missing where an amount of it
    is. A budget of which only the initial amount is printed is `initial`, else it is `parts`.
    """
    amounts = keep_yearly(budgets)
    sums = _sum_bases(amounts)
    known = np.where(sums.complete, sums.yen, np.nan)
    several = sums.parts.any(axis=2).sum(axis=1) > 1
    by_basis: dict[str, Any] = {}
    for n, basis in enumerate(COST_BASES):
        if basis == "parts":
            by_basis["parts"] = np.where(several[:, np.newaxis], known[:, n], np.nan)
            by_basis["initial"] = np.where(several[:, np.newaxis], np.nan, known[:, n])
        else:
            by_basis[basis] = known[:, n]
    columns: dict[str, Any] = {}
    for basis, yen in by_basis.items():
        columns[basis] = yen[:, PLAIN]
        columns[f"{basis}_with_personnel"] = yen[:, PLAIN] + yen[:, PERSONNEL]
        columns[f"{basis}_full"] = yen[:, FULL]
    return pd.DataFrame(take_cells(amounts, PROGRAM_YEAR, sums.first) | columns)


def sum_costs(costs: pd.DataFrame) -> pd.DataFrame:
    """Add up costs of one fiscal year, one basis and one nature, and no others.

    Parameters
    ----------
    costs
        One row per program and fiscal year with `fiscal_year`, `cost_yen`, `cost_basis` and
        `cost_natures`, and where known `cost_kinds`; those without a cost are not counted.

    Returns
    -------
    One row per `fiscal_year`, `cost_basis` and `cost_natures` in order of appearance, with the
    number of `programs`, the sum of `cost_yen`, and with `cost_kinds` all kinds that are in it.
    More than one row are amounts of unlike kinds or years, which have no sum.

    Raises
    ------
    DataError
        When a column it needs is not there, with the function that adds it.

    Examples
    --------
    >>> costs = pd.DataFrame({"fiscal_year": 2018, "cost_yen": [5, 7, 9],
    ...     "cost_basis": ["settled", "settled", "total"], "cost_natures": ""})
    >>> sum_costs(costs)[["cost_basis", "programs", "cost_yen"]].values.tolist()
    [['settled', 2, 12], ['total', 1, 9]]
    """
    check_table(costs, "costs", "fiscal_year cost_yen cost_basis cost_natures")
    alike = ["fiscal_year", "cost_basis", "cost_natures"]
    known = costs.dropna(subset=["cost_yen", *alike])
    group, first = number_groups(known, alike)
    yen = known["cost_yen"].to_numpy()
    total = np.zeros(len(first), dtype=yen.dtype)
    np.add.at(total, group, yen)
    sums = take_cells(known, alike, first) | {
        "programs": np.bincount(group, minlength=len(first)),
        "cost_yen": pd.array(total, dtype=known["cost_yen"].dtype),
    }
    if "cost_kinds" in known:
        kinds: list[dict[str, None]] = [{} for _ in first]
        for number, names in zip(group, known["cost_kinds"].tolist(), strict=True):
            kinds[number] |= dict.fromkeys(names.split())
        sums["cost_kinds"] = pd.array([" ".join(names) for names in kinds], dtype="str")
    return pd.DataFrame(sums)
