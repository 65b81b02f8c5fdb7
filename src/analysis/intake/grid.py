"""A grid: the cells of one sheet, page or table as a reader of the published file sees them.

Every format is read into grids, and everything after reads grids only.
"""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that shows something.

    `text` is what a reader sees: the number format is applied, line breaks are kept. `place`
    says where it stands in its file (指標一覧!C5, record 5, page 2 row 3, table 1 row 3). A cell
    that was merged stands at its upper left and spans `rows` and `columns`. `exact` is the number
    behind a text that shows less of it, and `comment` what was noted on it. `shown` is what the
    paper shows where `text` is what that stands for (〃).
    """

    text: str
    place: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    hidden: bool = False
    struck: bool = False
    exact: str = ""
    shown: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet, page or table by row and column, both from zero.

    `file` is the name of the file (of a zip: archive.zip/member.csv), `name` that of the sheet, or
    the number of the page or table. `before` and `after` are lines of text that stand around a
    table that has no cells for them (headings of a web page, lines of a PDF). `hidden` is whether
    the whole sheet is. Cells without text are not held.
    """

    file: str
    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    hidden: bool = False

    @cached_property
    def height(self) -> int:
        """The number of rows up to the last cell."""
        return max((cell.row + cell.rows for cell in self.cells.values()), default=0)

    @cached_property
    def width(self) -> int:
        """The number of columns up to the last cell."""
        return max((cell.column + cell.columns for cell in self.cells.values()), default=0)

    @property
    def frame(self) -> pd.DataFrame:
        """The texts as a table: rows by the numbers and columns by the letters of a spreadsheet.

        A merged cell stands at its upper left; places without a cell are empty.
        """
        rows, columns = range(self.height), range(self.width)
        texts = [[c.text if (c := self.cells.get((r, n))) else "" for n in columns] for r in rows]
        letters = [get_column_letter(number + 1) for number in columns]
        return pd.DataFrame(texts, index=[r + 1 for r in rows], columns=letters)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        return str(self.frame.to_html())
