"""Why a check that found nothing is not called fulfilled."""

import pytest
from grids import grid_of
from intake.looking import ROWS, change, look_at, look_at_grids

from analysis.intake.ministry_untold import UNTOLD, are_pairs, is_left_aside

EMPTY = ("",) * 4
OF_TABLES = ("1-2", "1-3", "1-6", "1-9", "1-11", "1-12", "1-13", "2-1", "2-2")
OF_CELLS = ("1-4", "1-5", "1-10")


def reasons(looked, checks=OF_TABLES):
    return {UNTOLD[check](looked) for check in checks}


def test_where_nothing_stands_and_where_no_table_is_found_nothing_is_said_of_cells_either():
    assert reasons(look_at([("",)]), (*OF_TABLES, *OF_CELLS)) == {"nothing"}
    assert reasons(look_at([("甲", "乙")]), (*OF_TABLES, *OF_CELLS)) == {"no_table"}
    assert reasons(look_at([("甲", "乙")], kind=".csv"), ("1-4",)) == {""}


@pytest.mark.parametrize(
    "rows",
    [
        [("総人口", "230000", "", ""), EMPTY, *ROWS],
        [*ROWS, EMPTY, ("担当", "企画課", "", ""), ("内容", "相談", "", "")],
    ],
)
def test_figures_and_rows_of_texts_outside_the_tables_were_not_looked_at(rows):
    assert reasons(look_at(rows)) == {"outside"}


def test_a_title_and_notes_outside_the_tables_are_no_data():
    rows = [("実績一覧", "", "", "（速報）"), EMPTY, *ROWS, EMPTY, ("※1 見込みを含む", "", "", "")]
    looked = look_at(rows)
    assert not is_left_aside(looked.grids[0], looked.areas[0])
    assert UNTOLD["1-3"](looked) == ""


def test_a_sheet_of_words_beside_one_with_a_table_was_not_looked_at():
    words = grid_of([("甲", "乙"), ("丙", "丁")], name="二")
    assert reasons(look_at_grids(grid_of(ROWS), words)) == {"sheet_without_table"}
    title = grid_of([("表紙", "")], name="二")
    assert UNTOLD["1-6"](look_at_grids(grid_of(ROWS), title)) == ""


def test_figures_in_a_column_of_words_were_not_looked_at_and_figures_in_remarks_are_none():
    rows = [(*row, text) for row, text in zip(ROWS, ("状況", "実施", "148件", "検討"), strict=True)]
    assert reasons(look_at(rows), ("1-3", "1-9", "1-13")) == {"mixed"}
    told = change("E3", "2年目は70件の見込み", rows)
    assert reasons(look_at(told), ("1-3", "1-9", "1-13")) == {""}


def test_an_empty_row_leaves_open_whether_there_are_two_tables():
    assert UNTOLD["2-2"](look_at([*ROWS[:2], EMPTY, *ROWS[2:]])) == "cut"
    assert UNTOLD["2-2"](look_at()) == ""


def test_a_year_of_an_era_in_a_name_leaves_open_whether_it_is_the_year_of_the_row():
    rows = change("C1", "2018年度目標値（件）")
    assert UNTOLD["1-11"](look_at(rows)) == ""
    assert UNTOLD["1-11"](look_at(change("A2", "平成30年度就職面接会", rows))) == "eras_elsewhere"


def test_breaks_in_sentences_leave_open_what_they_are_for():
    assert UNTOLD["1-5"](look_at(change("B2", "相談した。\nまた来た。"))) == "sentences"
    assert UNTOLD["1-5"](look_at()) == ""


def test_labels_beside_their_values_are_no_table_that_was_looked_at():
    rows = [("事業名", "就職面接会"), ("担当課", "商工課"), ("予算額", "1000"), ("実績値", "148")]
    assert reasons(look_at(rows)) == {"pairs"}
    table = [("施設", "利用者（人）"), ("図書館", "1000"), ("体育館", "148")]
    (area,) = look_at(table).areas[0]
    assert not are_pairs(area)


def test_empty_places_leave_open_what_they_mean():
    behind = [(*row, text) for row, text in zip(ROWS, ("備考", "速報", "", "確報"), strict=True)]
    assert UNTOLD["1-6"](look_at(behind)) == "empty_texts"
    assert UNTOLD["1-13"](look_at(change("D2", "", change("D3", "")))) == "most_empty"
