"""The checks of whole tables: 1-6, 1-9, 1-11, 2-1, 2-2, each fulfilled and not."""

import pytest
from grids import grid_of
from intake.looking import HEAD, ROWS, change, look_at, look_at_grids, told

from analysis.intake.ministry_tables import (
    find_cuts,
    find_eras,
    find_left_out,
    find_several_tables,
    find_without_unit,
    holds_eras_elsewhere,
    leaves_texts_empty,
    says_any_year,
)

FINDERS = (
    *(find_left_out, find_without_unit, find_eras, find_cuts),
    find_several_tables,
)
EMPTY = ("",) * 4


@pytest.mark.parametrize("find", FINDERS)
def test_a_plain_table_has_nothing_to_mend(find):
    assert told(find(look_at())) == []


def test_a_sign_for_the_cell_above_leaves_its_name_out():
    assert told(find_left_out(look_at(change("A3", "〃")))) == [("A3", "就職面接会", "sign")]


def test_an_empty_name_below_another_is_left_out_but_not_one_under_a_merged_cell():
    rows = change("A3", "")
    assert told(find_left_out(look_at(rows))) == [("A3", "就職面接会", "empty_name")]
    assert told(find_left_out(look_at(rows, spans={"A2": (2, 1)}))) == []


def test_the_row_of_a_total_has_no_name_to_leave_out():
    rows = [*ROWS, ("", "合計", "235", "171")]
    assert told(find_left_out(look_at(rows))) == []


def test_a_column_without_a_header_and_two_with_one_are_found():
    assert told(find_left_out(look_at(change("B1", "")))) == [("B1", "", "no_header")]
    rows = change("D1", HEAD[2])
    assert told(find_left_out(look_at(rows))) == [
        ("C1", "", "same_header"),
        ("D1", "", "same_header"),
    ]


def test_a_column_of_numbers_before_the_names_hides_no_name_left_out():
    numbered = [("No.", *ROWS[0]), *((str(n), *row) for n, row in enumerate(ROWS[1:], 1))]
    rows = change("A3", "", change("B3", "", numbered))
    assert told(find_left_out(look_at(rows))) == [
        ("A3", "1", "empty_name"),
        ("B3", "就職面接会", "empty_name"),
    ]


def test_a_header_merged_over_two_columns_is_one():
    rows = [("事業名", "区分", "", "目標値（件）"), *ROWS[1:]]
    assert told(find_left_out(look_at(rows, spans={"B1": (1, 2)}))) == []


def test_a_column_of_figures_needs_its_unit_somewhere():
    rows = change("D1", "実績値")
    assert told(find_without_unit(look_at(rows))) == [("D1", "", "no_unit")]
    above = [("（単位：件）", "", "", ""), *rows]
    assert told(find_without_unit(look_at(above))) == []
    shown = rows
    for address, text in (("D2", "148件"), ("D3", "16件"), ("D4", "7件")):
        shown = change(address, text, shown)
    assert told(find_without_unit(look_at(shown))) == []


@pytest.mark.parametrize("header", ["前年度", "前年度比較", "電話相談の数"])
def test_a_year_or_a_code_in_a_header_of_figures_gives_them_no_unit(header):
    assert told(find_without_unit(look_at(change("D1", header)))) == [("D1", "", "no_unit")]


def test_a_column_of_figures_without_a_header_has_no_unit():
    assert told(find_without_unit(look_at(change("D1", "")))) == [("D1", "", "no_unit")]


def test_the_unit_above_one_table_is_not_that_of_the_next():
    other = (("区分", "2018年度", "2019年度", ""), ("国費", "10", "20", ""))
    rows = [("（単位：件）", "", "", ""), *ROWS, EMPTY, *other]
    assert [place for place, _, _ in told(find_without_unit(look_at(rows)))] == ["B7", "C7"]


def test_a_column_of_units_speaks_for_kpis_and_not_for_money():
    rows = [
        ("事業名", "指標", "単位", "目標値", "実績値", "決算額"),
        ("就職面接会", "相談件数", "件", "200", "148", "3780000"),
        ("移住相談", "相談者数", "人", "30", "16", "924800"),
    ]
    assert told(find_without_unit(look_at(rows))) == [("F1", "", "no_unit")]


def test_years_of_an_era_need_the_western_year():
    rows = [("事業名", "指標", "平成30年度（件）", "令和元年度（件）"), *ROWS[1:]]
    assert told(find_eras(look_at(rows))) == [("C1", "2018", "header"), ("D1", "2019", "header")]
    both = [("事業名", "指標", "平成30年度（2018年度）", "2019年度"), *ROWS[1:]]
    assert told(find_eras(look_at(both))) == []


def test_a_period_in_a_cell_is_told_with_both_its_years_and_the_year_beside_is_enough():
    rows = [("事業名", "事業期間", "目標値（件）"), ("就職面接会", "平成28年度～平成30年度", "200")]
    assert told(find_eras(look_at(rows))) == [("B2", "2016-2018", "cell")]
    rows = [("事業名", "年度", "西暦", "目標値（件）"), ("就職面接会", "平成30年度", "2018", "200")]
    assert told(find_eras(look_at(rows))) == []


def test_of_a_month_no_fiscal_year_is_put_beside():
    assert told(find_eras(look_at(change("B2", "H28.3")))) == [("B2", "", "cell")]
    assert told(find_eras(look_at(change("B2", "平成28年3月～平成30年3月")))) == [
        ("B2", "", "cell")
    ]


def test_a_year_whose_era_is_said_nowhere_is_no_western_one():
    assert told(find_eras(look_at(change("D1", "4年度実績値（件）")))) == [("D1", "", "header")]


def test_a_year_of_an_era_in_a_title_or_sentence_is_known_to_be_there():
    titled = [("平成30年度 実績一覧", "", "", ""), EMPTY, *ROWS]
    assert holds_eras_elsewhere(look_at(titled))
    assert not holds_eras_elsewhere(look_at([("2018年度 実績一覧", "", "", ""), EMPTY, *ROWS]))


def test_a_cubic_metre_is_no_year_of_meiji():
    assert told(find_eras(look_at(change("B2", "m3")))) == []


def test_whether_there_is_any_year_is_known():
    assert not says_any_year(look_at())
    assert says_any_year(look_at(change("C1", "2018年度目標値（件）")))


def test_an_empty_row_or_column_in_a_table_cuts_it():
    rows = [*ROWS[:2], EMPTY, *ROWS[2:]]
    assert told(find_cuts(look_at(rows))) == [("3", "", "empty_row")]
    wide = [(*row[:2], "", *row[2:]) for row in ROWS]
    assert told(find_cuts(look_at(wide))) == [("C", "", "empty_column")]


def test_a_hidden_row_is_no_empty_one():
    hidden = [f"{letter}3" for letter in "ABCD"]
    assert told(find_cuts(look_at(hidden_cells=hidden))) == []


def test_a_table_of_unknown_words_goes_on_below_an_empty_row():
    rows = [("甲", "乙", "丙"), ("あ", "1", "2"), ("い", "3", "4"), ("", "", ""), ("う", "5", "6")]
    looked = look_at(rows)
    assert told(find_cuts(looked)) == [("B5", "", "rest")]
    assert told(find_several_tables(looked)) == []


def test_two_tables_on_a_sheet_are_found_and_not_two_sheets_of_one_each():
    other = (("区分", "平成30年度", "令和元年度", ""), ("国費（千円）", "10", "20", ""))
    looked = look_at([*ROWS, EMPTY, *other])
    assert told(find_several_tables(looked)) == [("A6", "", "table")]
    looked = look_at_grids(grid_of(ROWS, name="一"), grid_of(ROWS, name="二"))
    assert told(find_several_tables(looked)) == []


WORDS = [("甲", "乙", "丙"), ("あ", "1", "2"), ("い", "3", "4")]


@pytest.mark.parametrize(("rows", "head"), [(ROWS, "F1"), (WORDS, "E1")])
def test_two_tables_side_by_side_under_the_same_headers_are_two(rows, head):
    looked = look_at([(*row, "", *row) for row in rows])
    assert told(find_several_tables(looked)) == [(head, "", "table")]
    assert len(told(find_cuts(looked))) == 1


@pytest.mark.parametrize(("rows", "head"), [(ROWS, "A6"), (WORDS, "A5")])
def test_two_tables_under_a_gap_with_the_same_headers_are_two(rows, head):
    looked = look_at([*rows, ("",) * len(rows[0]), *rows])
    assert told(find_several_tables(looked)) == [(head, "", "table")]


def test_headers_that_come_again_without_a_gap_cut_the_table():
    looked = look_at([*ROWS, *ROWS])
    assert told(find_cuts(looked)) == [("A5", "", "header_again")]
    assert told(find_several_tables(looked)) == []
    assert told(find_cuts(look_at([*ROWS, *ROWS], kind=".pdf"))) == []


def test_two_tables_without_a_gap_between_them_are_two():
    looked = look_at([(*row, *row) for row in WORDS])
    assert told(find_several_tables(looked)) == [("D1", "", "table")]


def test_a_first_row_of_figures_is_no_header():
    rows = [("つくば市", "148", "16"), ("盛岡市", "52", "7"), ("日立市", "3", "4")]
    found = [("B1", "", "figure_header"), ("C1", "", "figure_header")]
    assert told(find_left_out(look_at(rows))) == found
    years = [("市町村", "2018", "2019"), *rows]
    assert told(find_left_out(look_at(years))) == []


def test_a_short_year_below_a_header_of_years_is_one_of_an_era():
    rows = [("年度", "実績値（件）"), ("30", "148"), ("2019", "52")]
    assert told(find_eras(look_at(rows))) == [("A2", "", "cell")]


def test_empty_places_of_words_behind_the_figures_are_known():
    behind = [(*row, text) for row, text in zip(ROWS, ("備考", "速報", "", "確報"), strict=True)]
    assert leaves_texts_empty(look_at(behind))
    assert not leaves_texts_empty(look_at(change("E3", "速報", behind)))
