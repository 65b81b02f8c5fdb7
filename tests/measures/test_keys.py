import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.keys import find_rows, is_among, number_groups, take

KEY = ["program_id", "fiscal_year"]
KEYS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(2018, 2020)), max_size=8)


def keyed(rows):
    table = pd.DataFrame(rows, columns=KEY)
    return table.astype({"program_id": "str", "fiscal_year": "Int64"})


def test_the_last_row_with_a_key_is_found_and_none_is_minus_one():
    table = keyed([("a", 2018), ("b", 2018), ("a", 2018)])
    wanted = keyed([("b", 2018), ("a", 2018), ("a", 2019)])
    assert find_rows(wanted, table, KEY).tolist() == [1, 2, -1]


def test_a_year_as_a_whole_float_is_the_same_key_as_an_integer():
    table = keyed([("a", 2018)])
    assert find_rows(table.astype({"fiscal_year": "float64"}), table, KEY).tolist() == [0]


@given(KEYS, KEYS)
def test_rows_are_found_as_a_left_merge_finds_them(wanted, rows):
    wanted, table = keyed(wanted), keyed(rows)
    last = table.assign(row=range(len(table))).drop_duplicates(KEY, keep="last")
    merged = wanted.merge(last, on=KEY, how="left")["row"].fillna(-1)
    assert find_rows(wanted, table, KEY).tolist() == merged.tolist()


@given(KEYS)
def test_groups_are_numbered_as_pandas_numbers_them(rows):
    table = keyed(rows)
    numbers, first = number_groups(table, KEY)
    assert numbers.tolist() == table.groupby(KEY, sort=False).ngroup().tolist()
    assert first.tolist() == table[~table.duplicated(KEY)].index.tolist()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pd.Series([10, 20], dtype="Int64"), [20, pd.NA]),
        (pd.Series(["x", "y"], dtype="str"), ["y", np.nan]),
        (pd.Series([1.5, 2.5]), [2.5, np.nan]),
    ],
)
def test_cells_are_taken_by_row_and_missing_where_there_is_none(column, expected):
    index = pd.Index(["p", "q"])
    taken = take(column, np.array([1, -1]), index)
    pd.testing.assert_series_equal(taken, pd.Series(expected, index=index, dtype=column.dtype))


def test_a_missing_cell_is_among_no_words():
    assert is_among(pd.Series(["up", None, "down"], dtype="str"), ["up"]).tolist() == [
        True,
        False,
        False,
    ]
