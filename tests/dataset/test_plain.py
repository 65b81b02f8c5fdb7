"""A large CSV that is written plainly is read by Arrow, and no cell tells by which reader."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.dataset import files, plain

HEADER = "source_id,publisher,title,note"
SIGNS = st.text(alphabet="ab,\"\n\r'=+-1　あ é", max_size=8)
ROWS = st.lists(st.lists(SIGNS, min_size=1, max_size=5), max_size=6)


def read_both(monkeypatch, path, data):
    """What each of the two readers makes of the same bytes."""
    path.write_bytes(data)
    read = []
    for large in (0, len(data) + 1):  # every file is large, or none
        monkeypatch.setattr(files, "LARGE", large)
        read.append(files.read_table(path))
    return read


def assert_same(read):
    (table, problems), (by_rows, its_problems) = read
    pd.testing.assert_frame_equal(table, by_rows)
    assert problems == its_problems


def quote(cell):
    return '"' + cell.replace('"', '""') + '"'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sources.csv"


@pytest.fixture
def taken(monkeypatch):
    """What Arrow's reader gave, each time that it was asked."""
    given = []

    def read(*asked):
        given.append(plain.read_plain(*asked))
        return given[-1]

    monkeypatch.setattr(files, "read_plain", read)
    return given


@given(rows=ROWS, quoted=st.booleans(), ending=st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_rows_are_the_same_by_both(tmp_path_factory, rows, quoted, ending):
    lines = [HEADER, *(",".join(quote(c) if quoted else c for c in row) for row in rows)]
    path = tmp_path_factory.mktemp("rows") / "sources.csv"
    with pytest.MonkeyPatch.context() as patch:
        assert_same(read_both(patch, path, ending.join(lines).encode()))


PLAIN = {
    "cells in quotes": 'a,"b, c","d ""e""",f\n',
    "a line in a cell": 'a,"b\nc",d,e\n',
    "an empty row keeps its number": "a,b,c,d\n,,,\ne,f,g,h\n",
    "a formula": "a,'=1+1,'-5,-5\n",
    "no newline at the end": "a,b,c,d",
    "a mark at the beginning": "\ufeffa,b,c,d\n",
    "lines of Windows": "a,b,c,d\r\ne,f,g,h\r\n",
    "words for nothing": "NA,null,nan,\n",
    "no row": "",
}


@pytest.mark.parametrize("case", PLAIN)
def test_plain_files_are_read_by_arrow(monkeypatch, path, taken, case):
    mark = "\ufeff" if PLAIN[case].startswith("\ufeff") else ""
    data = f"{mark}{HEADER}\n{PLAIN[case].removeprefix(mark)}".encode()
    assert_same(read_both(monkeypatch, path, data))
    assert None not in taken and taken


ODD = {
    "a ragged row": "a,b,c\n",
    "a quote in a cell": 'a,b"c,d,e\n',
    "letters after a quote": 'a,"b"c,d,e\n',
    "a quote that is never closed": 'a,"b,c,d\n',
    "an empty line": "a,b,c,d\n\ne,f,g,h\n",
    "an empty line in a cell": 'a,"b\n\nc",d,e\n',
    "bytes that are no UTF-8": "a,b,c,\udcff\n",
    "bytes that are no UTF-8 far below": "a,b,c,d\n" * 5_000 + "a,b,c,\udcff\n",
    "a cell too long": f"a,{'b' * (files.LONGEST_CELL + 1)},c,d\n",
}


@pytest.mark.parametrize("case", ODD)
def test_the_reader_that_says_what_is_wrong_reads_all_others(monkeypatch, path, taken, case):
    data = f"{HEADER}\n{ODD[case]}".encode("utf-8", "surrogateescape")
    assert_same(read_both(monkeypatch, path, data))
    assert {*taken} <= {None}


def test_a_table_of_too_many_rows_is_too_large_by_both(monkeypatch, path):
    monkeypatch.setattr(files, "MOST_ROWS", 3)
    read = read_both(monkeypatch, path, f"{HEADER}\na,b,c,d\ne,f,g,h\ni,j,k,l\n".encode())
    assert_same(read)
    assert [problem["kind"] for problem in read[0][1]] == ["too_large"]
    assert_same(read_both(monkeypatch, path, f"{HEADER}\na,b,c,d\ne,f,g,h\n".encode()))
