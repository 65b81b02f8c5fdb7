"""The figure of observations: where marks stand, their shapes, the texts."""

import pandas as pd
import pytest
from drawn import BOTH_WIDTHS, LONG, boxes, off_the_page, touching, words

import analysis
from analysis.figures.canvas import BLUE


def observed(*rows):
    columns = ["what", "value", "unit", "value_status"]
    return pd.DataFrame(rows, columns=columns).assign(fiscal_year=2018)


def bars(figure):
    return [(box.get_x(), box.get_width()) for box in boxes(figure)]


@BOTH_WIDTHS
def test_bars_of_one_unit_are_as_long_as_their_values(narrow):
    figure = analysis.plot_observations(
        observed(("a", 75.0, "人", None), ("b", 25.0, "人", None), ("c", 7.0, "社", None)), narrow
    )
    [(start, long), (_, short), (_, other)] = bars(figure)
    assert short == pytest.approx(long / 3, rel=0.02)
    assert other > short  # the longest of its own unit
    assert {x for x, _ in bars(figure)} == {start}
    for label in ("75人", "25人", "7社"):
        assert label in words(figure)


def test_a_planned_figure_is_an_outline_and_says_so():
    figure = analysis.plot_observations(
        observed(("催し", 2.0, "回", "planned"), ("参加者", 9.0, "人", "final"))
    )
    assert len(boxes(figure, BLUE)) == 1
    assert len(boxes(figure)) == 2
    assert "2回（計画）" in words(figure)


def test_what_has_no_value_has_no_bar():
    figure = analysis.plot_observations(
        observed(("a", 9.0, "人", None), ("b", None, "人", "pending"))
    )
    assert len(boxes(figure)) == 1
    assert analysis.plot_observations(observed(("b", None, "人", "pending"))) is None


@BOTH_WIDTHS
def test_zeros_and_figures_without_a_unit_are_drawn(narrow):
    figure = analysis.plot_observations(
        observed(("a", 0.0, "件", None), ("b", 5.0, None, None)), narrow
    )
    assert "0件" in words(figure)
    assert "5" in words(figure)
    assert off_the_page(figure) == touching(figure) == []


@BOTH_WIDTHS
def test_a_negative_figure_touches_nothing_and_stays_on_the_page(narrow):
    figure = analysis.plot_observations(
        observed((f"社会増減{LONG}", -80.0, "人", None), ("転入", 100.0, "人", None)), narrow
    )
    assert touching(figure) == []
    assert off_the_page(figure) == []
