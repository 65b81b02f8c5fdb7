"""The fifteen checks and the places that findings name."""

from grids import grid_of
from intake.looking import look_at, look_at_grids

from analysis.intake.grid import Cell, Grid
from analysis.intake.ministry import CHECKS, at_cell, at_empty, name_thing
from analysis.intake.stored import Thing
from analysis.wording.labels import labels


def test_every_check_has_its_words():
    for section in ("checks", "asked", "remedies", "whys"):
        assert [*labels(f"ministry.{section}")] == [*CHECKS]


def test_a_finding_names_its_cell_and_an_empty_place_as_the_cells_beside_it():
    looked = look_at()
    (area,) = looked.areas[0]
    assert at_cell(0, area.grid.cells[1, 3], "1").place == "指標!D2"
    assert at_empty(0, area, 2, 7).place == "指標!H3"
    rows = {(r, c): Cell("1", f"record {r + 1}", r, c) for r in range(3) for c in range(2)}
    rows |= {(0, c): Cell("目標値", "record 1", 0, c) for c in range(2)}
    (area,) = look_at_grids(Grid("a.csv", "", rows)).areas[0]
    assert at_empty(0, area, 2, 4).place == "record 3 column E"


def test_a_thing_stands_on_the_sheet_of_its_name_or_on_the_sheet_alone():
    looked = look_at_grids(grid_of([("a",)], name="一"), grid_of([("b",)], name="二"))
    found = looked.place_thing(Thing(("二", 4, 3), "chart"))
    assert (found.sheet, found.place, found.printed) == (1, "二!D5", "chart")
    assert name_thing(("二", -1, -1)) == "二"


def test_cells_of_hidden_sheets_are_not_among_those_that_are_looked_at():
    shown, hidden = grid_of([("a",)], name="一"), grid_of([("b",)], name="二", hidden=True)
    assert [(n, cell.text) for n, cell in look_at_grids(hidden, shown).cells] == [(1, "a")]
