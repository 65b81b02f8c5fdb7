"""Tables and sentences about money: what they print, name as missing, and never claim."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from slices import compute

import analysis
from analysis.wording.ja.costs import COST_LIMITS, ONE_MORE

DATA = Path(__file__).parents[1] / "data"
TSUKUBA, MORIOKA, FUKUOKA = ("082201", 2018), ("032018", 2021), ("400009", 2024)
SEMINAR, FAIR = "つくばライフスタイルセミナー", "合同就職面接会"
MIGRATION, HUB = "移住促進プロモーション事業", "地域拠点活力共創マネジメント事業"
GROUPS = "自主防災組織活性化事業"
ROBOT = "つくば市生活支援ロボット普及促進事業"


@cache
def report(government, fiscal_year):
    data = analysis.load(DATA, government, fiscal_year)
    kpis = analysis.add_costs(analysis.add_achievement(data.kpis), data.budgets)
    table = analysis.compare_programs(data.program_years, data.programs, kpis, data.budgets)
    return SimpleNamespace(
        executed=analysis.add_execution(table, data.budgets),
        plane=analysis.place_on_plane(table),
        order=analysis.simulate_order(table, kpis, draws=500),
        kpis=analysis.add_intervals(kpis),
        means=analysis.bootstrap_mean_progress(kpis, resamples=500),
    )


def sentences(r):
    return [
        analysis.describe_execution(r.executed),
        analysis.describe_plane(r.plane),
        analysis.describe_order(r.order),
        analysis.describe_mean_progress(r.means),
    ]


def tables(r):
    return [
        analysis.tabulate_execution(r.executed),
        analysis.tabulate_plane(r.plane),
        analysis.tabulate_order(r.order),
        analysis.tabulate_intervals(r.kpis),
    ]


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


# --- execution ---

SPENT = {"total": 1000, "settled": 740, "carried_out": 200, "national_grant": 370}
OVER = {"total": 1000, "settled": 1026}
PENDING = {"total": 1000}


def test_execution_prints_rate_carry_over_unused_and_national_share():
    [row, over] = analysis.tabulate_execution(executed(SPENT, OVER)).to_dict("records")
    assert row == {
        "事業": "事業0",
        "年度": "H30",
        "予算額（円）": "1,000",
        "決算額（円）": "740",
        "執行率": "74.0％",
        "翌年度への繰越（円）": "200",
        "不用額（円）": "60",
        "うち国費（円）": "370",
        "根拠・注意": "総予算額",
    }
    assert over["執行率"] == "102.6％"
    assert over["根拠・注意"] == "総予算額。決算額が予算額を超える"


def test_the_national_share_has_no_column_where_none_is_printed():
    assert "うち国費（円）" not in analysis.tabulate_execution(executed(OVER))


def test_execution_says_the_range_who_overspent_and_who_cannot_be_said():
    text = analysis.describe_execution(executed(SPENT, OVER, PENDING))
    assert "予算額と決算額がそろう2事業の執行率は74.0％～102.6％です。" in text
    assert "執行率が低くても使い残しとは限りません。" in text
    assert "「事業1」は、決算額が予算額を超えています。" in text
    assert "執行率を求められない事業があります（決算額の記載がない：「事業2」）。" in text


def test_tsukuba_h30_has_no_rate_of_execution():
    text = analysis.describe_execution(report(*TSUKUBA).executed)
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


# --- plane ---


def test_the_plane_prints_place_and_rivals():
    rows = analysis.tabulate_plane(report(*TSUKUBA).plane).set_index("事業")
    rival = "費用が同じか少なく、同じかそれ以上進んだ事業"
    assert rows.loc[SEMINAR].tolist() == [
        "540,000円",
        "100.0％",
        "費用は中央値以下、進みは中央値以上",
        "ない",
        "決算額がなく予算額による",
    ]
    assert rows.loc[FAIR, rival] == SEMINAR
    assert rows.loc[MIGRATION, rival] == f"{SEMINAR}、{HUB}"
    assert rows.loc[ROBOT].tolist() == ["8,571,000円", "—", "—", "分からない", "指標がない"]


def test_the_plane_says_who_is_on_the_frontier_and_who_has_a_rival():
    text = analysis.describe_plane(report(*TSUKUBA).plane)
    assert "費用と進み具合がともに分かる4事業を比べました。" in text
    assert f"「{SEMINAR}」より少ない費用で同じかそれ以上進んだ事業はありません。" in text
    assert "ほかの3事業には、より少ない費用で同じかそれ以上進んだ事業があります。" in text
    assert f"比べられない事業があります（指標がない：「{ROBOT}」" in text
    assert "費用はすべて予算額です（決算額の記載がありません）。" in text
    assert "人件費" not in text
    assert "よしあしの順ではありません" in text


def test_the_plane_of_fewer_than_two_programs_says_why():
    text = analysis.describe_plane(report(*MORIOKA).plane)
    assert text.startswith("費用と進み具合がともに分かる事業が2つ以上ないため、比べられません。")
    assert "金額の性質が書かれていない：「成長分野拠点形成支援事業」" in text


def test_a_range_that_leaves_the_frontier_open_is_said_to_depend_on_unknown_kpis():
    plane = analysis.place_on_plane(
        pd.DataFrame(
            {
                **{"program": ["甲", "乙"], "cost_yen": [1, 2], "cost_basis": "settled"},
                **{"mean_capped_low": [0.2, 0.5], "mean_capped_high": [0.9, 0.5]},
            }
        ),
        by=[],
    )
    text = analysis.describe_plane(plane)
    rival = "より少ない費用で同じかそれ以上進んだ事業"
    assert f"「乙」に、{rival}があるかは、率の分からない指標の値によります。" in text
    assert "予算額による" not in text


def placed(*rows, **columns):
    """A plane of programs, each typed as (name, cost, progress)."""
    table = pd.DataFrame(rows, columns=["program", "cost_yen", "mean_capped_low"])
    table = table.assign(mean_capped_high=table["mean_capped_low"], cost_basis="settled", kpis=1)
    return analysis.place_on_plane(table.assign(**columns), by=[])


def test_the_plane_marks_costs_of_unlike_kinds():
    plane = placed(("甲", 1, 0.2), ("乙", 2, 0.5), ("丙", 3, 0.9), cost_natures=["full", "", ""])
    rows = analysis.tabulate_plane(plane.assign(cost_basis=["settled", "total", "settled"]))
    assert rows["費用"].tolist() == [
        "1円（決算額・人件費を含む）",
        "2円（総予算額）",
        "3円（決算額）",
    ]
    both = plane.assign(cost_natures=["full", "", ""], cost_basis="settled")
    assert "費用に人件費を含むかどうかが、ほかの事業と違う：「甲」" in analysis.describe_plane(both)
    four = placed(
        *(("甲", 1, 0.2), ("乙", 2, 0.5), ("丙", 3, 0.9), ("丁", 4, 0.1)),
        cost_natures=["full", "", "", "full"],
    )
    assert "人件費を含む事業と含まない事業は、別々に比べました。" in analysis.describe_plane(four)


def test_several_programs_without_a_rival_and_equal_costs_are_said_as_they_are():
    text = analysis.describe_plane(placed(("甲", 1, 0.2), ("乙", 2, 0.5), ("丙", 2, 0.4)))
    rival = "同じ費用でより進んだか、より少ない費用で同じかそれ以上進んだ事業"
    assert f"「甲」「乙」には、{rival}はありません。ほかの1事業には、{rival}があります。" in text


def test_the_plane_says_who_leads_with_personnel():
    text = analysis.describe_plane(report(*FUKUOKA).plane)
    rival = "より少ない費用で同じかそれ以上進んだ事業"
    assert f"「国民保護体制推進事業」{rival}はありません。" in text
    assert (
        f"人件費を除く額で比べています。人件費を含めると、{rival}がないのは"
        "「自主防災組織活性化事業」です。この人件費は、決算か予算かの記載がない金額です。"
    ) in text
    row = analysis.tabulate_plane(report(*FUKUOKA).plane).set_index("事業").loc[GROUPS]
    assert row[["人件費を含む費用", "同（人件費を含む費用で）"]].tolist() == ["5,914,000円", "ない"]


def test_the_plane_says_where_personnel_changes_nothing_or_is_not_known():
    columns = {"cost_natures": "direct", "full_cost_yen": [2, 3]}
    text = analysis.describe_plane(placed(("甲", 1, 0.5), ("乙", 2, 0.5), **columns))
    assert "人件費を除く額で比べています。人件費を含めても、この結論は変わりません。" in text
    columns["full_cost_yen"] = pd.array([2, pd.NA], dtype="Int64")
    text = analysis.describe_plane(placed(("甲", 1, 0.5), ("乙", 2, 0.5), **columns))
    assert "人件費の記載がない事業があり、含めた額では比べられません。" in text
    rows = ("甲", 1, 0.5), ("乙", 2, 0.5)
    text = analysis.describe_plane(placed(*rows, cost_natures="direct"))
    assert "人件費を除く額で比べています。これは" in text
    mixed = placed(*rows, cost_natures="direct").assign(cost_basis=["settled", "total"])
    assert "予算額によるものを含みます。" in analysis.describe_plane(mixed)


# --- order ---


def test_the_order_says_what_changes_with_personnel():
    text = analysis.describe_order(report(*FUKUOKA).order)
    assert (
        "これは人件費を除く額による順序です。人件費を含めると、10組のうち3組で変わります（" in text
    )
    assert "「自主防災組織活性化事業」が「国民保護体制推進事業」より先）。" in text
    table = analysis.tabulate_order(report(*FUKUOKA).order)
    row = table[(table["事業"] == "国民保護体制推進事業") & (table["比べる事業"] == GROUPS)]
    assert row[["順序", "人件費を含めた順序"]].to_numpy().tolist() == [["先", "後"]]
    same = report(*FUKUOKA).order.assign(changes_with_personnel="no")
    assert "費用に人件費を含めても、10組の順序は変わりません。" in analysis.describe_order(same)


def test_only_assumptions_that_occur_are_named():
    text = analysis.describe_assumptions(report(*FUKUOKA).order)
    assert "推計の実績" not in text
    assert "半分ずつ" not in text
    assert "率の分からない指標は" in text
    assert "率の分からない指標は" not in analysis.describe_assumptions(report(*TSUKUBA).order)


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
    rows = analysis.tabulate_order(report(*TSUKUBA).order)
    assert len(rows) == 6
    first = rows.iloc[0]
    assert first.tolist() == [SEMINAR, FAIR, "100.0％", "先", "0件", "0件"]
    shares = rows.set_index("比べる事業").loc[HUB]
    shares = shares[shares["事業"] == FAIR].iloc[0]
    assert shares["先になった割合"] == "達成率 100.0％、進捗率 0.0％"
    assert shares["順序"] == "式による"


def test_the_order_names_open_pairs_and_its_assumptions_apart():
    text = analysis.describe_order(report(*TSUKUBA).order)
    assert "順序を6組で比べました。" in text
    assert "95％以上で同じ順序になったのは4組です。" in text
    assert (
        f"「{FAIR}」と「{HUB}」の順序は式によります"
        f"（達成率なら「{FAIR}」が先、進捗率なら「{HUB}」が先）。"
    ) in text
    assert f"「{SEMINAR}」" not in text
    assert "先になった割合" not in text  # half of the draws, but only because half use either
    text = analysis.describe_assumptions(report(*TSUKUBA).order)
    for assumption in ("500回の試行", "乱数の種は2018", "前後5％", "達成率と進捗率を半分ずつ"):
        assert assumption in text


def test_where_no_pair_can_be_compared_the_reasons_are_counted():
    assert analysis.describe_assumptions(report(*MORIOKA).order) == ""
    text = analysis.describe_order(report(*MORIOKA).order)
    assert text == (
        "順序を比べられる事業の組がありません"
        "（金額の性質が書かれていない：2組、金額の記載がない：1組）。"
    )
    assert analysis.describe_order(report(*MORIOKA).order.iloc[:0]).endswith("ありません。")


# --- intervals and means ---


def test_intervals_print_their_method_or_the_reason():
    rows = analysis.tabulate_intervals(report(*TSUKUBA).kpis).to_numpy().tolist()
    assert rows[5] == [
        "地域ビジネス等のアイデア提案件数",
        "16件",
        "—",
        "単年度か累計かの記載がない",
    ]
    counted = analysis.add_intervals(report(*TSUKUBA).kpis.assign(aggregation="single_year"))
    assert analysis.tabulate_intervals(counted).to_numpy().tolist()[5][2:] == [
        "9～26件",
        "件数の偶然の増減（ポアソン分布）",
    ]
    assert rows[0][1:] == ["93％", "—", "回答数の記載がない"]


def test_the_mean_says_how_it_depends_on_the_kpis():
    text = analysis.describe_mean_progress(report(*TSUKUBA).means)
    assert text.startswith("7指標の進み具合の平均（0～100％に収める）は84.7％です。")
    assert text.endswith(
        "7指標を選び直すと、95％の場合で56～100％の間になります"
        "（指標が少ないため、実際の幅はこれより広い可能性があります）。"
    )


def test_the_mean_says_how_many_kpis_count_as_whole_without_a_rate():
    kpis = pd.DataFrame({"g": 1, "progress_rate": [0.5, None], "reached": ["no", "yes"]})
    text = analysis.describe_mean_progress(analysis.bootstrap_mean_progress(kpis, by=["g"]))
    assert "うち1指標は率がないが、到達のため100％と数える）は75.0％です。" in text


def test_the_mean_of_many_kpis_is_not_called_too_narrow():
    kpis = pd.DataFrame({"g": 1, "progress_rate": [1.0] * 11 + [0.0]})
    text = analysis.describe_mean_progress(analysis.bootstrap_mean_progress(kpis, by=["g"]))
    assert text.endswith("12指標を選び直すと、95％の場合で75～100％の間になります。")
    assert "少ない" not in text


def test_a_single_kpi_has_no_mean_and_kpis_before_their_final_year_none_yet():
    one = pd.DataFrame({"g": 1, "progress_rate": [1.0]})
    assert analysis.describe_mean_progress(analysis.bootstrap_mean_progress(one, by=["g"])) == ""
    notes = ["not_due", "already_final", "not_due"]
    early = pd.DataFrame({"g": 1, "progress_rate": [None] * 3, "reached_note": notes})
    text = analysis.describe_mean_progress(analysis.bootstrap_mean_progress(early, by=["g"]))
    assert text == "3指標とも最終年度前のため、平均は求めません。"
    none = analysis.bootstrap_mean_progress(early.iloc[:0], by=["g"])
    assert analysis.describe_mean_progress(none).startswith("指標がない")


def test_the_mean_of_few_or_unknown_kpis_has_no_range():
    few = pd.DataFrame({"g": 1, "progress_rate": [0.5, None]})
    text = analysis.describe_mean_progress(analysis.bootstrap_mean_progress(few, by=["g"]))
    assert "うち1指標は率が分からず0％と100％の幅で数える）は25.0％～75.0％です。" in text
    assert text.endswith("指標が少ないため、指標の選び方による幅は求めません。")
    text = analysis.describe_mean_progress(report(*MORIOKA).means)
    assert text == "10指標のどれも率が分からず、進み具合の平均は求められません。"


# --- all of them ---


@pytest.mark.parametrize("which", [TSUKUBA, MORIOKA])
def test_no_sentence_claims_an_effect_or_calls_a_program_good_or_bad(which):
    for text in sentences(report(*which)):
        for word in ("効果", "優れ", "良い", "悪い", "劣", "非効率", "nan", "None", "_"):
            assert word not in text
        assert text.endswith("。")


@pytest.mark.parametrize("which", [TSUKUBA, MORIOKA])
def test_no_cell_is_empty_or_shows_a_word_of_the_code(which):
    for table in tables(report(*which)):
        cells = [str(cell) for cell in table.to_numpy().ravel()]
        assert all(cell and not cell.isspace() for cell in cells)
        assert not any(word in cell for cell in cells for word in ("nan", "<NA>", "_", "None"))


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


def test_a_budget_is_named_by_the_parts_that_are_printed():
    [row, more] = analysis.tabulate_execution(
        executed({"initial": 10, "settled": 9}, {"initial": 10, "reserve": 1, "settled": 9})
    ).to_dict("records")
    assert row["根拠・注意"].startswith("当初予算額。")
    assert more["根拠・注意"].startswith("予算額（当初・予備費の合計）。")


def test_a_money_kpi_says_what_to_mind_in_its_gain():
    table = analysis.tabulate_costs(report(*TSUKUBA).kpis)
    assert table["根拠・注意"][3] == "総予算額。金額の指標。単年度か累計かの記載がない"


# Amounts for several years


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
