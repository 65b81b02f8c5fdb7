"""The columns that functions add are explained, each by the function that adds it."""

import analysis
from analysis.measures.computed import COMPUTED


def test_every_computed_column_names_a_function_of_analysis():
    adding = {column.function for column in COMPUTED.values()} - {"sosei run"}
    assert adding <= set(dir(analysis))


def test_every_computed_column_has_a_meaning_and_a_unit():
    assert all(column.meaning and column.unit for column in COMPUTED.values())


def test_ratios_say_how_they_are_written():
    assert COMPUTED["achievement_rate"].unit == "ratio (0.74 is 74 %)"
