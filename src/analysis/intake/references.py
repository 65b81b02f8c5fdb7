"""Rows that name a row of another table, and whether that row is there."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import pandas as pd

from analysis.intake.tables import LINKED, PROGRAM, TABLES, list_names

TRACED = LINKED["programs"]
REFERENCES = [
    *((name, "sources", ["source_id"]) for name in TABLES if name != "sources"),
    *((name, "programs", PROGRAM) for name in ("budgets", "kpis", "ratings", "observations")),
    ("ratings", "kpis", [*PROGRAM, "kpi_id"]),
    ("instruments", "programs", TRACED),
    ("strategy_items", "strategies", ["strategy_id"]),
]


class BrokenReference(NamedTuple):
    """A row that names what is not there: its table, label, columns, what was found, expected."""

    table: str
    row: Any
    on: list[str]
    found: str
    expected: str


def find_broken_references(
    tables: dict[str, pd.DataFrame], readable: Collection[str]
) -> Iterator[BrokenReference]:
    """Find rows that name a row that no table has; tables that could not be read are not asked."""
    for child, parent, on in REFERENCES:
        if parent in readable and set(on) <= set(tables[child]) & set(tables[parent]):
            yield from _find_without_parent(tables, child, parent, on)
    if set(LINKED) <= set(readable) and all(set(LINKED[t]) <= set(tables[t]) for t in LINKED):
        ends = {name for table in LINKED for name in list_names(table, tables[table])}
        expected = f"the name of a row of {' or '.join(f'{table}.csv' for table in LINKED)}"
        for column in ("from_id", "to_id"):
            yield from _find_unknown("links", column, tables, ends, expected)
    grants = set(tables["grants"].get("grant_name", ()))
    yield from _find_unknown("grants", "successor", tables, grants, "a grant_name of this file")
    yield from _find_without_frame(tables["instruments"])


def _find_without_parent(
    tables: dict[str, pd.DataFrame], child: str, parent: str, on: list[str]
) -> Iterator[BrokenReference]:
    there = set(zip(*(tables[parent][c] for c in on), strict=True))
    cells = zip(*(tables[child][c] for c in on), strict=True)
    columns = " and ".join(on)
    expected = f"a row of {parent}.csv with the same {columns}; add it there or correct it here"
    for row, found in zip(tables[child].index, cells, strict=True):
        if found not in there and found[-1]:
            said = " ".join(f"{c} '{v}'" for c, v in zip(on, found, strict=True))
            yield BrokenReference(child, row, on, said, expected)


def _find_unknown(
    table: str, column: str, tables: dict[str, pd.DataFrame], known: set[str], expected: str
) -> Iterator[BrokenReference]:
    """Find names in a column that are not known; an empty cell names nothing."""
    for row, name in tables[table].get(column, pd.Series(dtype="str")).items():
        if name and name not in known:
            yield BrokenReference(table, row, [column], f"'{name}'", expected)


def _find_without_frame(instruments: pd.DataFrame) -> Iterator[BrokenReference]:
    """Find terms that are part of a term which their own program does not have."""
    on = [*TRACED, "what"]
    if not {*on, "term", "part_of"} <= set(instruments):
        return
    of_row = zip(*(instruments[c] for c in on), strict=True)
    keys = dict(zip(instruments.index, of_row, strict=True))
    there = {(*keys[row], term) for row, term in instruments["term"].items()}
    expected = "a term of the same program, source_id and what"
    for row, frame in instruments["part_of"].items():
        if frame and (*keys[row], frame) not in there:
            yield BrokenReference("instruments", row, ["part_of"], f"'{frame}'", expected)
