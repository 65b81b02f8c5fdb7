"""What a result cost, in words: as a range, with its basis, and never as an effect."""

from dataclasses import replace

import pandas as pd
from made import JOB_FAIR, rows
from slices import DATA, MORIOKA, TSUKUBA, compute, report

import analysis
from analysis.wording.costs import COST_LIMITS, ONE_MORE

TSUKUBA_2018, FUKUOKA = ("082201", 2018), ("400009", 2024)


def test_what_one_more_result_costs_is_denied_only_where_a_cost_per_result_is_given():
    kpis = report(*TSUKUBA_2018).kpis
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
    table = analysis.tabulate_costs(report(*TSUKUBA_2018).kpis)
    assert table["根拠・注意"][3] == "総予算額。金額の指標。単年度か累計かの記載がない"


def test_a_program_with_an_amount_for_several_years_only_is_not_said_to_have_none():
    data = analysis.load(DATA, *TSUKUBA_2018, "job_fair")
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


def test_the_text_of_the_squares_holds_counts_and_prices():
    text = analysis.describe_unit_costs(report(TSUKUBA, 2018).kpis)
    assert f"{JOB_FAIR}：148件、1件あたり25,541円。" in text  # 3,780,000 / 148
    # 8,640,000 / 4 / 14 to 8,640,000 / 14
    assert "14回、1回あたり154,286～617,143円。" in text
    assert "つくば市に住みたい" not in text


def test_costs_say_what_the_range_is_and_what_they_rest_on():
    text = analysis.describe_costs(report(TSUKUBA, 2018).kpis)
    assert f"「{JOB_FAIR}」は1件あたり25,541円です。" in text
    assert "1件あたり1,080,000～4,320,000円" in text  # 8,640,000 / 4 / 2 to 8,640,000 / 2
    assert "等分した場合から、全額をその指標に充てた場合まで" in text
    assert "予算額で計算しています" in text
    for reason in ("件数で数える指標ではない", "事業の外の動きも数える指標", "金額の指標"):
        assert f"{reason}：1指標" in text


def test_one_kpi_that_bears_the_whole_cost_needs_no_word_about_ranges():
    text = analysis.describe_costs(report(TSUKUBA, 2018, "job_fair").kpis)
    assert "幅は" not in text
    assert "求めない指標" not in text


def test_where_no_price_is_given_no_budget_is_said_to_be_used():
    for which in ((TSUKUBA, 2018, "migration_promotion"), (MORIOKA, 2021, "growth_field_hub")):
        text = analysis.describe_costs(report(*which).kpis)
        assert "予算額で計算" not in text
        assert "あたり0" not in text


def test_costs_are_never_called_effects():
    assert "もう1つ増やすのに必要な費用ではありません" in ONE_MORE
    assert "効果そのものではありません" in COST_LIMITS


INCOME = "新たな地域ビジネスによる事業収入"


def test_costs_print_ranges_from_the_equal_share_to_the_full_cost():
    table = analysis.tabulate_costs(report(TSUKUBA, 2018).kpis)
    expected = pd.DataFrame(
        [
            {
                "指標": JOB_FAIR,
                "費用（円）": "3,780,000",
                "1単位あたり（円）": "25,541",  # 3,780,000 / 148
                "増加1単位あたり（円）": "—",
                "費用1円あたりの額（円）": "—",
                "根拠・注意": "総予算額。単年度か累計かの記載がない",
            },
            {
                "指標": INCOME,
                "費用（円）": "2,160,000～8,640,000",  # a quarter, or all, of 8,640,000
                "1単位あたり（円）": "—",
                "増加1単位あたり（円）": "—",
                "費用1円あたりの額（円）": "0.13～0.51",  # 1,110,000 / 8,640,000, / 2,160,000
                "根拠・注意": "総予算額。金額の指標。単年度か累計かの記載がない",
            },
        ]
    )
    pd.testing.assert_frame_equal(table.iloc[[1, 3]].reset_index(drop=True), expected)


def test_amounts_of_unknown_nature_are_neither_divided_nor_shared_out():
    first, *_, last = rows(analysis.tabulate_costs(report(MORIOKA, 2021).kpis))
    assert first["費用（円）"] == "29,005,000"
    assert first["1単位あたり（円）"] == "—"
    assert first["根拠・注意"] == "記載された金額の合計。金額の性質が書かれていない"
    assert last["費用（円）"] == "—"
    assert last["根拠・注意"] == "金額の記載がない"


def test_a_column_of_money_per_yen_stands_only_where_a_kpi_is_in_money():
    table = analysis.tabulate_costs(report(TSUKUBA, 2018, "job_fair").kpis)
    assert "費用1円あたりの額（円）" not in table
