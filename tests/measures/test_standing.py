"""How an actual stands to its target and its baseline."""

import numpy as np
import pandas as pd
import pytest
from rated import typed

from analysis.measures.standing import add_standing


@pytest.mark.parametrize(
    ("cells", "difference", "directed"),
    [
        ({}, 5.0, 5.0),
        ({"direction": "down"}, 5.0, -5.0),
        ({"direction": "unknown"}, 5.0, np.nan),
        ({"target_upper": 120.0}, np.nan, np.nan),
        ({"target": np.nan}, np.nan, np.nan),
    ],
)
def test_a_difference_stands_in_the_kpis_unit_and_in_its_direction(cells, difference, directed):
    row = {"direction": "up", "target": 100.0, "actual": 105.0, "target_upper": np.nan} | cells
    added = add_standing(pd.DataFrame([row])).iloc[0]
    assert added["difference"] == pytest.approx(difference, nan_ok=True)
    assert added["directed_difference"] == pytest.approx(directed, nan_ok=True)


def test_standing_is_read_in_the_kpis_direction():
    kpis = typed(
        "direction baseline target actual target_upper baseline_year final_year",
        ("up", 100, 200, 201, np.nan, 2015, 2020),
        ("down", 100, 50, 50, np.nan, 2015, 2020),
        ("keep_below", 100, 50, 110, np.nan, 2015, None),
        ("up", -100, 200, -100, np.nan, 2015, 2020),
        ("up", 0, 200, 10, 300, None, 2020),
        ("unknown", 100, 200, 201, np.nan, 2015, 2020),
    )
    expected = typed(
        "exceeded change change_rate course_years",
        ("yes", "better", 1.01, 5),
        ("no", "better", 0.5, 5),
        ("no", "worse", -0.1, np.nan),
        ("no", "same", 0, 5),
        (None, "better", np.nan, np.nan),
        (None, None, np.nan, 5),
    )
    added = add_standing(kpis)
    pd.testing.assert_frame_equal(added[list(expected)], expected, check_dtype=False)
    assert list(added)[:7] == list(kpis)
