"""Slips of typists: each is told with its sheet and cell, in words for readers."""

import datetime

import pytest
from intake.filling import put
from openpyxl.styles import Font

from analysis.wording import advise_on_note, describe_note
from analysis.wording.labels import labels

FAR = "3,691 settled of a budget of 3,969,000 | both in yen"
A_DATE = "it holds a year or a date; write the figure alone and the year in its own column."


def set_rounded(cell):
    """A number pasted with the format of another cell."""
    cell.value, cell.number_format = 176.4, "0"


def set_struck(cell):
    """A figure that somebody struck out."""
    cell.font = Font(strike=True)


OTHER_GRADES = "one of S, A, B, D; if it is new, add it to data/rubrics"
NOT_PENDING = "although actual_status is pending | an empty cell, or another actual_status"
KPI = "job_fair/matching_consultations"
SLIPS = {
    "an era for a year": (
        put("kpis", KPI, "final_year", "令和2", "kept"),
        {"doubt 指標!L8": ["year_of_era: 2020"]},
    ),
    "a number for a year": (
        put("programs", "youth_life_plan", "end_year", 2, "kept"),
        {"problem 事業!G8": ["unreadable_year"]},
    ),
    "thousand yen for yen": (
        put("budgets", "job_fair/settled", "amount_yen", 3_691),
        {"doubt 金額!F14": ["far_from_before", f"thousandfold: {FAR}"]},
    ),
    "full-width digits": (
        put("kpis", KPI, "actual", "１７６"),
        {"doubt 指標!I8": ["full_width: 176"]},
    ),
    "ten times the figure": (
        put("kpis", KPI, "actual", 1_760),
        {"doubt 指標!I8": ["tenfold: 1,760 | about 148 as in the years around it"]},
    ),
    "another unit": (
        put("kpis", KPI, "actual", "176人"),
        {"problem 指標!I8": ["other_unit_typed: 件"]},
    ),
    "a date, as a spreadsheet makes of 3/1": (
        put("kpis", KPI, "actual", datetime.date(2020, 3, 1)),
        {"problem 指標!I8": [f"unreadable: {A_DATE}"]},
    ),
    "no figure": (
        put("kpis", KPI, "actual", None),
        {"problem 指標!I8": ["empty_figure"]},
    ),
    "a figure beside the word that there is none": (
        put("kpis", KPI, "actual_status", "集計中", "may"),
        {"problem 指標!I8": [f"value_despite_status: '176' {NOT_PENDING}"]},
    ),
    "a word that cannot be chosen": (
        put("kpis", KPI, "direction", "ふやす", "kept"),
        {"problem 指標!M8": [f"no_such_word: {'、'.join(labels('directions').values())}"]},
    ),
    "a grade that no rubric has": (
        put("ratings", KPI, "grade", "Z"),
        {"doubt 評価!K10": [f"unknown_word: 'Z' | {OTHER_GRADES}"]},
    ),
    "a number that shows less than it is": (
        lambda book: set_rounded(book.at("kpis", KPI, "actual")),
        {"doubt 指標!I8": ["shown_rounded: 176.4"]},
    ),
    "a range of money": (
        put("budgets", "job_fair/total", "amount_yen", "900000～950000"),
        {"problem 金額!F13": ["range_of_result"]},
    ),
    "about so much money": (
        put("budgets", "job_fair/total", "amount_yen", "約4,000,000"),
        {"doubt 金額!F13": ["bound_of_result: 4000000"]},
    ),
    "a kind of money that is none": (
        put("budgets", "job_fair/total", "kind", None, "name"),
        {"problem 金額!B13": ["empty_needed"]},
    ),
    "a source without its name": (
        put("sources", "1", "source_id", None, "kept"),
        {"problem 資料!K7": ["empty_needed"]},
    ),
    "a source whose name is none": (
        put("sources", "1", "source_id", "確定版", "kept"),
        {"problem 資料!K7": ["not_written_so: 確定版"]},
    ),
    "an edition of another year": (
        put("sources", "1", "supersedes", "tsukuba_2018_preliminary", "may"),
        {"problem 資料!E7": ["no_such_word: –"]},
    ),
    "a unit that is gone": (
        put("kpis", KPI, "unit", None, "kept"),
        {"doubt 指標!D8": ["kept_emptied: 件"]},
    ),
    "a program of nobody": (
        put("kpis", KPI, "program", "別の事業", "name"),
        {"problem 指標!A8": ["no_such_program: 別の事業"]},
    ),
    "a figure that is struck out": (
        lambda book: set_struck(book.at("kpis", KPI, "target")),
        {"problem 指標!H8": ["struck"]},
    ),
    "a figure in a column of no name": (
        lambda book: setattr(book.sheet("kpis").cell(8, 21), "value", 4_800),
        {"doubt 指標!U8": ["no_header"]},
    ),
    "a formula without a result": (
        put("kpis", KPI, "break_note", "=A1", "may"),
        {"problem 指標!Q8": ["formula_alone"]},
    ),
    "a title that is empty": (
        put("sources", "1", "title", None),
        {"problem 資料!B7": ["empty_needed"]},
    ),
    "a source that is not described": (
        put("kpis", KPI, "source", 2, "may"),
        {"problem 指標!R8": ["no_such_source: 2"]},
    ),
    "last year's figure written over": (
        put("kpis", KPI, "actual", 150, "before"),
        {"problem 指標!G8": ["before_differs: 148"]},
    ),
    "the name of another row": (
        put("kpis", KPI, "kpi", "新たな地域ビジネスによる事業収入", "name"),
        {"problem 指標!B8": ["name_of_other_row: 合同就職面接会におけるマッチング相談件数"]},
    ),
    "a new name": (
        put("programs", "job_fair", "program", "合同企業説明会", "name"),
        {"doubt 事業!A10": ["name_differs: 合同就職面接会"]},
    ),
    "an unknown name of a row": (
        put("kpis", KPI, "row", "job_fair/consultations", "row"),
        {
            "problem 指標!S8": ["unknown_line: job_fair/consultations"],
            "doubt 指標!A6": [f"line_gone: {KPI}"],
        },
    ),
    "a day that no calendar has": (
        put("sources", "1", "published_on", "令和2年2月30日", "may"),
        {"problem 資料!D7": ["unreadable_day"]},
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_sheet_and_cell(name, slip):
    change, asked = SLIPS[name]
    if name == "an unknown name of a row":  # the rating of that KPI is then of none
        change = [change, *(put("ratings", KPI, c, None) for c in ("progress", "grade"))]
        change += [put("ratings", KPI, c, None) for c in ("effectiveness", "efficiency")]
    assert slip(*(change if isinstance(change, list) else [change])) == asked


def test_every_slip_has_words_for_readers():
    notes = [note for _, asked in SLIPS.values() for told in asked.values() for note in told]
    assert len(notes) > 15
    for note in notes:
        assert describe_note(note) != note
        assert advise_on_note(note)
