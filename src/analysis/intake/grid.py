"""A grid: the cells of one sheet, page or table as a reader of the published file sees them.

Every format is read into grids, and everything after reads grids only.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

OF_A_ROW = re.compile(r"(?:record|(?:page|table) \d+ row) \d+")  # places that are whole rows
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that shows something.

    `text` is what a reader sees: the number format is applied, line breaks are kept. `place`
    says where it stands in its file (指標一覧!C5, record 5, page 2 row 3, table 1 row 3). A cell
    that was merged stands at its upper left and spans `rows` and `columns`. `exact` is the number
    behind a text that shows less of it, and `comment` what was noted on it. `shown` is what the
    paper shows where `text` is what that stands for (〃), or what it is `corrected` to.
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
    corrected: bool = False

    @property
    def name(self) -> str:
        """What tells it from every other cell of its file."""
        return name_cell(self.place, self.column)


@dataclass(frozen=True, repr=False)
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

    def __repr__(self) -> str:
        size = f"{self.height} rows, {self.width} columns, {len(self.cells)} cells"
        return f"<Grid {self.file} {self.name!r}: {size}>"

    @property
    def frame(self) -> pd.DataFrame:
        """The texts as a table: rows by the numbers and columns by the letters of a spreadsheet.

        A merged cell stands at its upper left; places without a cell are empty.
        """
        rows, columns = range(self.height), range(self.width)
        texts = [[c.text if (c := self.cells.get((r, n))) else "" for n in columns] for r in rows]
        letters = [letter_of(number) for number in columns]
        return pd.DataFrame(texts, index=[r + 1 for r in rows], columns=letters)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        return str(self.frame.to_html())


def name_cell(place: str, column: int | None) -> str:
    """Name a cell by its place, and by its column where the place is that of the whole row.

    Examples
    --------
    >>> name_cell("record 5", 2), name_cell("指標一覧!C5", 2)
    ('record 5 column C', '指標一覧!C5')
    """
    if column is None or not OF_A_ROW.fullmatch(place):
        return place
    return f"{place} column {letter_of(column)}"


def letter_of(column: int) -> str:
    """The letters of a column counted from zero, as spreadsheets name it.

    Examples
    --------
    >>> letter_of(0), letter_of(25), letter_of(26), letter_of(701), letter_of(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """The column, counted from zero, that spreadsheets name by these letters.

    Examples
    --------
    >>> number_of("A"), number_of("Z"), number_of("AA"), number_of("ZZ")
    (0, 25, 26, 701)
    """
    number = 0
    for letter in letters:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number - 1
