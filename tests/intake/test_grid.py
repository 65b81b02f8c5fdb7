"""A grid is as large as its last cell with all that it spans."""

import pytest

from analysis.intake.grid import Cell, Grid, letter_of, name_cell, number_of


def test_a_merged_cell_counts_with_all_it_spans():
    grid = Grid("a.xlsx", "s", {(0, 1): Cell("年度", "s!B1", 0, 1, rows=2, columns=3)})
    assert (grid.height, grid.width) == (2, 4)


def test_an_empty_grid_has_no_size():
    assert (Grid("a.xlsx", "s").height, Grid("a.xlsx", "s").width) == (0, 0)


@pytest.mark.parametrize(
    ("place", "column", "name"),
    [
        ("指標!C5", 2, "指標!C5"),
        ("record 5", 2, "record 5 column C"),
        ("page 2 row 3", 0, "page 2 row 3 column A"),
        ("table 1 row 3", None, "table 1 row 3"),
        ("row 5!C5", 2, "row 5!C5"),
    ],
)
def test_a_cell_is_told_from_those_beside_it(place, column, name):
    assert name_cell(place, column) == name


def test_letters_of_columns_go_both_ways():
    assert [number_of(letter_of(n)) for n in range(800)] == [*range(800)]
