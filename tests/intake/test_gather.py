"""Cells become a grid within limits; numbers behind shown texts are found."""

import pytest

from analysis import DataError
from analysis.intake import gather as module
from analysis.intake.gather import find_exact, gather, tidy_text, write_number
from analysis.intake.grid import Cell


def test_cells_and_lines_without_text_are_not_held():
    grid = gather("a", "s", [Cell(" ", "s!A1", 0, 0), Cell("1", "s!B1", 0, 1)], ["", "題"], [" "])
    assert [*grid.cells] == [(0, 1)]
    assert (grid.before, grid.after) == (("題",), ())


def test_too_many_cells_are_refused_while_they_come(monkeypatch):
    monkeypatch.setattr(module, "MOST_CELLS", 3)

    def endless():
        column = 0
        while True:
            yield Cell("1", "", 0, column)
            column += 1

    with pytest.raises(DataError, match="'s' has more than 3 cells"):
        gather("a.xlsx", "s", endless())


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("指標\r\n名", "指標\n名"),
        ("1_x000D_\n2", "1\n2"),
        ("\n\n　うち国費 \n", "　うち国費"),
        ("a\xa0b", "a b"),
    ],
)
def test_line_breaks_and_indents_stay_and_what_does_not_show_goes(text, tidied):
    assert tidy_text(text) == tidied


@pytest.mark.parametrize(
    ("text", "number", "exact"),
    [
        ("8,471", 8471, ""),
        ("▲ 8,471", -8471, ""),
        ("72.3", 72.34375, "72.34375"),
        ("88%", 0.883, "0.883"),
        ("88.3%", 0.883, ""),
        ("88.3%", 88.3, ""),
        ("8,471", 8471000, "8471000"),
        ("5人", 5, ""),
        ("なし", 5, "5"),
    ],
)
def test_the_number_behind_a_text_is_told_where_the_text_shows_less(text, number, exact):
    assert find_exact(text, number) == exact


def test_numbers_are_written_in_full_with_fifteen_digits():
    assert [*map(write_number, (1 / 3, 1e15, 100.0, 1e-7))] == [
        "0.333333333333333",
        "1000000000000000",
        "100",
        "0.0000001",
    ]
