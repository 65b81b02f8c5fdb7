"""Cells become a grid within limits; numbers behind shown texts are found."""

import pytest

from analysis import DataError
from analysis.intake import gather as module
from analysis.intake.gather import (
    check_text,
    collect,
    explain,
    find_exact,
    gather,
    tidy_text,
    write_number,
)
from analysis.intake.grid import Cell, Grid


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
    ("cell", "said"),
    [
        (Cell("1", "", 0, 0, 400_000, 2), "merged cells, links or notes over more than 500,000"),
        (Cell("1", "", 0, 16_384), "more than 1,048,576 rows or 16,384 columns"),
        (Cell("1", "", 1_048_576, 0), "more than 1,048,576 rows or 16,384 columns"),
    ],
)
def test_cells_beyond_any_sheet_are_refused(cell, said):
    with pytest.raises(DataError, match=f"a.xlsx: 's' has {said}"):
        gather("a.xlsx", "s", [cell])


def test_the_cells_of_all_sheets_are_counted_together(monkeypatch):
    monkeypatch.setattr(module, "MOST_CELLS", 3)
    sheet = Grid("a", "s", {(0, n): Cell("1", "", 0, n) for n in range(2)})
    assert collect("a.xlsx", [sheet]) == [sheet]
    with pytest.raises(DataError, match=r"a\.xlsx has more than 3 cells\. Split it"):
        collect("a.xlsx", [sheet, sheet])


def test_a_text_is_measured_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(module, "MOST_LETTERS", 9)
    monkeypatch.setattr(module, "MOST_TAGS", 2)
    assert check_text(b"<a></a>", "a.html") == b"<a></a>"
    with pytest.raises(DataError, match=r"a\.html has more than 2 tags"):
        check_text(b"<a><b><c>", "a.html")
    with pytest.raises(DataError, match=r"a\.html holds 0 MB of text; at most 0 MB"):
        check_text(b"0123456789", "a.html")


def test_what_a_library_said_is_told_on_one_line():
    assert explain(ValueError("no number\nmore")) == "ValueError: no number"


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
