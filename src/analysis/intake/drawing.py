"""The sheets of a publication as they are drawn: rows of cells, each with what it became.

Rows and columns in which no cell begins are not drawn: their numbers and letters are skipped.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, READ, Fact
from analysis.intake.grid import Cell, Grid, letter_of
from analysis.intake.labels import read_label
from analysis.intake.names import same_name, take_beside, take_unit
from analysis.intake.publication import Publication
from analysis.intake.rows import join_lines

MOST_CELLS = 5_000  # of a file that is drawn in full
MOST_PLACES = 20_000  # of its rows times columns, for cells that lie far apart
MOST_SIDE_BY_SIDE = 18  # columns
LEAST_LABELS = 2  # in a row of headers
WEIGHTY = (PROBLEM, DOUBT, READ, LEFT_OUT)  # what shows first of a cell that became several things
ASKED = (PROBLEM, DOUBT)
LABEL = "label"  # a cell that was read as a header or name of others

Corner = tuple[int, int]


@dataclass(frozen=True)
class DrawnCell:
    """A cell with its span among the rows and columns that are drawn.

    `state` is the weightiest outcome of its facts; `label` of one without facts that was read as
    a header or name; "" of one that says nothing of the others.
    """

    cell: Cell
    facts: tuple[Fact, ...]
    state: str
    rows: int
    columns: int
    is_alone: bool  # nothing stands at its right: it may run on, as in a spreadsheet


@dataclass(frozen=True)
class DrawnRow:
    """A drawn row: its number from zero, whether rows were skipped before it, and its cells.

    None stands for an empty place; places under a span are left out.
    """

    number: int
    is_after_gap: bool
    cells: tuple[DrawnCell | None, ...]


@dataclass(frozen=True)
class Part:
    """Columns of a sheet that fit side by side, by letter, and the rows that hold any of them."""

    letters: tuple[str, ...]
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True)
class Drawing:
    """A sheet as drawn, its parts from left to right, and how much of it is left out.

    `bare` counts the columns of a wide sheet in which nothing stands under the headers.
    """

    grid: Grid
    parts: tuple[Part, ...]
    left_out: int
    bare: int


@dataclass(frozen=True)
class FactsOfCells:
    """The facts of a publication by grid and upper left corner, and those that have no cell."""

    by_corner: list[dict[Corner, list[Fact]]]
    without: list[Fact] = field(default_factory=list)


def join_facts(publication: Publication) -> FactsOfCells:
    """Find the cell of each fact by its place; where that is a row, by column and text, too."""
    here: dict[str, list[tuple[int, Cell]]] = {}
    for number, grid in enumerate(publication.grids):
        for cell in grid.cells.values():
            here.setdefault(cell.place, []).append((number, cell))
    joined = FactsOfCells([{} for _ in publication.grids])
    for fact in dict.fromkeys(publication.facts):
        found = _find_cells(fact, here.get(fact.place, []))
        for number, cell in found:
            joined.by_corner[number].setdefault((cell.row, cell.column), []).append(fact)
        if not found:
            joined.without.append(fact)
    return joined


def _find_cells(fact: Fact, here: list[tuple[int, Cell]]) -> list[tuple[int, Cell]]:
    if len(here) < 2:
        return here
    same = [(n, cell) for n, cell in here if fact.column in (None, cell.column)]
    return [(n, cell) for n, cell in same if cell.text == fact.printed] or same[:1]


def draw_sheets(publication: Publication, facts: FactsOfCells) -> list[Drawing]:
    """Draw every sheet; of a large file only rows with doubts and problems, under their headers."""
    era = publication.context.era if publication.contexts else None
    names = frozenset(
        same_name(name) for fact in publication.facts for name in (fact.program, fact.kpi) if name
    )
    is_large = is_too_large(publication.grids)
    return [
        _draw(grid, _States(found, era, names), is_large)
        for grid, found in zip(publication.grids, facts.by_corner, strict=True)
    ]


def is_too_large(grids: Iterable[Grid]) -> bool:
    """Whether the sheets of a file are too many cells to draw them all."""
    every = list(grids)
    places = sum(len(_starts(g, 0)) * len(_starts(g, 1)) for g in every)
    return sum(len(g.cells) for g in every) > MOST_CELLS or places > MOST_PLACES


def _starts(grid: Grid, axis: int) -> list[int]:
    """The rows (0) or columns (1) in which a cell begins."""
    return sorted({corner[axis] for corner in grid.cells})


@dataclass(frozen=True)
class _States:
    """What the cells of a sheet became."""

    facts: dict[Corner, list[Fact]]
    era: str | None
    names: frozenset[str]

    def of(self, cell: Cell) -> str:
        """The state of a cell."""
        if told := self.told((cell.row, cell.column)):
            return told
        if cell.hidden or cell.struck:
            return ""
        return LABEL if self._is_header(cell) or self._is_name(cell) else ""

    def told(self, corner: Corner) -> str:
        """The weightiest of what a cell became; empty where no fact is of it."""
        outcomes = {fact.outcome for fact in self.facts.get(corner, ())}
        return next((outcome for outcome in WEIGHTY if outcome in outcomes), "")

    def _is_header(self, cell: Cell) -> bool:
        return read_label(cell.text, self.era).says_anything

    def _is_name(self, cell: Cell) -> bool:
        text = join_lines(cell.text)
        said = {text, take_unit(text)[0], take_beside(text)[0]}
        return bool(text) and not self.names.isdisjoint(map(same_name, said))


def _draw(grid: Grid, states: _States, is_large: bool) -> Drawing:
    every, columns = _starts(grid, 0), _starts(grid, 1)
    if is_large:
        kinds = {corner: states.told(corner) for corner in grid.cells}
        read = {row for (row, _), kind in kinds.items() if kind in (READ, *ASKED)}
        kinds |= {c: states.of(cell) for c, cell in grid.cells.items() if c[0] not in read}
        rows = _pick_rows(kinds)
        drawn = {*rows}
        kinds |= {c: states.of(cell) for c, cell in grid.cells.items() if c[0] in drawn}
    else:
        kinds, rows = {corner: states.of(cell) for corner, cell in grid.cells.items()}, every
    full = _drop_bare(columns, kinds) if len(columns) > MOST_SIDE_BY_SIDE else columns
    parts = [_draw_part(grid, states, kinds, rows, part) for part in _split(full)]
    return Drawing(grid, tuple(parts), len(every) - len(rows), len(columns) - len(full))


def _drop_bare(columns: list[int], kinds: dict[Corner, str]) -> list[int]:
    """The columns that hold a cell in any row of which anything became something."""
    told = {row for (row, _), kind in kinds.items() if kind not in (LABEL, "")}
    full = {column for row, column in kinds if row in told}
    return [column for column in columns if column in full] or columns


def _split(columns: list[int]) -> list[list[int]]:
    """Columns in parts of about equal size that fit side by side."""
    count = -(-len(columns) // MOST_SIDE_BY_SIDE)
    ends = [round(number * len(columns) / count) for number in range(count + 1)] if count else []
    return [columns[start:end] for start, end in pairwise(ends)]


def _draw_part(
    grid: Grid, states: _States, kinds: dict[Corner, str], rows: list[int], columns: list[int]
) -> Part:
    placed = _place(grid, rows, columns)
    held = {row for row, _ in placed}
    drawn: list[DrawnRow] = []
    before = None
    for row in (row for row in rows if row in held):
        cells = _draw_row(placed, states.facts, kinds, row, columns)
        drawn.append(DrawnRow(row, before is not None and row > before + 1, tuple(cells)))
        before = row
    return Part(tuple(map(letter_of, columns)), tuple(drawn))


def _pick_rows(kinds: dict[Corner, str]) -> list[int]:
    """The rows that hold doubts or problems, and the rows of headers next above them."""
    by_row: dict[int, list[str]] = {}
    for (row, _), kind in kinds.items():
        by_row.setdefault(row, []).append(kind)
    picked: set[int] = set()
    head: list[int] = []
    for row in sorted(by_row):
        found = by_row[row]
        if found.count(LABEL) >= LEAST_LABELS and not {*found} & {READ, *ASKED}:
            head = [*head, row] if head and head[-1] == row - 1 else [row]
        elif {*found} & {*ASKED}:
            picked |= {row, *head}
    return sorted(picked)


@dataclass(frozen=True)
class _Placed:
    """A cell among the rows and columns that are drawn, with its span there."""

    cell: Cell
    rows: int
    columns: int


def _place(grid: Grid, rows: list[int], columns: list[int]) -> dict[Corner, _Placed | None]:
    """Where cells are drawn, and None where one from further up or left spans.

    One that begins in a row left out stands in the first that it spans. Of cells that would
    overlap the first is drawn.
    """
    placed: dict[Corner, _Placed | None] = {}
    drawn = {*rows}
    reach = [c for c in grid.cells.values() if c.row in drawn or c.rows > 1]
    for cell in sorted(reach, key=lambda c: (c.row, c.column)):
        down = _spanned(rows, cell.row, cell.rows)
        across = _spanned(columns, cell.column, cell.columns)
        places = [(row, column) for row in down for column in across]
        if places and placed.keys().isdisjoint(places):
            placed.update(dict.fromkeys(places))
            placed[places[0]] = _Placed(cell, len(down), len(across))
    return placed


def _spanned(numbers: list[int], first: int, length: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_left(numbers, first + length)]


def _draw_row(
    placed: dict[Corner, _Placed | None],
    facts: dict[Corner, list[Fact]],
    kinds: dict[Corner, str],
    row: int,
    columns: list[int],
) -> list[DrawnCell | None]:
    """The cells of a row; a text that stands alone in it runs on to the right."""
    here = [column for column in columns if (row, column) in placed]
    cells: list[DrawnCell | None] = []
    for number, column in enumerate(columns):
        found = placed.get((row, column))
        if found is None:
            cells += [] if (row, column) in placed else [None]
            continue
        corner = (found.cell.row, found.cell.column)
        is_alone = (
            len(here) == found.columns and found.rows == 1 and kinds[corner] not in (READ, *ASKED)
        )
        width = len(columns) - number if is_alone else found.columns
        said = tuple(facts.get(corner, ()))
        cells.append(DrawnCell(found.cell, said, kinds[corner], found.rows, width, is_alone))
        if is_alone:
            break
    return cells
