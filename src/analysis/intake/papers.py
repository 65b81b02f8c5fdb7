"""A PDF with text (.pdf) -> one grid a table and page.

A table that goes on over a page is one grid on each of them. Rows are counted over the whole
page. What is hidden (white on white) is not told.
"""

import io
import logging
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from analysis.errors import DataError
from analysis.intake.gather import collect, gather, join_struck, tidy_text, too_large
from analysis.intake.grid import Cell, Grid
from analysis.intake.paper_limits import lay_out, limit_streams
from analysis.intake.rules import Box, Ruled, find_tables, is_struck, list_strikes, split_rows

# Fonts in PDFs give a radical (U+2E80 to U+2FDF) where the letter of the same look is meant, and a
# hyphenation point for a middle dot. Of these, Unicode itself does not say which letter that is.
SAME_LOOK = {
    **{0x2027: 0x30FB, 0x00B7: 0x30FB},
    **{0x2E8C: 0x5C0F, 0x2E92: 0x5DF2, 0x2E9C: 0x65E5, 0x2E9D: 0x6708, 0x2EA0: 0x6C11},
    **{0x2EB6: 0x7F8A, 0x2EBC: 0x8089, 0x2EC1: 0x864E, 0x2EC4: 0x897F, 0x2EC6: 0x89D2},
    **{0x2ED1: 0x9577, 0x2ED7: 0x96E8, 0x2ED8: 0x9752, 0x2EDD: 0x98DF, 0x2EE1: 0x9996},
    **{0x2EE3: 0x9AA8, 0x2EE4: 0x9B3C, 0x2EE8: 0x9EA6, 0x2EE9: 0x9EC4, 0x2EEB: 0x6589},
    **{0x2EED: 0x6B6F, 0x2EEF: 0x7ADC, 0x2EF2: 0x4E80},
}
RADICAL = re.compile("[\u2e80-\u2fdf]")
NUMBER = re.compile(
    r"[▲△−+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[%％]?"
    r"|[▲△−+-]?(?:[０-９]{1,3}(?:，[０-９]{3})+|[０-９]+)(?:．[０-９]+)?[%％]?"
)
SPLIT_MARK = re.compile(r"[,，.．] | [,，.．]")
UNREADABLE = re.compile(r"\(cid:\d+\)")
MOST_PAGES = 3_000
MOST_LETTERS_OF_PAGE, MOST_LETTERS_OF_PAPER = 50_000, 1_000_000  # a dense page has some 5,000
MOST_UNREADABLE = 0.1  # of the letters: the font of a text does not say what they are


def read_paper(data: bytes, file: str) -> list[Grid]:
    """Read every table of every page with the lines of text before and after it.

    A page without a table is a grid without cells, its lines before it; one that is a picture is
    a grid of nothing.

    Raises
    ------
    DataError
        If the extra that reads PDFs is not installed, if the file is broken, encrypted or too
        large, and if it has no text: its pages are pictures.
    """
    try:
        import pdfplumber
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError:
        raise DataError(
            f"{file}: PDFs are read by pdfplumber. Install the extra: pip install 'sosei[pdf]'."
        ) from None
    with _without_warnings(), limit_streams(file):
        try:
            with pdfplumber.open(io.BytesIO(data)) as paper:
                grids = collect(file, _read_pages(paper, file))
        except PdfminerException as error:
            if isinstance(error.args[0], DataError):
                raise error.args[0] from None
            is_locked = "Password" in repr(error)
            found = "is encrypted" if is_locked else f"cannot be read as a PDF ({error})"
            raise DataError(f"{file} {found}. Open it and print it to a PDF again.") from error
    if not any(grid.cells or grid.before for grid in grids):
        raise DataError(f"{file} has no text: scanned pages. Ask for a copy with text.")
    return grids


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep the parser from warning of every font without a box."""
    log = logging.getLogger("pdfminer")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def _read_pages(paper: Any, file: str) -> Iterator[Grid]:
    if len(paper.pages) > MOST_PAGES:
        raise too_large(f"{file} has {len(paper.pages):,} pages; at most {MOST_PAGES:,} are read")
    left = MOST_LETTERS_OF_PAPER
    for page in paper.pages:
        left -= lay_out(page, min(left, MOST_LETTERS_OF_PAGE), file)
        yield from _read_page(page, file)


def _read_page(page: Any, file: str) -> list[Grid]:
    tables = [split_rows(table, page) for table in find_tables(page)]
    name = str(page.page_number)
    strikes = list_strikes(page)
    chars = [
        char | {"text": _mend(char["text"]), "is_struck": any(is_struck(char, s) for s in strikes)}
        for char in page.chars
    ]
    _check_letters(chars, file, name)
    outside = [char for char in chars if not any(_is_in(char, table) for table in tables)]
    grids, rows = [], 0
    for table in tables:
        above = max((t.bottom for t in tables if t.bottom <= table.top), default=0.0)
        below = min((t.top for t in tables if t.top >= table.bottom), default=float(page.height))
        before = _list_lines(outside, above, table.bottom)
        after = _list_lines(outside, table.bottom, below)
        grids.append(gather(file, name, _list_cells(table, chars, name, rows), before, after))
        rows += len(table.ys) - 1
    page.close()
    return grids or [gather(file, name, (), _list_lines(outside, 0, float(page.height)))]


def _mend(letter: str) -> str:
    """Write the letter that is meant for a radical that looks like it."""
    meant = letter.translate(SAME_LOOK)
    return unicodedata.normalize("NFKC", meant) if RADICAL.search(meant) else meant


def _check_letters(chars: list[dict[str, Any]], file: str, page: str) -> None:
    unreadable = sum(UNREADABLE.fullmatch(char["text"]) is not None for char in chars)
    if unreadable > MOST_UNREADABLE * len(chars):
        raise DataError(
            f"{file} page {page}: its font does not say which letters its signs are. "
            "Ask for the spreadsheet it was made from."
        )


def _middle(char: dict[str, Any]) -> tuple[float, float]:
    return (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2


def _is_in(char: dict[str, Any], table: Ruled) -> bool:
    x, y = _middle(char)
    return table.xs[0] <= x < table.xs[-1] and table.top <= y < table.bottom


def _list_lines(chars: list[dict[str, Any]], top: float, bottom: float) -> list[str]:
    between = [char for char in chars if top <= _middle(char)[1] < bottom]
    return _write(between).split("\n")


def _list_cells(
    table: Ruled, chars: list[dict[str, Any]], page: str, rows_above: int
) -> Iterator[Cell]:
    owners = {
        (row, column): box
        for box in table.boxes
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    }
    held: dict[Box, list[dict[str, Any]]] = {box: [] for box in table.boxes}
    for char in chars:
        if _is_in(char, table):
            x, y = _middle(char)
            slot = bisect_right(table.ys, y) - 1, bisect_right(table.xs, x) - 1
            if slot in owners:
                held[owners[slot]].append(char)
    for box, inside in held.items():
        place = f"page {page} row {rows_above + box.row + 1}"
        text, struck = (
            _join_digits(
                _write(of_kind := [char for char in inside if char["is_struck"] is kind]),
                any(char["text"].isspace() for char in of_kind),
            )
            for kind in (False, True)
        )
        yield Cell(
            text or struck,
            place,
            *box,
            struck=bool(struck) and not text,
            comment=join_struck(struck if text else ""),
        )


def _write(chars: list[dict[str, Any]]) -> str:
    from pdfplumber.utils.text import extract_text

    return tidy_text(str(extract_text(chars))) if chars else ""


def _join_digits(text: str, is_typed: bool) -> str:
    """Join the digits of a cell that are set apart, if they are those of one number.

    They are where each sign stands alone (1 1 5 0), set apart by the layout or typed so for three
    signs and more, and where a comma or a point does (2 1, 754). 3 4 with a typed blank may be
    two figures, and so may 12 88.3%: both stay.

    Examples
    --------
    >>> _join_digits("1 1 5 0", True), _join_digits("3 4", False), _join_digits("3 4", True)
    ('1150', '34', '3 4')
    >>> _join_digits("2 1, 754", True), _join_digits("200 300", True), _join_digits("1, 2", True)
    ('21,754', '200 300', '1, 2')
    """
    parts = text.split(" ")
    stands_alone = all(len(part) == 1 for part in parts) and len(parts) > (2 if is_typed else 1)
    joined = "".join(parts)
    is_one = NUMBER.fullmatch(joined) and (stands_alone or SPLIT_MARK.search(text))
    return joined if is_one else text
