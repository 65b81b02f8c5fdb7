"""Rows that name a row of another table, and whether that row is there."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.problems import quote
from analysis.dataset.tables import (
    ALL_ROWS,
    LINKED,
    PROGRAM,
    TABLES,
    TRACED,
    list_key_names,
    list_keys,
    list_names,
)

REFERENCES = [
    (child, parent, list(table.references[parent]))
    for parent in TABLES
    for child, table in TABLES.items()
    if parent in table.references
]
KIND_OF_PARENT = {
    "sources": "unknown_source",
    "programs": "unknown_program",
    "kpis": "unknown_kpi",
}


class BrokenReference(NamedTuple):
    """A row that names what is not there: its table, label, columns, what was found, expected."""

    # the columns are those that name it; the problem stands in the last of them

    table: str
    row: Any
    on: list[str]
    found: str
    expected: str
    kind: str = "unknown_name"


def find_broken_references(
    tables: dict[str, pd.DataFrame], readable: Collection[str]
) -> Iterator[BrokenReference]:
    """Find rows that name a row that no table has; tables that could not be read are not asked."""
    for child, parent, on in REFERENCES:
        if parent in readable and set(on) <= set(tables[child]) & set(tables[parent]):
            yield from _find_without_parent(tables, child, parent, on)
    if set(LINKED) <= set(readable) and all(set(TABLES[t].key) <= set(tables[t]) for t in LINKED):
        ends = {name for table in LINKED for name in list_names(table, tables[table])}
        expected = f"the name of a row of {' or '.join(f'{table}.csv' for table in LINKED)}"
        for column in ("from_id", "to_id"):
            yield from _find_unknown("links", column, tables, ends, expected)
    grants = set(tables["grants"].get("grant_name", ()))
    yield from _find_unknown("grants", "successor", tables, grants, "a grant_name of this file")
    yield from _find_unknown_editions(tables["sources"])
    yield from _find_unknown_repeats(tables["kpis"])
    yield from _find_baseless_reasons(tables, readable)
    yield from _find_without_frame(tables["instruments"])
    links = tables["links"]
    if {"from_id", "to_id", "kind"} <= set(links):
        succeeds = links[links["kind"] == "succeeds"]
        after = dict(zip(succeeds["from_id"], succeeds["to_id"], strict=True))
        yield from _find_circles("links", "to_id", succeeds["from_id"], after)
    if {"grant_name", "successor"} <= set(tables["grants"]):
        names, successors = (tables["grants"][c] for c in ("grant_name", "successor"))
        after = dict(zip(names, successors, strict=True))
        yield from _find_circles("grants", "successor", names, after)


def _find_without_parent(
    tables: dict[str, pd.DataFrame], child: str, parent: str, on: list[str]
) -> Iterator[BrokenReference]:
    there, cells = set(list_keys(tables[parent], on)), list_keys(tables[child], on)
    if there.issuperset(cells):
        return
    columns = " and ".join(on)
    expected = f"a row of {parent}.csv with the same {columns}; add it there or correct it here"
    for row, found in zip(tables[child].index, cells, strict=True):
        if found not in there and found[-1]:
            said = " ".join(f"{c} {quote(v)}" for c, v in zip(on, found, strict=True))
            kind = KIND_OF_PARENT.get(parent, "unknown_name")
            yield BrokenReference(child, row, on, said, expected, kind)


def _find_unknown(
    table: str, column: str, tables: dict[str, pd.DataFrame], known: set[str], expected: str
) -> Iterator[BrokenReference]:
    """Find names in a column that are not known; an empty cell names nothing."""
    if column not in tables[table]:
        return
    for row, name in zip(tables[table].index, tables[table][column].tolist(), strict=True):
        if name and name not in known:
            yield BrokenReference(table, row, [column], quote(name), expected)


def _find_unknown_editions(sources: pd.DataFrame) -> Iterator[BrokenReference]:
    """Find sources that supersede one that is not there, or in the end themselves."""
    if not {"source_id", "supersedes"} <= set(sources):
        return
    known = set(sources["source_id"])
    before = {
        s: t.split() for s, t in zip(sources["source_id"], sources["supersedes"], strict=True)
    }
    for row, source in sources["source_id"].items():
        for name in before[source]:
            if name not in known:
                expected = "a source_id of this file"
                yield BrokenReference("sources", row, ["supersedes"], quote(name), expected)
        passed, next_ones = set(), list(before[source])
        while next_ones:
            here = next_ones.pop()
            if here not in passed:
                passed.add(here)
                next_ones += before.get(here, [])
        if source in passed:
            found = f"{quote(source)} superseding itself by way of {' '.join(before[source])}"
            expected = "earlier editions only"
            yield BrokenReference("sources", row, ["supersedes"], found, expected, "circle")


def _find_unknown_repeats(kpis: pd.DataFrame) -> Iterator[BrokenReference]:
    """Find KPIs that repeat one their government does not have, or themselves."""
    on = [*PROGRAM, "kpi_id", "same_as"]
    if not set(on) <= set(kpis):
        return
    there = set(list_keys(kpis, on[:-1]))
    is_name = [name.count("/") == 1 for name in kpis["same_as"].tolist()]
    repeats = kpis.loc[np.array(is_name, dtype=bool), on]  # others are not written as names
    for row, code, program, kpi, named in repeats.itertuples(name=None):
        other = (code, *named.split("/"))
        if other not in there or other == (code, program, kpi):
            expected = "program_id/kpi_id of another KPI of this government"
            yield BrokenReference("kpis", row, ["same_as"], quote(named), expected, "unknown_kpi")


def _find_baseless_reasons(
    tables: dict[str, pd.DataFrame], readable: Collection[str]
) -> Iterator[BrokenReference]:
    """Find reasons for a column or a row that their table does not have."""
    reasons = tables["reasons"]
    if not {"table", "column", "key"} <= set(reasons) or "sources" not in readable:
        return
    for name, rows in reasons.groupby("table", sort=False):
        table = TABLES.get(str(name))
        needed = {c for c in table.key if table.columns[c].filled} if table else {""}
        there = tables.get(str(name), reasons.iloc[:0])
        if table is None or name not in readable or there.empty or not needed <= set(there):
            continue
        keys = {f"{ALL_ROWS}/{source}" for source in tables["sources"].get("source_id", ())}
        keys.add(ALL_ROWS)
        if not keys.issuperset(rows["key"].tolist()):  # most reasons are for no single row
            keys.update(list_key_names(str(name), there))
        cells = "/".join(table.key)
        of_row = (
            f"* for all rows, */source_id for those of one source, or the key of a row of "
            f"{name}.csv ({cells} without empty cells)"
        )
        for row, column, key in rows[["column", "key"]].itertuples(name=None):
            if column not in table.columns:
                yield BrokenReference(
                    "reasons", row, ["column"], quote(column), f"a column of {name}.csv"
                )
            if key not in keys:
                yield BrokenReference("reasons", row, ["key"], quote(key), of_row, "unknown_row")


def _find_circles(
    table: str, column: str, names: pd.Series, after: dict[Any, Any]
) -> Iterator[BrokenReference]:
    """Find rows from which one comes back to the same row by following one name to the next."""
    for row, name in names.items():
        passed, here = [name], after.get(name)
        while here in after and here not in passed:
            passed.append(here)
            here = after[here]
        if here == name:
            way = " → ".join("/".join(n) if isinstance(n, tuple) else n for n in [*passed, here])
            found = f"a circle ({way})"
            yield BrokenReference(table, row, [column], found, "an end somewhere", "circle")


def _find_without_frame(instruments: pd.DataFrame) -> Iterator[BrokenReference]:
    """Find terms that are part of one their program lacks, of a smaller one, or in a circle."""
    on = [*TRACED, "what"]
    if not {*on, "term", "part_of", "quantity"} <= set(instruments):
        return
    of_row = list(zip(*(instruments[c] for c in on), strict=True))
    names = pd.Series(
        [(*key, term) for key, term in zip(of_row, instruments["term"], strict=True)],
        index=instruments.index,
        dtype=object,
    )
    frames = {
        name: (*key, frame)
        for name, key, frame in zip(names, of_row, instruments["part_of"], strict=True)
        if frame
    }
    amounts = dict(zip(names, pd.to_numeric(instruments["quantity"], errors="coerce"), strict=True))
    for row, frame in instruments["part_of"].items():
        if not frame:
            continue
        outer = frames[names[row]]
        if outer not in amounts:
            expected = "a term of the same program, source_id and what"
            yield BrokenReference("instruments", row, ["part_of"], quote(frame), expected)
        elif amounts[names[row]] > amounts[outer]:
            quantity = instruments["quantity"][row]
            found = f"{quantity}, more than that of {quote(frame)} it is part of"
            expected, kind = "no more than the whole", "larger_than_whole"
            yield BrokenReference("instruments", row, ["quantity"], found, expected, kind)
    yield from _find_circles("instruments", "part_of", names, frames)
