"""Where in a published file a cell stands, for readers."""

import pytest

from analysis.wording.places import name_grid, name_place


@pytest.mark.parametrize(
    ("place", "column", "name"),
    [
        ("指標一覧!C5", "C", "指標一覧!C5"),
        ("record 5", "", "5件目のレコード"),
        ("table 1 row 3", "B", "1番目の表の3行目のB列"),
        ("page 2", "", "2ページ"),
    ],
)
def test_a_place_is_named_as_readers_find_it(place, column, name):
    assert name_place(place, column) == name


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("指標一覧", "指標一覧!A1", "シート「指標一覧」"),
        ("", "record 1", "資料の表"),
        ("2", "page 2 row 1", "2ページ"),
        ("実績", "table 1 row 1", "1番目の表「実績」"),
        ("", "", "資料の表"),
    ],
)
def test_a_sheet_page_or_table_is_named_by_what_it_is(name, place, said):
    assert name_grid(name, place) == said
