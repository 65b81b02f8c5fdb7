"""Corrections of what a publisher printed, or of a cell that was misread: corrections.csv.

A line names a cell of a file, what is printed in it and what it is read as instead. What is read
otherwise because of a line is marked with the reason. A line whose cell says something else by
now is an error: the paper has changed, and the correction may be settled.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.dataset.values import tidy
from analysis.errors import DataError
from analysis.intake.facts import LEFT_OUT, Fact
from analysis.intake.grid import Cell, Grid, letter_of, number_of
from analysis.intake.publication import Publication
from analysis.intake.store import read_edited
from analysis.intake.tidy import OF_KPI
from analysis.intake.values import is_bare
from analysis.wording import say_correction

CORRECTIONS = "corrections.csv"
COLUMNS = ("file", "cell", "printed", "corrected", "reason", "reported_on")
FILLED = ("file", "cell", "corrected", "reason")
OF_A_RECORD = re.compile(r"(?P<row>.*\d) column (?P<column>[A-Z]+|[1-9]\d*)")
OF_A_SHEET = re.compile(r"(?P<sheet>.*!)(?P<column>[A-Z]+)(?P<row>[1-9]\d*)")
DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
OF_SOURCE = {"title": "title", "fiscal_year": "year"} | {n: n for n in ("edition", "publisher")}
OF_EVERY_YEAR = (*OF_KPI, "kpi")
MARK = "corrected: "
PERSON = "person"  # the note of a cell with the name of somebody, which stands nowhere

Read = Callable[[list[Grid]], Publication]


@dataclass(frozen=True)
class Correction:
    """A line of corrections.csv."""

    file: str
    cell: str
    printed: str
    corrected: str
    reason: str
    reported_on: str = ""


def read_corrections(folder: Path) -> list[Correction]:
    """Read the corrections of a folder.

    Raises
    ------
    DataError
        When a line is incomplete, when two are of one cell, or a day is none: all at once.
    """
    path = folder / CORRECTIONS
    if not path.is_file():
        return []
    table = read_edited(path, COLUMNS).fillna("")
    found: dict[tuple[str, str], Correction] = {}
    wrong = []
    for row, line in enumerate(table[[*COLUMNS]].to_dict("records"), 2):
        said = {str(name): str(text) for name, text in line.items()}
        if not any(text.strip() for text in said.values()):
            continue
        said |= {name: said[name].strip() for name in ("file", "reason", "reported_on")}
        one = Correction(**said | {"cell": _tidy_cell(said["cell"])})
        empty = [name for name in FILLED if not said[name].strip()]
        if empty:
            wrong.append(f"row {row}: {', '.join(empty)} is empty. Fill it in.")
        if one.reported_on and not _is_day(one.reported_on):
            wrong.append(
                f"row {row}: reported_on {one.reported_on!r} is no day. Write it as 2026-05-01."
            )
        if (one.file, one.cell) in found:
            wrong.append(f"row {row}: {one.cell} of {one.file} has a line already. Keep one.")
        found[one.file, one.cell] = one
    if wrong:
        raise DataError("\n".join(f"{path} {said}" for said in wrong))
    return list(found.values())


def _tidy_cell(text: str) -> str:
    """The name of a cell, its column by letters: record 5 column 3 is record 5 column C."""
    plain = text.strip()
    found = OF_A_RECORD.fullmatch(plain)
    if not found or not found["column"].isdigit():
        return plain
    return f"{found['row']} column {letter_of(int(found['column']) - 1)}"


def _is_day(text: str) -> bool:
    found = DAY.fullmatch(text)
    try:
        return bool(found and date(*map(int, found.groups())))
    except ValueError:
        return False


def write_corrections(folder: Path, new: list[Correction]) -> None:
    """Add lines to corrections.csv; those it has stay as they are, and so do other columns."""
    if not new:
        return
    path = folder / CORRECTIONS
    lines = pd.DataFrame([[getattr(one, c) for c in COLUMNS] for one in new], columns=[*COLUMNS])
    if path.is_file():
        lines = pd.concat([read_edited(path, COLUMNS), lines]).fillna("")
    folder.mkdir(parents=True, exist_ok=True)
    lines.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def read_corrected(
    lines: list[Correction], grids: list[Grid], read: Read
) -> tuple[Publication, list[str]]:
    """Read a file as corrected, and say which lines do not fit what it prints now.

    Parameters
    ----------
    lines
        The corrections of this file.
    grids
        What it prints.
    read
        What makes a publication of grids.
    """
    if not lines:
        return read(grids), []
    corrected = [dict(grid.cells) for grid in grids]
    names = [{cell.name: cell for cell in grid.cells.values()} for grid in grids]
    misfits, changed = [], dict[str, Cell]()
    for line in lines:
        found = ((n, _find_cell(line.cell, cells)) for n, cells in enumerate(names))
        at, cell = next(((n, cell) for n, cell in found if cell), (0, None))
        if cell is None:
            misfits.append(f"{_name(line)} is no cell of it. ingest.csv names each in place.")
        elif not _is_same(cell.text, line.printed):
            misfits.append(
                f"{_name(line)} says {cell.text!r}, no longer {line.printed!r}. Look whether it is "
                "settled: take the line out, or write into printed what the cell says now."
            )
        else:
            said = replace(cell, text=line.corrected, shown=cell.text, exact="", corrected=True)
            changed[line.cell] = corrected[at][cell.row, cell.column] = said
    fitting = {line.cell: line for line in lines if line.cell in changed}
    publication = read(
        [
            replace(grid, cells=dict(sorted(cells.items())))
            for grid, cells in zip(grids, corrected, strict=True)
        ]
    )
    printed = read(grids)
    marker = _Marker(fitting, changed, printed.facts, publication.facts)
    facts = marker.mark()
    publication.facts = [replace(fact, file=publication.file) for fact in facts]
    for column, name in OF_SOURCE.items():
        if getattr(publication.context, name) != getattr(printed.context, name):
            publication.context.corrected[column] = marker.explain(marker.others)
    return publication, misfits


def _name(line: Correction) -> str:
    return f"{CORRECTIONS}: {line.cell} of {line.file}"


def _find_cell(name: str, cells: dict[str, Cell]) -> Cell | None:
    """A cell of a sheet, page or table; perhaps one that shows nothing, among others."""
    if name in cells:
        return cells[name]
    of_sheet, of_record = OF_A_SHEET.fullmatch(name), OF_A_RECORD.fullmatch(name)
    if of_sheet:
        inside = [c for c in cells.values() if c.place.startswith(of_sheet["sheet"])]
        column, row, place = number_of(of_sheet["column"]), int(of_sheet["row"]) - 1, name
    elif of_record:
        inside = [c for c in cells.values() if c.place == of_record["row"]]
        row = inside[0].row if inside else 0
        column, place = number_of(of_record["column"]), of_record["row"]
    else:
        return None
    is_within = (
        bool(inside)
        and row < max(cell.row + cell.rows for cell in cells.values())
        and column < max(cell.column + cell.columns for cell in cells.values())
    )
    is_taken = any(
        _spans(cell.row, cell.rows, row) and _spans(cell.column, cell.columns, column)
        for cell in cells.values()
    )
    return Cell("", place, row, column) if is_within and not is_taken else None


def _spans(first: int, length: int, number: int) -> bool:
    return first <= number < first + length


def _is_same(text: str, printed: str) -> bool:
    """Whether a cell says what a line says is printed, whatever a spreadsheet made of its look."""
    one, other = (tidy(what).replace("\r", "") for what in (text, printed))
    if is_bare(one) and is_bare(other):
        return float(one.replace(",", "")) == float(other.replace(",", ""))
    return one == other


class _Marker:
    """Marks the facts that are read otherwise than the paper prints, each with its reason."""

    def __init__(
        self,
        lines: dict[str, Correction],
        cells: dict[str, Cell],
        printed: list[Fact],
        facts: list[Fact],
    ) -> None:
        self.lines, self.cells, self.facts = lines, cells, facts
        self.printed = {_identify(fact) for fact in printed if fact.is_used}
        used = {fact.cell for fact in facts if fact.is_used}
        others = [line for line in lines.values() if line.cell not in used]
        self.others = others or [*lines.values()]  # headers and titles, on which figures rest

    def mark(self) -> list[Fact]:
        """Mark facts; a corrected cell that became nothing, such as a header, has one, too."""
        told = {fact.cell for fact in self.facts}
        silent = [line for line in self.lines.values() if line.cell not in told]
        return [self._mark(fact) for fact in self.facts] + [self._add(line) for line in silent]

    def _mark(self, fact: Fact) -> Fact:
        own = self.lines.get(fact.cell)
        is_other = fact.is_used and _identify(fact) not in self.printed
        if fact.note == PERSON or not (own or is_other):
            return fact
        lines = [own] if own else self._find_lines(fact)
        said = "; ".join(
            ("" if line is own else f"{line.cell} ") + self._tell(line) for line in lines
        )
        return replace(
            fact,
            printed=self.cells[own.cell].shown if own and fact.printed else fact.printed,
            note=f"{fact.note}; {MARK}{said}" if fact.note else f"{MARK}{said}",
            corrected=self.explain(lines) if is_other else "",
        )

    def _find_lines(self, fact: Fact) -> list[Correction]:
        """The corrections that a fact of another cell rests on: of its column or row, else all."""
        beside = [
            line
            for line in self.others
            if _row(line.cell) == _row(fact.cell) or _is_above(self.cells[line.cell], fact)
        ]
        return beside or self.others

    def explain(self, lines: list[Correction]) -> str:
        """What was corrected and why, for readers of a report."""
        shown = {name: cell.shown for name, cell in self.cells.items()}
        return "".join(
            say_correction(one.cell, shown[one.cell], one.corrected, one.reason, one.reported_on)
            for one in lines
        )

    def _tell(self, line: Correction) -> str:
        """What is read instead of what, and why, in one line."""
        said = f"{self.cells[line.cell].shown} → {line.corrected} ({line.reason})"
        return " ".join(said.split())

    def _add(self, line: Correction) -> Fact:
        cell, note = self.cells[line.cell], f"{MARK}{self._tell(line)}"
        return Fact(cell.place, cell.shown, outcome=LEFT_OUT, note=note, column=cell.column)


def _identify(fact: Fact) -> tuple[object, ...]:
    """What a fact says of its cell; of what names it is, its own lines tell."""
    of_year = fact.field not in OF_EVERY_YEAR
    when = (fact.fiscal_year, fact.last_year, fact.rated_by) if of_year else ()
    return (fact.cell, fact.table, fact.field, fact.value, *when)


def _is_above(cell: Cell, fact: Fact) -> bool:
    return fact.column is not None and _spans(cell.column, cell.columns, fact.column)


def _row(name: str) -> str:
    """A cell's name without its column."""
    found = OF_A_SHEET.fullmatch(name)
    return f"{found['sheet']}{found['row']}" if found else name.partition(" column ")[0]
