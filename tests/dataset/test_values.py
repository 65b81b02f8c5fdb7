"""Printed amounts of money, read as whole yen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import DataError, read_yen
from analysis.dataset.values import YEN_PER_UNIT


@pytest.mark.parametrize(
    ("printed", "yen"),
    [
        # つくば市 H30, 盛岡市 R3 and central tables, as they are printed
        ("8,571,000", 8_571_000),
        ("10,010 千円", 10_010_000),
        ("1,110千円", 1_110_000),
        ("255,447百万円", 255_447_000_000),
        ("36.7億円", 3_670_000_000),
        ("4億7824万円", 478_240_000),
        ("1兆2,000億円", 1_200_000_000_000),
        ("1万2600円", 12_600),
        ("2億5百万円", 205_000_000),
        ("924800", 924_800),
        ("3,780,000円", 3_780_000),
        ("0", 0),
        ("0千円", 0),
    ],
)
def test_an_amount_is_read_in_the_unit_it_is_printed_in(printed, yen):
    assert read_yen(printed) == yen


@pytest.mark.parametrize("sign", ["△", "▲", "-", "−", "－", "‐", "▲ "])
def test_a_triangle_before_a_number_is_a_minus_sign(sign):
    assert read_yen(f"{sign}2,530千円") == -2_530_000


@pytest.mark.parametrize(
    "printed", ["１０，０１０千円", "10,010　千円", " 10,010千円\n", "１０．０１百万円"]
)
def test_full_width_digits_signs_and_blanks_are_ordinary(printed):
    assert read_yen(printed) == 10_010_000


@pytest.mark.parametrize(
    "printed",
    [
        *("", " ", "-", "－", "未公表", "集計中", "円", "千円", "約120千円", "30人以上", "46.3％"),
        *("10,010,00", "1,0円", "1.5円", "0.0001千円", "3社", "3,000 ドル", "10千", "36.7億"),
        *(
            "200・4,000円",
            "1,000 2,000円",
            "4万7824億円",
            "4億78240万円",
            "4.5億200万円",
            "1億2.5万円",
        ),
        *("▲▲3円", "1,000円 2,000円", "推4,600円"),
    ],
)
def test_anything_else_is_refused_with_the_text_that_was_found(printed):
    with pytest.raises(DataError, match="Expected an amount such as") as error:
        read_yen(printed)
    assert repr(printed) in str(error.value)


@pytest.mark.parametrize("cell", [None, float("nan"), 1000, True])
def test_what_is_not_text_is_refused(cell):
    with pytest.raises(DataError, match="is not text"):
        read_yen(cell)


@given(st.integers(-(10**9), 10**9), st.sampled_from(list(YEN_PER_UNIT)))
def test_an_amount_printed_with_commas_reads_back_as_itself(number, unit):
    printed = f"{'▲' if number < 0 else ''}{abs(number):,}{unit}"
    assert read_yen(printed) == number * YEN_PER_UNIT[unit]


@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_mixed_units_add_up(hundred_millions, ten_thousands):
    yen = hundred_millions * 100_000_000 + ten_thousands * 10_000
    assert read_yen(f"{hundred_millions}億{ten_thousands}万円") == yen
