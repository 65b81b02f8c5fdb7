"""Cost and progress of programs of different kinds side by side: the cost-effectiveness plane."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.comparison import has_only_repeats, has_only_span, is_nothing_known
from analysis.measures.cost_basis import WHOLE_COST
from analysis.measures.distributions import Spread, split_groups, spread_values
from analysis.measures.needs import check_table
from analysis.measures.notes import first_word, group_by_note

LEAST_PROGRAMS = 3  # half of two programs lie on either side of their median whatever they do


FRONTIER = pd.CategoricalDtype(["yes", "no", "unknown"])


def place_on_plane(
    programs: pd.DataFrame, by: Sequence[str] = ("government_code", "fiscal_year")
) -> pd.DataFrame:
    """Place each program on the cost-effectiveness plane: cost against mean capped progress.

    Parameters
    ----------
    programs
        The table of `compare_programs`: one row per program and fiscal year with `program`,
        `cost_yen`, `cost_basis`, `cost_natures`, `kpis`, and `mean_capped_low` and
        `mean_capped_high`, the ends of its mean progress over what its unknown KPIs may turn
        out to be.
    by
        The columns within which programs are compared with one another. Costs with and
        without personnel are never compared: each kind has its own medians and rivals.

    Returns
    -------
    The same rows in the same order with

    quadrant
        cheap or dear (cost up to or above the median), far or near (progress from or below
        the median): cheap_far, cheap_near, dear_far, dear_near. The medians are those of the
        programs with both figures. Missing where a range lies across the median.
    dominated_by
        the names of the programs that cost no more and got at least as far, one of the two
        strictly, for every value in both ranges of progress, as a tuple; missing where it cannot
        be placed.
    on_frontier
        yes: no program dominates it whatever the unknown KPIs are; no: one does for certain;
        unknown: one may, or the program itself cannot be placed. Programs that cannot be
        placed are not looked at as rivals.
    on_frontier_full
        on_frontier by the cost with personnel (`full_cost_yen`); missing where that is not
        known of every program compared.
    changes_with_personnel
        yes or no: whether the two differ; missing where one of them is.
    plane_note
        why it cannot be placed (no_cost, several_years, planned_amount, nature_not_stated,
        zero_cost: what cost nothing, or less, leads no comparison; no_kpi; only_repeats: its KPIs
        repeat those of other programs; nothing_known: no KPI says how far it got; other_nature:
        the only cost with, or without, personnel among others), why it has no quadrant
        (too_few_programs: fewer than three placed; straddles_median), or
        what to mind (with_personnel, budget_not_settled).

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    References
    ----------
    The quadrants and dominance of cost-effectiveness analysis, docs/methods.md.

    Examples
    --------
    >>> programs = pd.DataFrame({"program": ["面接会", "拠点", "冊子"], "cost_basis": "settled",
    ...     "cost_yen": [3, 8, 9], "kpis": 2, "mean_capped_low": [0.5, 1, 0.1],
    ...     "mean_capped_high": [0.5, 1, 1]})
    >>> placed = place_on_plane(programs, by=[])
    >>> placed["plane_note"].tolist()
    ['straddles_median', '', 'straddles_median']
    >>> placed["on_frontier"].tolist(), placed["dominated_by"].tolist()
    (['yes', 'yes', 'no'], [(), (), ('拠点',)])
    """
    check_table(
        programs, "programs", "program cost_yen cost_basis mean_capped_low mean_capped_high"
    )
    table = programs.reset_index(drop=True)
    basis = table["cost_basis"]
    absent = first_word(
        [
            (has_only_span(table), "several_years"),
            (table["cost_yen"].isna(), "no_cost"),
            (basis == "planned", "planned_amount"),
            (~basis.isin(WHOLE_COST), "nature_not_stated"),
            (table["cost_yen"].astype("Float64").fillna(1) <= 0, "zero_cost"),
            (has_only_repeats(table), "only_repeats"),
            (table["mean_capped_low"].isna(), "no_kpi"),
            (is_nothing_known(table), "nothing_known"),
        ],
        table.index,
    )
    alone = _is_alone(table[absent == ""], by).reindex(table.index, fill_value=False)
    absent = absent.mask(alone, "other_nature")
    known = table[absent == ""]
    groups = [*_group(known, by), is_full(known)]
    found = _find_quadrant(known, groups).join(_dominate(known, groups))
    found = found.join(_dominate_in_full(known, groups)).reindex(table.index)
    changes = found["on_frontier_full"].astype("str") != found["on_frontier"].astype("str")
    words = pd.Series(np.where(changes, "yes", "no"), index=table.index, dtype="str")
    return table.assign(
        quadrant=found["quadrant"],
        dominated_by=found["dominated_by"],
        on_frontier=found["on_frontier"].fillna("unknown"),
        on_frontier_full=found["on_frontier_full"],
        changes_with_personnel=words.where(found["on_frontier_full"].notna()),
        plane_note=absent.where(absent != "", found["plane_note"]),
    ).set_axis(programs.index)


def is_full(programs: pd.DataFrame) -> pd.Series:
    """Whether a cost holds personnel (人件費): it is not compared with those that do not."""
    if "cost_natures" not in programs:
        return pd.Series(False, index=programs.index)
    return programs["cost_natures"] == "full"


def _group(known: pd.DataFrame, by: Sequence[str]) -> list[pd.Series]:
    return [known[key] for key in by] or [pd.Series(0, index=known.index)]


def _is_alone(known: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """Whether all others that a program would be compared with have a cost of another nature."""
    groups, cost = _group(known, by), known["cost_yen"]
    others = cost.groupby(groups).transform("size")
    alike = cost.groupby([*groups, is_full(known)]).transform("size")
    return (alike == 1) & (others > 1)


def _find_quadrant(known: pd.DataFrame, groups: list[pd.Series]) -> pd.DataFrame:
    """Where each program lies for certain, whatever its unknown KPIs and those of others are."""
    cost = known["cost_yen"].astype("float64")
    low, high = known["mean_capped_low"], known["mean_capped_high"]
    near = high < low.groupby(groups).transform("median")
    far = low >= high.groupby(groups).transform("median")
    cheap = cost <= cost.groupby(groups).transform("median")
    too_few = cost.groupby(groups).transform("size") < LEAST_PROGRAMS
    quadrant = np.where(cheap, "cheap_", "dear_").astype(object) + np.where(far, "far", "near")
    note = first_word(
        [
            (too_few, "too_few_programs"),
            (~(far | near), "straddles_median"),
            (is_full(known), "with_personnel"),
            (known["cost_basis"] != "settled", "budget_not_settled"),
        ],
        known.index,
    )
    placed = (far | near) & ~too_few
    words = pd.Series(quadrant, index=known.index, dtype="str").where(placed)
    return pd.DataFrame({"quadrant": words, "plane_note": note})


def _dominate(known: pd.DataFrame, groups: list[pd.Series]) -> pd.DataFrame:
    """Who dominates each program for certain, and whether any may; pairs in a matrix."""
    tables = [pd.DataFrame({"dominated_by": [], "on_frontier": []}, dtype="object")]
    for _, part in known.groupby(groups, sort=False):
        names = ["cost_yen", "mean_capped_low", "mean_capped_high"]
        cost, low, high = part[names].astype("float64").to_numpy().T
        dearer, no_cheaper = cost[:, None] > cost, cost[:, None] >= cost  # row against rival
        surely = (no_cheaper & (low > high[:, None])) | (dearer & (low >= high[:, None]))
        maybe = (no_cheaper & (high > low[:, None])) | (dearer & (high >= low[:, None]))
        np.fill_diagonal(maybe, False)
        rivals = part["program"].to_numpy(dtype=object)
        words = np.select([surely.any(axis=1), maybe.any(axis=1)], ["no", "unknown"], "yes")
        by_whom = [tuple(rivals[row]) for row in surely]
        columns = {"dominated_by": by_whom, "on_frontier": words}
        tables.append(pd.DataFrame(columns, index=part.index, dtype="object"))
    return pd.concat(tables[1:] or tables).astype({"on_frontier": FRONTIER})


def _dominate_in_full(known: pd.DataFrame, groups: list[pd.Series]) -> pd.DataFrame:
    """Who is on the frontier by the cost with personnel, where all of a group have one."""
    full = known.get("full_cost_yen", pd.Series(pd.NA, index=known.index, dtype="Int64"))
    whole = full.notna().groupby(groups).transform("all") if len(known) else full.notna()
    by_full = _dominate(known.assign(cost_yen=full)[whole], [group[whole] for group in groups])
    return by_full[["on_frontier"]].add_suffix("_full")


@dataclass(frozen=True)
class Plane:
    """Who leads and who does not among programs placed on the plane, by their names.

    `placed` is their number; `missing` lists by reason those that cannot be placed. `leading`
    have no rival, `open` may have one; `dominated` is the number of those that do. `is_tied`: two
    cost the same. `budgets` says of how many the cost is a budget: all, some or none.
    """

    placed: int
    missing: dict[str, list[str]]
    leading: tuple[str, ...]
    open: tuple[str, ...]
    dominated: int
    is_tied: bool
    is_by_scope: bool
    budgets: str
    personnel: "Personnel"


@dataclass(frozen=True)
class Personnel:
    """What the cost with personnel changes.

    `changes` is "" (nothing is to be said of it), unknown, partly_unknown, no or yes; `leading`
    have no rival by it. `is_reckoned`: of some of it nobody says whether it was spent.
    """

    changes: str
    leading: tuple[str, ...] = ()
    is_reckoned: bool = False


class Notable(NamedTuple):
    """Many programs with a cost of 0 or more, and those of them worth naming.

    Of `known` it is known how far they got (their mean of progress is one figure), of `unknown` it
    is a range, or they have no KPI. `named` are, by why, leading: no known program cost less and
    got as far, or as much and got farther; lagging: the costliest that got less than half way;
    costliest: the costliest of all where none is known.
    """

    known: pd.DataFrame
    unknown: pd.DataFrame
    named: dict[str, pd.DataFrame]


MOST_NAMED = 6  # of each kind


HALF_WAY = 0.5


def find_notable(comparison: pd.DataFrame) -> Notable:
    """Find which of many programs to name beside a picture of all, from `compare_programs`."""
    priced = comparison[(comparison["cost_yen"].astype("Float64") >= 0).fillna(False)]
    cost = priced["cost_yen"].astype("float64")
    priced = priced.assign(cost_yen=cost).sort_values("cost_yen", ascending=False, kind="stable")
    is_known = (priced["mean_capped_low"] == priced["mean_capped_high"]).fillna(False)
    known, unknown = priced[is_known], priced[~is_known]
    farthest = known[known["cost_yen"] > 0].sort_values(
        ["cost_yen", "mean_capped_high"], ascending=[True, False]
    )
    best = farthest["mean_capped_high"].cummax().shift(fill_value=-1.0)
    leading = farthest[farthest["mean_capped_high"] > best]
    lagging = known[known["mean_capped_high"] < HALF_WAY]
    named = {
        "leading": leading.tail(MOST_NAMED),
        "lagging": lagging[~lagging.index.isin(leading.index)].head(MOST_NAMED),
        "costliest": unknown.head(0 if len(known) else 2 * MOST_NAMED),
    }
    return Notable(known, unknown, named)


def spread_costs(programs: pd.DataFrame, by: str | None, most: int) -> list[Spread]:
    """Spread the costs above 0 of programs out over groups of them; no state is known of any."""
    other = pd.Series("other", index=programs.index)
    cost = programs["cost_yen"].astype("float64")
    groups = split_groups(programs, by, most)
    return [s for s in spread_values(cost.where(cost > 0), other, groups) if len(s.figures)]


def find_costless(comparison: pd.DataFrame) -> dict[str, list[str]]:
    """List the programs without a cost of the year by the reason: no_cost, several_years."""
    absent = comparison[comparison["cost_yen"].isna()]
    span = has_only_span(absent)
    groups = {"no_cost": absent[~span], "several_years": absent[span]}
    return {note: rows["program"].tolist() for note, rows in groups.items() if len(rows)}


def find_leading(plane: pd.DataFrame) -> Plane:
    """Find who leads on the plane of cost and progress, from `place_on_plane`."""
    is_placed = plane["dominated_by"].notna()
    known = plane[is_placed]
    names, word = known["program"], known["on_frontier"]
    full = is_stated_full(known)
    budgeted = known["cost_basis"] != "settled"
    return Plane(
        placed=len(known),
        missing=group_by_note(plane["plane_note"][~is_placed], plane["program"][~is_placed]),
        leading=tuple(names[word == "yes"]),
        open=tuple(names[word == "unknown"]),
        dominated=int((known["dominated_by"].map(len) > 0).sum()),
        is_tied=bool(known["cost_yen"].duplicated().any()),
        is_by_scope=bool(full.any() and not full.all()),
        budgets="all" if budgeted.all() else "some" if budgeted.any() else "none",
        personnel=_find_personnel(known[~is_full(known)]),
    )


def is_stated_full(programs: pd.DataFrame) -> pd.Series:
    """Whether the source states that a cost holds personnel."""
    return programs.get("cost_natures", pd.Series("", index=programs.index)) == "full"


def _find_personnel(plain: pd.DataFrame) -> Personnel:
    """What the cost with personnel changes among programs whose cost is without it."""
    in_full = plain["on_frontier_full"]
    stated = plain.get("cost_natures", pd.Series("", index=plain.index)) == "direct"
    if plain.empty or not (in_full.notna().any() or stated.all()):
        return Personnel("")
    if in_full.isna().any():
        some = plain.get("full_cost_yen", in_full).notna().any()
        return Personnel("partly_unknown" if some else "unknown")
    reckoned = plain.get("full_cost_note", pd.Series("", index=plain.index))
    return Personnel(
        changes="no" if (plain["changes_with_personnel"] == "no").all() else "yes",
        leading=tuple(plain["program"][in_full == "yes"]),
        is_reckoned=bool((reckoned == "personnel_reckoned").any()),
    )
