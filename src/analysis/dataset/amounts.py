"""Amounts of one program and year against one another: sums, remainders, rates, sizes.

Amounts are compared within one source only: what another source prints is another statement.
A total that was rounded to 千円 or 百万円 may miss the sum of its parts by as many units.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.cells import read_distinct
from analysis.dataset.problems import Problem, list_problems, quote, show_number
from analysis.dataset.tables import PROGRAM, TRACED_YEAR
from analysis.dataset.values import PER_CENT
from analysis.dataset.vocabulary import (
    PRINTED_UNIT,
    REMAINDER,
    SIDE,
    SPAN_OF_YEARS,
    YEN_OF_UNIT,
)

OF_ITEM = [*TRACED_YEAR, "item", "nature"]
ADDED = ("initial", "supplementary", "carried_in", "reserve")
COSTS = ("settled", "total", "initial", "planned", "reported", "whole_plan")
BUDGETED = ("total", "initial", "planned")
OF_SERIES = [*PROGRAM, "kind", "item", "nature"]
THOUSANDFOLD = (500, 2_000)  # of the year before, where a whole table is in another unit
ENOUGH, HALF = 3, 0.5  # amounts that are compared with the year before, and most of these
FAR = 300  # a settled account this many times its budget, or its part, is in another unit


def find_odd_amounts(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """List amounts that the other amounts of their program and year contradict."""
    budgets = tables["budgets"]
    known = budgets[budgets["amount_yen"].notna() & budgets["last_year"].isna()]
    if known.empty:
        return _find_spans(budgets)
    amounts = _Amounts(known)
    return [
        *_find_wrong_totals(amounts),
        *_find_wrong_remainders(amounts),
        *_find_other_units(amounts),
        *_find_other_scales(known),
        *_find_wrong_full_costs(amounts),
        *_find_wrong_money(amounts),
        *_find_wrong_rates(amounts, budgets),
        *_find_spans(budgets),
    ]


class _Amounts:
    """Amounts that are known, of which kinds, and what is summed up of them once asked for."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._rows = rows
        self.kinds, self.natures = (set(rows[column].tolist()) for column in ("kind", "nature"))

    @cached_property
    def known(self) -> pd.DataFrame:
        """The amounts with the yen one printed unit is worth."""
        return self._rows.assign(unit=_find_units(self._rows))

    @cached_property
    def of_item(self) -> pd.DataFrame:
        """The sums of each kind by item."""
        return _spread(self.known, OF_ITEM)

    @cached_property
    def of_year(self) -> pd.DataFrame:
        """The sums of each kind by year."""
        return _spread(self.known, TRACED_YEAR)


def _find_units(known: pd.DataFrame) -> pd.Series:
    """The yen one printed unit is worth: 1,000 of 12,100千円, 10,000,000 of 36.7億円."""
    printed = read_distinct(known["amount_printed"], _read_units)
    thousands = (known["amount_yen"] % 1_000 == 0) & (known["amount_printed"] == "")
    return printed.fillna(pd.Series(np.where(thousands, 1_000.0, 0.0), index=known.index))


def _read_units(texts: pd.Series) -> pd.Series:
    found = texts.str.extract(PRINTED_UNIT)
    decimals = found[0].str.len().fillna(0)
    return found[1].map(YEN_OF_UNIT).astype("float64") / 10**decimals


def _spread(known: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """One row per group with the sum of each kind, the coarsest unit and how many amounts."""
    grouped = known.pivot_table("amount_yen", by, "kind", aggfunc="sum", sort=False)
    sizes = known.groupby(by, sort=False).agg(unit=("unit", "max"), amounts=("unit", "size"))
    every = (*ADDED, "carried_out", "total", "planned", "settled", "unused", "source")
    return grouped.reindex(columns=list(dict.fromkeys((*every, *grouped)))).join(sizes)


def _rows(known: pd.DataFrame, kind: str, by: list[str], groups: pd.DataFrame) -> pd.DataFrame:
    """The first row of a kind of each of some groups, with what was found of the group."""
    rows = known[known["kind"] == kind].drop_duplicates(by)
    rows = rows.reset_index(names="row").merge(groups.reset_index(), on=by, how="inner")
    return rows.set_index("row")


def _find_wrong_totals(amounts: _Amounts) -> list[Problem]:
    """A total is the sum of its parts; what is carried to the next year may be left in or out."""
    if not {"total", "initial"} <= amounts.kinds:
        return []
    wide = amounts.of_item
    parts = wide[list(ADDED)]
    several = (parts.notna().sum(axis=1) + wide["carried_out"].notna() > 1) & parts[
        "initial"
    ].notna()
    whole = parts.sum(axis=1)
    less = whole - wide["carried_out"].fillna(0).abs()
    slack = wide["unit"] * wide["amounts"]
    off = ((wide["total"] - whole).abs() > slack) & ((wide["total"] - less).abs() > slack)
    groups = pd.DataFrame({"whole": whole, "less": less})[several & off]
    wrong = _rows(amounts.known, "total", OF_ITEM, groups)
    return list_problems(
        "total_differs",
        "budgets",
        "amount_yen",
        wrong.index,
        (f"a total of {show_number(n)}" for n in wrong["amount_yen"]),
        (
            f"{show_number(w)}, the sum of its parts"
            + (f", or {show_number(s)} without what is carried out" if s != w else "")
            for w, s in zip(wrong["whole"], wrong["less"], strict=True)
        ),
    )


def _find_wrong_remainders(amounts: _Amounts) -> list[Problem]:
    """不用額 is what the settled account and what is carried out leave of the total."""
    if not {"total", "settled", "unused"} <= amounts.kinds:
        return []
    wide = amounts.of_item
    rest = wide["total"] - wide["settled"]
    less = rest - wide["carried_out"].fillna(0).abs()
    slack = wide["unit"] * wide["amounts"]
    off = ((wide["unused"] - rest).abs() > slack) & ((wide["unused"] - less).abs() > slack)
    wrong = _rows(amounts.known, "unused", OF_ITEM, pd.DataFrame({"less": less})[off])
    return list_problems(
        "unused_differs",
        "budgets",
        "amount_yen",
        wrong.index,
        (f"unused {show_number(n)}" for n in wrong["amount_yen"]),
        (f"{show_number(n)}, the total less what was spent or carried out" for n in wrong["less"]),
    )


def _find_other_units(amounts: _Amounts) -> list[Problem]:
    """A settled account a thousandth, or a thousandfold, of its budget is in another unit."""
    if "settled" not in amounts.kinds or not amounts.kinds & {"total", "initial"}:
        return []
    wide = amounts.of_year
    budget = wide["total"].fillna(wide["initial"])
    share = wide["settled"] / budget.where(budget > 0)
    far = ((share > 0) & (share < 1 / FAR)) | (share > FAR)
    wrong = _rows(amounts.known, "settled", TRACED_YEAR, pd.DataFrame({"budget": budget})[far])
    return list_problems(
        "thousandfold",
        "budgets",
        "amount_yen",
        wrong.index,
        (
            f"{show_number(n)} settled of a budget of {show_number(b)}"
            for n, b in zip(wrong["amount_yen"], wrong["budget"], strict=True)
        ),
        "both in yen",
    )


def _find_other_scales(known: pd.DataFrame) -> list[Problem]:
    """Most amounts of a source and year about a thousandth of the year before: another unit.

    One amount alone may well grow so far; of many that do so at once one is told.
    """
    ordered = known.sort_values("fiscal_year", kind="stable")
    ordered = ordered.drop_duplicates([*OF_SERIES, "fiscal_year"], keep="last")
    before = ordered.groupby(OF_SERIES, sort=False, dropna=False)["amount_yen"].shift()
    share = (ordered["amount_yen"] / before.where(before > 0)).astype("float64")
    compared = ordered.assign(before=before, share=share)[share > 0]
    times = compared["share"].where(compared["share"] >= 1, 1 / compared["share"])
    compared = compared.assign(far=times.between(*THOUSANDFOLD))
    of = compared.groupby(["source_id", "fiscal_year"])["far"]
    most = (of.transform("mean") > HALF) & (of.transform("size") >= ENOUGH)
    first = compared[compared["far"] & most].drop_duplicates(["source_id", "fiscal_year"])
    return list_problems(
        "thousandfold",
        "budgets",
        "amount_yen",
        first.index,
        (
            f"{show_number(n)} after {show_number(b)} in the year before, and most amounts so"
            for n, b in zip(first["amount_yen"], first["before"], strict=True)
        ),
        "both in yen",
    )


def _find_wrong_full_costs(amounts: _Amounts) -> list[Problem]:
    """A full cost (総事業費) is the direct cost and the personnel cost of the same kind."""
    if not {"direct", "personnel", "full"} <= amounts.natures:
        return []
    known = amounts.known
    by = [*TRACED_YEAR, "kind"]
    of_nature = known[known["nature"] != ""]
    wide = of_nature.pivot_table("amount_yen", by, "nature", aggfunc="sum", sort=False)
    wide = wide.reindex(columns=["direct", "personnel", "full"])
    slack = known.groupby(by, sort=False)["unit"].max().reindex(wide.index) * 3
    parts = wide["direct"] + wide["personnel"]
    rest = known[known["nature"] == ""].groupby(by, sort=False)["amount_yen"].sum()
    with_rest = parts + rest.reindex(wide.index).fillna(0)  # 間接事業費 and the like
    off = ((wide["full"] - parts).abs() > slack) & ((wide["full"] - with_rest).abs() > slack)
    full = of_nature[of_nature["nature"] == "full"].drop_duplicates(by).reset_index(names="row")
    wrong = full.merge(pd.DataFrame({"parts": parts})[off].reset_index(), on=by).set_index("row")
    return list_problems(
        "full_differs",
        "budgets",
        "amount_yen",
        wrong.index,
        (f"a full cost of {show_number(n)}" for n in wrong["amount_yen"]),
        (f"{show_number(n)}, the direct and the personnel cost" for n in wrong["parts"]),
    )


def _find_wrong_money(amounts: _Amounts) -> list[Problem]:
    """Where money comes from: a complete list is the cost, an incomplete one no more than it.

    A list is complete if it holds the rest, 一般財源, and anything else. What the items say
    in brackets at their end, （予算）, tells two lists of one year apart.
    """
    if "source" not in amounts.kinds or not amounts.kinds.intersection(COSTS):
        return []
    known = amounts.known
    of_source = known[known["kind"] == "source"]
    costs = known[known["kind"].isin(COSTS)]
    brackets = of_source["item"].str.extract(SIDE)[0].fillna("")
    of_source = of_source.assign(
        of=brackets, rest=of_source["item"].str.contains(REMAINDER), row=of_source.index
    )
    sums = of_source.groupby([*TRACED_YEAR, "of"], sort=False).agg(
        row=("row", "first"),
        money=("amount_yen", "sum"),
        slack=("unit", "max"),
        amounts=("unit", "size"),
        complete=("rest", "any"),
    )
    sums["complete"] &= sums["amounts"] > 1
    ways = [
        costs.groupby([*TRACED_YEAR, *more], sort=False)["amount_yen"].sum().reset_index()
        for more in (["kind"], ["kind", "nature"], ["kind", "nature", "item"])
    ]
    either = pd.concat(ways)[[*TRACED_YEAR, "amount_yen"]].rename(columns={"amount_yen": "cost"})
    both = either.merge(sums.reset_index(), on=TRACED_YEAR)
    both["missing"] = (both["money"] - both["cost"]).abs() > both["slack"] * (both["amounts"] + 1)
    both["above"] = both["missing"] & (both["money"] > both["cost"])
    found = both.groupby("row").agg(
        none_fits=("missing", "all"),
        above_all=("above", "all"),
        complete=("complete", "first"),
        money=("money", "first"),
        cost=("cost", "max"),
    )
    wrong = found[found["none_fits"] & (found["complete"] | found["above_all"])]
    return list_problems(
        "money_differs",
        "budgets",
        "amount_yen",
        wrong.index,
        (f"{show_number(n)} of money in all" for n in wrong["money"]),
        (f"{show_number(n)}, the cost it pays for" for n in wrong["cost"]),
    )


def _find_wrong_rates(amounts: _Amounts, budgets: pd.DataFrame) -> list[Problem]:
    """A published 執行率 is settled over a budget, of items or in all.

    The budget is the total, the initial one, the sum of its parts or the planned amount, each
    with what is carried to the next year or without; or that is counted as spent.
    """
    is_rated = budgets["published_execution_rate"].notna() & (budgets["kind"] == "settled")
    if not is_rated.any() or not amounts.kinds.intersection(BUDGETED):
        return []
    rated = budgets[is_rated]
    explained = pd.Series(False, index=rated.index)
    shown = pd.Series(np.nan, index=rated.index)
    slack = _find_slack(rated)
    for by, table in ((OF_ITEM, amounts.of_item), (TRACED_YEAR, amounts.of_year)):
        sums = rated[by].merge(table.reset_index(), on=by, how="left").set_axis(rated.index)
        for settled in (sums["settled"], rated["amount_yen"]):
            for part, whole in _list_divisions(settled, sums):
                rate: Any = part / whole.where(whole > 0)
                explained |= (rate - rated["published_execution_rate"]).abs() <= slack
                shown = shown.fillna(rate)
    wrong = rated[~explained & shown.notna()]
    return list_problems(
        "execution_rate_differs",
        "budgets",
        "published_execution_rate",
        wrong.index,
        (f"{show_number(r)}" for r in wrong["published_execution_rate"]),
        (f"{show_number(round(r, 4))}, settled over total" for r in shown[wrong.index]),
    )


def _list_divisions(
    settled: pd.Series, sums: pd.DataFrame
) -> Iterator[tuple[pd.Series, pd.Series]]:
    """What may be divided by what for a 執行率, the plainest first."""
    carried = sums["carried_out"].abs()
    parts = sums[list(ADDED)].sum(axis=1).where(sums["initial"].notna())
    budgets = (sums["total"], sums["initial"], parts, sums["planned"])
    yield from ((settled, budget) for budget in budgets)
    yield from ((settled, budget - carried) for budget in budgets)
    yield settled + carried, sums["total"]


def _find_slack(rated: pd.DataFrame) -> pd.Series:
    """One unit of the last decimal printed: rates are rounded in print, or cut off."""
    of_percent = rated["published_execution_rate_printed"].str.extract(r"[0-9](?:\.([0-9]+))?")[0]
    printed = 10.0 ** -of_percent.str.len().fillna(0) / PER_CENT
    ratio = rated["published_execution_rate"].map(
        lambda rate: len(f"{rate:.10g}".partition(".")[2])
    )
    bare = 10.0 ** -ratio.clip(lower=2).astype("float64")
    return printed.where(rated["published_execution_rate_printed"] != "", bare) * (1 + 1e-9)


def _find_spans(budgets: pd.DataFrame) -> list[Problem]:
    """Amounts printed for several years without last_year; those beside their single years."""
    if not any(budgets["amount_printed"].tolist()) and budgets["last_year"].isna().all():
        return []
    unsaid = budgets["last_year"].isna() & read_distinct(
        budgets["amount_printed"], lambda texts: texts.str.contains(SPAN_OF_YEARS)
    )
    wrong = budgets[unsaid]
    problems = list_problems(
        "several_years",
        "budgets",
        "last_year",
        wrong.index,
        (f"an empty cell beside amount_printed {quote(p)}" for p in wrong["amount_printed"]),
        "the last of the years this amount is for",
    )
    by = [*PROGRAM, "kind", "item", "nature", "source_id"]
    spans = budgets[budgets["last_year"] > budgets["fiscal_year"]].reset_index(names="row")
    if spans.empty:
        return problems
    single = budgets[budgets["last_year"].isna()][[*by, "fiscal_year"]]
    beside = spans.merge(single, on=by, suffixes=("", "_beside"))
    within = beside["fiscal_year_beside"].between(beside["fiscal_year"], beside["last_year"])
    beside = beside[within].drop_duplicates("row")
    return problems + list_problems(
        "years_overlap",
        "budgets",
        "last_year",
        beside["row"],
        (
            f"one amount for {int(first)} to {int(last)} and one for {int(year)} alone"
            for first, last, year in zip(
                beside["fiscal_year"],
                beside["last_year"],
                beside["fiscal_year_beside"],
                strict=True,
            )
        ),
        "to know that the two are never added",
    )
