"""Which programs serve which part of a plan, and which of these have KPIs and money.

A program may serve several items and counts in each of them, so that the counts of a plan's
items do not add up to its programs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

import pandas as pd

from analysis.measures.keys import (
    PROGRAM,
    find_rows,
    is_among,
    list_keys,
    list_rows,
    take,
)
from analysis.measures.needs import ONE_PROGRAM, check_table

Item = dict[str, Any]


def list_groups(coverage: pd.DataFrame) -> list[tuple[str, str, list[Item]]]:
    """The items of each kind of each plan, in the order of the rows."""
    rows = groupby(list_rows(coverage), key=lambda r: (r["strategy_id"], r["strategy"], r["kind"]))
    return [(plan, kind, list(items)) for (_, plan, kind), items in rows]


KINDS_OF_ITEMS = ("direction", "issue", "vision")  # in the order in which they are shown


CORRESPONDENCE = {"from_id", "to_id", "kind"}


Key = tuple[Any, ...]


Serving = dict[str, dict[Key, list[bool]]]


def cover_items(
    strategies: pd.DataFrame,
    strategy_items: pd.DataFrame,
    links: pd.DataFrame,
    programs: pd.DataFrame,
    kpis: pd.DataFrame,
    budgets: pd.DataFrame,
) -> pd.DataFrame:
    """Count for each direction, issue and vision of a plan the programs that serve it.

    Parameters
    ----------
    strategies, strategy_items, links, programs, kpis, budgets
        The tables of a dataset, or of a slice of it. Editions of one program are one program,
        and a link counts where the program it names is among `programs`.

    Returns
    -------
    One row per item of these plans, in the order of the plans, of the kinds (directions,
    issues, visions) and of the numbers, with `strategy_id`, `strategy`, `government_code`,
    `item_id`, `kind`, `order`, `name`, and

    programs
        how many programs serve the item. 0: none in the documents at hand is linked to it.
        Missing where no item of this kind of this plan has any link: nobody assigned any.
    program_names
        their names as a tuple, those with a KPI first and else in the order of the programs.
    with_kpi, with_amount
        how many of them have a KPI, and an amount of money of any kind and year.
    is_inferred
        yes where all these correspondences are our conclusion, no where they are printed,
        partly where some are; missing without a link.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(strategies, "strategies", "strategy_id strategy")
    check_table(strategy_items, "strategy_items", "item_id strategy_id kind name order")
    check_table(links, "links", "from_id to_id kind inferred")
    check_table(programs, "programs", f"{ONE_PROGRAM} program")
    items = _sort_items(strategies, strategy_items)
    serves = links[is_among(links["kind"], {"serves"})]
    names = dict(zip(list_keys(programs, PROGRAM), programs["program"].tolist(), strict=True))
    measured = set(list_keys(kpis, PROGRAM))
    serving = _find_serving(serves, sorted(names, key=lambda key: key not in measured))
    found = [serving.get(item, {}) for item in items["item_id"].tolist()]
    assigned = _is_assigned(items, serves)
    priced = budgets[budgets["amount_yen"].notna()]
    counted = {"programs": programs, "with_kpi": kpis, "with_amount": priced}
    inferred = [say_inferred(chain(*some.values())) for some in found]
    return items.assign(
        **{c: _count(found, list_keys(t, PROGRAM), assigned) for c, t in counted.items()},
        program_names=[tuple(names[key] for key in some) for some in found],
        is_inferred=pd.array(inferred, dtype="str"),
    )[list(COVERAGE)]


COVERAGE = (
    *("strategy_id", "strategy", "government_code", "item_id", "kind", "order", "name"),
    *("programs", "program_names", "with_kpi", "with_amount", "is_inferred"),
)


def _sort_items(strategies: pd.DataFrame, strategy_items: pd.DataFrame) -> pd.DataFrame:
    """The items of these plans with the plan's name and government, sorted."""
    plan = find_rows(strategy_items, strategies, ["strategy_id"])
    keys = list_keys(strategy_items, ["kind", "order", "item_id"])
    rows = sorted(
        (place, KINDS_OF_ITEMS.index(kind), *rest, row)
        for row, (place, (kind, *rest)) in enumerate(zip(plan.tolist(), keys, strict=True))
        if place >= 0
    )
    items = strategy_items.iloc[[row for *_, row in rows]].reset_index(drop=True)
    plan = plan[[row for *_, row in rows]]
    added = {c: take(strategies[c], plan, items.index) for c in ("strategy", "government_code")}
    return items.assign(**added)


def _find_serving(serves: pd.DataFrame, programs: list[Key]) -> Serving:
    """By item those of the programs that serve it, and whether each link is our conclusion."""
    place = {key: number for number, key in enumerate(programs)}
    keys = [read_program(name) for name in serves["from_id"].tolist()]
    links = zip(keys, serves["to_id"].tolist(), is_concluded(serves), strict=True)
    serving: Serving = {}
    for key, item, concluded in sorted(
        (link for link in links if link[0] in place), key=lambda link: place[link[0]]
    ):
        serving.setdefault(item, {}).setdefault(key, []).append(concluded)
    return serving


def _is_assigned(items: pd.DataFrame, serves: pd.DataFrame) -> list[bool]:
    """Whether any item of the same plan and kind has a link."""
    kinds, linked = list_keys(items, ["strategy_id", "kind"]), set(serves["to_id"])
    some = {kind for kind, item in zip(kinds, items["item_id"], strict=True) if item in linked}
    return [kind in some for kind in kinds]


def _count(found: list[dict[Key, list[bool]]], those: list[Key], assigned: list[bool]) -> Any:
    """How many of each item's programs are among those; missing where nobody assigned any."""
    among = set(those)
    counts = [
        len(among & some.keys()) if known else pd.NA
        for some, known in zip(found, assigned, strict=True)
    ]
    return pd.array(counts, dtype="Int64")


def read_program(name: str) -> Key:
    """Read the program in the name that `links` gives a row of programs.

    Examples
    --------
    >>> read_program("082201/job_fair/tsukuba_2018_preliminary")
    ('082201', 'job_fair')
    """
    return tuple(name.split("/")[:2])


def is_concluded(links: pd.DataFrame) -> list[bool]:
    """Whether each correspondence is our own conclusion: no document prints it."""
    cells = links["inferred"].fillna("").tolist()
    return [not CORRESPONDENCE.isdisjoint(cell.split()) for cell in cells]


def say_inferred(flags: Iterable[bool]) -> str | None:
    """Say whether all (yes), none (no) or some (partly) of the links are conclusions.

    Examples
    --------
    >>> say_inferred([True, True]), say_inferred([True, False]), say_inferred([])
    ('yes', 'partly', None)
    """
    words = {True: "yes", False: "no"}
    said = {words[flag] for flag in flags}
    return "partly" if len(said) > 1 else said.pop() if said else None


@dataclass(frozen=True)
class Served:
    """How far the items of one kind of one plan are served.

    `is_assigned`: somebody put programs beside any of them. `without` are the items that no
    program at hand serves, `counts` by what is counted (programs, with_kpi, with_amount) the items
    that have any. `grounds`: no, partly or yes, whether the correspondence is our conclusion.
    """

    plan: str
    kind: str
    items: list[Item]
    is_assigned: bool
    without: list[Item]
    counts: dict[str, list[Item]]
    grounds: str


COUNTED = ("programs", "with_kpi", "with_amount")


def find_served(coverage: pd.DataFrame) -> list[Served]:
    """Find for the items of each kind of each plan how far they are served, from `cover_items`."""
    return [_find_served(*group) for group in list_groups(coverage)]


def _find_served(plan: str, kind: str, items: list[Item]) -> Served:
    if all(pd.isna(item["programs"]) for item in items):
        return Served(plan, kind, items, False, [], {}, "no")
    grounds = {item["is_inferred"] for item in items if pd.notna(item["is_inferred"])}
    word = "no" if grounds <= {"no"} else "yes" if grounds == {"yes"} else "partly"
    counts = {name: [item for item in items if item[name]] for name in COUNTED}
    without = [item for item in items if not item["programs"]]
    return Served(plan, kind, items, True, without, counts, word)


def order_plans(strategies: pd.DataFrame, links: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """Put the plans that the links 'succeeds' join in lines, the first plan first.

    A plan that nothing joins stands in no line.
    """
    rows = {row["strategy_id"]: row for row in list_rows(strategies)}
    succeeds = links[links["kind"] == "succeeds"]
    after = dict(zip(succeeds["to_id"], succeeds["from_id"], strict=True))
    lines = []
    for first in [name for name in rows if name in after and name not in after.values()]:
        line = [first]
        while (following := after.get(line[-1])) in rows and following not in line:
            line.append(following)
        lines.append([rows[name] for name in line])
    return lines
