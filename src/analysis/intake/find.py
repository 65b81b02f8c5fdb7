"""The tables of a grid, with what each of their columns was understood as."""

from collections.abc import Iterator

import pandas as pd

from analysis.intake.blocks import Block, Sheet, find_blocks
from analysis.intake.columns import find_meaning, name_columns
from analysis.intake.context import Context, find_era, read_context
from analysis.intake.grid import Grid, letter_of
from analysis.intake.labels import Label
from analysis.intake.publication import lines_around

COLUMNS = (
    *("table", "first_row", "last_row", "column", "header", "field", "kind", "fiscal_year"),
    *("unit", "cells", "first"),
)


def find_tables(grid: Grid) -> pd.DataFrame:
    """Find the tables of a grid, and what their columns were understood as.

    Returns
    -------
    A row for each column of each table: `table` counts them from 1, `first_row` and `last_row` are
    those of its body as a spreadsheet numbers them, `column` its letters, `header` its text;
    `field`, `kind`, `fiscal_year` and `unit` what was understood, empty where nothing was. `cells`
    counts its cells, and `first` is the first of them. No tables, no rows.

    Examples
    --------
    >>> from analysis.intake.readers import read_grid
    >>> found = find_tables(read_grid("docs/examples/tsukuba_h30.xlsx"))
    >>> found.loc[found["field"] == "actual", ["column", "fiscal_year", "first"]].values.tolist()
    [['J', 2018, '推 -']]
    """
    rows = [
        {"table": number} | tell_column(sheet, block, column)
        for number, (sheet, block, _) in enumerate(look_at(grid), 1)
        for column in block.columns
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype({"fiscal_year": "Int64"})


def look_at(grid: Grid) -> Iterator[tuple[Sheet, Block, Context]]:
    """Each table of a grid, its columns named as far as words and positions tell."""
    texts = [c.text for c in grid.cells.values()]
    sheet = Sheet(grid, find_era([*texts, *grid.before, *grid.after]))
    blocks = find_blocks(sheet)
    top = min((block.header[0] for block in blocks), default=grid.height)
    context = read_context(lines_around(sheet, blocks), sheet.era, None, top)
    for block in blocks:
        name_columns(sheet, block)
        block.labels = find_meaning(sheet, block, context).labels
        yield sheet, block, context


def tell_column(sheet: Sheet, block: Block, column: int) -> dict[str, object]:
    """What a column of a table was understood as, how many cells it has, and the first of them."""
    label = block.labels.get(column, Label())
    head = block.places.get(column)
    below = (sheet.at(row, column) for row in block.body)
    cells = {id(cell): cell.text for cell in below if cell and cell.column == column}
    return {
        "first_row": block.body[0] + 1 if block.body else None,
        "last_row": block.body[-1] + 1 if block.body else None,
        "column": letter_of(column),
        "header": label.text or (head.text if head else ""),
        "field": label.field,
        "kind": label.kind,
        "fiscal_year": label.year,
        "unit": label.unit,
        "cells": len(cells),
        "first": next(iter(cells.values()), ""),
    }
