"""The rows of two editions side by side."""

import pandas as pd
import pytest
from compared import WASTE, tell
from folders import BUDGET, CONSULTATIONS

from analysis.dataset.tables import TABLES
from analysis.errors import DataError
from analysis.measures.matches import (
    MAIN,
    compare_cells,
    differ,
    group_column,
    list_compared,
    list_presence,
    match_rows,
)


def match(table, old, new):
    return match_rows(table, pd.DataFrame(old), pd.DataFrame(new))


def test_rows_are_matched_by_their_key_without_the_source():
    other = CONSULTATIONS | {"source_id": "other"}
    found = match("kpis", [WASTE, CONSULTATIONS], [other, other | {"kpi_id": "new"}])
    assert (found.before.tolist(), found.after.tolist()) == ([1], [0])
    assert (found.gone.tolist(), found.came.tolist()) == ([0], [1])


def test_a_key_with_an_empty_cell_is_matched_too():
    empty = BUDGET | {"item": None, "last_year": None}
    assert match("budgets", [empty], [empty]).after.tolist() == [0]


def test_amounts_of_one_item_and_two_natures_are_two_rows():
    rows = [BUDGET | {"nature": "direct"}, BUDGET | {"nature": "full"}]
    assert match("budgets", rows, rows[1:]).gone.tolist() == [0]


def test_two_rows_with_one_key_are_refused():
    with pytest.raises(DataError, match="kpis of new: two rows with one government_code, prog"):
        match("kpis", [CONSULTATIONS], [CONSULTATIONS, CONSULTATIONS])


@pytest.mark.parametrize(("old", "new"), [([], [WASTE]), ([WASTE], []), ([], [])])
def test_an_edition_without_rows_has_nothing_to_match(old, new):
    found = match("kpis", old, new)
    assert (len(found.after), len(found.gone), len(found.came)) == (0, len(old), len(new))
    assert len(compare_cells(found)) == 0


def test_what_is_told_beside_a_figure_is_no_column_of_its_own():
    compared = list_compared("kpis")
    assert {"actual", "target", "unit", "direction", "final_year"} <= set(compared)
    beside = {"actual_status", "actual_printed", "target_printed", "place", "inferred"}
    assert not {*beside, "break_note", *TABLES["kpis"].key} & set(compared)


def test_every_table_that_is_compared_says_what_stands_for_a_row():
    assert all(column in TABLES[table].columns for table, column in MAIN.items())


@pytest.mark.parametrize(
    ("column", "group"),
    [
        ("actual_status", "actual"),
        ("as_of", "actual"),
        ("baseline_year", "baseline"),
        ("final_year", "target"),
        ("tolerance", "target"),
        ("aggregation", "definition"),
        ("natural_limit", "definition"),
    ],
)
def test_each_column_of_a_kpi_is_of_one_group_of_figures(column, group):
    assert group_column(column) == group


def test_missing_cells_are_alike_and_numbers_are_compared_as_numbers():
    earlier = pd.Series([None, float("nan"), 93, 0, "a", None], dtype="object")
    later = pd.Series([float("nan"), None, 93.0, None, "b", "c"], dtype="object")
    assert differ(earlier, later).tolist() == [False, False, False, True, True, True]


def test_a_mark_where_a_figure_would_stand_is_no_word():
    dash = CONSULTATIONS | {"target": None, "target_printed": "－"}
    nothing = CONSULTATIONS | {"target": None, "target_printed": None}
    assert len(compare_cells(match("kpis", [dash], [nothing]))) == 0


def test_words_beside_a_status_that_says_there_is_nothing_are_none():
    pending = WASTE | {"actual": None, "actual_status": "pending"}
    said = pending | {"actual_printed": "集計中"}
    assert len(compare_cells(match("kpis", [pending], [said]))) == 0


def test_rows_of_one_edition_alone_are_told_on_their_own_side():
    total = BUDGET | {"item": None}
    tables = {
        "programs": match("programs", [CONSULTATIONS], [CONSULTATIONS]),
        "budgets": match("budgets", [total], [total | {"kind": "settled"}]),
        "kpis": match("kpis", [CONSULTATIONS], [CONSULTATIONS]),
    }
    found = pd.concat([part for part in list_presence(tables) if len(part)])
    told = ("change", "item", "earlier", "later", "earlier_place", "later_place")
    assert tell(found, *told, "unit_before", "unit_after") == [
        ("gone", "total", 3_780_000, None, "④-4", None, "yen", None),
        ("new", "settled", None, 3_780_000, None, "④-4", None, "yen"),
    ]
