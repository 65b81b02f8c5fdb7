"""The pages of one table -> one grid: headers that come again are dropped, cut rows joined."""

from dataclasses import replace

from analysis.intake.grid import Cell, Grid
from analysis.intake.vocabulary import compact

PAGED = ".pdf"


def stack_pages(grids: list[Grid]) -> list[Grid]:
    """Join each grid of a paper with the one before it where it goes on with the same columns."""
    joined: list[Grid] = []
    for grid in grids:
        if joined and _goes_on(joined[-1], grid):
            joined[-1] = _join(joined[-1], grid)
        else:
            joined.append(grid)
    return joined


def _rows(grid: Grid) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells.values():
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(rows[n], key=lambda c: c.column) for n in sorted(rows)]


def _texts(row: list[Cell]) -> list[str]:
    return [compact(cell.text) for cell in row]


def _goes_on(before: Grid, grid: Grid) -> bool:
    """Whether a page has the columns of the page before it, with its header again or without."""
    if not before.file.lower().endswith(PAGED) or before.width != grid.width or not grid.cells:
        return False
    return _count_again(before, grid) > 0 or not any(c.rows > 1 for c in _rows(grid)[0])


def _count_again(before: Grid, grid: Grid) -> int:
    """How many rows at the head of a page are those at the head of the table."""
    count = 0
    for old, new in zip(_rows(before), _rows(grid), strict=False):
        if _texts(old) != _texts(new) or any(text[:1].isdigit() for text in _texts(new)):
            break
        count += 1
    return count


def _join(before: Grid, grid: Grid) -> Grid:
    again = _count_again(before, grid)
    rows = _rows(grid)[again:]
    if not rows:
        return replace(before, after=grid.after)
    cells, height = dict(before.cells), before.height
    first, last = rows[0][0].row, _rows(before)[-1]
    if _is_cut(last, rows[0]):
        for cell in rows[0]:
            above = cells.get((last[0].row, cell.column))
            text = f"{above.text}\n{cell.text}" if above else cell.text
            cells[last[0].row, cell.column] = replace(
                above or cell, text=text, row=last[0].row, rows=1
            )
        first, rows = first + 1, rows[1:]
    for row in rows:
        for cell in row:
            number = height + cell.row - first
            cells[number, cell.column] = replace(cell, row=number)
    return replace(before, cells=cells, after=grid.after)


def _is_cut(last: list[Cell], first: list[Cell]) -> bool:
    """Whether the first row of a page is the rest of the last row before it."""
    begins = {cell.column for cell in last}
    if first[0].column == last[0].column:
        return False
    return all(cell.column in begins and not cell.text.strip()[:1].isdigit() for cell in first)
