"""Tables for readers: columns by code, headed by words, with a name and the columns of states."""

import pytest

from analysis.wording.tables import label_table


def test_columns_are_headed_by_their_words_in_the_order_given():
    table = label_table("progress", {"kpi": ["来場者数"], "place": ["1"]})
    assert table.columns[0] == "指標"
    assert table.iloc[0].tolist() == ["来場者数", "1"]
    assert table.attrs == {"name": "progress", "states": []}


def test_a_header_that_holds_something_of_the_data_is_given_beside_them():
    table = label_table("costs", {"kpi": ["a"], "cost": ["1"]}, headers={"cost": "費用（決算額）"})
    assert table.columns.tolist() == ["指標", "費用（決算額）"]


def test_states_are_named_by_their_headers():
    table = label_table("progress", {"kpi": ["a"], "place": ["● 到達"]}, states=["place"])
    assert table.attrs["states"] == [table.columns[1]]


def test_a_column_without_a_word_is_refused():
    with pytest.raises(KeyError):
        label_table("progress", {"no_such_column": ["a"]})
