"""The workbook for people who type, written: what is to be filled in can be seen at a glance."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from analysis.dataset.tables import TABLES
from analysis.dataset.values import YEN_PER_UNIT
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.errors import DataError
from analysis.intake.template import (
    BEFORE,
    KEPT,
    LISTED,
    MAY,
    NAME,
    NEW,
    ROW,
    About,
    Field,
    LastYear,
    Sheet,
    count_cells,
)
from analysis.intake.template_look import (
    FAINT,
    FIRST_ROW,
    FONT,
    GENERAL,
    GREY,
    HEAD_ROW,
    INK,
    ODD,
    OFFERED,
    ROLE_ROW,
    TEXT,
    THIN,
    THOUSANDS,
    UNIT_ROW,
    WANTED,
    is_wrapped,
    name_style,
    put,
    style_head,
    write_bands,
)
from analysis.wording import guide_sheet, name_header, name_sheet, say_about, say_front
from analysis.wording.labels import labels
from analysis.wording.typed import name_words

TEMPLATE = labels("template", LANGUAGE_OF_DOCUMENTS)
MONEY_UNITS = labels("template.money_units", LANGUAGE_OF_DOCUMENTS)
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?")
NUMBERS = ("number", "yen", "count")
CODES = ("text", "prose", "slug", "kpi", "date", "as_of")  # which a spreadsheet must not change
FRONT_WIDTHS = (26, 14, 14, 14, 14, 22)
LETTERS_A_LINE, LINE_HEIGHT = 50, 19
TIMES = 10  # from which a figure is asked about
WORDS_OF_RATINGS = {
    "progress": "progress_words",
    "effectiveness": "level_words",
    "efficiency": "level_words",
}


def write_book(sheets: list[Sheet], last: LastYear, about: About, path: Path, into: str) -> None:
    """Write the workbook; a file that is there already is never written over.

    Raises
    ------
    DataError
        When there is such a file, or its folder is not there.
    """
    if path.exists():
        raise DataError(f"{path} is there already, and may be filled in. Give another name.")
    if not path.parent.is_dir():
        raise DataError(f"{path.parent}: there is no such folder.")
    book = Workbook()
    front = book.active
    assert front is not None
    front.title = TEMPLATE["first_sheet"]
    choices = book.create_sheet(TEMPLATE["choices"])
    writer = _Writer(sheets, last, about, choices)
    for sheet in sheets:
        writer.write(book.create_sheet(name_sheet(sheet.table)), sheet)
    _write_front(front, sheets, about, f"sosei ingest {path.name} --into {into}")
    book.move_sheet(choices, len(sheets))
    choices.sheet_state = "hidden"
    book.save(path)


class _Writer:
    """Writes the sheets, and the words to choose from into one that is hidden."""

    def __init__(self, sheets: list[Sheet], last: LastYear, about: About, choices: Any) -> None:
        self.sheets = {sheet.table: sheet for sheet in sheets}
        self.last, self.about, self.choices = last, about, choices
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self, page: Any, sheet: Sheet) -> None:
        """Write one sheet."""
        about = self.about
        self._write_head(page, sheet)
        end = FIRST_ROW + len(sheet.lines) + sheet.empty - 1
        for number, field in enumerate(sheet.fields, 1):
            letter = get_column_letter(number)
            page.column_dimensions[letter].width = field.width
            head = page.cell(HEAD_ROW, number)
            head.value = name_header(
                sheet.table, field.column, field.role, about.year, about.before
            )
            style_head(head, field)
            for row in range(FIRST_ROW, end + 1):
                _write_cell(page.cell(row, number), sheet, field, row - FIRST_ROW)
            self._add_choices(page, sheet, field, f"{letter}{FIRST_ROW}:{letter}{end}")
        write_bands(page, sheet)
        _mark(page, sheet, end)
        _lay_out(page, sheet, end)

    def _write_head(self, page: Any, sheet: Sheet) -> None:
        about = self.about
        lines = (
            (name_sheet(sheet.table), Font(FONT, size=15, bold=True, color=INK)),
            (
                say_about(about.code, about.government, about.year, about.before),
                Font(FONT, size=9, color=FAINT),
            ),
            (guide_sheet(sheet.table, about.before), Font(FONT, size=11, color=INK)),
        )
        for row, (text, font) in enumerate(lines, 1):
            put(page.cell(row, 1), text).font = font
        if sheet.table == "budgets":
            put(page.cell(UNIT_ROW, 1), TEMPLATE["money_unit"]).font = Font(FONT, bold=True)
            cell = put(page.cell(UNIT_ROW, 2), MONEY_UNITS["yen"])
            cell.font, cell.border = Font(FONT, color=INK), Border(THIN, THIN, THIN, THIN)
            self._validate(page, [*MONEY_UNITS.values()], cell.coordinate)

    def _add_choices(self, page: Any, sheet: Sheet, field: Field, cells: str) -> None:
        if field.of:
            self._validate_range(page, self._names_of(field.of), cells)
        elif words := self._list_words(sheet, field):
            is_open = sheet.table == "ratings" or field.column == "scope"
            self._validate(page, words, cells, is_open=is_open)
        elif field.column == "supersedes":
            if editions := self.last.list_editions(self.about.year):
                self._validate(page, editions, cells)
        elif field.column == "source":
            rows = [line.key for line in self.sheets["sources"].lines]
            self._validate(page, rows, cells)

    def _list_words(self, sheet: Sheet, field: Field) -> list[str]:
        if field.role == BEFORE:
            return []
        if sheet.table == "ratings":
            return self._list_rating_words(sheet, field)
        return [*name_words(sheet.table, field.column, LANGUAGE_OF_DOCUMENTS).values()]

    def _list_rating_words(self, sheet: Sheet, field: Field) -> list[str]:
        """The words of the rubrics that last year's ratings follow, best first."""
        if field.column == "scheme":
            return [rubric["name"] for _, rubric in sorted(self.last.rubrics.items())]
        followed = {line.before.get("scheme", "") for line in sheet.lines}
        rubrics = [self.last.rubrics[name] for name in sorted(followed & {*self.last.rubrics})]
        if field.column == "grade":
            return list(dict.fromkeys(g["grade"] for r in rubrics for g in r["grades"]))
        key = WORDS_OF_RATINGS.get(field.column, "")
        return list(dict.fromkeys(word for r in rubrics for word in r.get(key, ())))

    def _names_of(self, table: str) -> str:
        sheet = self.sheets[table]
        column = "program" if table == "programs" else "kpi"
        number = next(n for n, f in enumerate(sheet.fields, 1) if f.column == column)
        letter, end = get_column_letter(number), FIRST_ROW + len(sheet.lines) + sheet.empty - 1
        return f"{quote_sheetname(name_sheet(table))}!${letter}${FIRST_ROW}:${letter}${end}"

    def _validate(self, page: Any, words: list[str], cells: str, *, is_open: bool = False) -> None:
        key = tuple(words)
        if key not in self.lists:
            column = len(self.lists) + 1
            for row, word in enumerate(words, 1):
                put(self.choices.cell(row, column), word)
            letter = get_column_letter(column)
            name = quote_sheetname(self.choices.title)
            self.lists[key] = f"{name}!${letter}$1:${letter}${len(words)}"
        self._validate_range(page, self.lists[key], cells, is_open=is_open)

    @staticmethod
    def _validate_range(page: Any, source: str, cells: str, *, is_open: bool = True) -> None:
        rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
        rule.errorStyle = "warning" if is_open else "stop"
        rule.add(cells)
        page.add_data_validation(rule)


def _write_cell(cell: Any, sheet: Sheet, field: Field, number: int) -> None:
    """Write a cell of the body: what last year's row says there, in its form."""
    line = sheet.lines[number] if number < len(sheet.lines) else None
    text = line.texts.get(field, "") if line else ""
    defined = TABLES[sheet.table].columns.get(field.column)
    kind = defined.kind if defined and not field.of else "text"
    is_number = kind in NUMBERS
    if text and NUMBER.fullmatch(text) and (is_number or kind == "year"):
        cell.value = float(text) if "." in text else int(text)
    elif text:
        put(cell, text)
    is_whole = is_number and "." not in text and field.role in (BEFORE, KEPT)
    code = TEXT if kind in CODES else THOUSANDS if is_whole else GENERAL
    across = "right" if is_number else "center" if kind == "year" else None
    is_grey = field.role in (BEFORE, ROW) or (field.role == NAME and bool(line))
    cell.style = name_style(cell.parent.parent, field, code, across, is_grey=is_grey)


def _mark(page: Any, sheet: Sheet, end: int) -> None:
    """Colour what is to be filled in until it is, and figures that may be slips."""
    letters = {field: get_column_letter(n) for n, field in enumerate(sheet.fields, 1)}
    whole = f"${letters[sheet.fields[0]]}{FIRST_ROW}:${letters[sheet.fields[-1]]}{FIRST_ROW}"
    listed = sheet.find(LISTED, KEPT)
    absent = labels("template.listed", LANGUAGE_OF_DOCUMENTS)["no"]
    is_there = f'${letters[listed]}{FIRST_ROW}<>"{absent}"' if listed else "TRUE"
    title = letters.get(sheet.find("title", NEW), "")  # type: ignore[arg-type]
    for field, letter in letters.items():
        if field.role in (BEFORE, ROW):
            continue
        cell, cells = f"${letter}{FIRST_ROW}", f"{letter}{FIRST_ROW}:{letter}{end}"
        before = sheet.find(field.column, BEFORE) if field.role == NEW else None
        if before and _is_figure(sheet.table, field):
            then = f"${letters[before]}{FIRST_ROW}"
            times = f"{cell}{_write_scale(sheet.table)}/{then}"
            odd = (
                f"AND(ISNUMBER({cell}),ISNUMBER({then}),{then}<>0,"
                f"OR({times}>={TIMES},{times}<=1/{TIMES}))"
            )
            _add_rule(page, cells, odd, ODD)
        if field.needed and sheet.table != "sources":
            _add_rule(page, cells, f"AND({is_there},COUNTA({whole})>0,LEN({cell})=0)", WANTED)
        elif field.needed and field.role == NEW:
            _add_rule(page, f"{letter}{FIRST_ROW}", f"LEN({cell})=0", WANTED)
        elif field.role in (NEW, MAY) and sheet.table == "sources":
            _add_rule(page, cells, f"AND(LEN(${title}{FIRST_ROW})>0,LEN({cell})=0)", OFFERED)
        elif field.role in (NEW, MAY):
            _add_rule(page, cells, f"AND({is_there},COUNTA({whole})>0,LEN({cell})=0)", OFFERED)


def _write_scale(table: str) -> str:
    """What an amount is multiplied by to be in yen, as a formula: the unit is chosen above it."""
    if table != "budgets":
        return ""
    scale = "1"
    for unit in MONEY_UNITS.values():
        scale = f'IF($B${UNIT_ROW}="{unit}",{YEN_PER_UNIT[unit]},{scale})'
    return f"*{scale}"


def _is_figure(table: str, field: Field) -> bool:
    return TABLES[table].columns[field.column].kind in NUMBERS


def _add_rule(page: Any, cells: str, formula: str, colour: str) -> None:
    fill = PatternFill(bgColor=colour, fill_type="solid")
    page.conditional_formatting.add(cells, FormulaRule(formula=[formula], fill=fill))


def _lay_out(page: Any, sheet: Sheet, end: int) -> None:
    """Let the head and the names stand while one scrolls, and let it fit on paper."""
    names = sum(field.role == NAME for field in sheet.fields) or 2
    page.freeze_panes = page.cell(FIRST_ROW, names + 1).coordinate
    page.sheet_view.showGridLines = False
    page.row_dimensions[HEAD_ROW].height = 34
    for row in range(FIRST_ROW, end + 1):
        page.row_dimensions[row].height = _find_height(sheet, row - FIRST_ROW)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{ROLE_ROW}:{HEAD_ROW}"
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.4


def _find_height(sheet: Sheet, number: int) -> float:
    """The height of a row in which the longest text shows whole."""
    line = sheet.lines[number] if number < len(sheet.lines) else None
    texts = line.texts.items() if line else ()
    shown = [_measure(text) / field.width for field, text in texts if is_wrapped(field)]
    return LINE_HEIGHT * min(max(map(math.ceil, shown), default=1) or 1, 5)


def _measure(text: str) -> int:
    """How wide a text is, in letters: those of a Japanese text take the place of two."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def _write_front(page: Any, sheets: list[Sheet], about: About, command: str) -> None:
    """Write the first sheet: what it is for, what to do, how much there is to do."""
    title, lines = say_front(about.government, about.year, about.before)
    for number, width in enumerate(FRONT_WIDTHS, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    put(page.cell(1, 1), title).font = Font(FONT, size=17, bold=True, color=INK)
    page.row_dimensions[1].height = 34
    said = say_about(about.code, about.government, about.year, about.before)
    put(page.cell(2, 1), said).font = Font(FONT, size=9, color=FAINT)
    row = 4
    for text in (*lines, command):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(FRONT_WIDTHS))
        cell = put(page.cell(row, 1), text)
        is_command = text == command
        cell.font = Font("Consolas" if is_command else FONT, size=11, color=INK)
        cell.alignment = Alignment(wrap_text=True, vertical="center", indent=2 if is_command else 0)
        if is_command:
            cell.fill = PatternFill("solid", GREY)
        page.row_dimensions[row].height = 5 + LINE_HEIGHT * math.ceil(len(text) / LETTERS_A_LINE)
        row += 1
    if about.before is not None:
        _write_count(page, sheets, row + 1)
    page.sheet_view.showGridLines = False
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _write_count(page: Any, sheets: list[Sheet], row: int) -> None:
    """Write how many cells there are to fill in, sheet by sheet, and how many are left."""
    heads = ("sheet", "to_fill", "must_fill", "filled", "left")
    rows: list[list[Any]] = [[TEMPLATE[name] for name in heads]]
    first = row + 1
    for sheet in sheets:
        all_of, must = count_cells(sheet)
        if all_of:
            filled, must_filled = (
                "+".join(_count_filled(sheet, needed=needed)) or "0" for needed in (False, True)
            )
            rows.append(
                [name_sheet(sheet.table), all_of, must, f"={filled}", f"={must}-({must_filled})"]
            )
    if len(rows) == 1:
        return
    last = first + len(rows) - 2
    sums = [f"=SUM({letter}{first}:{letter}{last})" for letter in "BCDE"]
    rows.append([TEMPLATE["total"], *sums])
    for number, cells in enumerate(rows):
        for column, what in enumerate(cells, 1):
            cell = page.cell(row + number, column)
            cell.value = what
            is_bold = number in (0, len(rows) - 1)
            cell.font = Font(FONT, size=10, bold=is_bold, color=INK)
            cell.border = Border(bottom=THIN)
            cell.alignment = Alignment(horizontal=None if column == 1 else "right")


def _count_filled(sheet: Sheet, *, needed: bool) -> Iterator[str]:
    """Formulas that count what is filled in of what is asked for."""
    end = FIRST_ROW + (len(sheet.lines) if sheet.table != "sources" else 1) - 1
    for number, field in enumerate(sheet.fields, 1):
        if field.role == NEW and (field.needed or not needed) and end >= FIRST_ROW:
            letter = get_column_letter(number)
            name = quote_sheetname(name_sheet(sheet.table))
            yield f"COUNTA({name}!{letter}{FIRST_ROW}:{letter}{end})"
