"""The rows of a table: whose they are, what is left out and why."""

import pytest
from grids import sheet_of

from analysis.intake.blocks import find_blocks
from analysis.intake.rows import find_line_columns, is_no_name, join_lines, read_rows

HEAD = ("事業名", "指標", "目標値", "実績値")


def read(*rows, head=HEAD, **said):
    """The rows below a header."""
    sheet = sheet_of((head, *rows), **said)
    return read_rows(sheet, find_blocks(sheet)[0])


def whose(*rows, **said):
    """The program and the KPI of each row."""
    return [(r.names.get("program"), r.names.get("kpi")) for r in read(*rows, **said)]


def left(*rows, **said):
    """Why each row is left out."""
    return [row.left for row in read(*rows, **said)]


def test_an_empty_cell_of_a_program_is_the_program_above():
    rows = (("甲", "来場者数", "200", "148"), ("", "売上高", "30", "16"))
    assert whose(*rows) == [("甲", "来場者数"), ("甲", "売上高")]


@pytest.mark.parametrize("sign", ["〃", "同上"])
def test_a_sign_of_repetition_is_the_name_above(sign):
    rows = (("甲", "来場者数", "200", "148"), (sign, sign, "30", "16"))
    assert whose(*rows) == [("甲", "来場者数"), ("甲", "来場者数")]


def test_a_merged_program_is_that_of_all_its_rows():
    rows = (("甲", "来場者数", "200", "148"), ("", "売上高", "30", "16"), ("乙", "件数", "1", "2"))
    found = whose(*rows, spans={"A2": (2, 1)})
    assert [program for program, _ in found] == ["甲", "甲", "乙"]


def test_an_empty_name_of_a_kpi_is_no_kpi():
    rows = (("甲", "来場者数", "200", "148"), ("乙", "", "30", "16"))
    assert whose(*rows) == [("甲", "来場者数"), ("乙", None)]


@pytest.mark.parametrize("name", ["計", "合計", "小 計", "総合計", "甲事業 合計", "計（３事業）"])
def test_sums_are_left_out(name):
    assert left(("甲", "件数", "1", "2"), (name, "", "200", "148")) == ["", "total"]


def test_a_program_whose_name_speaks_of_a_plan_is_no_sum():
    assert left(
        ("合計特殊出生率向上事業", "件数", "1", "2"), ("計画推進事業", "件数", "1", "2")
    ) == [
        "",
        "",
    ]


def test_notes_and_sentences_are_left_out():
    rows = (("甲", "件数", "1", "2"), ("※ 速報値",), ("実績は年度末の値である。",))
    assert left(*rows) == ["", "note", "note"]


def test_a_row_of_one_name_over_the_table_is_the_section_of_the_rows_below():
    rows = (
        ("基本目標１ しごとをつくる",),
        ("甲", "件数", "1", "2"),
        ("基本目標２ ひとをよぶ",),
        ("乙", "件数", "1", "2"),
    )
    found = read(*rows, spans={"A2": (1, 4), "A4": (1, 4)})
    assert [row.left for row in found] == ["section", "", "section", ""]
    assert [row.section.text for row in found if not row.left] == [
        "基本目標１ しごとをつくる",
        "基本目標２ ひとをよぶ",
    ]


def test_lines_say_what_the_figures_of_their_row_are():
    head = ("事業名", "指標", "区分", "H29", "H30")
    rows = (
        ("甲", "来場者数", "目標", "200", "210"),
        ("", "", "実績", "148", "150"),
        ("", "", "達成率", "74.0", "71.4"),
    )
    sheet = sheet_of((head, *rows), spans={"A2": (3, 1), "B2": (3, 1)})
    block = find_blocks(sheet)[0]
    assert find_line_columns(sheet, block) == [2]
    found = read_rows(sheet, block)
    assert [row.line_of(3)[0].field for row in found] == ["target", "actual", "published_rate"]
    assert {row.names["kpi"] for row in found} == {"来場者数"}


def test_a_column_of_names_is_no_column_of_lines():
    sheet = sheet_of((HEAD, ("甲", "来場者数", "200", "148"), ("乙", "実績", "30", "16")))
    assert find_line_columns(sheet, find_blocks(sheet)[0]) == []


def test_a_column_of_years_says_the_year_of_its_rows():
    head = ("事業名", "年度", "事業費", "人件費")
    rows = (("甲", "平成24年度（決算）", "1", "2"), ("", "平成25年度（当初予算）", "1", "2"))
    found = read(*rows, head=head)
    assert [(row.when.year, row.when.kind) for row in found] == [
        (2012, "settled"),
        (2013, "initial"),
    ]


def test_a_name_loses_the_breaks_that_its_cell_forced_on_it():
    assert join_lines("東京圏から\n つくば市") == "東京圏からつくば市"
    assert join_lines("AI\nplatform") == "AI platform"


@pytest.mark.parametrize("text", ["", "-", "―", "〃", "なし", "該当なし", "設定なし"])
def test_dashes_signs_and_words_for_none_are_no_names(text):
    assert is_no_name(text)


def test_a_name_is_one():
    assert not is_no_name("来場者数")


def test_a_name_that_begins_with_a_word_for_none_is_one():
    assert not is_no_name("なしの花まつり開催事業")


def test_a_kpi_that_counts_a_sum_is_no_sum():
    assert left(("甲", "３施設の来場者数合計", "200", "148")) == [""]
