"""A grid is as large as its last cell with all that it spans."""

from analysis.intake.grid import Cell, Grid


def test_a_merged_cell_counts_with_all_it_spans():
    grid = Grid("a.xlsx", "s", {(0, 1): Cell("年度", "s!B1", 0, 1, rows=2, columns=3)})
    assert (grid.height, grid.width) == (2, 4)


def test_an_empty_grid_has_no_size():
    assert (Grid("a.xlsx", "s").height, Grid("a.xlsx", "s").width) == (0, 0)
