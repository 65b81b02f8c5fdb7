"""A typed row is of the program and KPI it goes on with, else of those it names."""

import pytest
from grids import grid_of
from intake.filling import ABOUT

from analysis.intake.facts import PROBLEM
from analysis.intake.grid import Cell
from analysis.intake.ids import Known
from analysis.intake.template import Field, Line, Sheet
from analysis.intake.template_names import Names, find_field
from analysis.intake.template_sheets import TypedRow, TypedSheet

PROGRAM = Field("program", "name", 30, of="programs", needed=True)
KPI = Field("kpi", "name", 30, of="kpis")
GRADE = Field("grade", "new", 10)
FIELDS = (PROGRAM, KPI, GRADE)
SHEET = TypedSheet(Sheet("ratings", FIELDS, (), 3), grid_of([], name="評価"), 0, {})


def row(program="", kpi="", line=None, **more):
    texts = {PROGRAM: program, KPI: kpi, GRADE: "A"} | more
    told = ((one, text) for one, text in texts.items() if text)
    cells = {one: Cell(text, "評価!A1", 0, n) for n, (one, text) in enumerate(told)}
    return TypedRow("ratings", 1, cells, line, "評価!A1")


@pytest.fixture
def names():
    known = Names(ABOUT, Known())
    known.programs = {"面接会": {"fair"}, "講座": {"course", "seminar"}}
    known.kpis = {("fair", "相談件数"): {"consultations"}}
    return known


def problems(names):
    return [fact.note for fact in names.filled.facts if fact.outcome == PROBLEM]


def test_a_new_row_is_of_what_it_names(names):
    assert names.identify(SHEET, row("面接会", "相談 件数")) == ("fair", "consultations")
    assert names.identify(SHEET, row("面接会")) == ("fair", "")
    assert names.identify(SHEET, row("面接会", "（事業全体）")) == ("fair", "")
    assert problems(names) == []


@pytest.mark.parametrize(
    ("program", "kpi", "note"),
    [
        ("相談会", "", "no_such_program: 相談会"),
        ("講座", "", "several_so_called: 講座"),
        ("面接会", "参加者数", "no_such_kpi: 参加者数"),
    ],
)
def test_a_name_that_is_of_none_or_of_several_is_a_problem(names, program, kpi, note):
    assert names.identify(SHEET, row(program, kpi)) is None
    assert problems(names) == [note]


def test_last_years_row_says_what_a_row_is_of_and_another_name_there_is_a_problem(names):
    line = Line({PROGRAM: "講座"}, {"program_id": "course", "kpi_id": ""}, "course")
    assert names.identify(SHEET, row("講座", line=line)) == ("course", "")
    assert names.identify(SHEET, row("別の名", line=line)) is None
    assert names.identify(SHEET, row("面接会", line=line)) is None
    assert problems(names) == ["no_such_program: 別の名", "name_of_other_row: 講座"]


@pytest.mark.parametrize("text", ["注 速報値です", "※1 推計", "（注）見込み"])
def test_a_note_below_the_table_is_left_out_and_said_to_be(names, text):
    cell = Cell(text, "評価!A9", 8, 0)
    assert names.identify(SHEET, TypedRow("ratings", 8, {PROGRAM: cell}, None, "評価!A9")) is None
    [fact] = names.filled.facts
    assert (fact.outcome, fact.note) == ("doubt", "outside")


def test_a_total_is_left_out_with_its_figure(names):
    assert names.identify(SHEET, row("合計")) is None
    [fact] = names.filled.facts
    assert (fact.outcome, fact.note) == ("doubt", "total")


def test_the_column_of_this_year_is_found_not_that_of_the_year_before():
    before, new = Field("grade", "before", 10), Field("grade", "new", 10)
    sheet = TypedSheet(Sheet("ratings", (before, new), (), 3), grid_of([]), 0, {})
    assert find_field(sheet, "grade") is new
    assert find_field(sheet, "policy") is None
