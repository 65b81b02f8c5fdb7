"""The ministry's rule for machine-readable tables: its fifteen checks, and what each may find.

統計表における機械判読可能なデータの表記方法の統一ルール (総務省, 2020-12-18).
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.intake.areas import Area, find_areas
from analysis.intake.context import find_era
from analysis.intake.grid import Cell, Grid, letter_of
from analysis.intake.readers import Known
from analysis.intake.stack import stack_pages
from analysis.intake.stored import Place, Stored, Thing
from analysis.intake.vocabulary import compact

FULFILLED, UNFULFILLED, BY_EYE = "fulfilled", "not_fulfilled", "by_eye"
OUTCOMES = (UNFULFILLED, BY_EYE, FULFILLED)
CHECKS = {
    "1-1": "the format is that of a spreadsheet or CSV",
    "1-2": "one cell holds one datum",
    "1-3": "figures are numbers, without letters",
    "1-4": "no cells are merged",
    "1-5": "nothing is arranged by blanks or line breaks",
    "1-6": "no name of a row or column is left out",
    "1-7": "formulas are replaced by their values",
    "1-8": "no pictures, charts or shapes",
    "1-9": "the unit of each column is given",
    "1-10": "no characters that only some machines have",
    "1-11": "years are western, or western beside Japanese",
    "1-12": "regions are named in full or by code",
    "1-13": "columns of figures hold no other marks",
    "2-1": "no table is cut apart",
    "2-2": "one table a sheet",
}
WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
LONGEST_NAME = 60  # letters of a name or header; what is longer is told in sentences
SENTENCE = "\u3002"  # its full stop
ITEM = re.compile(
    r"[ \u3000]*(?:[\u30fb\u25cf\u25cb\u25a0\u25c6*]|[\u2460-\u2473]|\(?\d{1,2}[).])\s*\S"
)


def lists(name: str) -> tuple[str, ...]:
    """The words of a list of ministry.toml, without blanks."""
    return tuple(map(compact, WORDS[name]))


IDENTIFIER = re.compile(  # at the end of a header: 事業番号-1, but not 電話相談件数
    rf"(?:{'|'.join(map(re.escape, lists('identifiers')))})[.:]?(?:-?[0-9]+)?(?:\([^()]*\))?$"
)


@dataclass(frozen=True)
class Finding:
    """One place at which a check is not fulfilled.

    `sheet` counts the grids from zero; `row` and `column` are those of the cell there, -1 where it
    is none. `printed` is what stands there and `instead` what could, as data: a number, a name;
    empty where only words can tell. `why` tells findings of one check apart.
    """

    sheet: int
    place: str
    printed: str
    instead: str = ""
    why: str = ""
    row: int = -1
    column: int = -1


@dataclass(frozen=True)
class Outcome:
    """What came of one check; `reason` is a code: why it is to be judged by eye, or a remark."""

    check: str
    state: str
    findings: tuple[Finding, ...] = ()
    reason: str = ""


@dataclass
class Looked:
    """A file as it is looked at: its grids and what it stores, and the tables in each grid."""

    known: Known
    stored: Stored

    @cached_property
    def grids(self) -> list[Grid]:
        """Its sheets; the pages of one table of a paper are one."""
        return stack_pages(self.known.grids)

    @cached_property
    def areas(self) -> list[list[Area]]:
        """The tables of each grid."""
        return [find_areas(grid, self.stored) for grid in self.grids]

    @cached_property
    def shown(self) -> list[tuple[int, Grid]]:
        """The grids that are not hidden, with their numbers."""
        return [(n, grid) for n, grid in enumerate(self.grids) if not grid.hidden]

    @property
    def tables(self) -> Iterator[tuple[int, Area]]:
        """Every table, with the number of its grid."""
        for number, areas in enumerate(self.areas):
            for area in areas:
                yield number, area

    @property
    def cells(self) -> Iterator[tuple[int, Cell]]:
        """Every cell that is seen, with the number of its grid."""
        for number, grid in self.shown:
            for cell in grid.cells.values():
                if not (cell.hidden or cell.struck):
                    yield number, cell

    @cached_property
    def era(self) -> str | None:
        """The era in which years without one are counted."""
        return find_era(cell.text for _, cell in self.cells)

    def place_thing(self, thing: Thing, why: str = "") -> Finding:
        """A finding about a formula or an object."""
        name, row, column = thing.place
        number = next((n for n, g in enumerate(self.grids) if g.name == name), 0)
        place = name_thing(thing.place)
        return Finding(number, place, thing.said, "", why, row, column)


def at_cell(number: int, cell: Cell, instead: str = "", why: str = "") -> Finding:
    """A finding about a cell."""
    return Finding(number, cell.name, cell.text, instead, why, cell.row, cell.column)


def at_empty(number: int, area: Area, row: int, column: int, why: str = "") -> Finding:
    """A finding about an empty place of a table, called as the cells beside it are."""
    beside = next((c for c in area.sheet.rows.get(row, []) if c.row == row), None)
    is_sheet = beside is None or beside.place.startswith(f"{area.grid.name}!")
    place = f"{area.grid.name}!{letter_of(column)}{row + 1}"
    if beside is not None and not is_sheet:
        place = f"{beside.place} column {letter_of(column)}"
    return Finding(number, place, "", "", why, row, column)


def name_thing(place: Place) -> str:
    """Name a place as spreadsheets do; only its sheet where it is not known where on it."""
    sheet, row, column = place
    return sheet if row < 0 else f"{sheet}!{letter_of(column)}{row + 1}"


def is_identifier(area: Area, column: int) -> bool:
    """Whether a column holds codes or numbers of lines, which count nothing."""
    label = area.labels.get(column)
    if label is not None and label.field == "number":
        return True
    return any(IDENTIFIER.search(compact(head.text)) for head in area.heads(column))


def list_figures(area: Area) -> list[int]:
    """The columns of figures; those of codes and numbers of lines are none."""
    return [column for column in area.measured if not is_identifier(area, column)]


def list_measured(looked: Looked) -> Iterator[tuple[int, Area, Cell]]:
    """The cells in columns of figures, with the number of their grid."""
    for number, area in looked.tables:
        for column in list_figures(area):
            for cell in area.below(column):
                if cell.columns == 1:
                    yield number, area, cell


def list_items(text: str) -> list[str]:
    """The lines of a list of names; none where it is told in sentences."""
    lines = text.split("\n")
    is_list = len(lines) > 1 and all(map(ITEM.match, lines)) and SENTENCE not in text
    return [line.strip() for line in lines] if is_list else []
