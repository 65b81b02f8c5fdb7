"""Printed amounts as a reader reads them: as printed, their sources, what explains rates."""

import pandas as pd

import analysis

KEY = {"government_code": "012211", "program_id": "bus", "fiscal_year": 2018, "place": "1"}


def budgets(*rows):
    """Amounts of one program, each typed as (kind, item, nature, yen, last year)."""
    table = pd.DataFrame(rows, columns=["kind", "item", "nature", "amount_yen", "last_year"])
    table = table.astype({"amount_yen": "Int64", "last_year": "Int64"})
    return table.assign(**KEY, amount_status=None)


AMOUNTS = budgets(
    ("settled", "事業費", "direct", 9_000, None),
    ("settled", "人件費", "personnel", 1_000, None),
    ("whole_plan", None, None, 50_000, 2022),
    ("carried_out", None, None, -300, None),
    ("source", "国庫支出金", None, 6_000, None),
    ("source", "一般財源", None, 4_000, None),
)


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
        [KEY | {"program": "バス"}, KEY | {"program_id": "x", "program": "鉄道"}]
    )
    kpis = pd.DataFrame([KEY | {"kpi": "乗客", "unit": "人", "actual": 400.0}]).assign(
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


def test_a_rate_of_100_percent_that_was_rounded_is_shown_with_what_it_was():
    # 名寄市 prints 100 % for 99.7 %
    table = budgets(("total", None, None, 1_000, None), ("settled", None, None, 997, None))
    audit = analysis.audit_execution(
        table.assign(
            published_execution_rate=[None, 1.0], published_execution_rate_printed=[None, "100"]
        )
    )
    [row] = analysis.tabulate_execution_audit(audit).to_dict("records")
    assert row == {
        "年度": "H30",
        "項目": "—",
        "公表の執行率": "100％",
        "計算した率": "99.700％",
        "説明する計算と丸め方": "決算額 ÷ 予算額、四捨五入",
        "注意・理由": "—",
    }
    assert analysis.describe_execution_audit(audit) == (
        "公表された執行率1件のうち1件は、手元の金額から説明できます。"
        "100％と公表された1件は、計算では99.7％です。"
    )


def test_a_rate_that_nothing_explains_is_not_called_wrong():
    table = budgets(("total", None, None, 1_000, None), ("settled", None, None, 500, None))
    audit = analysis.audit_execution(
        table.assign(
            published_execution_rate=[None, 0.9], published_execution_rate_printed=[None, "90.0"]
        )
    )
    text = analysis.describe_execution_audit(audit)
    assert "1件は手元の金額では説明できません。別の計算によるのかもしれません。" in text
    assert "誤" not in text
    [row] = analysis.tabulate_execution_audit(audit).to_dict("records")
    assert row["説明する計算と丸め方"] == "手元の金額では説明できない"
    assert analysis.describe_execution_audit(audit.iloc[:0]) == ""
    assert analysis.tabulate_execution_audit(audit.iloc[:0]).empty


def test_a_published_unit_cost_is_shown_with_the_cost_it_comes_from():
    kpis = pd.DataFrame([KEY | {"kpi": "乗客", "unit": "人", "actual": 400.0}]).assign(
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
