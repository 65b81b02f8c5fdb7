"""Where the money came from, in words."""

from samples import AMOUNTS, budgets

import analysis


def test_sources_are_shared_and_said_to_be_no_cost_beside_the_cost():
    # by hand: 6,000 + 4,000 = 9,000 + 1,000
    funding = analysis.share_funding(AMOUNTS)
    table = analysis.tabulate_funding(funding)
    assert table.iloc[:, 1:].to_numpy().tolist() == [
        ["国庫支出金", "6,000", "60.0％", "財源の合計", "決算額と人件費の合計", "0"],
        ["一般財源", "4,000", "40.0％", "財源の合計", "決算額と人件費の合計", "0"],
    ]
    text = analysis.describe_funding(funding)
    assert "費用には足していません。" in text
    assert "いずれも記載された金額と一致します。" in text
    other = analysis.share_funding(AMOUNTS.iloc[2:])
    assert "一致しないものがあります。" in analysis.describe_funding(other)
    assert analysis.tabulate_funding(other)["合計と同じ金額"].tolist() == ["なし", "なし"]
    assert analysis.describe_funding(funding.iloc[:0]) == ""
    short = budgets(
        ("settled", None, "direct", 1_193, None), ("source", "一般財源", None, 793, None)
    )
    funding = analysis.share_funding(short)
    text = analysis.describe_funding(funding)
    assert text.endswith("決算額1,193円のうち、残る400円の財源はこの資料に記載がありません。")
    [row] = analysis.tabulate_funding(funding).iloc[:, 3:].to_numpy().tolist()
    assert row == ["66.5％", "決算額（1,193円）", "なし", "400"]
