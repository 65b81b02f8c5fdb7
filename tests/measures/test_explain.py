"""Which way of computing gives a printed figure, and how many have one."""

import pandas as pd

from analysis.measures.explain import count_explained, explain_figures


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
