"""What a result cost, in words: as a range, with its basis, and never as an effect."""

from dataclasses import replace

import pandas as pd
from slices import DATA, compute, report

import analysis
from analysis.wording.ja.costs import COST_LIMITS, ONE_MORE

TSUKUBA, FUKUOKA = ("082201", 2018), ("400009", 2024)


def test_what_one_more_result_costs_is_denied_only_where_a_cost_per_result_is_given():
    kpis = report(*TSUKUBA).kpis
    assert "もう1つ増やすのに必要な費用ではありません。" in ONE_MORE
    assert analysis.describe_costs(kpis).endswith(ONE_MORE + COST_LIMITS)
    money = kpis[kpis["unit_cost_note"] == "money_kpi"]
    text = analysis.describe_costs(money)
    assert ONE_MORE not in text
    assert text.endswith(COST_LIMITS)


def test_a_kpi_that_should_fall_is_priced_per_unit_reduced():
    kpis = pd.DataFrame(
        {
            **{"government_code": ["082201"], "program_id": "hub", "kpi_id": "waste"},
            **{"fiscal_year": 2018, "kpi": "苦情", "unit": "件", "kpi_kind": "outcome"},
            **{"direction": "down", "aggregation": "single_year"},
            **{"baseline": 50.0, "actual": 30.0, "actual_status": "final"},
        }
    )
    budget = kpis[["government_code", "program_id", "fiscal_year"]]
    costed = analysis.add_costs(kpis, budget.assign(kind="settled", amount_yen=600_000))
    [row] = analysis.tabulate_costs(costed).to_dict("records")
    assert row["増加（減らす指標は減少）1単位あたり（円）"] == "30,000"
    assert row["1単位あたり（円）"] == "—"
    assert "減らす指標：1指標" in analysis.describe_costs(costed)


def test_a_unit_cost_and_a_gain_are_also_said_with_personnel():
    text = analysis.describe_costs(report(*FUKUOKA).kpis)
    assert "は1回あたり63～188円です。人件費を含めると1回あたり95～285円です。" in text
    assert "の費用1円あたりの額は51.77～103.54円、人件費を含めると3.83～7.67円です。" in text
    table = analysis.tabulate_costs(report(*FUKUOKA).kpis)
    views = table[table["1単位あたり（円）"] == "63～188"]
    assert views["人件費を含む1単位あたり（円）"].tolist() == ["95～285"]
    assert views["根拠・注意"].tolist() == [
        "決算額・人件費を除く。人件費は決算か予算かの記載がない"
    ]
    assert "3.83～7.67" in table["人件費を含む費用1円あたりの額（円）"].tolist()


def test_a_money_kpi_says_what_to_mind_in_its_gain():
    table = analysis.tabulate_costs(report(*TSUKUBA).kpis)
    assert table["根拠・注意"][3] == "総予算額。金額の指標。単年度か累計かの記載がない"


def test_a_program_with_an_amount_for_several_years_only_is_not_said_to_have_none():
    data = analysis.load(DATA, *TSUKUBA, "job_fair")
    span = data.budgets.assign(last_year=pd.array([2020] * len(data.budgets), dtype="Int64"))
    r = compute(replace(data, budgets=span))
    why = "数年度分の合計額しかなく、1年度の額が分からない"
    for said in (
        analysis.describe_costs(r.kpis),
        analysis.describe_plane(analysis.place_on_plane(r.comparison)),
        analysis.describe_execution(analysis.add_execution(r.comparison, span)),
    ):
        assert why in said
        assert "金額の記載がない" not in said
    cost = analysis.tabulate_programs(r.comparison).iloc[0, 1]
    assert cost == "平成30～令和2年度の合計 3,780,000円（総予算額）"
