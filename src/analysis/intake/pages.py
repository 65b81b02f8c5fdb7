"""A web page (.html, .htm) -> one grid a table.

A table that holds other tables only arranges the page, and one of nothing but links is a menu:
neither is read. Tables are counted as they begin in the page, those that are not read included.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as markup

from analysis.errors import DataError
from analysis.intake.gather import check_text, collect, gather, join_struck, tidy_text
from analysis.intake.grid import Cell, Grid
from analysis.intake.texts import BYTE_ORDER_MARKS, decode

CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
ENCODINGS = {  # those that pages name and mean; of latin-1 any bytes are valid
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jis_2004"),
    **{"utf-8": "utf-8", "utf8": "utf-8", "iso-2022-jp": "iso2022_jp_2004"},
}
HEAD = 4_096  # bytes in which a page names its encoding
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "li", "main", "nav", "ol", "p", "pre", "section"),
    *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NOT_SHOWN = ("script", "style", "template", "noscript", "head", "select", "button", "rp", "rt")
STRUCK = ("s", "del", "strike")
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
CROSSED = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
MOST_SPANNED_COLUMNS, MOST_SPANNED_ROWS = 1_000, 65_534  # as browsers do
MOST_LINES = 40


class Piece(NamedTuple):
    """A piece of text, and what it stands in."""

    text: str
    is_struck: bool
    is_linked: bool


class Line(NamedTuple):
    """A line of text outside the tables; `level` is that of a heading, else 0."""

    text: str
    level: int


class Found(NamedTuple):
    """A table that is read, by its number in the page."""

    element: Any
    number: int


def read_page(data: bytes, file: str) -> list[Grid]:
    """Read every table of a page with the headings and lines before and after it.

    Lines up to the next heading are after a table; that heading and what follows it are before
    the next. Where no heading parts two tables, the lines between them stand with both. A page
    without tables is a grid without cells, its lines before it.

    Raises
    ------
    DataError
        If it holds no text at all.
    """
    text = _decode_page(check_text(data, file), file)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = markup.document_fromstring(text, parser=markup.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise DataError(f"{file} holds no page that can be read ({error}).") from error
    numbers = {table: number for number, table in enumerate(root.iter("table"), 1)}
    flow = list(_follow(root, numbers))
    title = [" ".join(found.split()) for found in root.xpath("//head/title/text()")]
    grids = collect(file, _read_tables(flow, title, file))
    lines = [item.text for item in flow if isinstance(item, Line)]
    return grids or [gather(file, "", (), [*title, *lines])]


def _decode_page(data: bytes, file: str) -> str:
    named = CHARSET.search(data[:HEAD])
    encoding = ENCODINGS.get(named[1].decode("ascii").lower()) if named else None
    if encoding and not data.startswith((b"\xef\xbb\xbf", *BYTE_ORDER_MARKS)):
        with suppress(UnicodeDecodeError):  # else the page is not what it says
            return data.decode(encoding)
    return decode(data, file)


def _follow(root: Any, numbers: dict[Any, int]) -> Iterator[Line | Found]:
    """List the lines and tables of a page in the order in which they are read."""
    pieces: list[Piece] = []

    def flush(level: int = 0) -> Iterator[Line]:
        text = _join(pieces)
        is_menu = all(piece.is_linked for piece in pieces if piece.text.strip())
        pieces.clear()
        if text and (level or not is_menu):
            yield from (Line(line.strip(), level) for line in text.split("\n") if line.strip())

    def walk(element: Any, is_linked: bool) -> Iterator[Line | Found]:
        if not isinstance(element.tag, str) or element.tag in NOT_SHOWN:
            return
        if element in numbers and next(element.iterdescendants("table"), None) is None:
            yield from flush()
            if not _is_menu(element):
                yield Found(element, numbers[element])
            return
        if _is_unseen(element):  # its lines are left out, but its tables are there
            yield from (
                item
                for child in element
                for item in walk(child, is_linked)
                if isinstance(item, Found)
            )
            return
        is_block = element.tag in BLOCKS
        if is_block:
            yield from flush()
        if element.tag == "br":
            pieces.append(Piece("\n", False, True))
        is_linked = is_linked or element.tag == "a"
        pieces.append(Piece(_squeeze(element.text), False, is_linked))
        for child in element:
            yield from walk(child, is_linked)
            pieces.append(Piece(_squeeze(child.tail), False, is_linked))
        if is_block:
            yield from flush(int(element.tag[1]) if element.tag in HEADINGS else 0)

    yield from walk(root, False)
    yield from flush()


def _is_unseen(element: Any) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or UNSEEN.search(style) is not None


def _is_menu(table: Any) -> bool:
    """Whether a table holds nothing but links without a digit, or stands in a menu."""
    if next(table.iterancestors("nav"), None) is not None:
        return True
    pieces = [piece for piece in _list_pieces(table, False, False) if piece.text.strip()]
    is_linked = all(piece.is_linked for piece in pieces)
    return is_linked and not re.search(r"\d", "".join(piece.text for piece in pieces))


def _read_tables(flow: list[Line | Found], title: list[str], file: str) -> Iterator[Grid]:
    headings: dict[int, str] = {}
    before: list[str] = []
    for place, item in enumerate(flow):
        if isinstance(item, Found):
            above = [*title, *headings.values(), *before[-MOST_LINES:]]
            yield _read_table(item, above, _list_after(flow, place), file)
            before = []
        elif item.level:
            headings = {level: text for level, text in headings.items() if level < item.level}
            headings[item.level] = item.text
            before = []
        else:
            before.append(item.text)


def _list_after(flow: list[Line | Found], place: int) -> list[str]:
    """List the lines right after a table, up to the next table or heading."""
    after = []
    for item in flow[place + 1 : place + 1 + MOST_LINES]:
        if isinstance(item, Found) or item.level:
            break
        after.append(item.text)
    return after


def _read_table(found: Found, above: list[str], after: list[str], file: str) -> Grid:
    caption = [
        _join(list(_list_pieces(c, False, False))) for c in found.element.iterchildren("caption")
    ]
    cells = _list_cells(found.element, found.number)
    hidden = any(map(_is_unseen, (found.element, *found.element.iterancestors())))
    return gather(file, str(found.number), cells, [*above, *caption], after, hidden=hidden)


def _list_cells(table: Any, number: int) -> Iterator[Cell]:
    """List the cells of a table where a browser puts them: thead first, tfoot last."""
    parts = {"thead": 0, "tfoot": 2}
    lines = sorted(table.iter("tr"), key=lambda tr: parts.get(tr.getparent().tag, 1))
    taken: dict[int, int] = {}  # columns that a cell from above still fills, until which row
    for row, line in enumerate(lines):
        column = 0
        is_line_unseen = _is_unseen(line) or _is_unseen(line.getparent())
        for element in line.iterchildren("td", "th"):
            while taken.get(column, 0) > row:
                column += 1
            columns = min(max(_read_span(element, "colspan"), 1), MOST_SPANNED_COLUMNS)
            rows = _read_span(element, "rowspan") or len(lines)
            rows = min(rows, MOST_SPANNED_ROWS, len(lines) - row)
            taken.update(dict.fromkeys(range(column, column + columns), row + rows))
            hidden = is_line_unseen or _is_unseen(element)
            place = f"table {number} row {row + 1}"
            yield _read_cell(element, Cell("", place, row, column, rows, columns, hidden))
            column += columns


def _read_span(element: Any, name: str) -> int:
    found = re.match(r"\s*(\d{1,9})", element.get(name) or "1")
    return int(found[1]) if found else 1


def _read_cell(element: Any, bare: Cell) -> Cell:
    pieces = list(_list_pieces(element, False, False))
    text = _join([piece for piece in pieces if not piece.is_struck])
    struck = _join([piece for piece in pieces if piece.is_struck])
    return replace(
        bare,
        text=text or struck,
        struck=bool(struck) and not text,
        comment=join_struck(struck if text else ""),
    )


def _list_pieces(element: Any, is_struck: bool, is_linked: bool) -> Iterator[Piece]:
    """List the pieces of text in an element, with line breaks where a browser breaks them."""
    is_struck = (
        is_struck or element.tag in STRUCK or CROSSED.search(element.get("style") or "") is not None
    )
    is_linked = is_linked or element.tag == "a"
    yield Piece(_squeeze(element.text), is_struck, is_linked)
    for child in element:
        is_shown = isinstance(child.tag, str) and child.tag not in NOT_SHOWN
        if is_shown and not _is_unseen(child):
            edge = Piece("\n" if child.tag in BLOCKS else "", is_struck, True)
            yield edge
            if child.tag in ("br", "img"):
                shown = "\n" if child.tag == "br" else child.get("alt") or ""
                yield Piece(shown, is_struck, is_linked or child.tag == "br")
            yield from _list_pieces(child, is_struck, is_linked)
            yield edge
        yield Piece(_squeeze(child.tail), is_struck, is_linked)


def _squeeze(text: str | None) -> str:
    """Write each run of blanks and line breaks of the source as the one blank that it shows."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _join(pieces: list[Piece]) -> str:
    text = re.sub(" *\n *", "\n", re.sub(" +", " ", "".join(piece.text for piece in pieces)))
    return tidy_text(re.sub("\n+", "\n", text)).strip(" \n")
