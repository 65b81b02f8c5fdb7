"""The folder that ingested tables are written to, and what it holds already.

Rows of a source that is read again are replaced where they stand; all others stay as they are.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from filecmp import cmpfiles
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import Any, TypeVar

import pandas as pd

from analysis.dataset.files import hide_formula, read_table, show_formula
from analysis.dataset.problems import describe_problems, table_problems
from analysis.dataset.tables import OWN, TABLES
from analysis.errors import DataError
from analysis.intake.facts import COLUMNS, Fact

ADDED = frozenset(  # what no paper prints, or ingest never reads
    [
        *("scheme", "note", "description", "reason", "rated_on", "break_note", "same_as"),
        *("natural_limit", "tolerance", "sample_size", "as_of", "is_calendar_year", "flag"),
        *("joint_with", "document_id", "address", "license", "read_on", "published_on"),
    ]
)
READ_OF_FILES = (
    *("sources", "programs", "kpis", "budgets", "ratings", "rating_axes", "observations"),
)
COPIED = (*READ_OF_FILES, "instruments")  # what a workbook that was filled in adds to
FACTS = "ingest.csv"
AS_WRITTEN = ".ingest"  # what was last written, to tell what people changed since
SETTINGS = "kpi_settings.csv"
SETTING_COLUMNS = ("program_id", "kpi_id", "kpi", "direction", "aggregation", "kpi_kind")

Row = TypeVar("Row")


def read_folder(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the tables a folder has, as text; none where there is no folder."""
    tables: dict[str, pd.DataFrame] = {}
    problems = []
    for name in TABLES:
        path = folder / f"{name}.csv"
        if path.is_file():
            tables[name], found = read_table(path)
            problems += [p for p in found if p["severity"] == "error"]
    if problems:
        raise DataError(f"{folder}: {describe_problems(table_problems(problems))}")
    return tables


def write_folder(
    folder: Path,
    old: dict[str, pd.DataFrame],
    new: dict[str, list[dict[str, Any]]],
    facts: list[Fact],
    replaced: Iterable[str] = (),
    whole: frozenset[str] = frozenset(),
) -> None:
    """Write the tables that have rows, and ingest.csv; rows of `replaced` sources go.

    What people added to a row that is read again, and no paper prints (a scheme, a note), stays;
    and so do whole rows that they typed beside what was read of a source. Of `whole` sources
    there is nothing but what is new.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sources = {*replaced} | {row["source_id"] for row in new["sources"]}
    told = {_place_of_row(place) for place in _list_observed(folder / FACTS)}
    for name in TABLES:
        kept = old.get(name)
        rows: list[dict[str, Any]] = []
        if kept is not None:
            rows = [_plain_names(row) for row in kept.to_dict("records")]
            read = sources - whole
            _keep_added(name, new[name], [r for r in rows if _name_source(name, r) in read])
        typed = {id(r) for r in rows if not _is_of(r, whole) and _is_typed(name, r, told)}
        rows = _replace(rows, new[name], sources, partial(_name_replaced, name, typed, whole))
        if rows or kept is not None:
            columns = [] if kept is None else [c.removeprefix(OWN) for c in kept.columns]
            _write_table(folder / f"{name}.csv", name, rows, columns)
    _write_facts(folder / FACTS, facts)
    copies = folder / AS_WRITTEN
    copies.mkdir(exist_ok=True)
    for name in COPIED:
        if (folder / f"{name}.csv").is_file():
            copyfile(folder / f"{name}.csv", copies / f"{name}.csv")


def stands_as_written(folder: Path) -> bool:
    """Whether every table that ingest writes stands as it was last written, byte for byte."""
    copies = folder / AS_WRITTEN
    names = {f"{name}.csv" for name in COPIED if (folder / f"{name}.csv").is_file()}
    same, *_ = cmpfiles(folder, copies, sorted(names), shallow=False)
    return {*same} == names and {path.name for path in copies.glob("*.csv")} <= names


def read_as_written(folder: Path) -> dict[str, pd.DataFrame] | None:
    """Read the tables as they were last written; None where that is not known."""
    copies = folder / AS_WRITTEN
    return read_folder(copies) if copies.is_dir() else None


def _list_observed(path: Path) -> Iterator[str]:
    """The places that became observations when their files were last read."""
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["table"] == "observations":
                    yield row["place"]


def _place_of_row(place: str) -> str:
    """The place of the row that a cell became: that of its record."""
    return place.partition(" column ")[0]


def _is_typed(name: str, row: dict[str, Any], told: set[str]) -> bool:
    """Whether a row was typed beside those that were read: no reading has ever made it."""
    if name == "observations":
        return str(row.get("place", "")) not in told
    return name not in (*READ_OF_FILES, "reasons")


def _name_replaced(name: str, typed: set[int], whole: frozenset[str], row: dict[str, Any]) -> str:
    """The source that a row goes with; none where it was typed."""
    if _is_of(row, whole):
        return _source_of(row)
    return "" if id(row) in typed else _name_source(name, row)


def _is_of(row: dict[str, Any], sources: frozenset[str]) -> bool:
    return _source_of(row) in sources


def _source_of(row: dict[str, Any]) -> str:
    """The source of a row, or, of a reason, of the rows that it is of."""
    return str(row.get("source_id") or str(row.get("key", "")).rpartition("/")[2])


def _plain_names(row: dict[Any, Any]) -> dict[str, Any]:
    """A row with the names its file has: a reader puts `own_` before those of no table."""
    return {str(column).removeprefix(OWN): what for column, what in row.items()}


def _replace(
    rows: list[Row], new: list[Row], replaced: set[str], name: Callable[[Row], str]
) -> list[Row]:
    """Put the new rows of each source, or file, where its old ones stand, else at the end."""
    waiting: dict[str, list[Row]] = {}
    for row in new:
        waiting.setdefault(name(row), []).append(row)
    kept: list[Row] = []
    for row in rows:
        kept += waiting.pop(name(row), []) if name(row) in replaced else [row]
    for rest in waiting.values():
        kept += rest
    return kept


def _keep_added(name: str, new: list[dict[str, Any]], old: list[dict[str, Any]]) -> None:
    """Keep in rows that are read again what people added to them."""
    key = [c for c in TABLES[name].key if c != "source_id"] or ["place"]  # of sources: the file
    before = {tuple(str(row.get(c, "")) for c in key): row for row in old}
    for row in new:
        same = before.get(tuple(str(row.get(c, "")) for c in key), {})
        for column in same.keys() & ADDED:
            is_added = same[column] and column not in same.get("inferred", "").split()
            if is_added and not row.get(column):
                row[column] = same[column]


def _name_source(name: str, row: dict[str, Any]) -> str:
    """The source that a row was read of; a reason is of that of its rows, where ingest gave it."""
    if name != "reasons":
        return str(row.get("source_id", ""))
    key = str(row["key"])
    is_given = row["table"] in READ_OF_FILES and row["column"] not in ADDED
    is_given = is_given and (row["table"] != "observations" or key.startswith("*/"))
    return key.rpartition("/")[2] if is_given else ""


def _write_table(path: Path, name: str, rows: list[dict[str, Any]], had: list[str]) -> None:
    """Write the columns a file had, those that must be there, and those that hold anything."""
    defined = TABLES[name].columns
    own = [column for row in rows for column in row if column not in defined]
    wanted = [
        column
        for column, definition in defined.items()
        if definition.needed or any(row.get(column, "") != "" for row in rows)
    ] + list(dict.fromkeys(own))
    columns = [*had, *(column for column in wanted if column not in had)]
    _write(path, columns, ([row.get(c, "") for c in columns] for row in rows))


def _write(
    path: Path, columns: Iterable[str], rows: Iterable[Iterable[Any]], encoding: str = "utf-8"
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(map(_hide_formulas, rows))


def _hide_formulas(row: Iterable[Any]) -> list[Any]:
    return [hide_formula(cell) if isinstance(cell, str) and cell else cell for cell in row]


def _write_facts(path: Path, facts: list[Fact]) -> None:
    kept: list[list[str]] = []
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            kept = [[show_formula(cell) for cell in row] for row in csv.reader(file)][1:]
    new = [_write_fact(fact) for fact in facts]
    lines = _replace([row for row in kept if row], new, {row[0] for row in new}, lambda row: row[0])
    _write(path, COLUMNS, lines)


def read_facts(folder: Path) -> list[dict[str, str]]:
    """Read the lines of ingest.csv: what was made of the files that were read before."""
    path = folder / FACTS
    return [] if not path.is_file() else read_edited(path, COLUMNS).fillna("").to_dict("records")


def _write_fact(fact: Fact) -> list[str]:
    """A line of ingest.csv; its place is that of the cell, also where rows come from a record."""
    cells = ((name, fact.cell if name == "place" else getattr(fact, name)) for name in COLUMNS)
    return ["" if what is None else str(what) for _, what in cells]


def read_settings(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Read what was set for KPIs: direction, aggregation, kpi_kind by program and KPI id."""
    path = folder / SETTINGS
    if not path.is_file():
        return {}
    table = read_edited(path, SETTING_COLUMNS)
    return {(row["program_id"], row["kpi_id"]): row for row in table.to_dict("records")}


def read_edited(path: Path, columns: Iterable[str]) -> pd.DataFrame:
    """Read a file that people edit in a spreadsheet, which may have saved it in Shift_JIS."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            table = pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False)
            table = table.map(show_formula)
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise DataError(f"{path}: it is no table ({str(error).strip()}).") from None
        absent = [column for column in columns if column not in table]
        if absent:
            raise DataError(
                f"{path}: no column {', '.join(absent)}. Expected {', '.join(columns)}."
            )
        return table
    raise DataError(f"{path}: it is not UTF-8 text. Save it as CSV UTF-8.")


def write_settings(
    folder: Path, settings: dict[tuple[str, str], dict[str, str]], kpis: list[dict[str, Any]]
) -> None:
    """Write a line for each KPI: what is set stays, what is new is as it was concluded."""
    lines = dict(settings)
    for row in kpis:
        key = (row["program_id"], row["kpi_id"])
        lines.setdefault(key, {column: str(row[column]) for column in SETTING_COLUMNS})
    if lines:
        rows = ([line[column] for column in SETTING_COLUMNS] for line in lines.values())
        _write(folder / SETTINGS, SETTING_COLUMNS, rows, encoding="utf-8-sig")  # for spreadsheets
