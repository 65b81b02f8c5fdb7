"""Sheets as rows of text, and what is read of them, for tests of published files."""

import csv
import re

from openpyxl.utils import get_column_letter

from analysis.intake.blocks import Sheet
from analysis.intake.grid import Cell, Grid
from analysis.intake.publication import read_publication


def address(row, column):
    """The address of a place counted from zero: A1."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def grid_of(rows, file="a.xlsx", name="指標", spans=(), hidden_cells=(), struck=(), **said):
    """A grid of rows of text, "" where nothing stands.

    `spans` gives the rows and columns of merged cells by their address, `hidden_cells` and
    `struck` name cells. Other arguments are those of the grid (`before=`, `hidden=`, ...).
    """
    spans, cells = dict(spans), {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                at = address(row, column)
                high, wide = spans.get(at, (1, 1))
                marks = {"hidden": at in hidden_cells, "struck": at in struck}
                cells[row, column] = Cell(text, f"{name}!{at}", row, column, high, wide, **marks)
    return Grid(file, name, cells, **said)


def sheet_of(rows, **said):
    """A sheet as tables are looked for in it."""
    return Sheet(grid_of(rows, **said))


def read_facts(*rows, year=None, **said):
    """All facts of a file of one sheet."""
    return read_publication("a.xlsx", [grid_of(rows, **said)], year).facts


def tell(facts, *fields):
    """Of the facts that are used, the names before the field, the year and the value.

    `fields` are those to be told of; all if none is said.
    """
    return [
        (fact.kpi or fact.program, fact.fiscal_year, fact.field, fact.value)
        for fact in facts
        if fact.is_used and (not fields or fact.field.split(":")[0] in fields)
    ]


def at(facts, cell):
    """The outcome and the note of each fact of a cell, by its address."""
    return [(f.outcome, f.note) for f in facts if f.place.endswith(f"!{cell}")]


def write_csv(path, *rows):
    """A published CSV of these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def squeeze(text):
    """A text without blanks and line breaks."""
    return re.sub(r"\s", "", text)
