"""Which rubrics are drawn as a matrix of grades."""

import pandas as pd
import pytest
from made import typed
from rated import RUBRICS, TOWN

from analysis.figures.grades import plot_grades


@pytest.mark.parametrize("name", sorted(set(RUBRICS) - {"tsukuba"}))
def test_only_a_matrix_of_levels_is_drawn(name):
    assert plot_grades(pd.DataFrame(), RUBRICS[name]) is None


def test_a_matrix_that_says_any_level_but_one_is_drawn():
    rules = [
        {"grade": "S", "when": {"effectiveness": "高", "efficiency": "高"}},
        {"grade": "D", "when": {"effectiveness": {"not": ["高"]}, "efficiency": "低"}},
    ]
    matrix = TOWN | {"inputs": ["effectiveness", "efficiency"], "rules": rules}
    ratings = typed("effectiveness efficiency grade place", ("低", "低", "D", "④-2"))
    assert plot_grades(ratings, matrix) is not None
