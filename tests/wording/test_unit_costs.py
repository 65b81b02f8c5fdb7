"""Published unit costs beside those that the amounts give, in words."""

import pandas as pd
from samples import AMOUNTS, BUS

import analysis


def test_a_published_unit_cost_is_shown_with_the_cost_it_comes_from():
    kpis = pd.DataFrame([BUS | {"kpi": "乗客", "unit": "人", "actual": 400.0}]).assign(
        published_unit_cost_yen=25.0, published_unit_cost_printed="25円"
    )
    audit = analysis.audit_unit_costs(kpis, AMOUNTS)
    [row] = analysis.tabulate_unit_costs_audit(audit).to_dict("records")
    assert row == {
        "年度": "H30",
        "公表の単位あたり費用": "乗客",
        "記載": "25円",
        "割る数": "乗客 400",
        "計算した額（円）": "25.0",
        "説明する費用と丸め方": "決算額と人件費の合計、四捨五入",
        "注意・理由": "—",
    }
    unread = analysis.audit_unit_costs(kpis.assign(published_unit_cost_printed="高い"), AMOUNTS)
    text = analysis.describe_unit_costs_audit(unread)
    assert text.startswith("公表された単位あたりの費用は1件です。")
    assert text.endswith("1件は確かめられません（印刷された桁数が分からない：1件）。")
    assert analysis.describe_unit_costs_audit(unread.iloc[:0]) == ""
