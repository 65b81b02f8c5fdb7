"""What no printed source pays."""

import pandas as pd

from analysis.measures.funding import list_rests


def test_what_no_source_pays_is_listed_once_for_each_cost():
    funding = pd.DataFrame(
        {
            "government_code": "400009",
            "program_id": ["a", "a", "b"],
            "fiscal_year": 2024,
            "share_of": ["settled", "settled", "sources"],
            "whole_yen": pd.array([1193, 1193, 50], dtype="Int64"),
            "rest_yen": pd.array([400, 400, 0], dtype="Int64"),
        }
    )
    assert list_rests(funding).to_numpy().tolist() == [["settled", 1193, 400]]
