"""The tables of a grid for a reader who knows no word of them: headers, body, columns of figures.

Where words are known, `blocks` finds them. Where none is, a table is a run of rows that hold
something: its header ends before the first row with a figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from analysis.intake.blocks import Sheet
from analysis.intake.context import MARKS_KNOWN
from analysis.intake.find import look_at
from analysis.intake.grid import Cell, Grid
from analysis.intake.labels import Label
from analysis.intake.stored import Stored
from analysis.intake.values import Figure, is_dash, read_figure
from analysis.intake.vocabulary import compact

LEAST = 2  # rows and columns of a table
LONGEST_FIGURE = 30  # letters of a cell that may be a figure; a longer one is told in words


@dataclass(frozen=True)
class Area:
    """One table: its header and body rows, its columns, what its headers are known to say."""

    sheet: Sheet
    stored: Stored
    header: tuple[int, ...]
    body: tuple[int, ...]
    columns: tuple[int, ...]
    labels: dict[int, Label] = field(default_factory=dict)
    publisher: str = ""  # as the lines around it name it
    money_unit: str = ""

    @property
    def grid(self) -> Grid:
        """The grid it stands in."""
        return self.sheet.grid

    def heads(self, column: int) -> list[Cell]:
        """The header cells above a column, from the top."""
        cells = (self.sheet.at(row, column) for row in self.header)
        return list(dict.fromkeys(cell for cell in cells if cell))

    def head(self, column: int) -> Cell | None:
        """The lowest header of a column."""
        return next(reversed(self.heads(column)), None)

    def said(self, column: int) -> str:
        """What all headers of a column say, without blanks."""
        return compact("".join(cell.text for cell in self.heads(column)))

    def below(self, column: int) -> list[Cell]:
        """The cells of the body that begin in a column."""
        if column not in self._below:
            cells = (self.sheet.at(row, column) for row in self.body)
            begin = {(c.row, c.column): c for c in cells if c and c.column == column}
            self._below[column] = [c for (row, _), c in begin.items() if row in self.rows]
        return self._below[column]

    @cached_property
    def _below(self) -> dict[int, list[Cell]]:
        return {}

    @cached_property
    def rows(self) -> frozenset[int]:
        """The rows of the body."""
        return frozenset(self.body)

    def is_stored(self, cell: Cell) -> bool:
        """Whether the file holds the cell as a number."""
        return (self.grid.name, cell.row, cell.column) in self.stored.numbers

    def read(self, cell: Cell) -> Figure:
        """Read a cell as a figure."""
        return read_figure(cell.text, MARKS_KNOWN, self.sheet.era)

    def is_figure(self, cell: Cell) -> bool:
        """Whether a cell is a figure, however it is written, and not a year or a code."""
        if len(cell.text) > LONGEST_FIGURE or not any(c.isnumeric() for c in cell.text):
            return False
        figure = self.read(cell)
        return bool(figure.number) or figure.problem == "two_figures"

    @cached_property
    def measured(self) -> list[int]:
        """The columns of figures: at least as many of their cells are figures as are words."""
        return [column for column in self.columns if self._is_measured(column)]

    def _is_measured(self, column: int) -> bool:
        cells = [cell for cell in self.below(column) if cell.columns == 1]
        figures = sum(self.is_figure(cell) for cell in cells)
        words = sum(not is_dash(cell.text) for cell in cells) - figures
        return figures > 0 and figures >= words


def find_areas(grid: Grid, stored: Stored) -> list[Area]:
    """Find the tables with figures of a grid, from the top; of a hidden one none."""
    if grid.hidden:
        return []
    found = [
        Area(
            sheet,
            stored,
            tuple(block.header),
            tuple(block.body),
            tuple(block.columns),
            dict(block.labels),
            context.publisher,
            context.unit_above(block.header[0]),
        )
        for sheet, block, context in look_at(grid)
        if block.body
    ]
    known = [area for area in found if area.measured and len(area.columns) >= LEAST]
    return known or list(_find_runs(Sheet(grid), stored))


def _find_runs(sheet: Sheet, stored: Stored) -> Iterator[Area]:
    """Runs of rows with a header of words and figures below it."""
    held: dict[int, set[int]] = {}
    for row, column in sheet.cover:
        held.setdefault(row, set()).add(column)
    rows = sorted(held)
    ends = [0, *(n for n, (a, b) in enumerate(pairwise(rows), 1) if b > a + 1), len(rows)]
    probe = Area(sheet, stored, (), (), ())
    for run in (rows[start:end] for start, end in pairwise(ends)):
        cells = [[c for c in sheet.rows.get(row, []) if c.row == row] for row in run]
        wide = [len(found) >= LEAST for found in cells]
        first = wide.index(True) if True in wide else len(run)
        with_figures = [
            n for n, found in enumerate(cells) if n > first and any(map(probe.is_figure, found))
        ]
        if not with_figures or sum(wide) < LEAST:
            continue
        columns = sorted({c for row in run[first:] for c in held[row]})
        body = with_figures[0]
        yield Area(sheet, stored, tuple(run[first:body]), tuple(run[body:]), tuple(columns))
