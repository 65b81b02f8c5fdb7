"""Sheets are known by their titles, columns by their headers, rows by their names."""

import pytest
from grids import grid_of

from analysis.intake.template import About, Field, Line, Sheet
from analysis.intake.template_sheets import find_about, is_same_text, read_sheets
from analysis.wording import say_about

ABOUT = About("082201", "つくば市", 2019, 2018)
NAME, ROW = Field("program", "name", 30, needed=True), Field("row", "row", 18)
PLACE = Field("place", "new", 16, needed=True)
FIELDS = (NAME, PLACE, ROW)
LINES = (
    Line({NAME: "面接会", ROW: "fair"}, {"program_id": "fair"}, "fair"),
    Line({NAME: "講座", ROW: "course"}, {"program_id": "course"}, "course"),
)
PROGRAMS = Sheet("programs", FIELDS, LINES, 2)
HEAD = ["事業名", "記載の場所", "行の識別名"]


def read(*rows, name="事業", top=("事業",)):
    grid = grid_of([[*top], [say_about("082201", "つくば市", 2019, 2018)], *rows], name=name)
    [sheet] = read_sheets([grid], [PROGRAMS], ABOUT)
    return sheet


def asked(sheet):
    return [(fact.outcome, fact.place, fact.note) for fact in sheet.facts]


def test_a_workbook_says_whose_it_is_on_every_sheet():
    grid = grid_of([["事業"], [say_about("082201", "つくば市", 2019, 2018)]], name="事業")
    assert find_about([grid]) == ABOUT
    assert find_about([grid_of([["事業"], ["令和元年度"]], name="事業")]) is None


def test_rows_go_on_with_those_of_last_year_by_their_names():
    sheet = read(HEAD, ["面接会", "1", "fair"], ["講座", "2", "course"], ["新規", "3"])
    assert [row.line and row.line.key for row in sheet.rows] == ["fair", "course", None]
    assert [row.text(PLACE) for row in sheet.rows] == ["1", "2", "3"]
    assert sheet.facts == []


def test_columns_may_stand_in_any_order_and_below_other_rows():
    sheet = read(["（注）"], HEAD[::-1], ["fair", "1", "面接会"], ["course", "2", "講座"])
    read_rows = [(row.line.key, row.text(PLACE)) for row in sheet.rows]
    assert read_rows == [("fair", "1"), ("course", "2")]


def test_a_column_that_nobody_knows_is_a_doubt_where_it_holds_figures():
    rows = (["面接会", "1", "fair", "良", "3"], ["講座", "2", "course"])
    sheet = read([*HEAD, "メモ", "人数"], *rows)
    assert asked(sheet) == [
        ("left_out", "事業!D3", "unknown_header: メモ"),
        ("doubt", "事業!E3", "unknown_header: 人数"),
    ]


def test_a_sheet_is_found_by_its_title_its_name_or_its_headers():
    rows = (HEAD, ["面接会", "1", "fair"], ["講座", "2", "course"])
    renamed = ("doubt", "Sheet3!A1", "sheet_renamed: 事業")
    assert asked(read(*rows, name="Sheet3")) == [renamed]
    assert asked(read(*rows, top=("",))) == []
    assert asked(read(*rows, name="Sheet3", top=("x",))) == [renamed]
    [lost] = read_sheets([grid_of([["x"]], name="はじめに")], [PROGRAMS], ABOUT)
    assert asked(lost) == [("problem", "はじめに!A1", "no_sheet: 事業")]


def test_what_stands_in_a_row_of_nobody_is_a_problem():
    sheet = read(HEAD, ["面接会", "1", "fair"], ["講座", "2", "course"], ["", "3"])
    assert asked(sheet) == [("problem", "事業!B6", "of_no_row")]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("4,194", "4194", True),
        ("4194.0", "4194", True),
        ("", "", True),
        ("", "0", False),
        ("０", "0", True),
        ("推 4,600", "推4,600", True),
        ("面接 会", "面接会", True),
        ("面接会", "講座", False),
    ],
)
def test_two_cells_are_the_same_however_a_spreadsheet_shows_them(one, other, is_same):
    assert is_same_text(one, other) is is_same
