"""What can be said of a mean."""

import pandas as pd

from analysis.measures.uncertainty import judge_means


def test_a_mean_of_kpis_before_their_final_year_or_without_a_rate_is_none():
    means = pd.DataFrame(
        {"kpis": [1, 3, 10, 4, 12], "not_due": [0, 3, 0, 0, 0], "unknown": [0, 3, 10, 1, 0]}
    )
    found = judge_means(means)
    assert found["kpis"].tolist() == [3, 10, 4, 12]  # a single KPI has a rate, and no mean
    assert found["mean_note"].tolist() == ["not_due", "nothing_known", "", ""]
    assert found["is_narrow"].tolist() == [True, True, True, False]
