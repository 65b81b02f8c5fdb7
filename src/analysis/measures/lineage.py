"""Lines of descent: programs that come back in other documents and years, grants that follow.

That two rows of programs are one program is read from `links`; years are those for which a
document shows a program. What lies between two such years was not printed and is not filled in.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.intake.tables import list_names
from analysis.measures.keys import find_rows, list_keys, take
from analysis.measures.strategies import (
    PROGRAM,
    Key,
    is_concluded,
    read_program,
    say_inferred,
)

LINEAGE = {
    "line": "int64",
    **dict.fromkeys(("government_code", "government", "program_id", "program"), "str"),
    "fiscal_year": "Int64",
    **dict.fromkeys(("source_id", "source", "flag"), "str"),
    **dict.fromkeys(("start_year", "end_year"), "Int64"),
    **dict.fromkeys(("reason", "is_inferred"), "str"),
}
PERIOD = ["start_year", "end_year"]
SHOWN = ["name", "about", "government", "program", "source_id", "source", "flag", *PERIOD]
Rows = list[dict[str, Any]]


def trace_programs(
    programs: pd.DataFrame,
    superseded: pd.DataFrame,
    links: pd.DataFrame,
    program_years: pd.DataFrame,
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """Trace the programs that several documents, governments or fiscal years show.

    Parameters
    ----------
    programs, links, sources
        The tables of a dataset.
    superseded
        `dataset.revisions["programs"]`: the programs as earlier documents show them.
    program_years
        `dataset.program_years`.

    Returns
    -------
    One row per program and fiscal year for which it is shown, of each program that is joined
    to another by a link 'same' (over any number of links), has several sources, or is shown
    for several years: `line` (1, 2, ...: one number for all that are joined), `government_code`,
    `government`, `program_id`, `program`, `fiscal_year`, the `source_id` and title (`source`)
    of the document of that year (else the next later one that shows the program, which quotes
    the year; else the last), its `flag` (new, expanded), `start_year` and `end_year` where that
    document prints them, and `reason` and `is_inferred` (yes, no, partly: whether it is our
    conclusion) of the program's links. Lines in the order of their codes, the programs of a
    line in that of their first year. A link counts where both its ends are at hand.
    """
    editions = _list_editions(programs, superseded, sources)
    links = _keep_links(links, {row["name"] for found in editions.values() for row in found})
    line_of, of_program = _join_programs(sorted(editions), links), _collect_reasons(links)
    years: dict[Key, list[int]] = {}
    for code, program, year in sorted(list_keys(program_years, [*PROGRAM, "fiscal_year"])):
        years.setdefault((code, program), []).append(year)
    members: dict[Key, list[Key]] = {}
    for key in sorted(years, key=lambda key: (line_of[key], years[key][0], key)):
        members.setdefault(line_of[key], []).append(key)
    lines = [
        keys
        for keys in members.values()
        if len(keys) > 1 or len(years[keys[0]]) > 1 or len(editions[keys[0]]) > 1
    ]
    rows = [
        dict(zip(PROGRAM, key, strict=True))
        | {"line": number, "fiscal_year": year}
        | _pick_edition(editions[key], year)
        | of_program.get(key, {})
        for number, keys in enumerate(lines, 1)
        for key in keys
        for year in years[key]
    ]
    return pd.DataFrame(rows, columns=list(LINEAGE)).astype(LINEAGE)


def _list_editions(
    programs: pd.DataFrame, superseded: pd.DataFrame, sources: pd.DataFrame
) -> dict[Key, Rows]:
    """By program its rows from the earliest document to the latest, with their `name` in links."""
    table = pd.concat([superseded, programs], ignore_index=True)
    of_source = find_rows(table, sources, ["source_id"])
    concluded = [cell.split() for cell in table["inferred"].fillna("").tolist()]
    table = table.assign(
        name=list_names("programs", table),
        about=take(sources["fiscal_year"], of_source, table.index),
        source=take(sources["title"], of_source, table.index),
        **{c: table[c].where(np.array([c not in k for k in concluded], bool)) for c in PERIOD},
    ).sort_values("about", kind="stable")
    editions: dict[Key, Rows] = {}
    for key, cells in zip(list_keys(table, PROGRAM), list_keys(table, SHOWN), strict=True):
        editions.setdefault(key, []).append(dict(zip(SHOWN, cells, strict=True)))
    return editions


def _pick_edition(editions: Rows, year: int) -> dict[str, Any]:
    """The last edition about that year, else about the next later one, else of all."""
    later = [row["about"] for row in editions if row["about"] >= year]
    wanted = min(later, default=editions[-1]["about"])
    return next(row for row in reversed(editions) if row["about"] == wanted)


def _keep_links(links: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    """The links 'same' between rows of programs that are at hand, in one order."""
    same = (links["kind"] == "same") & links["from_id"].isin(names) & links["to_id"].isin(names)
    return links[same].sort_values(["from_id", "to_id"])


def _join_programs(keys: list[Key], links: pd.DataFrame) -> dict[Key, Key]:
    """By program the first of all the programs it is joined to."""
    first = {key: key for key in keys}

    def find(key: Key) -> Key:
        while first[key] != key:
            first[key] = first[first[key]]
            key = first[key]
        return key

    for ends in zip(links["from_id"], links["to_id"], strict=True):
        one, other = sorted(find(read_program(end)) for end in ends)
        first[other] = one
    return {key: find(key) for key in keys}


def _collect_reasons(links: pd.DataFrame) -> dict[Key, dict[str, Any]]:
    """By program why it is joined to others, and whether that is our conclusion."""
    found: dict[Key, tuple[dict[str, None], list[bool]]] = {}
    columns = (links["from_id"], links["to_id"], links["reason"], is_concluded(links))
    for one, other, reason, concluded in zip(*columns, strict=True):
        for key in {read_program(one), read_program(other)}:
            reasons, flags = found.setdefault(key, ({}, []))
            reasons[reason] = None
            flags.append(concluded)
    return {
        key: {"reason": "".join(reasons), "is_inferred": say_inferred(flags)}
        for key, (reasons, flags) in found.items()
    }


def trace_grants(grants: pd.DataFrame) -> pd.DataFrame:
    """Put grants in the order of their descent.

    Parameters
    ----------
    grants
        `dataset.grants`.

    Returns
    -------
    The same grants with `grant_name`, `first_year`, `last_year`, `successor`, `order` (1, 2,
    ...) and `note`: a grant before the one that took its place, a family together, families in
    the order given. A circle of successors has no first: its grants keep the order given. A
    year that was not printed stays missing, and so does a successor that is not among them.

    Examples
    --------
    >>> columns = {"first_year": 2025, "last_year": 2025, "note": None}
    >>> grants = pd.DataFrame({"grant_name": ["new", "old"], "successor": [None, "new"]} | columns)
    >>> trace_grants(grants)["grant_name"].tolist()
    ['old', 'new']
    """
    given = grants["grant_name"].tolist()
    named = dict(list_keys(grants, ["grant_name", "successor"]))
    after = {name: then for name, then in named.items() if then in named}
    family = {name: _find_end(name, after, given) for name in given}
    first = {family[name]: number for number, name in reversed(list(enumerate(given)))}
    ordered = sorted(_descend(given, after), key=lambda name: first[family[name]])
    rows = pd.Index(given).get_indexer(ordered)
    found = grants.iloc[rows].reset_index(drop=True)
    successor = pd.array([after.get(name) for name in ordered], dtype="str")
    found = found.assign(order=range(1, len(found) + 1), successor=successor)
    return found[["grant_name", "first_year", "last_year", "successor", "order", "note"]]


def _find_end(name: str, after: dict[str, str], given: list[str]) -> str:
    """The last of a grant's successors; in a circle the member that was given first."""
    passed = [name]
    while (then := after.get(passed[-1])) and then not in passed:
        passed.append(then)
    return min(passed[passed.index(then) :], key=given.index) if then else passed[-1]


def _descend(given: list[str], after: dict[str, str]) -> list[str]:
    """Each grant once all before it are placed; what is left are circles."""
    placed: list[str] = []
    waiting = given
    while waiting:
        held = {after.get(name) for name in waiting}
        ready = [name for name in waiting if name not in held] or waiting
        placed += ready
        waiting = [name for name in waiting if name in held and len(ready) < len(waiting)]
    return placed


def keep_lines(lines: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Keep the lines of descent to which any of some programs belongs, whole.

    `lines` is the table of `trace_programs`; `programs` has government_code and program_id.
    """
    wanted = set(list_keys(programs, PROGRAM))
    among = pd.Series([key in wanted for key in list_keys(lines, PROGRAM)], index=lines.index)
    return lines[lines["line"].isin(lines.loc[among, "line"])].reset_index(drop=True)


def find_links_elsewhere(links: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Find the links 'same' of which one end is a program of a government not at hand.

    `programs` are those at hand. The rows of `links` that lead from them to another government.
    """
    governments = set(programs["government_code"])
    ends = [[read_program(name)[0] for name in links[end]] for end in ("from_id", "to_id")]
    leads_away = [not set(pair) <= governments for pair in zip(*ends, strict=True)]
    return links[(links["kind"] == "same") & pd.Series(leads_away, index=links.index)]
