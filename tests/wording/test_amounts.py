"""Printed amounts as a reader reads them: each as it was printed."""

import pandas as pd
from samples import AMOUNTS, BUS, budgets

import analysis


def test_every_amount_stands_with_what_it_is_of_and_sources_stand_apart():
    table = analysis.tabulate_amounts(AMOUNTS)
    columns = ["年度", "種類", "項目", "範囲", "金額（円）"]
    assert table[columns].to_numpy().tolist() == [
        ["H30", "決算額", "事業費", "人件費を除く", "9,000"],
        ["H30", "決算額", "人件費", "人件費", "1,000"],
        ["H30～R4", "計画全体の額", "—", "記載なし", "50,000"],
        ["H30", "翌年度への繰越", "—", "記載なし", "▲300"],
    ]
    rows = analysis.tabulate_program(pd.DataFrame(), AMOUNTS).to_numpy().tolist()
    assert rows == [
        ["決算額", "9,000円（事業費・人件費を除く）"],
        ["決算額", "1,000円（人件費）"],
        ["計画全体の額", "50,000円（平成30～令和4年度の合計）"],
        ["翌年度への繰越", "▲300円"],
    ]


def test_personnel_of_a_kind_not_stated_and_a_concluded_kind_are_called_so():
    table = budgets(
        ("initial", None, "direct", 6_148, None), ("reported", "人件費", "personnel", 15_315, None)
    ).assign(inferred=["nature kind", None])
    kinds = ["当初予算（推定）", "人件費（決算か予算かの記載なし）"]
    assert analysis.tabulate_amounts(table)["種類"].tolist() == kinds
    rows = analysis.tabulate_program(pd.DataFrame(), table).to_numpy().tolist()
    assert rows == [[kinds[0], "6,148円（人件費を除く）"], [kinds[1], "15,315円"]]


def test_on_a_page_of_several_programs_each_row_names_its_own():
    programs = pd.DataFrame(
        [BUS | {"program": "バス"}, BUS | {"program_id": "x", "program": "鉄道"}]
    )
    kpis = pd.DataFrame([BUS | {"kpi": "乗客", "unit": "人", "actual": 400.0}]).assign(
        published_unit_cost_yen=25.0, published_unit_cost_printed="0.025"
    )
    kpis["published_unit_cost_printed"] = "0.025千円"
    rates = pd.DataFrame(AMOUNTS).assign(published_execution_rate=[0.9] + [None] * 5)
    rates["published_execution_rate_printed"] = ["90"] + [None] * 5
    unit_costs = analysis.audit_unit_costs(kpis, AMOUNTS)
    for table in (
        analysis.tabulate_amounts(AMOUNTS, programs),
        analysis.tabulate_funding(analysis.share_funding(AMOUNTS), programs),
        analysis.tabulate_execution_audit(analysis.audit_execution(rates), programs),
        analysis.tabulate_unit_costs_audit(unit_costs, programs),
    ):
        assert set(table["事業"]) == {"バス"}
    alone = analysis.tabulate_unit_costs_audit(unit_costs, programs.iloc[:1])
    assert "事業" not in alone
    assert alone["記載"].tolist() == ["0.025千円（＝25円）"]
