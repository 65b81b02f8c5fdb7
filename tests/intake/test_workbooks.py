"""Workbooks of Excel: values as shown, spans, what is hidden, struck or noted."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from analysis import DataError
from analysis.intake import workbooks
from analysis.intake.workbooks import read_xls, read_xlsx

FILES = Path(__file__).parent / "files"
DARK = PatternFill("solid", fgColor="FF1F4E78")


def save(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make():
    book = Workbook()
    book.active.title = "指標一覧"
    return book, book.active


def read(book):
    return read_xlsx(save(book), "a.xlsx")[0].cells


def read_value(value, number_format="General", **style):
    book, sheet = make()
    sheet["A1"] = value
    sheet["A1"].number_format = number_format
    for name, part in style.items():
        setattr(sheet["A1"], name, part)
    return read(book).get((0, 0))


def change_sheet(data, change):
    """Change the text of the first sheet within a workbook."""
    return change_part(data, "xl/worksheets/sheet1.xml", change)


def change_part(data, changed, change):
    """Change the text of one part of a workbook."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == changed else part)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("value", "number_format", "text", "exact"),
    [
        (72.34375, "0.0", "72.3", "72.34375"),
        (8571000, "#,##0", "8,571,000", ""),
        (8571000, "#,##0,", "8,571", "8571000"),
        (-3, '0;"▲ "0', "▲ 3", ""),
        (0.883, "0%", "88%", "0.883"),
        (0.883, "0.0%", "88.3%", ""),
        (date(2018, 4, 1), '[$-411]ggge"年"m"月"d"日"', "平成30年4月1日", ""),
        (date(2018, 4, 1), "mm-dd-yy", "2018/4/1", ""),
        (True, "General", "TRUE", ""),
        ("つくば市\r\n【部】", "General", "つくば市\n【部】", ""),
        ("市長", '@"様"', "市長様", ""),
        ("#N/A", "General", "#N/A", ""),
    ],
)
def test_a_value_is_read_as_it_is_shown(value, number_format, text, exact):
    cell = read_value(value, number_format)
    assert (cell.text, cell.exact, cell.hidden) == (text, exact, False)
    assert cell.place == "指標一覧!A1"


@pytest.mark.parametrize(
    ("number", "text"), [(31, "2018年4月1日"), (57, "H30.4.1"), (38, "43,191"), (14, "2018/4/1")]
)
def test_formats_that_only_have_a_number_mean_what_they_mean_in_japan(number, text):
    book, sheet = make()
    sheet["A1"] = 43191
    sheet["A1"].number_format = "0.0000"
    data = save(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("xl/styles.xml")
    changed = re.sub(rb'numFmtId="164"(?! formatCode)', b'numFmtId="%d"' % number, styles)
    (grid,) = read_xlsx(change_part(data, "xl/styles.xml", lambda _: changed), "a.xlsx")
    assert (grid.cells[0, 0].text, grid.cells[0, 0].exact) == (text, "")


def test_a_merged_cell_spans_what_it_covers():
    book, sheet = make()
    sheet["B2"] = "平成30年度"
    sheet.merge_cells("B2:C4")
    cells = read(book)
    assert [*cells] == [(1, 1)]
    assert (cells[1, 1].rows, cells[1, 1].columns, cells[1, 1].place) == (3, 2, "指標一覧!B2")


def test_hidden_rows_columns_and_sheets_are_told():
    book, sheet = make()
    for place in ("A1", "B1", "C1", "D1", "A2", "A3", "E1"):
        sheet[place] = place
    sheet.merge_cells("D1:E2")
    sheet.column_dimensions.group("B", "C", hidden=True)
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[3].height = 1
    book.create_sheet("旧").sheet_state = "hidden"
    book["旧"]["A1"] = 1
    data = change_sheet(save(book), lambda xml: xml.replace(b'ht="1"', b'ht="0"'))
    first, second = read_xlsx(data, "a.xlsx")
    hidden = {cell.text: cell.hidden for cell in first.cells.values()}
    assert hidden == {
        **{"A1": False, "B1": True, "C1": True, "A2": True, "A3": True},
        "D1": False,  # half of what it spans is seen
    }
    assert (first.hidden, second.hidden, second.name) == (False, True, "旧")


@pytest.mark.parametrize(
    ("colour", "fill", "hidden"),
    [
        ("FFFFFFFF", None, True),
        ("00FFFFFF", PatternFill("solid", fgColor="FFFFFFFF"), True),
        ("FFFFFFFF", DARK, False),
        ("FF1F4E78", DARK, True),
        ("FF000000", None, False),
    ],
)
def test_text_in_the_colour_of_its_ground_is_hidden(colour, fill, hidden):
    style = {"font": Font(color=colour)} | ({"fill": fill} if fill else {})
    assert read_value("id", **style).hidden is hidden


def test_white_of_the_theme_is_white():
    from openpyxl.styles.colors import Color

    assert read_value("id", font=Font(color=Color(theme=0))).hidden
    assert not read_value("id", font=Font(color=Color(theme=1))).hidden


def test_what_a_format_does_not_show_is_hidden_and_a_zero_it_does_not_show_is_nothing():
    assert (read_value(5, ";;;").text, read_value(5, ";;;").hidden) == ("5", True)
    assert read_value(0, "#,##0;▲#,##0;") is None
    book, sheet = make()
    sheet["A1"], sheet["B1"] = 0, 1
    sheet.sheet_view.showZeros = False
    assert [cell.text for cell in read(book).values()] == ["1"]


def test_struck_text_is_told_and_struck_parts_become_a_comment():
    cell = read_value("1,100", font=Font(strike=True))
    assert (cell.text, cell.struck, cell.comment) == ("1,100", True, "")
    struck, plain = InlineFont(strike=True), InlineFont()
    part = read_value(CellRichText(TextBlock(struck, "1,100"), TextBlock(plain, " 1,150")))
    assert (part.text, part.struck, part.comment) == ("1,150", False, "~~1,100~~")
    whole = read_value(CellRichText(TextBlock(struck, "1,"), TextBlock(struck, "100")))
    assert (whole.text, whole.struck) == ("1,100", True)


def test_a_comment_is_read_without_who_wrote_it():
    assert read_value("5", comment=Comment("山田:\n6の誤り", "山田")).comment == "6の誤り"


def test_a_formula_shows_the_value_the_workbook_keeps_else_itself():
    book, sheet = make()
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["B9"] = "=1+2", '="a"&"<"', "=B9", 4
    data = save(book)

    def keep(xml):
        xml = xml.replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>")
        return re.sub(rb'(<c r="A3")(?=><f>B9</f><v></v>)', rb'\1 t="str"', xml)

    cells = read_xlsx(change_sheet(data, keep), "a.xlsx")[0].cells
    assert {cell.place: cell.text for cell in cells.values()} == {
        "指標一覧!A1": "3",
        "指標一覧!A2": '="a"&"<"',
        "指標一覧!B9": "4",
    }


def test_empty_cells_of_a_large_sheet_are_not_held(monkeypatch):
    monkeypatch.setattr(workbooks, "LARGE_SHEET", 0)
    book, sheet = make()
    for row in range(1, 50):
        sheet.cell(row, 1).font = Font(bold=True)
    sheet["A3"], sheet["XFD1048576"] = 3, "far"
    assert {c.place: c.text for c in read(book).values()} == {
        "指標一覧!A3": "3",
        "指標一覧!XFD1048576": "far",
    }


def test_too_many_cells_are_refused_before_they_are_held(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_CELLS", 2)
    book, sheet = make()
    sheet.append([1, 2, 3])
    with pytest.raises(DataError, match="more than 2 cells"):
        read(book)


def test_a_workbook_of_broken_parts_says_what_to_do():
    with pytest.raises(DataError, match=r"a\.xlsx cannot be read .* save it again as \.xlsx"):
        read_xlsx(change_sheet(save(Workbook()), lambda xml: xml[:-20]), "a.xlsx")


# Written once by xlwt 1.3: two merged titles, 1234.5, 0.883 as 0.0%, a day, a hidden sheet.
def test_a_workbook_of_excel_97_tells_values_and_spans():
    first, old = read_xls((FILES / "excel_97.xls").read_bytes(), "a.xls")
    held = {c.place: (c.text, c.rows, c.columns) for c in first.cells.values()}
    assert held == {
        "一覧!A1": ("指標一覧（単位：千円）", 1, 3),
        **{"一覧!A3": ("指標", 1, 1), "一覧!B3": ("H30", 1, 1), "一覧!C3": ("率", 1, 1)},
        **{"一覧!A4": ("移住者数", 1, 1), "一覧!B4": ("1234.5", 1, 1), "一覧!C4": ("0.883", 1, 1)},
        **{"一覧!A5": ("公表日", 2, 1), "一覧!B5": ("2019/4/1", 1, 1)},
    }
    assert (first.hidden, old.hidden) == (False, True)


def test_a_broken_workbook_of_excel_97_says_so():
    with pytest.raises(DataError, match=r"a\.xls cannot be read as a workbook"):
        read_xls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more", "a.xls")
