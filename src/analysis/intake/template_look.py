"""How the workbook for people who type looks: colours, letters, what stands above the columns."""

from itertools import groupby
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.template import BEFORE, KEPT, MAY, NAME, NEW, ROW, Field, Sheet
from analysis.wording import note_header
from analysis.wording.labels import labels

ROLES = labels("template.roles", LANGUAGE_OF_DOCUMENTS)
UNIT_ROW, ROLE_ROW, HEAD_ROW, FIRST_ROW = 4, 5, 6, 7
FONT = "Yu Gothic"
INK, FAINT, LINE = "1F2933", "6B7280", "C8CDD3"
GREY, WANTED, OFFERED, ODD = "F1F2F4", "FFF3BF", "E3EEFB", "FFD2A8"
NEW_MAY = "new_may"  # figures of this year that may be there
BANDS = {NAME: "D9DEE5", KEPT: "E8EBEF", BEFORE: "D9DEE5", NEW: "FFE58A", MAY: "C9DEF7"}
BANDS |= {ROW: BANDS[KEPT], NEW_MAY: BANDS[MAY]}
THIN = Side(style="thin", color=LINE)
WRAPPED = 16  # letters: columns at least so wide show long texts on several lines
NOTE_WIDTH, NOTE_HEIGHT = 330, 110
TEXT, THOUSANDS, GENERAL = "@", "#,##0", "General"  # formats of numbers


def put(cell: Any, text: str) -> Any:
    """Write a text that stays one, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
    return cell


def write_bands(page: Any, sheet: Sheet) -> None:
    """Write above the headers what is to be done below them, once for columns that are alike."""
    numbered = enumerate(sheet.fields, 1)
    for role, columns in groupby(numbered, key=lambda one: _find_band(one[1])):
        first, *rest = (number for number, _ in columns)
        for number in (first, *rest):
            page.cell(ROLE_ROW, number).border = Border(top=THIN)
        cell = put(page.cell(ROLE_ROW, first), ROLES[role])
        cell.font = Font(FONT, size=9, color=INK)
        cell.fill = PatternFill("solid", BANDS[role])
        cell.alignment = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
        if rest:
            page.merge_cells(
                start_row=ROLE_ROW, end_row=ROLE_ROW, start_column=first, end_column=rest[-1]
            )


def _find_band(field: Field) -> str:
    """What is to be done below a header: figures that must be there are told apart."""
    return NEW_MAY if field.role == NEW and not field.needed else field.role


def style_head(cell: Any, field: Field) -> None:
    """Style a header, and note on it what is written below."""
    cell.data_type = "s"
    cell.font = Font(FONT, size=10, bold=True, color=FAINT if field.role == BEFORE else INK)
    cell.fill = PatternFill("solid", BANDS[_find_band(field)])
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = Border(left=THIN, right=THIN, bottom=Side(style="medium", color=FAINT))
    cell.comment = Comment(note_header(field.column, field.role), "sosei")
    cell.comment.width, cell.comment.height = NOTE_WIDTH, NOTE_HEIGHT


def name_style(book: Any, field: Field, code: str, across: str | None, *, is_grey: bool) -> str:
    """Name the style of cells of the body; a book has each once, however many cells are alike."""
    is_aside = field.role in (BEFORE, ROW)
    parts = (code, across, is_grey, is_aside, field.role == ROW, is_wrapped(field))
    name = "sosei " + " ".join(map(str, parts))
    if name not in book.named_styles:
        style = NamedStyle(name, number_format=code, border=Border(THIN, THIN, THIN, THIN))
        size, colour = 8 if field.role == ROW else 10, FAINT if is_aside else INK
        style.font = Font(FONT, size=size, color=colour)
        if is_grey:
            style.fill = PatternFill("solid", GREY)
        style.alignment = Alignment(
            horizontal=across,
            vertical="center",
            wrap_text=is_wrapped(field),
            shrink_to_fit=field.role == ROW,
        )
        book.add_named_style(style)
    return name


def is_wrapped(field: Field) -> bool:
    """Whether its long texts stand on several lines."""
    return field.width >= WRAPPED and field.role != ROW
