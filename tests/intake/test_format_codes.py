"""A format code is parted into sections, and each into its signs."""

from decimal import Decimal

import pytest

from analysis.intake.format_codes import is_for_days, parse_code


def test_signs_of_sections_within_literals_part_nothing():
    sections = parse_code('0";"\\;;[Red]▲0')
    assert [[t.text for t in section.tokens] for section in sections] == [
        ["0", ";", ";"],
        ["▲", "0"],
    ]


def test_what_fills_pads_or_colours_is_no_sign():
    (section,) = parse_code("_ * [Red][$-411]#,##0_)")
    assert "".join(token.text for token in section.tokens) == "#,##0"


def test_a_condition_is_kept_with_its_number():
    first, second = parse_code("[>=1000]0;0")
    assert (first.condition, second.condition) == ((">=", Decimal(1000)), None)


@pytest.mark.parametrize(
    ("code", "is_day"),
    [
        *(("yyyy/m/d", True), ("[h]:mm", True), ("[$-411]ge.m.d", True), ("aaa", True)),
        *(("General", False), ('0"日"', False), ("0.00E+00", False), ("[Red]#,##0", False)),
    ],
)
def test_codes_for_days_are_told_from_those_for_numbers(code, is_day):
    assert is_for_days(code) is is_day
