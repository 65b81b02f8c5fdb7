"""A program's KPIs among those of its like."""

import numpy as np
import pytest
from drawn import BOTH_WIDTHS, look_of, marks, off_the_page, text_at, touching, words, x_of
from made import at_rates

import analysis
from analysis.figures.canvas import BLUE, RED


def drawn(narrow, *own):
    kpis = at_rates(*np.linspace(0, 2, 21)).assign(department="課")
    return analysis.plot_peers(kpis, kpis.iloc[list(own)], "department", narrow)


@BOTH_WIDTHS
def test_own_kpis_are_marked_where_they_lie_the_lowest_first(narrow):
    figure = drawn(narrow, 15, 5)  # 150 % and 50 %
    low, high = marks(figure)
    zero, whole = text_at(figure, "0％")[0], text_at(figure, "100％")[0]
    shares = [(x_of(mark) - zero) / (whole - zero) for mark in (low, high)]
    assert shares == pytest.approx([0.5, 1.5], abs=0.06)
    assert (look_of(low), look_of(high)) == (("D", RED), ("o", BLUE))
    shown = "".join(words(figure))
    assert "16/21" in shown and "6/21" in shown  # 15 lie above 50 %, 5 above 150 %
    assert touching(figure) == []
    assert off_the_page(figure) == []


def test_of_a_program_with_very_many_kpis_the_lowest_are_shown():
    kpis = at_rates(*np.linspace(0, 2, 100)).assign(department="課")
    figure = analysis.plot_peers(kpis, kpis, "department")
    assert figure.get_size_inches()[1] <= 14
    assert any(word.startswith("進捗率の低い順に16指標（100指標") for word in words(figure))


def test_a_program_without_any_rate_has_no_figure():
    kpis = at_rates(0.5, 1.0).assign(department="課")
    assert analysis.plot_peers(kpis, kpis.assign(progress_rate=np.nan), "department") is None
