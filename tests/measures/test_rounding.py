"""Rounding: computed figures become the ones that are printed."""

import ast
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slices import yearly_kpi

import analysis
from analysis import DataError, fit_trends, round_half_up, tabulate_trends, truncate
from analysis.measures.rounding import round_half_even
from analysis.wording import format_number

SOURCE = Path(analysis.__file__).parent


@pytest.mark.parametrize(
    ("exact", "rounded", "cut"),
    [
        (256.25, 256.3, 256.2),
        (120.75, 120.8, 120.7),  # 茨城県 2,415 of 2,000, printed 120.8
        (129.075, 129.1, 129.0),  # 茨城県 5,163 of 4,000, printed 129.0
        (117.95, 118.0, 117.9),  # 茨城県 7,077 of 6,000, printed 117.9
        (-0.25, -0.3, -0.2),
        (-73.35, -73.4, -73.3),
        (0.05, 0.1, 0.0),
        (0.0499999, 0.0, 0.0),
        (99.95, 100.0, 99.9),
        (0.3, 0.3, 0.3),
        (4278000000.05, 4278000000.1, 4278000000.0),
    ],
)
def test_a_figure_becomes_what_is_printed_with_one_decimal(exact, rounded, cut):
    assert round_half_up(pd.Series([exact]), 1).tolist() == [rounded]
    assert truncate(pd.Series([exact]), 1).tolist() == [cut]


@pytest.mark.parametrize(
    ("actual", "target", "rounded", "cut"),
    [(2415, 2000, 120.8, 120.7), (5163, 4000, 129.1, 129.0), (7077, 6000, 118.0, 117.9)],
)
def test_a_computed_half_counts_as_the_half_it_is_on_paper(actual, target, rounded, cut):
    percent = pd.Series([actual / target]) * 100
    assert round_half_up(percent, 1).tolist() == [rounded]
    assert truncate(percent, 1).tolist() == [cut]


def test_half_even_differs_where_the_figure_before_the_half_is_even():
    assert round_half_even(pd.Series([256.25, 120.75, -0.25]), 1).tolist() == [256.2, 120.8, -0.2]


def test_each_row_is_rounded_to_its_own_decimals_and_an_unknown_number_of_them_gives_nothing():
    values = pd.Series([2.345, 2.345, 2.5, 2.345], index=list("dcba"), name="rate")
    decimals = pd.Series([2, 1, 0, None], index=list("dcba"), dtype="Int64")
    expected = pd.Series([2.35, 2.3, 3.0, np.nan], index=list("dcba"), name="rate")
    pd.testing.assert_series_equal(round_half_up(values, decimals), expected)


def test_a_missing_figure_stays_missing_and_the_input_is_not_changed():
    values = pd.Series([np.nan, 1.25])
    assert np.isnan(round_half_up(values, 1)[0])
    assert np.isnan(truncate(values, 1)[0])
    assert values[1] == 1.25


@pytest.mark.parametrize("decimals", [-1, 0.5])
def test_decimals_that_cannot_be_printed_are_refused(decimals):
    with pytest.raises(DataError, match="expected 0, 1, 2"):
        round_half_up(pd.Series([1.0]), decimals)


printed = st.decimals(min_value=-(10**8), max_value=10**8, places=4)


@given(printed, st.integers(min_value=0, max_value=4))
def test_a_printed_figure_is_rounded_as_by_hand(figure, decimals):
    step = Decimal(1).scaleb(-decimals)
    values = pd.Series([float(figure)])
    by_hand = [float(figure.quantize(step, rule)) for rule in (ROUND_HALF_UP, ROUND_DOWN)]
    assert round_half_up(values, decimals).tolist() == by_hand[:1]
    assert truncate(values, decimals).tolist() == by_hand[1:]


@given(st.integers(1, 10**5), st.sampled_from([2, 4, 5, 8, 16, 20, 25, 40, 50, 80, 125, 2000]))
def test_what_is_written_for_readers_is_rounded_by_the_same_rule(actual, target):
    percent = actual / target * 100
    for decimals in (0, 1, 2):
        [rounded] = round_half_up(pd.Series([percent]), decimals)
        assert format_number(percent, decimals) == f"{rounded:,.{decimals}f}"


def test_a_slope_on_a_half_is_written_as_japanese_tables_round_it():
    # 0, 449 and 898 in 2013, 2017 and 2021: 112.25 a year, which Python rounds to 112.2
    rows = [(2013, 0.0), (2017, 449.0), (2021, 898.0)]
    kpis = pd.concat([yearly_kpi([actual], first=year) for year, actual in rows])
    table = tabulate_trends(fit_trends(kpis))
    assert any("112.3" in str(cell) for cell in table.to_numpy().ravel())
    assert not any("112.2" in str(cell) for cell in table.to_numpy().ravel())


BY_OTHER_RULES = {
    ("measures/rounding.py", "rint"),  # the rules themselves
    ("measures/rates.py", "rint"),  # how a publisher may have rounded
    ("wording/formats.py", "round"),  # takes off what the computer added, before the rule
    ("wording/terminal.py", "round"),  # how long a run took
    ("wording/execution.py", "round"),  # compares, and prints nothing
}


def test_no_other_rounding_is_used_where_figures_are_measured_and_worded():
    found = set()
    for room in ("measures", "wording"):
        for path in (SOURCE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Name | ast.Attribute):
                    name = node.id if isinstance(node, ast.Name) else node.attr
                    if name in ("round", "rint", "around"):
                        found.add((path.relative_to(SOURCE).as_posix(), name))
    assert found <= BY_OTHER_RULES
