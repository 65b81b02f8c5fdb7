"""Figures merged over several years or several KPIs: no reader can tell of which they are."""

from analysis.intake.blocks import Sheet
from analysis.intake.columns import HAS_FIGURE, Meaning
from analysis.intake.grid import Cell
from analysis.intake.labels import Label
from analysis.intake.rows import is_no_name
from analysis.intake.vocabulary import compact


def spans_years(cell: Cell, label: Label, meaning: Meaning) -> bool:
    """Whether a cell is merged over several years, so that it may be of each or of all of them."""
    over = range(cell.column + 1, cell.column + cell.columns)
    others = [meaning.labels.get(n, Label()) for n in over]
    return any(o.field == label.field and o.years and o.years != label.years for o in others)


def spans_kpis(sheet: Sheet, cell: Cell, meaning: Meaning) -> bool:
    """Whether a figure is merged down over the rows of several KPIs."""
    if not HAS_FIGURE.search(cell.text):
        return False
    over = range(cell.row, cell.row + cell.rows)
    columns = ([sheet.at(row, n) for row in over] for n in meaning.kpi_columns)
    return any(
        len({compact(c.text) for c in names if c and not is_no_name(c.text)}) > 1
        for names in columns
    )
