"""Files as the checks of the ministry's rule look at them, from rows of text."""

from grids import grid_of

from analysis.intake.ministry import Looked
from analysis.intake.readers import Known
from analysis.intake.stored import PLAIN, Stored

HEAD = ("事業名", "指標", "目標値（件）", "実績値（件）")
ROWS = (
    HEAD,
    ("就職面接会", "相談件数", "200", "148"),
    ("移住相談", "相談者数", "30", "16"),
    ("起業支援", "起業数", "5", "7"),
)


def look_at(rows=ROWS, texts=(), kind=".xlsx", **said):
    """A file of one sheet in which plain digits are numbers, but at the addresses of `texts`."""
    grid = grid_of(rows, **said)
    return look_at_grids(grid, texts=texts, kind=kind)


def look_at_grids(*grids, texts=(), kind=".xlsx", **stored):
    numbers = {
        (grid.name, cell.row, cell.column)
        for grid in grids
        for cell in grid.cells.values()
        if PLAIN.fullmatch(cell.text) and cell.place.rpartition("!")[2] not in texts
    }
    return Looked(Known(b"", f"a{kind}", kind, [*grids]), Stored(numbers, **stored))


def change(address, text, rows=ROWS):
    """The rows with another text at an address (D3)."""
    column, row = ord(address[0]) - ord("A"), int(address[1:]) - 1
    changed = [list(cells) for cells in rows]
    changed[row][column] = text
    return changed


def told(findings):
    """The addresses of findings with what could stand there and the kind."""
    return [(f.place.rpartition("!")[2], f.instead, f.why) for f in findings]
