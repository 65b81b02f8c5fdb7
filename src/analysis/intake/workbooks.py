"""A workbook of Excel (.xlsx, .xlsm, .xls) -> one grid a sheet."""

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import to_excel

from analysis.errors import DataError
from analysis.intake.archives import check_unpacked, read_member
from analysis.intake.day_formats import EXCEL_EPOCH
from analysis.intake.format_codes import BUILT_IN, is_for_days
from analysis.intake.gather import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    check_covered,
    check_text,
    collect,
    explain,
    find_exact,
    gather,
    join_struck,
    tidy_text,
    too_large,
)
from analysis.intake.grid import Cell, Grid
from analysis.intake.number_formats import show_number, show_text
from analysis.intake.old_workbooks import OldSheet, list_sheets

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
EMPTY_CELL = re.compile(rb'<((?:\w+:)?)c\b[^<>]*\br="[^<>]*(?:/>|></\1c>)')
EMPTY_ROW = re.compile(rb'<((?:\w+:)?)row\b[^<>]*\br="[^<>]*(?:/>|>\s*</\1row>)')
UNCOUNTED = re.compile(
    rb'<((?:\w+:)?)c\b(?![^<>]*\bt="str")([^<>]*)>\s*<\1f\b[^<>]*(?:/>|>([^<]*)</\1f>)'
    rb"\s*(?:<\1v\s*/>|<\1v></\1v>)?\s*</\1c>"
)
DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")  # charts and pictures, which nobody reads here
MARKUP = (".xml", ".rels")
HOLD_VALUE, HAVE_RANGE = ("v", "is"), ("mergeCell", "hyperlink", "comment")
MOST_ELEMENTS = 1_000_000  # of all its parts together: rows, cells, values, styles and so on
LARGE_SHEET = 1_000_000  # bytes, from which on empty cells are worth taking out
WHITE, BLACK = "FFFFFF", "000000"
THEME_COLOURS = {0: WHITE, 1: BLACK}
INDEXED_COLOURS = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK}
DAY, HOURS, MOMENT = "yyyy/m/d", "[h]:mm", "yyyy/m/d h:mm"


class Look(NamedTuple):
    """How a style shows a cell."""

    code: str
    is_struck: bool
    is_unseen: bool


class Size:
    """How much a library would make of the parts of a workbook; refused as soon as it is too much.

    It makes a cell of each place of a range that is merged, linked or noted. The parser is asked
    for it, since there are many ways of writing a range.
    """

    def __init__(self, file: str) -> None:
        self.file, self.part = file, ""
        self.elements = self.cells = self.covered = 0
        self.sheets: set[str] = set()

    def add(self, part: bytes, name: str) -> None:
        """Measure one more part."""
        self.part, self.covered = name, 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        with suppress(expat.ExpatError):  # what is no XML is refused by the library, if it needs it
            parser.Parse(part, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self.elements += 1
        self.cells += tag in HOLD_VALUE
        if self.elements > MOST_ELEMENTS:
            raise too_large(f"{self.file} has more than {MOST_ELEMENTS:,} elements")
        if self.cells > MOST_CELLS:
            raise too_large(f"{self.file} has more than {MOST_CELLS:,} cells")
        if tag in HAVE_RANGE:
            self.covered += _count_places(attributes.get("ref", ""))
            check_covered(self.covered, self.file, self.part)
        if tag == "sheet":
            self._note_sheet(*(value for name, value in attributes.items() if name.endswith(":id")))
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self._note_sheet(posixpath.normpath(f"/xl/{attributes.get('Target', '')}"))

    def _note_sheet(self, *names: str) -> None:
        if self.sheets.intersection(names):
            raise DataError(f"{self.file} has one sheet several times. Save it again as .xlsx.")
        self.sheets.update(names)


def read_xlsx(data: bytes, file: str) -> list[Grid]:
    """Read every sheet of a workbook: values as shown, spans, what is hidden, struck, noted.

    Values of formulas are those the workbook keeps; a formula without one stands as its text
    (=SUM(A1:A3)). A part of a cell that is struck through is no part of its text but a comment
    (~~12~~). Text in the colour of its ground is hidden, and so is what its format does not show,
    unless it is a zero: then the cell is as empty as it looks.

    Raises
    ------
    DataError
        If it is broken, or too large.
    """
    try:
        lean = _make_lean(data, file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are not kept: nothing is written
            book = load_workbook(io.BytesIO(lean), data_only=True, rich_text=True)
    except DataError:
        raise
    except Exception as error:  # the library raises whatever its parts do on odd files
        raise DataError(
            f"{file} cannot be read as a workbook ({explain(error)}). "
            "Open it in a spreadsheet and save it again as .xlsx."
        ) from error
    if not book.worksheets:
        raise DataError(f"{file} has no sheet that can be read. Save it again as .xlsx.")
    return collect(file, (_read_sheet(sheet, file, book.epoch) for sheet in book.worksheets))


def _make_lean(data: bytes, file: str) -> bytes:
    """Take out what would be held in vain: in a million empty cells with borders a library drowns.

    Formulas without a value become texts on the way, and what a library would drown in all the
    same is refused: parts too long, cells too many, or merged without end.
    """
    size = Size(file)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as lean:
        check_unpacked(archive, file)
        for name in dict.fromkeys(archive.namelist()):
            part = read_member(archive, name, file) if name.endswith(MARKUP) else b""
            if SHEET.fullmatch(name):
                part = _make_sheet_lean(part)
            size.add(check_text(part, f"{file}: {name}"), name)
            lean.writestr(name, b"<none/>" if DRAWING.fullmatch(name) else part)
    return buffer.getvalue()


def _make_sheet_lean(sheet: bytes) -> bytes:
    if len(sheet) > LARGE_SHEET:
        sheet = b"".join(
            EMPTY_ROW.sub(b"", EMPTY_CELL.sub(b"", part)) for part in _cut(sheet, LARGE_SHEET)
        )
    return UNCOUNTED.sub(_write_formula, sheet)


def _cut(sheet: bytes, length: int) -> Iterator[bytes]:
    """Cut a sheet before rows: what is looked for in all of it at once takes much memory."""
    start = 0
    while start < len(sheet):
        end = sheet.find(b"<row", start + max(length, 1))
        end = end if end > 0 else len(sheet)
        yield sheet[start:end]
        start = end


def _write_formula(found: re.Match[bytes]) -> bytes:
    prefix, attributes, formula = found[1], re.sub(rb'\bt="\w*"', b"", found[2]), found[3] or b""
    pattern = b'<@c%b t="inlineStr"><@is><@t>=%b</@t></@is></@c>'.replace(b"@", prefix)
    return pattern % (attributes, formula)


def _count_places(ref: str) -> int:
    """Count the places of a range; a library refuses what is none."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return 0
    columns = abs((right or MOST_COLUMNS) - (left or 1)) + 1
    return int(columns * (abs((bottom or MOST_ROWS) - (top or 1)) + 1))


def _read_sheet(sheet: Any, file: str, epoch: datetime) -> Grid:
    hidden = sheet.sheet_state != "visible"
    return gather(file, sheet.title, _list_cells(sheet, epoch), hidden=hidden)


def _list_cells(sheet: Any, epoch: datetime) -> Iterator[Cell]:
    spans = {(span.min_row, span.min_col): span for span in sheet.merged_cells.ranges}
    hidden_rows, hidden_columns = _find_hidden(sheet)
    shows_zeros = all(view.showZeros is not False for view in sheet.views.sheetView)
    looks: dict[int, Look] = {}
    for cell in list(sheet._cells.values()):  # those that are there; `rows` would make the rest
        if cell.value is None:
            continue
        if cell.style_id not in looks:
            looks[cell.style_id] = _find_look(cell)
        look = looks[cell.style_id]
        text, struck, exact, is_shown = _show(cell.value, look, epoch)
        is_zero = cell.data_type == "n" and cell.value == 0
        if is_zero and not (is_shown and shows_zeros):
            continue
        row, column = cell.row, cell.column
        span = spans.get((row, column))
        rows, columns = (span.size["rows"], span.size["columns"]) if span else (1, 1)
        is_hidden = (
            not is_shown
            or look.is_unseen
            or hidden_rows.issuperset(range(row, row + rows))
            or hidden_columns.issuperset(range(column, column + columns))
        )
        yield Cell(
            text or struck,
            f"{sheet.title}!{get_column_letter(column)}{row}",
            row - 1,
            column - 1,
            rows,
            columns,
            hidden=is_hidden,
            struck=bool(struck) and not text,
            exact=exact,
            comment=join_struck(struck if text else "", _read_comment(cell)),
        )


def _find_hidden(sheet: Any) -> tuple[set[int], set[int]]:
    """Find the rows and columns that are hidden or have no height or width."""
    rows = {
        number
        for number, row in sheet.row_dimensions.items()
        if row.hidden or (row.ht is not None and float(row.ht) == 0)
    }
    columns = {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden or (column.customWidth and column.width == 0)
        for number in range(column.min or 0, min(column.max or column.min or 0, MOST_COLUMNS) + 1)
    }
    return rows, columns


def _find_look(cell: Any) -> Look:
    ground = _find_colour(cell.fill.fgColor) if cell.fill.fill_type == "solid" else ""
    ground = WHITE if cell.fill.fill_type is None else ground
    colour = _find_colour(cell.font.color) if cell.font.color is not None else BLACK
    # Only the number of a format tells what it means in Japan; the name of it is American.
    code = BUILT_IN.get(cell._style.numFmtId) or cell.number_format
    return Look(code, bool(cell.font.strike), bool(colour) and colour == ground)


def _find_colour(colour: Any) -> str:
    """The colour as six hexadecimal digits, empty where it is not to be told."""
    if colour is None or colour.tint:
        return ""
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper()
    known = THEME_COLOURS if colour.type == "theme" else INDEXED_COLOURS
    return known.get(colour.value, "")


def _show(value: Any, look: Look, epoch: datetime) -> tuple[str, str, str, bool]:
    """Show a value: its text, what of it is struck, the number behind, and whether it shows."""
    exact = ""
    if isinstance(value, CellRichText):
        text, struck = _part_runs(value, look.is_struck)
        return text, struck, exact, True
    if isinstance(value, bool):
        shown = plain = str(value).upper()
    elif isinstance(value, int | float):
        shown, plain = show_number(value, look.code, epoch), show_number(value, "General")
        exact = "" if is_for_days(look.code) else find_exact(shown or plain, value)
    elif isinstance(value, date | time | timedelta):
        shown = plain = show_number(to_excel(value, epoch), look.code, epoch)
    else:
        shown, plain = show_text(str(value), look.code), str(value)
    text = tidy_text(shown or plain)
    return ("", text, exact, bool(shown)) if look.is_struck else (text, "", exact, bool(shown))


def _part_runs(value: CellRichText, is_struck: bool) -> tuple[str, str]:
    """Part a text of several fonts into what is not and what is struck through."""
    kept = struck = ""
    for run in value:
        if isinstance(run, TextBlock):
            text, crossed = run.text, bool(run.font.strike)
        else:
            text, crossed = str(run), is_struck
        kept, struck = (kept, struck + text) if crossed else (kept + text, struck)
    return tidy_text(kept.strip() if struck else kept), tidy_text(struck)


def _read_comment(cell: Any) -> str:
    """Read the comment without the name of who wrote it, which Excel puts before it."""
    if cell.comment is None:
        return ""
    return tidy_text((cell.comment.text or "").removeprefix(f"{cell.comment.author}:"))


def read_xls(data: bytes, file: str) -> list[Grid]:
    """Read every sheet of a workbook of Excel 97: values and spans.

    The library tells no number formats, hidden rows or struck text of such files: numbers are
    shown in full, ratios as ratios, days as 2018/4/1. Save it as .xlsx where that matters.

    Raises
    ------
    DataError
        If it is broken, encrypted, or too large.
    """
    try:
        sheets = list_sheets(data)
    except PermissionError:
        raise DataError(f"{file} is encrypted. Open it and save it without a password.") from None
    except ValueError as error:
        raise DataError(
            f"{file} cannot be read as a workbook ({error}). Save it again as .xlsx."
        ) from error
    return collect(
        file, (gather(file, s.name, _list_old_cells(s), hidden=s.is_hidden) for s in sheets)
    )


def _list_old_cells(sheet: OldSheet) -> Iterator[Cell]:
    ends = {(top, left): (bottom, right) for (top, left), (bottom, right) in sheet.spans}
    for row, column, value in sheet.values:
        bottom, last = ends.get((row, column), (row, column))
        text, exact = _show_old(value)
        yield Cell(
            text,
            f"{sheet.name}!{get_column_letter(column + 1)}{row + 1}",
            row,
            column,
            bottom - row + 1,
            last - column + 1,
            exact=exact,
        )


def _show_old(value: Any) -> tuple[str, str]:
    kinds = ((datetime, MOMENT), (date, DAY), (time | timedelta, HOURS))
    code = next((code for kind, code in kinds if isinstance(value, kind)), "General")
    if isinstance(value, datetime) and value.time() == time():
        code = DAY
    text, _, exact, _ = _show(value, Look(code, False, False), EXCEL_EPOCH)
    return text, exact
