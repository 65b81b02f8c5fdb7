"""What is typed into a cell is read as it would be printed, or is told to be unreadable."""

import pytest

from analysis.intake.facts import DOUBT, PROBLEM, READ
from analysis.intake.template_cells import read_typed


@pytest.mark.parametrize(
    ("column", "text", "cells"),
    [
        ("actual", "148", {"actual": "148"}),
        ("actual", "4,600", {"actual": "4600"}),
        ("actual", "0", {"actual": "0"}),
        ("actual", "-12.5", {"actual": "-12.5"}),
        ("actual", "▲12", {"actual": "-12", "actual_printed": "▲12"}),
        (
            "actual",
            "推 4,600",
            {"actual": "4600", "actual_status": "estimated", "actual_printed": "推 4,600"},
        ),
        ("actual", "集計中", {"actual_status": "pending"}),
        ("actual", "未公表", {"actual_status": "unpublished"}),
        ("actual", "-", {"actual_status": "not_set"}),
        ("actual", "4,712人", {"actual": "4712", "actual_printed": "4,712人"}),
        (
            "target",
            "93％超",
            {"target": "93", "target_bound": "above", "target_printed": "93％超"},
        ),
        (
            "target",
            "696～890",
            {
                "target": "696",
                "target_upper": "890",
                "target_bound": "range",
                "target_printed": "696～890",
            },
        ),
        (
            "target",
            "現状値以上",
            {"target_printed": "現状値以上", "target_bound": "no_worse_than_baseline"},
        ),
        ("target", "充実", {"target_printed": "充実"}),
        ("direction", "減らす", {"direction": "down"}),
        ("direction", "down", {"direction": "down"}),
        ("actual_status", "速報", {"actual_status": "preliminary"}),
        ("actual_status", "速報値", {"actual_status": "preliminary"}),
        ("final_year", "2020", {"final_year": "2020"}),
        ("as_of", "2020年9月30日", {"as_of": "2020-09-30"}),
        ("as_of", "2020", {"as_of": "2020"}),
        ("actual", "この資料に記載なし", {"actual_status": "not_in_source"}),
        ("target", "「-」と記載", {"target_status": "not_set"}),
        ("sample_size", "1,200人", {"sample_size": "1200"}),
        ("break_note", "数え方が\n変わった。", {"break_note": "数え方が\n変わった。"}),
    ],
)
def test_a_cell_of_a_kpi_is_read_as_typed(column, text, cells):
    unit = "人" if "人" in text else ""
    typed = read_typed("kpis", column, text, unit)
    assert (typed.outcome, typed.cells) == (READ, cells)


@pytest.mark.parametrize(
    ("text", "unit", "cells"),
    [
        ("8571000", "円", {"amount_yen": "8571000"}),
        ("8,571,000", "円", {"amount_yen": "8571000", "amount_printed": "8,571,000"}),
        ("8,571", "千円", {"amount_yen": "8571000", "amount_printed": "8,571千円"}),
        ("36.7億円", "千円", {"amount_yen": "3670000000", "amount_printed": "36.7億円"}),
        ("△1,110", "円", {"amount_yen": "-1110", "amount_printed": "△1,110"}),
        ("0", "千円", {"amount_yen": "0", "amount_printed": "0千円"}),
        ("集計中", "円", {"amount_status": "pending"}),
    ],
)
def test_an_amount_is_in_the_unit_of_its_sheet_or_its_own(text, unit, cells):
    typed = read_typed("budgets", "amount_yen", text, unit)
    assert (typed.outcome, typed.cells) == (READ, cells)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("75名", "人", "75"),
        ("1,800,000円", "千円", "1800"),
        ("255,447百万円", "円", "255447000000"),
        ("9億", "億円", "9"),
        ("５割", "割合", "0.5"),
        ("12.5％", "割合", "0.125"),
    ],
)
def test_a_figure_in_another_unit_of_the_same_kind_is_converted(text, unit, number):
    typed = read_typed("instruments", "quantity", text, unit)
    assert typed.cells == {"quantity": number, "printed": text}


def test_a_range_is_no_result_and_a_bound_is_a_doubt():
    assert read_typed("kpis", "actual", "100～190").note == "range_of_result"
    about = read_typed("kpis", "actual", "約190")
    assert (about.outcome, about.note) == (DOUBT, "bound_of_result: 190")
    assert about.cells == {"actual": "190", "actual_printed": "約190"}


@pytest.mark.parametrize("text", ["2020-06-01 0:00:00", "2020/6/1 0:00", "令和2年6月1日"])
def test_a_day_is_read_as_spreadsheets_show_it(text):
    assert read_typed("sources", "published_on", text).cells == {"published_on": "2020-06-01"}


def test_a_rate_is_typed_in_percent():
    typed = read_typed("ratings", "published_rate", "101.0%")
    assert typed.cells == {"published_rate": "1.01", "published_rate_printed": "101.0"}


@pytest.mark.parametrize(
    ("column", "text", "note"),
    [
        ("final_year", "令和2", "year_of_era: 2020"),
        ("final_year", "R2年度", "year_of_era: 2020"),
        ("actual", "１７６", "full_width: 176"),
    ],
)
def test_what_has_one_reading_but_is_typed_oddly_is_read_and_a_doubt(column, text, note):
    typed = read_typed("kpis", column, text)
    assert (typed.outcome, typed.note) == (DOUBT, note)
    assert typed.cells


@pytest.mark.parametrize(
    ("table", "column", "text", "note"),
    [
        ("kpis", "final_year", "2", "unreadable_year"),
        ("kpis", "final_year", "平成28年度～令和2年度", "unreadable_year"),
        ("kpis", "final_year", "10000", "unreadable_year"),
        ("kpis", "as_of", "9月末", "unreadable_day"),
        ("kpis", "sample_size", "1.5", "no_whole_number"),
        ("kpis", "tolerance", "-", "no_figure"),
        ("budgets", "amount_yen", "8,571人", "not_money"),
        ("budgets", "amount_yen", "0.5", "not_whole_yen"),
        ("ratings", "scheme", "つくば", "not_written_so: つくば"),
        ("programs", "scope", "共同", "no_such_word: 単独、連携"),
    ],
)
def test_what_cannot_be_read_says_why(table, column, text, note):
    typed = read_typed(table, column, text, "円")
    assert (typed.outcome, typed.cells, typed.note) == (PROBLEM, {}, note)


def test_two_figures_in_one_cell_are_a_problem():
    assert read_typed("kpis", "actual", "3社 (7社)").note == "two_figures"
