"""Records of a system are tables: one of the objects, one for each list in them."""

import json

import pytest

from analysis import DataError
from analysis.intake.objects import read_objects
from analysis.intake.profiles import Column, Profile, Table

SHEET = {
    "name": "面接会",
    "since": 2013,
    "until": None,
    "ways": ["補助", "委託"],
    "money": [{"year": 2017, "budget": 1342.5210000000002}, {"year": 2018, "budget": 0.0}],
    "goals": [
        {"kpi": "件数", "results": [{"year": 2017, "actual": 60}, {"year": 2018, "actual": None}]},
        {"kpi": "割合", "results": []},
    ],
}


def read(*records, profile=None):
    data = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    grids = read_objects(data.encode(), "a.ndjson", profile)
    return {grid.name: grid for grid in grids}


def rows_of(grid):
    return grid.frame.set_axis(grid.frame.iloc[0], axis="columns").iloc[1:].to_dict("records")


def test_values_of_an_object_are_a_row_and_what_is_empty_has_no_cell():
    grid = read(SHEET)[""]
    assert rows_of(grid) == [{"name": "面接会", "since": "2013", "until": "", "ways": "補助、委託"}]
    assert len(grid.cells) == 4 + 3


def test_a_list_is_a_table_of_its_own_and_what_stands_around_it_is_merged_over_its_rows():
    goals = read(SHEET)["goals.results"]
    [cell] = [c for c in goals.cells.values() if c.text == "件数"]
    assert (cell.rows, cell.place) == (2, "line 1:goals[0].kpi")
    years = [row["goals.results.year"] for row in rows_of(goals)]
    assert years == ["2017", "2018"]


def test_a_place_leads_to_the_value_in_its_line():
    places = [c.place for c in read({"a": 1}, SHEET)["money"].cells.values()]
    assert "line 2:money[1].year" in places


def test_what_a_division_left_behind_the_last_digit_is_taken_off_and_shown():
    [cell] = [c for c in read(SHEET)["money"].cells.values() if c.text == "1342.521"]
    assert cell.shown == "1342.5210000000002"


def test_an_array_is_read_as_lines_are():
    grids = read_objects(json.dumps([{"a": 1}, {"a": 2}]).encode(), "a.json")
    assert [c.text for c in grids[0].cells.values()] == ["a", "1", "2"]


def test_of_columns_that_no_profile_names_only_the_header_is_held():
    profile = Profile(
        "p", tables=(Table(sheet="money", columns={"money.year": Column("fiscal_year")}),)
    )
    texts = [c.text for c in read(SHEET, profile=profile)["money"].cells.values()]
    assert "money.budget" in texts
    assert "1342.521" not in texts
    assert "2017" in texts


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a": 1}\n{"a": \n', "line 2 is no JSON"),
        (b'{"a": 1}\n[2]\n', "line 2 is no object"),
        (b"[1]", "is no object"),
        (b'{"a": null}', "holds no objects"),
        (b"[" * 100_000, "is no JSON"),
    ],
)
def test_what_is_no_record_is_told_with_its_line(data, said):
    with pytest.raises(DataError, match=said):
        read_objects(data, "a.ndjson")
