"""What the first screen of a report says in figures: targets reached, cost, which question."""

from typing import Any, NamedTuple

import pandas as pd

from analysis.measures.comparison import has_only_repeats
from analysis.measures.cost_basis import find_cost_basis, find_span_costs, sum_costs
from analysis.measures.keys import PROGRAM, find_rows, list_rows
from analysis.measures.kpis import is_part_year
from analysis.measures.reasons import has_concluded_figures, split_inferred
from analysis.measures.repeats import leave_out_repeats
from analysis.measures.states import BEFORE_FINAL_YEAR


def find_extent(flags: Any) -> str:
    """Find whether something is true of all, of some or of none.

    Examples
    --------
    >>> find_extent([True, False]), find_extent([True]), find_extent([False])
    ('some', 'all', 'none')
    """
    flags = list(flags)
    return "all" if all(flags) else "some" if any(flags) else "none"


def find_question(kpis: pd.DataFrame) -> str:
    """Find what can be asked of KPIs: reached their targets, are on course, or are published.

    Returns
    -------
    reached, course (only final targets of later years are there) or published.
    """
    if (kpis["reached"] != "unknown").any():
        return "reached"
    return "course" if kpis["reached_note"].isin(BEFORE_FINAL_YEAR).any() else "published"


def list_grants(programs: pd.DataFrame) -> list[str]:
    """List the grants that pay for all of the programs; none where one has no grant."""
    if programs["grant_name"].isna().any():
        return []
    return list(dict.fromkeys(programs["grant_name"]))


class Reached(NamedTuple):
    """Of how many KPIs the target was reached, and on what that rests; repeats left out.

    `kpis` = `known` + `unknown`. Of the known, `estimated`, `preliminary` and `part_year` rest
    on such an actual, and `concluded` on a target or actual that was concluded, not read. Of the
    unknown, `not_due` have only a final target of a later year, and of these `already_final` are
    at it, `already_final_in_part_year` by a day within the year.
    """

    kpis: int
    reached: int
    known: int
    estimated: int
    preliminary: int
    part_year: int
    concluded: int
    not_due: int
    already_final: int
    already_final_in_part_year: int

    @property
    def unjudged(self) -> int:
        """How many cannot be judged, though something is due."""
        return self.kpis - self.known - self.not_due


def count_reached_targets(kpis: pd.DataFrame) -> Reached:
    """Count the KPIs that reached their target, with the columns of `add_achievement`."""
    kpis = leave_out_repeats(kpis)
    known = kpis["reached"] != "unknown"
    early = kpis["reached_note"] == "already_final"
    part = is_part_year(kpis)
    estimated = (kpis["actual_status"] == "estimated") & kpis["actual"].notna()
    counts = (
        kpis["reached"] == "yes",
        known,
        estimated & known,
        (kpis["actual_status"] == "preliminary") & known,
        part & known,
        has_concluded_figures(kpis) & known,
        early | (kpis["reached_note"] == "not_due"),
        early,
        early & part,
    )
    return Reached(len(kpis), *(int(rows.sum()) for rows in counts))


def list_without_kpi(comparison: pd.DataFrame) -> list[str]:
    """List the programs without a KPI; one whose KPIs only repeat others has some."""
    without = (comparison["kpis"] == 0) & ~has_only_repeats(comparison)
    return list(comparison.loc[without, "program"])


class Cost(NamedTuple):
    """What the programs of a year cost together, or why that is not one amount.

    `kind` is sum (all of one basis: `sums` has one row), unlike (amounts that have no sum, one
    row each), span (printed for several years together only: `span` is the one amount, or None of
    several), no_total (there are amounts, none of them a cost) or nothing. `estimated` and
    `concluded` say of all, some or none of the amounts that they are; `personnel_yen` stands
    beside the cost of `with_personnel` programs of `programs`; of `spans` more programs there is
    only an amount of several years.
    """

    kind: str
    sums: pd.DataFrame
    span: dict[str, Any] | None
    spans: int
    estimated: str
    concluded: str
    programs: int
    with_personnel: int
    personnel_yen: float


def find_cost(budgets: pd.DataFrame) -> Cost:
    """Find the cost of a year's programs, from the amounts of a dataset's `budgets`."""
    costs = find_cost_basis(budgets)
    spans = find_span_costs(budgets).drop_duplicates(PROGRAM)
    spans = spans[find_rows(spans, costs, PROGRAM) < 0]
    sums = sum_costs(costs)
    kind = "unlike" if len(sums) > 1 else "sum"
    if costs.empty:
        some = budgets["amount_yen"].notna().any()
        kind = "span" if len(spans) else "no_total" if some else "nothing"
    used = _keep_used(budgets, sums["cost_kinds"].iloc[0] if kind == "sum" else "")
    known = costs["full_cost_yen"].notna() & costs["personnel_yen"].notna()
    beside = costs[known & (costs["cost_natures"] != "full")]
    return Cost(
        kind,
        sums,
        list_rows(spans)[0] if len(spans) == 1 else None,
        len(spans),
        find_extent(_is_estimated(used)) if len(used) else "none",
        find_extent(_is_concluded(used)) if len(used) else "none",
        len(costs),
        len(beside),
        beside["personnel_yen"].sum(),
    )


def _keep_used(budgets: pd.DataFrame, kinds: str) -> pd.DataFrame:
    return budgets[budgets["kind"].isin(kinds.split())]


def _is_estimated(amounts: pd.DataFrame) -> list[bool]:
    """Whether each amount that is there is an estimate (決算見込)."""
    there = amounts[amounts["amount_yen"].notna()]
    status = there.reindex(columns=["amount_status"])["amount_status"]
    return [word == "estimated" for word in status.astype("object")]


def _is_concluded(amounts: pd.DataFrame) -> list[bool]:
    """Whether the kind of each amount was concluded rather than read."""
    return ["kind" in names for names in split_inferred(amounts)]
