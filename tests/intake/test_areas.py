"""Tables of a grid, whether their words are known or not."""

from grids import grid_of
from intake.looking import ROWS, change, look_at

from analysis.intake.areas import find_areas
from analysis.intake.stored import Stored

UNKNOWN = [
    ("見本の一覧", "", ""),
    ("甲", "乙", "丙"),
    ("あ", "1", "2"),
    ("い", "3", "4"),
]


def shape(areas):
    return [(area.header, area.body, area.columns, area.measured) for area in areas]


def test_a_table_of_known_words_has_its_headers_and_columns_of_figures():
    assert shape(look_at().areas[0]) == [((0,), (1, 2, 3), (0, 1, 2, 3), [2, 3])]


def test_a_table_of_unknown_words_ends_its_header_before_the_first_figure():
    areas = find_areas(grid_of(UNKNOWN), Stored())
    assert shape(areas) == [((1,), (2, 3), (0, 1, 2), [1, 2])]


def test_words_alone_are_no_table_and_a_hidden_sheet_has_none():
    assert find_areas(grid_of([("甲", "乙"), ("丙", "丁")]), Stored()) == []
    assert find_areas(grid_of(UNKNOWN, hidden=True), Stored()) == []


def test_a_column_with_more_words_than_figures_is_none_of_figures():
    rows = change("D2", "調査した", change("D3", "検討した"))
    (area,) = look_at(rows).areas[0]
    assert area.measured == [2]
    dashes = change("D2", "-", change("D3", "-"))
    (area,) = look_at(dashes).areas[0]
    assert area.measured == [2, 3]


def test_codes_with_their_zeros_and_years_are_no_figures():
    rows = [
        (*row, code) for row, code in zip(ROWS, ("団体", "082201", "H30", "032018"), strict=True)
    ]
    (area,) = look_at(rows).areas[0]
    assert 4 not in area.measured


def test_a_cell_merged_over_rows_stands_once_below_its_header():
    (area,) = look_at(change("A3", ""), spans={"A2": (2, 1)}).areas[0]
    assert [cell.text for cell in area.below(0)] == ["就職面接会", "起業支援"]
    assert area.said(2) == "目標値(件)"
