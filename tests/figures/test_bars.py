"""Bars of counts: as long as they count, or all of one length."""

import pytest
from drawn import BOTH_WIDTHS, boxes

from analysis.figures.bars import draw_bars
from analysis.figures.canvas import BLUE

BARS = [("甲", "2", [("filled", 2), ("pale", 2)]), ("乙", "1", [("filled", 1), ("pale", 0)])]


@BOTH_WIDTHS
def test_bars_are_as_long_as_what_they_count(narrow):
    one, other = boxes(draw_bars(BARS, ["鍵"], narrow).finish(), BLUE)
    assert one.get_width() == pytest.approx(2 * other.get_width())


@BOTH_WIDTHS
def test_as_shares_all_are_of_one_length(narrow):
    one, other = boxes(draw_bars(BARS, ["鍵"], narrow, as_shares=True).finish(), BLUE)
    assert other.get_width() == pytest.approx(2 * one.get_width())  # 1 of 1, and 2 of 4
