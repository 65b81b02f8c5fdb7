"""Figures in words have their numbers beside them in a table's file."""

import pandas as pd
import pytest

from analysis import add_achievement, load, tabulate_progress
from analysis.page.numbers import add_numbers


@pytest.mark.parametrize(
    ("cells", "name", "numbers"),
    [
        (["200件", "4,630人"], "値（数値）", [200, 4630]),
        (["74.0％", "▲73.3％", "—"], "値（数値、％）", [74, -73.3, None]),
        (["1.23億円", "88万円", "0円"], "値（数値、円）", [123_000_000, 880_000, 0]),
        (["1,000千円"], "値（数値、円）", [1_000_000]),
        (["＋5,450人", "▲1回"], "値（数値）", [5450, -1]),
        (["7,077人（速報値）"], "値（数値）", [7077]),
        (["3,780,000"], "値（数値）", [3_780_000]),
        (["3", "—"], "値（数値）", [3, None]),
    ],
)
def test_figures_in_words_have_numbers_beside_them(cells, name, numbers):
    table = add_numbers(pd.DataFrame({"指標": ["x"] * len(cells), "値": cells}))
    assert table.columns.tolist() == ["指標", "値", name]
    assert table["値"].tolist() == cells
    assert [None if pd.isna(number) else number for number in table[name]] == numbers


@pytest.mark.parametrize(
    "cells",
    [["5 / 7"], ["0～5円"], ["200件以上"], ["H30", "R元"], ["—"], ["順調", "200件"], ["3"], [3.5]],
)
def test_what_is_not_one_figure_or_a_number_already_stays_alone(cells):
    table = pd.DataFrame({"指標": ["x"] * len(cells), "値": cells})
    assert add_numbers(table).columns.tolist() == ["指標", "値"]


def test_the_first_column_names_the_rows_and_a_name_that_is_there_stays():
    table = pd.DataFrame({"年": ["7件"], "値": ["7件"], "値（数値）": ["書いた人のもの"]})
    pd.testing.assert_frame_equal(add_numbers(table), table)


def test_the_real_table_of_kpis_can_be_computed_with():
    kpis = add_achievement(load("data", "082201", 2018).kpis)
    table = add_numbers(tabulate_progress(kpis))
    ratio = table["実績（数値）"].astype(float) / table["目標（数値）"].astype(float) * 100
    assert (ratio - table["達成率（数値、％）"].astype(float)).abs().max() < 0.06
