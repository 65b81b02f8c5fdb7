"""A text file: its encoding, what parts its cells, and the numbers of its records."""

import pytest

from analysis import DataError
from analysis.intake.texts import decode, find_delimiter, read_text

TEXT = "栃木県の指標①㎡,移住者数（人）\n"


def read(text, encoding="utf-8"):
    (grid,) = read_text(text.encode(encoding), "a.csv")
    return grid


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_text_is_read_in_the_encodings_of_publications(encoding):
    assert [cell.text for cell in read(TEXT, encoding).cells.values()] == [
        "栃木県の指標①㎡",
        "移住者数（人）",
    ]


@pytest.mark.parametrize("text", ["栃木県の移住者数", "指標,目標値,実績値\n", "あいうえお"])
def test_a_text_in_euc_is_not_taken_for_half_width_kana(text):
    assert decode(text.encode("euc_jis_2004"), "a.csv") == text


def test_half_width_kana_beside_others_stay_what_they_are():
    text = "ｾﾝﾀｰ整備事業の実績値と目標値"
    assert decode(text.encode("cp932"), "a.csv") == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\0b", "bytes that no text has"),
        (b"\xff\xfe\x00", "begins as utf-16 but is broken"),
        (b"\x81\xff\xff\xfd", "is no text in UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(data, message):
    with pytest.raises(DataError, match=message):
        decode(data, "a.csv")


def test_records_are_counted_with_blank_ones_and_without_quoted_breaks():
    grid = read('題名\r\n\r\n指標,"実績\r\n（年度）"\r\n間伐,"3,311\r\n（H16）"\r\n')
    held = {(c.row, c.column): (c.text, c.place) for c in grid.cells.values()}
    assert held == {
        (0, 0): ("題名", "record 1"),
        (2, 0): ("指標", "record 3"),
        (2, 1): ("実績\n（年度）", "record 3"),
        (3, 0): ("間伐", "record 4"),
        (3, 1): ("3,311\n（H16）", "record 4"),
    }


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a\tb\n1,000\t2,000\n", "\t"),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("one line", ","),
        ('題（a;b）\na,b\n"x;y",2\n', ","),
    ],
)
def test_what_parts_the_cells_is_found(text, delimiter):
    assert find_delimiter(text) == delimiter


def test_a_quote_that_is_never_closed_is_refused():
    with pytest.raises(DataError, match=r"a\.csv record 2 is broken"):
        read('a,b\n"1,2\n3,4\n')
