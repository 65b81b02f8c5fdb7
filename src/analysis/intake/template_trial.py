"""What a filled-in workbook would do to a folder, tried out before anything is written.

Its rows are put beside those of its government in a folder of their own, and that is checked: so
a typed row is judged by the rules by which any row is, and the answer names the cell.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd

from analysis.dataset.check import check_folder
from analysis.dataset.tables import TABLES
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.facts import DOUBT, PROBLEM, Fact
from analysis.intake.store import ADDED, read_facts, write_folder
from analysis.intake.template import LAYOUTS, Row
from analysis.intake.template_names import Filled
from analysis.wording.typed import name_words

OUTCOMES = {"error": PROBLEM, "doubt": DOUBT}
FOLLOWING = (  # errors that may only follow from cells that could not be read
    *("unknown_source", "unknown_program", "unknown_kpi", "unknown_name", "bad_cell", "key_again"),
)
PRINTED = "_printed"
RUBRICS = "rubrics"

Tables = dict[str, pd.DataFrame]


class _Found(NamedTuple):
    """A problem as `check` tells it, by the row it is of."""

    table: str
    key: tuple[str, ...]
    column: str
    kind: str
    found: str
    expected: str
    severity: str


def try_out(filled: Filled, tables: Tables, folder: Path) -> list[Fact]:
    """Find what `check` would say of the rows of a workbook, each with its cell.

    Of rows in which a cell cannot be read nothing is said, nor what may follow from them.

    Parameters
    ----------
    filled
        What it says.
    tables, folder
        The tables of the folder as text, and where its rubrics stand.
    """
    own = {name: _take_own(name, tables[name], filled) for name in LAYOUTS if name in tables}
    nothing: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    new = _take_readable(filled)
    after = list(dict.fromkeys(_check(own, nothing | new, folder)))
    before = {*_check(own, nothing, folder)} if after else set()
    indices: dict[tuple[str, tuple[str, ...]], int] = {
        (table, _key_of(table, row)): number
        for table, rows in filled.rows.items()
        for number, row in enumerate(rows)
    }
    return [
        _make_fact(found, filled, indices.get((found.table, found.key)))
        for found in after
        if found not in before and not (filled.problems and found.kind in FOLLOWING)
    ]


def _take_readable(filled: Filled) -> dict[str, list[Row]]:
    """The rows without a cell that is to be put right."""
    wrong = {fact.place for fact in filled.problems}
    return {
        table: [r for n, r in enumerate(rows) if not wrong & {*filled.cells[table, n].values()}]
        for table, rows in filled.rows.items()
    }


def _take_own(name: str, table: pd.DataFrame, filled: Filled) -> pd.DataFrame:
    code = filled.about.code
    return table if name == "sources" else table[table["government_code"] == code]


def _check(tables: Tables, new: dict[str, list[dict[str, Any]]], folder: Path) -> Iterator[_Found]:
    """Check a folder of its own that holds these tables and rows."""
    with TemporaryDirectory() as place:
        trial = Path(place)
        if (folder / RUBRICS).is_dir():
            shutil.copytree(folder / RUBRICS, trial / RUBRICS)
        rows = {name: [dict(row) for row in found] for name, found in new.items()}
        whole = frozenset(row["source_id"] for row in rows["sources"])
        write_folder(trial, tables, rows, [], whole=whole)
        texts, _, problems = check_folder(trial)
        for one in problems.to_dict("records"):
            table = one["file"].removesuffix(".csv")
            if table in LAYOUTS and pd.notna(one["row"]) and one["severity"] in OUTCOMES:
                row = texts[table].loc[one["row"]].fillna("").to_dict()
                said = (one[name] for name in _Found._fields[2:])
                yield _Found(table, _key_of(table, row), *said)


def _key_of(table: str, row: dict[Any, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(column, "")) for column in TABLES[table].key)


def _make_fact(found: _Found, filled: Filled, number: int | None) -> Fact:
    """A problem with the cell that it is of; of another row, with the name of that."""
    outcome, note = OUTCOMES[found.severity], f"{found.kind}: {found.found} | {found.expected}"
    if number is None:
        return Fact(_name_row(found.table, found.key), "", outcome=outcome, note=note)
    cells = filled.cells[found.table, number]
    row = filled.rows[found.table][number]
    column = found.column.removesuffix(PRINTED)
    place = cells.get(found.column) or cells.get(column) or next(iter(cells.values()))
    text = row.get(column, "")
    said = name_words(found.table, column, LANGUAGE_OF_DOCUMENTS).get(text, text)
    return Fact(place, said, outcome=outcome, note=note)


def find_taken_names(filled: Filled, tables: Tables, folder: Path) -> Iterator[Fact]:
    """Find the names of sources that the folder has of something else than a workbook."""
    found = tables.get("sources")
    there = set() if found is None else {*found["source_id"]}
    rows = filled.rows.get("sources", [])
    again = [(n, row["source_id"]) for n, row in enumerate(rows) if row["source_id"] in there]
    lines = read_facts(folder) if again else []
    ours = {line["value"] for line in lines if line["field"] == "source_id"}
    for number, name in again:
        if name not in ours:
            place = filled.cells["sources", number]["source_id"]
            yield Fact(place, name, outcome=PROBLEM, note="source_taken")


def find_hand_changes(filled: Filled, tables: Tables, written: Tables | None) -> Iterator[Fact]:
    """Find what people changed since the workbook was last read, and it does not say, too.

    What it has no column for (a note) stays as people wrote it.
    """
    for table, rows in filled.rows.items():
        sources = {row["source_id"] for row in rows}
        now = _list_rows(table, tables, sources)
        then = _list_rows(table, written or {}, sources)
        says = {_key_of(table, row): (number, row) for number, row in enumerate(rows)}
        for key, row in now.items():
            number, new = says.get(key, (None, {}))
            cells = {} if number is None else filled.cells[table, number]
            beside = ADDED - cells.keys()
            new |= {column: row[column] for column in beside & row.keys() if row[column]}
            if number is None and key not in then:  # typed beside it
                place, note = _name_row(table, key), f"typed_beside: {table}"
                yield Fact(place, "", outcome=PROBLEM, note=note)
                continue
            for column in sorted(row.keys() - beside - {"inferred"}):
                is_changed = row[column] != then.get(key, {}).get(column, "")
                if is_changed and row[column] != new.get(column, ""):
                    note = f"changed_by_hand: {table}.csv {column} {row[column]}"
                    place = cells.get(column) or _name_row(table, key)
                    yield Fact(place, new.get(column, ""), outcome=PROBLEM, note=note)


def _name_row(table: str, key: tuple[str, ...]) -> str:
    return f"{table}.csv {'/'.join(filter(None, key))}"


def _list_rows(table: str, tables: Tables, sources: set[str]) -> dict[tuple[str, ...], Row]:
    found = tables.get(table)
    if found is None:
        return {}
    rows = found[found["source_id"].isin(sources)].fillna("").to_dict("records")
    return {
        _key_of(table, row): {str(name): str(cell) for name, cell in row.items()} for row in rows
    }
