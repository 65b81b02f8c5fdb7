"""The kinds of columns: what a cell of each may hold."""

import re

import pytest

from analysis.dataset.kinds import KINDS


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("code", ["082201", "1000020082201", "x_kaisei_town"], ["82201", "kaisei", "X_town"]),
        ("slug", ["job_fair", "a1"], ["Job", "a-b", "_a", "a__b"]),
        ("year", ["2018"], ["18", "H30", "2018.0"]),
        ("number", ["1110", "-4.3"], ["1,110", "約120", ".5", "1e3"]),
        ("yen", ["10010000", "-5"], ["10,010", "1.5"]),
        ("date", ["2019-03-31"], ["2019/03/31", "2019-3-31"]),
        ("as_of", ["2025-09-30", "2025"], ["2025-13-01"]),
    ],
)
def test_a_cell_is_written_in_one_way(kind, right, wrong):
    pattern = re.compile(KINDS[kind].pattern)
    assert all(pattern.fullmatch(text) for text in right)
    assert not any(pattern.fullmatch(text) for text in wrong)


def test_every_kind_says_in_words_what_to_write():
    assert all(kind.expected for kind in KINDS.values())
