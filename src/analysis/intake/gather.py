"""What all readers share: cells become a grid, in one way and within limits."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation

from analysis.errors import DataError
from analysis.intake.grid import Cell, Grid, letter_of

MOST_CELLS = 200_000  # of one file, that show something; the widest real sheet has some 50,000
MOST_NAMED = 2_000_000  # of one file whose columns a profile names, so that only these are held
MOST_COVERED = 500_000  # places of a sheet under its cells, merged ones included
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of any spreadsheet
MOST_BYTES = 500_000_000  # of one file, unpacked
MOST_LETTERS = 50_000_000  # bytes of a text, of a page, of a part of a workbook
MOST_NAMED_LETTERS = 200_000_000  # of a text of which only the columns a profile names are held
MOST_TAGS = 2_000_000  # in one of these
LONGEST_REASON = 200
NEW_LINE = "\n"
PRECISION = 15  # digits that a spreadsheet keeps of a number
LINE_BREAK = re.compile("_x000[dD]_\n?|\r\n?|[\u2028\u2029\v\f]")
BLANK_ENDS = re.compile(r"^(?:[^\S\n]*\n)+|\s+\Z|[^\S\n]+(?=\n)")


def gather(
    file: str,
    name: str,
    cells: Iterable[Cell],
    before: Iterable[str] = (),
    after: Iterable[str] = (),
    *,
    hidden: bool = False,
    most: int | None = None,
) -> Grid:
    """Make a grid of the cells that show something.

    Raises
    ------
    DataError
        If there are more than `most` of them (MOST_CELLS), if they cover too many places
        (MOST_COVERED, and in proportion), or if one stands beyond MOST_ROWS and MOST_COLUMNS: it is
        noticed while they come.
    """
    held: dict[tuple[int, int], Cell] = {}
    covered, limit = 0, most or MOST_CELLS
    for cell in cells:
        if cell.text.strip():
            held[cell.row, cell.column] = cell
            covered += cell.rows * cell.columns
            if len(held) > limit:
                raise too_large(f"{file}: {name!r} has more than {limit:,} cells")
            if cell.row >= MOST_ROWS or cell.column >= MOST_COLUMNS:
                edge = f"{MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns"
                raise too_large(f"{file}: {name!r} has more than {edge}")
            check_covered(covered * MOST_CELLS // limit, file, name)
    above, below = (tuple(line for line in lines if line.strip()) for lines in (before, after))
    return Grid(file, name, held, above, below, hidden)


def keep_columns(
    cells: Iterable[Cell], header: int, wanted: Callable[[str, str], bool]
) -> Iterator[Cell]:
    """Drop the cells below headers that nobody wants, while they come.

    `header` is the number of their row; `wanted` is asked with a header and its letters.
    """
    dropped: set[int] = set()
    for cell in cells:
        if cell.row == header - 1 and not wanted(cell.text, letter_of(cell.column)):
            dropped.add(cell.column)
        if cell.row < header or cell.column not in dropped:
            yield cell


def collect(file: str, grids: Iterable[Grid]) -> list[Grid]:
    """Hold the grids of a file, as long as their cells together are not more than MOST_CELLS."""
    held: list[Grid] = []
    count = 0
    for grid in grids:
        held.append(grid)
        count += len(grid.cells)
        if count > MOST_CELLS:
            raise too_large(f"{file} has more than {MOST_CELLS:,} cells")
    return held


def check_covered(places: int, file: str, name: str) -> None:
    """Refuse a sheet whose cells, merged or linked or noted ones, cover too many places."""
    if places > MOST_COVERED:
        raise DataError(
            f"{file}: {name!r} has merged cells, links or notes over more than "
            f"{MOST_COVERED:,} places. Take them off."
        )


def check_text(data: bytes, file: str, most: int | None = None) -> bytes:
    """Refuse a text or markup that is too long, or too finely tagged, before it is parsed."""
    limit = most or MOST_LETTERS
    if len(data) > limit:
        found, said = (f"{number / 1e6:,.0f} MB" for number in (len(data), limit))
        raise too_large(f"{file} holds {found} of text; at most {said} are read")
    if data.count(b"<") > MOST_TAGS:
        raise too_large(f"{file} has more than {MOST_TAGS:,} tags")
    return data


def too_large(found: str) -> DataError:
    """What is said of more than is read."""
    return DataError(
        f"{found}. Split it, or save the part that is to be read as a file of its own."
    )


def explain(error: Exception) -> str:
    """What a library said, on a line."""
    return f"{type(error).__name__}: {str(error).partition(NEW_LINE)[0][:LONGEST_REASON]}"


def tidy_text(text: str) -> str:
    r"""Write line breaks in one way and take off what does not show: blank ends of the lines.

    Blanks before the first letter show how far a name is indented, and stay.

    Examples
    --------
    >>> tidy_text("  KPI \r\n(%)\n"), tidy_text("1_x000D_\n2")
    ('  KPI\n(%)', '1\n2')
    """
    if text.isprintable() and text[-1:] != " ":  # most texts, and quicker told so
        return text
    return BLANK_ENDS.sub("", LINE_BREAK.sub("\n", text).replace("\xa0", " "))


def find_exact(text: str, number: float) -> str:
    """Find the number behind a shown text, as text; empty where the text shows all of it.

    Of a percentage it is the ratio (0.12345 behind 12.3%), of 12 thousand yen shown without its
    thousands the yen.

    Examples
    --------
    >>> find_exact("8,471", 8471), find_exact("12.3%", 0.12345), find_exact("12", 12345.6)
    ('', '0.12345', '12345.6')
    """
    exact = Decimal(write_number(number))
    try:
        shown = Decimal(re.sub("[^0-9.]", "", text))
    except InvalidOperation:
        return write_number(number)
    told = (exact, exact.scaleb(2)) if re.search("[%％]", text) else (exact,)
    return "" if shown in map(abs, told) else write_number(number)


def write_number(number: float) -> str:
    """Write a number in full, with the digits that a spreadsheet keeps of it.

    Examples
    --------
    >>> write_number(0.1 + 0.2), write_number(1e15), write_number(-8471.0)
    ('0.3', '1000000000000000', '-8471')
    """
    text = f"{Decimal(f'{number:.{PRECISION}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def join_struck(struck: str, comment: str = "") -> str:
    r"""Join what was struck through in a part of a cell, between waves, and what was noted on it.

    Examples
    --------
    >>> join_struck("12", "corrected"), join_struck("", "")
    ('~~12~~\ncorrected', '')
    """
    return "\n".join(filter(None, (f"~~{struck}~~" if struck else "", comment)))
