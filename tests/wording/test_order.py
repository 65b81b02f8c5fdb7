"""How often one program comes before another, in words."""

from functools import cache

import pandas as pd
from slices import report

import analysis

TSUKUBA, MORIOKA, FUKUOKA = ("082201", 2018), ("032018", 2021), ("400009", 2024)
SEMINAR, FAIR = "つくばライフスタイルセミナー", "合同就職面接会"
HUB = "地域拠点活力共創マネジメント事業"
GROUPS = "自主防災組織活性化事業"


@cache
def order(*which):
    """The simulated order of the real programs of a year."""
    r = report(*which)
    return analysis.simulate_order(r.comparison, r.kpis, draws=500)


def test_the_order_says_what_changes_with_personnel():
    text = analysis.describe_order(order(*FUKUOKA))
    assert (
        "これは人件費を除く額による順序です。人件費を含めると、10組のうち3組で変わります（" in text
    )
    assert "「自主防災組織活性化事業」が「国民保護体制推進事業」より先）。" in text
    table = analysis.tabulate_order(order(*FUKUOKA))
    row = table[(table["事業"] == "国民保護体制推進事業") & (table["比べる事業"] == GROUPS)]
    assert row[["順序", "人件費を含めた順序"]].to_numpy().tolist() == [["先", "後"]]
    same = order(*FUKUOKA).assign(changes_with_personnel="no")
    assert "費用に人件費を含めても、10組の順序は変わりません。" in analysis.describe_order(same)


def test_only_assumptions_that_occur_are_named():
    text = analysis.describe_assumptions(order(*FUKUOKA))
    assert "推計の実績" not in text
    assert "半分ずつ" not in text
    assert "率の分からない指標は" in text
    assert "率の分からない指標は" not in analysis.describe_assumptions(order(*TSUKUBA))


def test_an_order_that_unknown_kpis_or_shares_decide_says_so():
    pair = {"first_program": "甲", "second_program": "乙", "order_note": "", "share_low": 0.3}
    pair |= {"share_high": 1.0, "order": "by_unknown", "order_by_ratio": "first"}
    pair |= {"order_by_progress": "open", "order_full": None}
    text = analysis.describe_order(pd.DataFrame([pair]))
    assert "「甲」と「乙」は、率の分からない指標しだいで、どちらも先になりえます。" in text
    text = analysis.describe_order(pd.DataFrame([pair | {"order": "open", "share_high": 0.3}]))
    assert "「甲」が「乙」より先になった割合は30.0％で、順序は決まりません。" in text
    text = analysis.describe_order(pd.DataFrame([pair | {"order": "by_formula"}]))
    assert "順序は式によります（達成率なら「甲」が先、進捗率では決まりません）。" in text


def test_only_compared_pairs_have_a_row_with_their_share():
    rows = analysis.tabulate_order(order(*TSUKUBA))
    assert len(rows) == 6
    first = rows.iloc[0]
    assert first.tolist() == [SEMINAR, FAIR, "100.0％", "先", "0件", "0件"]
    shares = rows.set_index("比べる事業").loc[HUB]
    shares = shares[shares["事業"] == FAIR].iloc[0]
    assert shares["先になった割合"] == "達成率 100.0％、進捗率 0.0％"
    assert shares["順序"] == "式による"


def test_the_order_names_open_pairs_and_its_assumptions_apart():
    text = analysis.describe_order(order(*TSUKUBA))
    assert "順序を6組で比べました。" in text
    assert "95％以上で同じ順序になったのは4組です。" in text
    assert (
        f"「{FAIR}」と「{HUB}」の順序は式によります"
        f"（達成率なら「{FAIR}」が先、進捗率なら「{HUB}」が先）。"
    ) in text
    assert f"「{SEMINAR}」" not in text
    assert "先になった割合" not in text  # half of the draws, but only because half use either
    text = analysis.describe_assumptions(order(*TSUKUBA))
    for assumption in ("500回の試行", "乱数の種は2018", "前後5％", "達成率と進捗率を半分ずつ"):
        assert assumption in text


def test_where_no_pair_can_be_compared_the_reasons_are_counted():
    assert analysis.describe_assumptions(order(*MORIOKA)) == ""
    text = analysis.describe_order(order(*MORIOKA))
    assert text == (
        "順序を比べられる事業の組がありません"
        "（金額の性質が書かれていない：2組、金額の記載がない：1組）。"
    )
    assert analysis.describe_order(order(*MORIOKA).iloc[:0]).endswith("ありません。")
