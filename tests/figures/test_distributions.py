"""How rates lie in groups, and how many reached their target in each year."""

import numpy as np
import pytest
from drawn import BOTH_WIDTHS, off_the_page, outlines, touching, words
from made import at_rates

import analysis

RATES = np.linspace(-0.5, 1.5, 50)


def of_departments(count=50):
    return at_rates(*np.resize(RATES, count)).assign(
        department=[f"担当{n % 20}課" for n in range(count)]
    )


@BOTH_WIDTHS
def test_twelve_departments_have_a_lane_and_all_others_one(narrow):
    figure = analysis.plot_distribution(of_departments(), "department", narrow)
    assert len(figure.axes) == 13
    assert "ほか8（担当）" in words(figure)
    assert touching(figure) == []
    assert off_the_page(figure) == []


def test_a_lane_says_how_many_of_how_many_reached_and_of_how_many_that_is_not_known():
    kpis = at_rates(0.5, 1.0, 1.0, 2.0)
    kpis.loc[3, "reached"] = "unknown"
    shown = words(analysis.plot_distribution(kpis))
    assert "2/3" in shown and "1" in shown


def test_without_any_rate_there_is_no_figure():
    kpis = at_rates(1.0).assign(progress_rate=np.nan, achievement_rate=np.nan)
    assert analysis.plot_distribution(kpis) is None


@BOTH_WIDTHS
def test_a_cell_says_how_many_reached_and_what_is_unknown_is_dashed(narrow):
    kpis = at_rates(0.5, 1.0, 1.0, 1.0).assign(
        department=["甲課", "甲課", "乙課", "乙課"], fiscal_year=[2018, 2018, 2018, 2019]
    )
    kpis.loc[3, "reached"] = "unknown"
    figure = analysis.plot_reached(kpis, "department", narrow=narrow)
    shown = words(figure)
    assert {"甲課", "乙課", "H30", "R元", "50％", "1/2", "100％", "1/1"} <= set(shown)
    assert len(outlines(figure)) == 1
    assert touching(figure) == []
    shades = [axes.collections[0].get_array().ravel() for axes in figure.axes]
    assert np.ma.concatenate(shades).compressed().tolist() == pytest.approx([0.5, 1.0])


def test_where_it_is_known_of_no_kpi_there_are_no_shades():
    kpis = at_rates(1.0).assign(reached="unknown", department="課")
    assert analysis.plot_reached(kpis, "department") is None
