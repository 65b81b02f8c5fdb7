"""Tables of a printed PDF; files/open_sides.html is what it was printed from."""

import sys
from pathlib import Path

import pytest

from analysis import DataError
from analysis.intake import papers
from analysis.intake.papers import read_paper

pytest.importorskip("pdfplumber")
FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="module")
def grids():
    return read_paper((FILES / "open_sides.pdf").read_bytes(), "a.pdf")


def texts(grid):
    return {(cell.row, cell.column): cell.text for cell in grid.cells.values()}


HEADER = {
    **{(0, 0): "事業名", (0, 1): "平成30年度", (0, 3): "決算額", (0, 4): "評価"},
    **{(1, 1): "目標値", (1, 2): "実績値"},
}


def test_a_table_without_rules_at_its_sides_is_read_whole(grids):
    assert texts(grids[0]) == HEADER | {
        (2, 0): "観光地域づくり推進体制整備・受入環\n境充実事業",
        **{(2, 1): "1,200", (2, 2): "1150", (2, 3): "▲ 8,471", (2, 4): "順調"},
        **{(3, 0): "移住促進事業", (3, 1): "88.3%", (3, 2): "集計中", (3, 4): "遅れ"},
        **{(4, 0): "起業支援事業", (4, 1): "5件", (4, 2): "7件", (4, 3): "16,500", (4, 4): "順調"},
        **{(5, 1): "12人", (5, 2): "3 4"},
    }


def test_spans_and_places_are_told(grids):
    cell = grids[0].cells[4, 3]
    assert (cell.rows, cell.columns, cell.place) == (2, 1, "page 1 row 5")
    assert (grids[0].cells[0, 1].rows, grids[0].cells[0, 1].columns) == (1, 2)


def test_a_table_that_goes_on_is_a_grid_of_each_page(grids):
    assert [grid.name for grid in grids] == ["1", "2", "2"]
    last = {(2, 0): "農業振興事業", (2, 1): "69", (2, 2): "69", (2, 3): "7,404", (2, 4): "−"}
    assert texts(grids[1]) == HEADER | last


def test_a_table_with_rules_between_its_rows_only_is_parted_by_its_gaps(grids):
    assert texts(grids[2]) == {
        **{(0, 0): "区分", (0, 1): "予算額", (0, 2): "執行率"},
        **{(1, 0): "国庫支出金", (1, 1): "15,944", (1, 2): "99%"},
        **{(2, 0): "一般財源", (2, 1): "14,860", (2, 2): "100%"},
        **{(3, 0): "その他", (3, 1): "540", (3, 2): "59%"},
    }
    assert grids[2].cells[0, 0].place == "page 2 row 4"


def test_struck_figures_are_told(grids):
    part, whole = grids[2].cells[3, 1], grids[2].cells[3, 2]
    assert (part.text, part.struck, part.comment) == ("540", False, "~~450~~")
    assert (whole.struck, whole.comment) == (True, "")
    assert sum(cell.struck or bool(cell.comment) for g in grids for cell in g.cells.values()) == 2


def test_lines_outside_the_tables_stand_around_them(grids):
    assert grids[0].before == ("令和元年度 事業評価一覧", "（単位：千円）")
    assert grids[0].after == ()
    assert grids[1].after == grids[2].before == ("※実績値は令和元年５月末現在。",)
    assert grids[2].after == ("令和元年10月1日 企画課",)


def test_pages_of_pictures_say_so():
    with pytest.raises(DataError, match="no text: scanned pages"):
        read_paper((FILES / "picture.pdf").read_bytes(), "a.pdf")


def test_a_broken_paper_says_so():
    with pytest.raises(DataError, match=r"a\.pdf cannot be read as a PDF"):
        read_paper(b"%PDF-1.7 and no more", "a.pdf")


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(DataError, match=r"sosei\[pdf\]"):
        read_paper(b"%PDF-", "a.pdf")


def test_letters_that_a_font_does_not_name_are_refused():
    chars = [{"text": "(cid:12)"}] * 2 + [{"text": "1"}] * 8
    with pytest.raises(DataError, match=r"page 3: its font"):
        papers._check_letters(chars, "a.pdf", "3")


@pytest.mark.parametrize(
    ("letter", "meant"), [("\u2f6c", "目"), ("\u2ed1", "長"), ("\u2027", "・"), ("①", "①")]
)
def test_radicals_are_the_letters_they_look_like(letter, meant):
    assert papers._mend(letter) == meant


@pytest.mark.parametrize(
    ("text", "is_typed", "joined"),
    [
        ("1 1 5 0", False, "1150"),
        ("▲ 1 , 1 5 0", True, "▲1,150"),
        ("8 8 . 3 %", False, "88.3%"),
        ("1, 150", True, "1,150"),
        ("2 1, 754", True, "21,754"),
        ("7 4. 7%", True, "74.7%"),
        ("▲3, 703", True, "▲3,703"),
        ("12 88.3%", True, "12 88.3%"),
        ("3 4", True, "3 4"),
        ("200 300", False, "200 300"),
        ("1, 2, 3", True, "1, 2, 3"),
        ("目 標", False, "目 標"),
        ("5 人", False, "5 人"),
    ],
)
def test_digits_set_apart_are_joined_where_they_are_one_number(text, is_typed, joined):
    assert papers._join_digits(text, is_typed) == joined
