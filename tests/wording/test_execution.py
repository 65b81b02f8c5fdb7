"""What became of a budget, in words: what is printed, what is named as missing."""

import pandas as pd
from samples import budgets
from slices import report

import analysis

TSUKUBA = ("082201", 2018)


def execution(*which):
    """The executions of the real programs of a year."""
    r = report(*which)
    return analysis.add_execution(r.comparison, r.data.budgets)


def executed(*years):
    """Executions of the hub, each year typed as a dict of amounts by kind."""
    keys = {"government_code": "082201", "program_id": "hub"}
    rows = [
        keys | {"fiscal_year": 2018 + n, "kind": kind, "amount_yen": yen}
        for n, amounts in enumerate(years)
        for kind, yen in amounts.items()
    ]
    known = pd.DataFrame([keys | {"fiscal_year": 2018 + n} for n in range(len(years))])
    return analysis.add_execution(
        known.assign(program=[f"事業{n}" for n in range(len(years))]),
        pd.DataFrame(rows).astype({"amount_yen": "Int64"}),
    )


SPENT = {"total": 1000, "settled": 740, "carried_out": 200, "national_grant": 370}
OVER = {"total": 1000, "settled": 1026}
PENDING = {"total": 1000}


def test_execution_prints_rate_carry_over_unused_and_national_share():
    [row, over] = analysis.tabulate_execution(executed(SPENT, OVER)).to_dict("records")
    assert row == {
        "事業": "事業0",
        "年度": "H30",
        "総予算額（円）": "1,000",
        "決算額（円）": "740",
        "執行率": "74.0％",
        "翌年度への繰越（円）": "200",
        "不用額（円）": "60",
        "うち国費（円）": "370",
        "根拠・注意": "総予算額",
    }
    assert over["執行率"] == "102.6％"
    assert over["根拠・注意"] == "総予算額。決算額が総予算額を超える"


def test_the_national_share_has_no_column_where_none_is_printed():
    assert "うち国費（円）" not in analysis.tabulate_execution(executed(OVER))


def test_execution_says_the_range_who_overspent_and_who_cannot_be_said():
    text = analysis.describe_execution(executed(SPENT, OVER, PENDING))
    assert "予算額と決算額がそろう2事業の執行率は74.0％～102.6％です。" in text
    assert "執行率が低くても使い残しとは限りません。" in text
    assert "「事業1」は、決算額が予算額を超えています。" in text
    assert "執行率を求められない事業があります（決算額の記載がない：「事業2」）。" in text


def test_tsukuba_h30_has_no_rate_of_execution():
    text = analysis.describe_execution(execution(*TSUKUBA))
    assert text == "執行率を求められる事業はありません（決算額の記載がない：7事業）。"


def test_what_has_no_counterpart_is_named_with_its_sum():
    keys = {"government_code": "082201", "program_id": "hub", "fiscal_year": 2018}
    rows = [
        ("total", "直接事業費", "direct", 22_170_000),
        ("settled", "直接事業費", "direct", 17_790_000),
    ]
    rows += [("settled", "人件費", "personnel", 34_361_000), ("settled", None, "full", 52_151_000)]
    budgets = pd.DataFrame(rows, columns=["kind", "item", "nature", "amount_yen"]).assign(**keys)
    years = pd.DataFrame([keys | {"program": "事業0"}])
    table = analysis.add_execution(years, budgets.astype({"amount_yen": "Int64"}))
    text = analysis.describe_execution(table)
    assert "執行率は80.2％です。" in text
    assert "超えています" not in text
    left_out = "決算額の人件費、決算額の人件費を含む総額（86,512,000円）"  # 34,361 + 52,151 千円
    assert f"両方にある項目だけで計算し、{left_out}を除きました。" in text
    [row] = analysis.tabulate_execution(table).to_dict("records")
    assert row["根拠・注意"] == f"総予算額。{left_out}を除く。翌年度への繰越の記載がない"


def test_without_amounts_there_is_a_sentence_and_no_rate():
    assert "求められません" in analysis.describe_execution(executed(SPENT).iloc[:0])


def test_a_budget_is_named_by_the_parts_that_are_printed():
    [row, more] = analysis.tabulate_execution(
        executed({"initial": 10, "settled": 9}, {"initial": 10, "reserve": 1, "settled": 9})
    ).to_dict("records")
    assert row["根拠・注意"].startswith("当初予算額。")
    assert more["根拠・注意"].startswith("予算額（当初・予備費の合計）。")


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
        "説明する計算と丸め方": "決算額 ÷ 総予算額、四捨五入",
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
