"""Lines of descent: programs that come back in other documents and years, grants that follow.

That two rows of programs are one program, or one a part of the other, is read from `links`; years
are those for which a document shows a program. What lies between two such years was not printed
and is not filled in.
"""

from collections import Counter
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.measures.keys import PROGRAM, find_rows, list_keys, list_rows, take
from analysis.measures.needs import ONE_PROGRAM_YEAR, check_table
from analysis.measures.strategies import Key, is_concluded, read_program, say_inferred

Row = dict[str, Any]


def list_lanes(lines: pd.DataFrame) -> list[list[list[Row]]]:
    """The rows of each program of each line, in the order of the table."""

    def program(row: Row) -> tuple[str, str]:
        return row["government_code"], row["program_id"]

    lanes = groupby(list_rows(lines), key=lambda row: row["line"])
    return [[list(years) for _, years in groupby(rows, key=program)] for _, rows in lanes]


def count_years_of_lines(lines: pd.DataFrame) -> list[tuple[int, int]]:
    """Count the lines by how many fiscal years documents show them for, the most years first."""
    years = lines.groupby("line")["fiscal_year"].nunique().value_counts().sort_index()
    return [(int(number), int(count)) for number, count in years.iloc[::-1].items()]


def keep_long_lines(lines: pd.DataFrame, most: int) -> list[pd.DataFrame]:
    """Keep the lines that documents show for the most fiscal years, the rows of each."""
    years = lines.groupby("line")["fiscal_year"].nunique()
    longest = years.sort_values(ascending=False, kind="stable").index[:most]
    return [lines[lines["line"] == line] for line in longest]


JOINING = ("same", "part_of")


LINEAGE = (
    *("line", *PROGRAM, "government", "program", "fiscal_year", "source_id", "source", "flag"),
    *("start_year", "end_year", "reason", "is_inferred"),
)


def trace_programs(
    shown_programs: pd.DataFrame, links: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Trace the programs that several governments or fiscal years show.

    Parameters
    ----------
    shown_programs
        `dataset.shown_programs`: one row per program and fiscal year.
    links, sources
        The tables of a dataset.

    Returns
    -------
    The rows of `shown_programs` of each program that is joined to another by a link 'same' or
    'part_of' (over any number of links) or is shown for several years, with `line` (1, 2, ...: one
    number for all that are joined), the title of the `source`, `start_year` and `end_year` where
    they were read and not concluded, and `reason` and `is_inferred` (yes, no, partly: whether it
    is our conclusion) of the program's links. Lines in the order of their codes, the programs of
    a line in that of their first year. A link counts where both its programs are at hand.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(
        shown_programs, "shown_programs", f"{ONE_PROGRAM_YEAR} government program source_id"
    )
    check_table(links, "links", "from_id to_id kind reason inferred")
    table = shown_programs.sort_values([*PROGRAM, "fiscal_year"]).reset_index(drop=True)
    keys = list_keys(table, PROGRAM)
    same = _keep_links(links, set(keys))
    line_of, of_program = _join_programs(sorted(set(keys)), same), _collect_reasons(same)
    first_row = {key: row for row, key in reversed(list(enumerate(keys)))}
    years = table["fiscal_year"].tolist()
    size = Counter(line_of[key] for key in keys)
    kept = sorted(
        (row for row, key in enumerate(keys) if size[line_of[key]] > 1),
        key=lambda row: (line_of[keys[row]], years[first_row[keys[row]]], keys[row], row),
    )
    found = table.iloc[kept].reset_index(drop=True)
    names = [line_of[keys[row]] for row in kept]
    numbers = {line: number for number, line in enumerate(dict.fromkeys(names), 1)}
    reasons = [of_program.get(keys[row], (None, None)) for row in kept]
    return found.assign(
        line=pd.array([numbers[name] for name in names], dtype="int64"),
        source=take(sources["title"], find_rows(found, sources, ["source_id"]), found.index),
        **{end: _drop_concluded(found, end) for end in ("start_year", "end_year")},
        reason=pd.array([reason for reason, _ in reasons], dtype="str"),
        is_inferred=pd.array([inferred for _, inferred in reasons], dtype="str"),
    )[list(LINEAGE)]


def _drop_concluded(programs: pd.DataFrame, column: str) -> pd.Series:
    names = programs["inferred"].fillna("").str.split()
    return programs[column].where([column not in concluded for concluded in names])


def _keep_links(links: pd.DataFrame, keys: set[Key]) -> pd.DataFrame:
    """The links that join programs that are at hand, in one order."""
    ends = [[read_program(name) in keys for name in links[end]] for end in ("from_id", "to_id")]
    there = links["kind"].isin(JOINING) & np.array(ends, dtype=bool).all(axis=0)
    return links[there].sort_values(["from_id", "to_id"])


def _join_programs(keys: list[Key], links: pd.DataFrame) -> dict[Key, Key]:
    """By program the first of all the programs it is joined to, over any number of links."""
    if not keys:
        return {}
    place = {key: number for number, key in enumerate(keys)}
    ends = [[place[read_program(name)] for name in links[end]] for end in ("from_id", "to_id")]
    joined = coo_array((np.ones(len(links)), ends), shape=(len(keys), len(keys)))
    _, group = connected_components(joined, directed=False)
    first = dict(zip(reversed(group.tolist()), reversed(keys), strict=True))
    return {key: first[number] for key, number in zip(keys, group.tolist(), strict=True)}


def _collect_reasons(links: pd.DataFrame) -> dict[Key, tuple[str, str | None]]:
    """By program why it is joined to others, and whether that is our conclusion."""
    found: dict[Key, tuple[dict[str, None], list[bool]]] = {}
    columns = (links["from_id"], links["to_id"], links["reason"], is_concluded(links))
    for one, other, reason, concluded in zip(*columns, strict=True):
        for key in {read_program(one), read_program(other)}:
            reasons, flags = found.setdefault(key, ({}, []))
            reasons[reason] = None
            flags.append(concluded)
    return {key: ("".join(reasons), say_inferred(flags)) for key, (reasons, flags) in found.items()}


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

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Examples
    --------
    >>> columns = {"first_year": 2025, "last_year": 2025, "note": None}
    >>> grants = pd.DataFrame({"grant_name": ["new", "old"], "successor": [None, "new"]} | columns)
    >>> trace_grants(grants)["grant_name"].tolist()
    ['old', 'new']
    """
    check_table(grants, "grants", "grant_name first_year last_year successor note")
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
    """Find the links that join programs, of which one end is a program of a government not at hand.

    `programs` are those at hand. The rows of `links` that lead from them to another government.
    """
    governments = set(programs["government_code"])
    ends = [[read_program(name)[0] for name in links[end]] for end in ("from_id", "to_id")]
    leads_away = [not set(pair) <= governments for pair in zip(*ends, strict=True)]
    return links[links["kind"].isin(JOINING) & pd.Series(leads_away, index=links.index)]


def count_concluded(lines: pd.DataFrame) -> int:
    """Count the lines of descent that rest, in part or as a whole, on our conclusion."""
    concluded = lines["is_inferred"].isin(["yes", "partly"])
    return int(lines.loc[concluded, "line"].nunique())
