"""What stands in the workbook for people who type: a sheet a table, last year's rows in it.

It is made of the folder alone, so that what comes back filled in can be held against it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.load import load
from analysis.dataset.locations import list_rubric_files
from analysis.dataset.rubrics import read_rubric
from analysis.dataset.tables import TABLES
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.store import read_folder
from analysis.wording.labels import labels
from analysis.wording.typed import name_words, show_typed

NAME, KEPT, BEFORE, NEW, MAY, ROW = "name", "kept", "before", "new", "may", "row"
NOT_OF_ROW = ("government_code", "fiscal_year", "last_year", "source_id")  # alike in a sheet
LISTED, PLACE, PROGRAM = "listed", "place", "program"
SCHEME = "scheme"  # shown by the name of its rubric
BUDGETS = ("total", "initial", "planned")  # beside which an account is asked for
EDITION = re.compile("_(?:preliminary|final|revised)$")

Row = dict[str, str]


@dataclass(frozen=True)
class Field:
    """One column of a sheet; `template.toml` says what each part means."""

    column: str
    role: str
    width: int
    of: str = ""
    needed: bool = False
    used: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether it is filled for a row of last year."""
        return self.role in (NAME, KEPT, BEFORE, ROW)


@dataclass(frozen=True)
class About:
    """Whose workbook it is: the government, the fiscal year to fill in, the one it goes on from."""

    code: str
    government: str
    year: int
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """A row that is there already: what each of its cells shows, and last year's row behind it."""

    texts: dict[Field, str]
    before: Row
    key: str


@dataclass(frozen=True)
class Sheet:
    """The sheet of one table: its columns, its rows, how many empty ones follow."""

    table: str
    fields: tuple[Field, ...]
    lines: tuple[Line, ...]
    empty: int

    def find(self, column: str, role: str) -> Field | None:
        """The field of a column in one of its roles."""
        return next((f for f in self.fields if (f.column, f.role) == (column, role)), None)


@dataclass(frozen=True)
class _Layout:
    """What `template.toml` says of one sheet."""

    columns: tuple[Field, ...]
    rows: int
    first: int = 0
    used: bool = False


def _read_layouts() -> dict[str, _Layout]:
    said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        table: _Layout(**layout | {"columns": tuple(Field(**one) for one in layout["columns"])})
        for table, layout in said.items()
    }


LAYOUTS = _read_layouts()


@dataclass
class LastYear:
    """The rows of a government and year as they stand in a folder, by table, and its rubrics."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    rubrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()  # the source_ids of the folder
    own: tuple[Row, ...] = ()  # the sources that show programs of the government, of any year

    def list_editions(self, year: int) -> list[str]:
        """The sources of the government for a year, of which a new one may be a later edition."""
        return [row["source_id"] for row in self.own if row["fiscal_year"] == str(year)]

    @property
    def programs(self) -> dict[str, str]:
        """The names of its programs, by id."""
        return {row["program_id"]: row["program"] for row in self.tables.get("programs", ())}

    @property
    def kpis(self) -> dict[tuple[str, str], str]:
        """The names of its KPIs, by the ids of program and KPI."""
        rows = self.tables.get("kpis", ())
        return {(row["program_id"], row["kpi_id"]): row["kpi"] for row in rows}


def read_last_year(folder: Path, code: str, year: int | None) -> LastYear:
    """Read the rows that a workbook goes on from: the latest word on each, as its table has it.

    Without a year there are none: of a first year only the rubrics are read.

    Raises
    ------
    DataError
        When the folder has errors, or nothing of this government and year.
    """
    if year is None:
        rubrics = {path.stem: read_rubric(path)[0] for path in list_rubric_files(folder)}
        found = read_folder(folder).get("sources", pd.DataFrame({"source_id": []}))
        return LastYear({}, rubrics, frozenset(found["source_id"]))
    dataset = load(folder.absolute(), code, year)  # none of its name in a folder above
    tables = read_folder(folder)
    last = {}
    for name in LAYOUTS:
        latest = dataset.tables[name]
        if "fiscal_year" in latest and name != "sources":
            latest = latest[latest["fiscal_year"] == year]
        keys = {_key_of(name, row) for row in latest.astype("object").to_dict("records")}
        rows = tables[name].fillna("").to_dict("records") if name in tables else []
        last[name] = [row for row in rows if _key_of(name, row) in keys and not _is_span(row)]
    programs, sources = tables["programs"], tables["sources"].fillna("")
    cited = programs.loc[programs["government_code"] == code, "source_id"]
    own = sources[sources["source_id"].isin(cited)].to_dict("records")
    return LastYear(last, dataset.rubrics, frozenset(sources["source_id"]), tuple(own))


def _key_of(name: str, row: dict[Any, Any]) -> tuple[str, ...]:
    cells = (row.get(column, "") for column in TABLES[name].key)
    return tuple("" if pd.isna(cell) else str(cell) for cell in cells)


def _is_span(row: Row) -> bool:
    """Whether it is one amount for several years."""
    return bool(row.get("last_year"))


def name_line(table: str, row: dict[str, Any]) -> str:
    """The name by which a sheet calls a row: its key, less what all rows share."""
    parts = [str(row.get(c, "")) for c in TABLES[table].key if c not in NOT_OF_ROW]
    return "/".join(parts).rstrip("/")


def plan_sheets(last: LastYear, about: About) -> list[Sheet]:
    """Plan the sheets of a workbook, in the order of `template.toml`."""
    sheets = []
    for table, layout in LAYOUTS.items():
        rows = last.tables.get(table, []) if table != "sources" else []
        if layout.used and not rows:
            continue
        if table == "budgets":
            rows = [*_with_accounts(rows)]
        fields = tuple(
            f for f in layout.columns if not f.used or any(r.get(f.column) for r in rows)
        )
        if about.before is None:
            fields = tuple(f for f in fields if f.role not in (BEFORE, ROW) or table == "sources")
        lines = [_make_line(table, fields, row, last) for row in rows]
        if table == "sources":
            lines = [*_list_sources(fields, last, about, layout)]
        empty = 0 if table == "sources" else layout.rows if about.before else layout.first
        sheets.append(Sheet(table, fields, tuple(lines), empty))
    return sheets


def _with_accounts(rows: list[Row]) -> Iterator[Row]:
    """The amounts of last year by program; behind those without an account a row for one."""
    of_program: dict[str, list[Row]] = {}
    for row in rows:
        of_program.setdefault(row["program_id"], []).append(row)
    for own in of_program.values():
        yield from own
        budgets = [row for row in own if row["kind"] in BUDGETS]
        if budgets and not any(row["kind"] == "settled" for row in own):
            shared = ("government_code", "program_id", "nature")
            yield {c: budgets[0].get(c, "") for c in shared} | {"kind": "settled", "item": ""}


def _make_line(table: str, fields: Iterable[Field], row: Row, last: LastYear) -> Line:
    key = name_line(table, row)
    texts = {f: _show(table, f, row, last, key) for f in fields if f.is_filled}
    return Line(texts, row, key)


def _show(table: str, one: Field, row: Row, last: LastYear, key: str) -> str:
    if one.role == ROW:
        return key
    if one.column == LISTED:
        return name_words(table, LISTED, LANGUAGE_OF_DOCUMENTS)["yes"]
    if one.of == "programs":
        return last.programs.get(row["program_id"], row["program_id"])
    if one.of == "kpis":
        return last.kpis.get((row["program_id"], row.get("kpi_id", "")), "")
    if one.column == SCHEME:
        rubric = last.rubrics.get(row.get(SCHEME, ""), {})
        return str(rubric.get("name", row.get(SCHEME, "")))
    return show_typed(table, one.column, row)


def _list_sources(
    fields: Iterable[Field], last: LastYear, about: About, layout: _Layout
) -> Iterator[Line]:
    """The rows of the publications of the year: named, to be described."""
    before = _find_main_source(last)
    free = _name_sources(before.get("source_id", ""), about, last.taken)
    for number in range(1, 1 + (layout.rows + 1 if about.before else layout.first)):
        row = {
            "number": str(number),
            "publisher": before.get("publisher", about.government),
            "license": before.get("license", ""),
            "place": labels("template", LANGUAGE_OF_DOCUMENTS)["on_the_title"],
            "source_id": next(free),
        }
        filled = {f: row[f.column] for f in fields if f.role in (KEPT, ROW)}
        yield Line(filled, before, row["number"])


def _find_main_source(last: LastYear) -> Row:
    """The source that shows the most programs of last year."""
    cited = [row["source_id"] for row in last.tables.get("programs", ())]
    main = max(cited, key=cited.count, default="")
    return next((r for r in last.tables.get("sources", ()) if r["source_id"] == main), {})


def _name_sources(before: str, about: About, taken: frozenset[str]) -> Iterator[str]:
    """Names for sources that the folder does not have: last year's with the new year in it."""
    stem = EDITION.sub("", before)
    if stem and str(about.before) in stem:
        stem = stem.replace(str(about.before), str(about.year))
    else:
        stem = f"{stem or about.code}_{about.year}"
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}_{number}"
        if name not in taken:
            yield name
        number += 1


def count_cells(sheet: Sheet) -> tuple[int, int]:
    """How many cells of a sheet are to be filled in for what is there, and how many must be.

    One publication is counted, whatever room there is for more.
    """
    lines = min(len(sheet.lines), 1) if sheet.table == "sources" else len(sheet.lines)
    new = [field for field in sheet.fields if field.role == NEW]
    return lines * len(new), lines * sum(field.needed for field in new)
