"""Formats in the words of the reports."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.wording.formats import (
    format_fiscal_year,
    format_number,
    format_percent,
    format_range,
    format_rate,
    format_value,
    format_yen,
    list_some,
    short_fiscal_year,
)

MISSING = [float("nan"), None, pd.NA, pd.NaT]


def read_back(text):
    return float(text.replace(",", "").replace("▲", "-"))


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [
        (0.74, "74.0％"),
        (1.2075, "120.8％"),
        (2.5625, "256.3％"),  # 256.25: round() and an f-string give 256.2
        (0.0005, "0.1％"),
        (0.00049, "0.0％"),
        (0.99949, "99.9％"),
        (0.9995, "100.0％"),
        (12.0, "1,200.0％"),
        (-22 / 30, "▲73.3％"),
        (-2.5625, "▲256.3％"),
        (0.0, "0.0％"),
    ],
)
def test_a_percentage_has_one_decimal_rounded_half_up(ratio, printed):
    assert format_percent(ratio) == printed


@pytest.mark.parametrize("value", [0.145, 0.285, 0.565, 1.005, 1.115, 2.675])
def test_half_of_the_last_decimal_goes_up_however_the_number_is_stored(value):
    thousandths = round(value * 1000)
    assert format_number(value, 2) == f"{(thousandths + 5) // 10 / 100:.2f}"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1110.0, "1,110"),
        (4_200_000.0, "4,200,000"),
        (999.0, "999"),
        (0.0, "0"),
        (-3703.0, "▲3,703"),
        (46.3, "46.3"),
        (-4.3, "▲4.3"),
        (0.1 + 0.2, "0.3"),
        (8_571_000, "8,571,000"),
    ],
)
def test_a_number_keeps_its_decimals_parts_its_thousands_and_marks_a_negative(value, printed):
    assert format_number(value) == printed


@pytest.mark.parametrize("value", [-0.04, -0.0, -0.0004])
def test_what_rounds_to_nothing_has_no_sign(value):
    assert format_number(value, 1) == "0.0"


@given(st.integers(-10_000_000_000, 10_000_000_000))
def test_a_printed_whole_number_read_back_is_the_same_number(value):
    assert read_back(format_number(value)) == value


@given(st.integers(-99_999_999, 99_999_999))
def test_a_printed_decimal_read_back_is_the_same_number(hundredths):
    value = hundredths / 100
    assert read_back(format_number(value)) == value
    assert read_back(format_number(value, 2)) == value


@given(st.floats(0, 1e6), st.integers(0, 3))
def test_rounding_a_negative_is_the_mirror_of_rounding_its_positive(value, decimals):
    up = read_back(format_number(value, decimals))
    assert read_back(format_number(-value, decimals)) == -up


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [
        (0.74, "74.0％"),
        (10.0, "1,000.0％"),
        (10.001, "1,000.1％？"),
        (29.98, "2,998.0％？"),
        (-10.0, "▲1,000.0％"),
        (-12.5, "▲1,250.0％？"),
    ],
)
def test_only_a_rate_beyond_a_thousand_per_cent_has_a_doubt_mark(ratio, printed):
    assert format_rate(ratio) == printed


@pytest.mark.parametrize("value", MISSING)
def test_what_is_missing_is_a_dash_in_every_form(value):
    assert format_number(value) == "—"
    assert format_number(value, 1) == "—"
    assert format_percent(value) == format_rate(value) == "—"
    assert format_yen(value) == "—"
    assert format_value(value, "件") == "—"
    assert format_fiscal_year(value) == "—"
    assert short_fiscal_year(value) == "—"


def test_yen_are_whole_and_rounded_half_up():
    assert format_yen(3_780_000) == "3,780,000円"
    assert format_yen(25_540.5) == "25,541円"  # round() gives 25540
    assert format_yen(25_540.54) == "25,541円"
    assert format_yen(0) == "0円"
    assert format_yen(-500) == "▲500円"


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (1110.0, "千円", "1,110千円"),
        (93.0, "％", "93％"),
        (-5.0, "人", "▲5人"),
        (0.0, "件", "0件"),
        (7.0, float("nan"), "7"),
        (7.0, None, "7"),
    ],
)
def test_a_value_stands_before_its_unit_and_alone_without_one(value, unit, printed):
    assert format_value(value, unit) == printed


def test_a_range_of_yen_names_the_unit_once():
    assert format_range(1_080_000, 4_320_000) == "1,080,000～4,320,000円"


def test_a_range_that_prints_the_same_at_both_ends_is_one_amount():
    assert format_range(3_780_000, 3_780_000) == "3,780,000円"
    assert format_range(25_540.6, 25_541.4) == "25,541円"


@pytest.mark.parametrize("missing", MISSING)
def test_a_range_with_an_unknown_end_is_a_dash(missing):
    assert format_range(missing, 100) == "—"
    assert format_range(100, missing) == "—"


@pytest.mark.parametrize(
    ("year", "long", "short"),
    [
        (2022, "令和4年度", "R4"),
        (2020, "令和2年度", "R2"),
        (2019, "令和元年度", "R元"),
        (2018, "平成30年度", "H30"),
        (1990, "平成2年度", "H2"),
        (1989, "平成元年度", "H元"),
        (1988, "昭和63年度", "S63"),
        (1926, "昭和元年度", "S元"),
    ],
)
def test_a_fiscal_year_is_written_with_its_era(year, long, short):
    assert format_fiscal_year(year) == long
    assert short_fiscal_year(year) == short


@given(st.integers(1926, 2100))
def test_no_two_years_are_written_alike(year):
    assert format_fiscal_year(year) != format_fiscal_year(year + 1)
    assert short_fiscal_year(year) != short_fiscal_year(year + 1)


def test_beyond_twelve_only_the_number_of_the_others_is_said():
    names = [f"事業{n}" for n in range(12)]
    assert list_some(names) == "、".join(names)
    assert list_some([*names, "ほかの事業"]) == "、".join(names) + "ほか1件"
    assert list_some([]) == ""
