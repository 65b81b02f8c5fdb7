"""Which way of computing a figure gives the printed one."""

import pandas as pd
import pytest

from analysis.measures.explain import count_explained, explain_figures

FOUND = ["explained_by", "rounding", "also", "finding"]


def explain(ways, printed, decimals=0, scale=100):
    return explain_figures(pd.DataFrame([ways]), [printed], [decimals], scale).iloc[0]


@pytest.mark.parametrize(
    ("ways", "printed", "found"),
    [
        ({"a": 0.745, "b": 0.9}, 75, ["a", "half_up", "", "explained"]),
        ({"a": 0.749, "b": 0.9}, 74, ["a", "truncated", "", "explained_truncated"]),
        ({"a": 0.741, "b": 0.742}, 74, ["a", "half_up", "b", "explained"]),
        ({"a": 0.749, "b": 0.741}, 74, ["b", "half_up", "", "explained"]),  # cutting off comes last
        ({"a": 0.5, "b": None}, 74, ["", "", "", "anomaly"]),
        ({"a": None, "b": None}, 74, ["", "", "", "cannot_be_checked"]),
        ({"a": 0.5, "b": 0.6}, None, ["", "", "", "cannot_be_checked"]),
    ],
)
def test_the_first_way_that_prints_as_the_figure_explains_it(ways, printed, found):
    assert explain(ways, printed)[FOUND].tolist() == found


def test_the_explaining_figure_is_given_unrounded_and_only_where_one_explains():
    assert explain({"a": 0.745}, 75)["computed"] == 0.745
    assert pd.isna(explain({"a": 0.5}, 75)["computed"])


def test_a_figure_that_no_way_gives_is_an_anomaly_and_one_without_a_way_is_not_checked():
    ways = pd.DataFrame({"settled/total": [0.75, 0.75, 0.799, None]})
    found = explain_figures(ways, [75.0, 80.0, 79.0, 75.0], [0, 0, 0, 0], 100)
    assert found["finding"].tolist() == [
        "explained",
        "anomaly",
        "explained_truncated",
        "cannot_be_checked",
    ]
    counts = count_explained(found.assign(finding_note=["", "", "", "no_total"]))
    assert (counts.figures, counts.explained, counts.truncated) == (4, 2, 1)
    assert (counts.odd, counts.unchecked, counts.why_unchecked) == (1, 1, {"no_total": 1})


def test_without_a_printed_figure_nothing_is_counted():
    assert count_explained(pd.DataFrame()).figures == 0
