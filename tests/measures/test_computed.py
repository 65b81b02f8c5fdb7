"""The columns that functions add, as their definition tells of them."""

import pytest
from slices import DATA

import analysis
from analysis.dataset.tables import TABLES
from analysis.measures.computed import COMPUTED


def test_every_computed_column_is_added_by_a_function_that_a_notebook_has():
    assert {c.function for c in COMPUTED.values()} - {"sosei run"} <= set(analysis.__all__)


def test_every_computed_column_says_its_meaning_and_its_unit():
    assert [n for n, c in COMPUTED.items() if not c.meaning.strip() or not c.unit.strip()] == []
    assert COMPUTED["achievement_rate"] == (
        "actual / target",
        "ratio (0.74 is 74 %)",
        "add_achievement",
    )


@pytest.mark.parametrize("function", ["add_achievement", "add_execution"])
def test_a_function_adds_the_columns_that_are_told_of_it(function):
    data = analysis.load(DATA)
    added = {
        "add_achievement": lambda: analysis.add_achievement(data.kpis),
        "add_execution": lambda: analysis.add_execution(data.program_years, data.budgets),
    }[function]()
    told = {name for name, column in COMPUTED.items() if column.function == function}
    assert told - set(added) == set()
    known = {column for table in TABLES.values() for column in table.columns}
    assert set(added) - set(COMPUTED) - known == set()
