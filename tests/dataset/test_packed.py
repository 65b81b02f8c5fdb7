"""A Parquet file is read as the text that a CSV would hold, and written from it."""

import io
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow
import pytest
from pyarrow import parquet

from analysis.dataset import packed
from analysis.dataset.packed import NoTableError, pack_table, read_columns, read_header

TASKS = Path("/proc/self/task")


def write(**columns):
    made = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), made)
    return made.getvalue()


def read(column):
    return read_columns(write(cells=column))[0].tolist()


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pyarrow.array(["082201", None, "", "082201"]), ["082201", "", "", "082201"]),
        (pyarrow.array(["件", "人"], pyarrow.large_string()), ["件", "人"]),
        (pyarrow.array(["up", None, "up"]).dictionary_encode(), ["up", "", "up"]),
        (pyarrow.array([9007199254740991, None, -5]), ["9007199254740991", "", "-5"]),
        (pyarrow.array([2018.0, None, np.nan, 46.3]), ["2018", "", "", "46.3"]),
        (pyarrow.array([1e15, -0.25, 1e-7]), ["1000000000000000", "-0.25", "0.0000001"]),
        (pyarrow.array([0.1, 74.0], pyarrow.float32()), ["0.1", "74"]),
        (pyarrow.array([date(2019, 3, 31), None]), ["2019-03-31", ""]),
        (pyarrow.array([None, None]), ["", ""]),
        (pyarrow.array([], pyarrow.string()), []),
    ],
    ids=str,
)
def test_cells_of_any_type_are_the_text_a_csv_would_hold(column, texts):
    assert read(column) == texts


def test_a_column_that_a_cell_of_a_csv_cannot_hold_is_named():
    with pytest.raises(NoTableError) as raised:
        read(pyarrow.array([[1, 2], None]))
    assert raised.value.found.startswith("a column 'cells' of list<")
    assert raised.value.expected == "text, numbers or days"


@pytest.mark.parametrize("data", [b"", b"PAR1", write(a=["1"])[:-9]], ids=["none", "few", "cut"])
def test_what_is_no_parquet_file_is_told_so(data):
    for reader in (read_header, read_columns):
        with pytest.raises(NoTableError):
            reader(data)


def test_a_small_file_of_much_text_is_not_unpacked_whole(monkeypatch):
    data = write(cells=["あ" * 1_000] * 1_000)
    assert len(read_columns(data)[0]) == 1_000
    monkeypatch.setattr(packed, "MOST_BYTES", 100_000)
    with pytest.raises(NoTableError, match="of text"):
        read_columns(data)


def test_what_is_written_has_each_row_at_its_number_and_columns_under_their_own_names():
    table = pd.DataFrame(
        {"program_id": ["fair", "bus"], "own_memo": ["", "2"]}, index=[2, 5], dtype="str"
    )
    data = pack_table(table)
    assert read_header(data) == (["program_id", "memo"], 4)
    assert [c.tolist() for c in read_columns(data)] == [["fair", "", "", "bus"], ["", "", "", "2"]]
    assert pack_table(table) == data


@pytest.mark.skipif(not TASKS.is_dir(), reason="only Linux tells of threads")
def test_reading_begins_no_thread_for_reports_are_forked_from_what_has_read():
    data = write(cells=["a", "b"] * 10_000, numbers=[1.5, 2.5] * 10_000)
    before = len(list(TASKS.iterdir()))
    read_header(data)
    read_columns(data)
    assert len(list(TASKS.iterdir())) == before
