"""What is said of a program among its like."""

import numpy as np
from made import at_rates

import analysis


def test_a_place_is_said_with_of_how_many_and_that_it_is_no_order():
    kpis = at_rates(0.5, 1.0, 1.5, 2.0).assign(department="水産課")
    own = kpis.iloc[[1]]
    assert analysis.describe_peers(kpis, own, "department") == (
        "担当が同じ指標の進捗率の中で、この事業の指標がどこにあるかの図。"
        "目標は事業ごとに決めたもので、事業のよしあしの順ではありません。"
        "指標1は100.0％で、4指標のうち高い方から3番目。"
    )
    table = analysis.tabulate_peers(kpis, own, "department")
    assert table.iloc[0].tolist() == ["指標1", "水産課", "100.0％", "125.0％", "3/4"]
    caption = "図　担当が同じ指標の進捗率と、この事業の指標。"
    assert analysis.caption_peers(kpis, own, "department") == caption


def test_a_program_without_a_rate_is_said_to_have_none():
    kpis = at_rates(0.5).assign(department="水産課")
    own = kpis.assign(progress_rate=np.nan)
    assert analysis.describe_peers(kpis, own, "department").startswith("率を求められる指標がない")
