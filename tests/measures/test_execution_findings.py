"""Who overspent, of whom no rate is known, and which rates are whole only by rounding."""

import pandas as pd

from analysis.measures.execution import find_execution, find_rounded_to_whole


def test_overspending_and_missing_rates_are_found_by_name():
    executed = pd.DataFrame(
        {
            "program": ["甲", "乙", "丙"],
            "execution_rate": [0.74, 1.026, None],
            "execution_note": ["", "over_execution", "no_settled"],
        }
    )
    found = find_execution(executed)
    assert (found.rated, found.low, found.high) == (2, 0.74, 1.026)
    assert found.overspent == ("乙",)
    assert found.missing == {"no_settled": ["丙"]}


def test_a_rate_of_100_percent_that_the_amounts_give_as_less_is_one_by_rounding():
    audit = pd.DataFrame(
        {
            "computed": [0.997, 1.0, 0.9, 0.996],
            "published_execution_rate": [1.0, 1.0, 0.9, 1.0],
            "finding": ["explained", "explained", "explained", "anomaly"],
        }
    )
    found = find_rounded_to_whole(audit)
    assert (found.rates, found.low, found.high) == (1, 0.997, 0.997)
