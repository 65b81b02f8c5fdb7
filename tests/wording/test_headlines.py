"""Headlines in the words of the reports."""

import pandas as pd
import pytest
from made import (
    NO_OBSERVATIONS,
    an_audit,
    in_order,
    judges,
    some_budgets,
    some_kpis,
    tiles,
    tiles_of_government,
    tiles_of_program,
    where,
)
from slices import DATA, MORIOKA, TSUKUBA, report

import analysis
from analysis.measures.headlines import find_cost
from analysis.wording.headlines import _cost_tile


def title(r):
    return analysis.describe_title(r.data.programs, r.kpis)


def test_a_report_says_its_government_year_and_edition():
    assert in_order(
        where(report(TSUKUBA, 2018)), "つくば市", "082201", "平成30年度", "2018", "速報版"
    )


def test_a_source_without_an_edition_gets_none():
    text = where(report(MORIOKA, 2021))
    assert in_order(text, "盛岡市", "032018", "令和3年度", "2021")
    assert "版" not in text
    assert not text.endswith("・")


def test_two_governments_are_both_named_once():
    both = analysis.load(DATA)
    text = analysis.describe_where(both.shown_programs, both.sources, 2021)
    assert text.count("つくば市") == text.count("盛岡市") == 1


def test_where_targets_can_be_judged_the_title_asks_whether_they_were_reached():
    assert title(report(TSUKUBA, 2018, "job_fair")) == "合同就職面接会は目標に届いたか"
    assert title(report(TSUKUBA, 2018)) == "地方創生推進交付金事業は目標に届いたか"


@pytest.mark.parametrize(
    "which",
    [
        (TSUKUBA, 2018, "support_robot_trial"),
        (MORIOKA, 2021, "growth_field_hub"),
        (MORIOKA, 2021, "related_population"),
        (MORIOKA, 2022, "six_city_festivals"),
        (MORIOKA, 2021),
    ],
)
def test_where_no_target_can_be_judged_the_title_asks_only_what_is_published(which):
    text = title(report(*which))
    assert text.endswith("について何が公表されたか")
    assert "届いた" not in text


def test_a_title_without_a_grant_name_still_says_what_it_asks_about():
    r = report(TSUKUBA, 2018)
    text = analysis.describe_title(r.data.programs.assign(grant_name=None), r.kpis)
    assert text.endswith("目標に届いたか")
    assert not text.startswith("事業")


def test_the_tiles_of_tsukuba_hold_what_the_sheets_add_up_to():
    tiles = tiles_of_government(report(TSUKUBA, 2018))
    assert tiles["目標に到達"] == ("5 / 7", "指標（うち推計値1、速報値6）")
    value, names = tiles["指標のない事業"]
    assert value == "3 / 7"
    for name in (
        "つくば市生活支援ロボット普及促進事業",
        "若者ライフプラン形成支援事業",
        "子連れ出勤モデル事業",
    ):
        assert name in names
    # 8,571,000 + 924,800 + 540,000 + 3,780,000 + 4,348,000 + 10,857,000 + 8,640,000
    value, note = tiles["総予算額"]
    assert value == "37,660,800"
    assert "決算額はこの資料に記載なし" in note


def test_the_tile_of_unexplained_judgements_says_where_they_stand():
    value, note = tiles_of_government(report(TSUKUBA, 2018))["公表の数値と合わない評価"]
    assert value == "1 件"
    assert note == "④-4 合同就職面接会におけるマッチング相談件数"


def test_the_tiles_of_job_fair_hold_its_figures():
    tiles = tiles_of_program(report(TSUKUBA, 2018, "job_fair"))
    assert tiles["目標に到達"][0] == "0 / 1"
    assert tiles["進捗率"][0] == "▲73.3％"  # (148 - 170) / (200 - 170)
    assert tiles["総予算額"][0] == "3,780,000"
    assert "決算額はこの資料に記載なし" in tiles["総予算額"][1]
    assert tiles["公表の総合評価"] == ("B", "進捗「概ね順調」")


def test_where_nothing_is_judged_no_count_of_odd_judgements_is_given():
    r = report(MORIOKA, 2021)
    assert tiles_of_government(r)["公表の数値と合わない評価"] == ("—", "評価の記載なし")
    assert analysis.describe_audit(r.audit) == "この資料に評価の公表はありません。"
    assert tiles_of_program(r)["公表の総合評価"] == ("—", "評価の記載なし")


def test_two_judges_stand_in_the_tile_by_name_where_they_differ_and_once_where_they_agree():
    kpis, budgets = some_kpis({}), some_budgets()
    tiles = [
        tuple(analysis.summarize_program(kpis, budgets, judges(*words), NO_OBSERVATIONS).iloc[3])
        for words in ("AB", "AA")
    ]
    assert [value for _, value, _ in tiles] == ["A（一次評価）・B（外部評価）", "A"]


def test_what_is_to_follow_is_told_where_nothing_else_is_published():
    ratings = judges("継続（拡充）", "継続（拡充）", name="policy")
    said = "公表の評価：今後の方針「継続（拡充）」。"
    audit = analysis.audit_published(some_kpis({}), ratings, {})
    for kpis in (some_kpis({}), some_kpis({}).iloc[:0]):
        assert said in analysis.describe_findings(kpis, audit, NO_OBSERVATIONS)
    assert analysis.describe_audit(audit).startswith(said)
    tile = analysis.summarize_program(some_kpis({}), some_budgets(), ratings, NO_OBSERVATIONS)
    assert tuple(tile.iloc[3]) == ("今後の方針", "継続（拡充）", "ほかの評価の記載なし")
    beside = analysis.summarize_program(
        some_kpis({}), some_budgets(), ratings.assign(grade="B"), NO_OBSERVATIONS
    )
    assert tuple(beside.iloc[3]) == ("公表の総合評価", "B", "今後の方針「継続（拡充）」")


def test_where_nothing_could_be_compared_no_zero_is_counted():
    tile = "公表の数値と合わない評価"
    fukuoka = tiles_of_government(report("400009", 2024))
    assert fukuoka[tile] == ("—", "達成度の評価の記載なし")
    strategy = tiles_of_government(report(TSUKUBA, 2021))
    assert strategy[tile] == ("—", "比べられる数値や基準なし")


def test_a_judgement_without_an_actual_is_not_counted_as_one_the_figures_contradict():
    r = report(TSUKUBA, 2018)
    audit = an_audit(
        {"finding": "no_actual", "no_actual_note": "pending", "explained": "no"},
        {"finding": "no_word", "against": "grade", "kpi": None, "rated_by": "外部評価"},
    )
    table = analysis.summarize_government(r.comparison, r.kpis, r.data.budgets, audit)
    assert tuple(table.iloc[2])[1:] == ("1 件", "④-1（外部評価）")


@pytest.mark.parametrize(
    ("statuses", "label"),
    [
        (["estimated"] * 2, "決算額（推計）"),
        (["estimated", None], "決算額（一部推計）"),
        ([None] * 2, "決算額"),
    ],
)
def test_an_account_that_is_still_an_estimate_is_called_one_in_the_tile(statuses, label):
    budgets = some_budgets(("p", "settled", 500_000), ("p", "settled", 500_000))
    budgets = budgets.assign(amount_status=statuses, item=["物件費", "委託料"])
    assert cost_tile(budgets)[0] == label


def cost_tile(budgets):
    r = report(TSUKUBA, 2018, "job_fair")
    table = analysis.summarize_program(r.kpis, budgets, r.data.ratings, r.data.observations)
    return tuple(table.iloc[2])


def test_a_settled_account_goes_before_a_budget():
    tile = cost_tile(some_budgets(("p", "total", 2_000_000), ("p", "settled", 1_500_000)))
    assert tile == ("決算額", "1,500,000", "円")


def test_an_initial_budget_is_called_one():
    label, value, note = cost_tile(some_budgets(("p", "initial", 2_000_000)))
    assert (label, value) == ("当初予算額", "2,000,000")
    assert "決算額はこの資料に記載なし" in note


def test_an_amount_that_is_not_published_is_not_a_cost_of_nothing():
    label, value, _ = cost_tile(some_budgets(("p", "settled", None), ("p", "total", 2_000_000)))
    assert (label, value) == ("総予算額", "2,000,000")


def test_settled_accounts_of_some_programs_are_not_given_as_the_cost_of_all():
    # p has a settled account, q only a budget: no figure at hand says what both cost
    r = report(TSUKUBA, 2018)
    budgets = some_budgets(("p", "settled", 1_000_000), ("q", "total", 2_000_000))
    table = analysis.summarize_government(r.comparison, r.kpis, budgets, r.audit)
    assert tuple(table.iloc[3]) != ("決算額", "1,000,000", "円")


def test_a_published_national_grant_is_not_called_no_amount():
    assert cost_tile(some_budgets(("p", "national_grant", 500_000)))[2] != "金額の記載なし"


def tile_of(*amounts):
    """The tile of the cost of some programs, each typed as (program, kind, nature, yen)."""
    table = pd.DataFrame(amounts, columns=["program_id", "kind", "nature", "amount_yen"])
    table = table.assign(government_code="082201", fiscal_year=2018, item=None)
    return _cost_tile(find_cost(table.astype({"amount_yen": "Int64"})))


def test_personnel_beside_the_cost_is_named_in_the_headline():
    one = ("a", "settled", "direct", 5), ("a", "reported", "personnel", 7)
    label, value, note = tile_of(*one)
    assert (label, value, note) == ("決算額・人件費を除く", "5", "円。ほかに人件費7円")
    assert tile_of(*one, ("b", "settled", "direct", 1))[2] == "円。ほかに人件費7円（1事業）"
    assert tile_of(("a", "settled", "full", 5), ("a", "settled", "personnel", 2))[2] == "円"


def test_amounts_of_unlike_kinds_have_no_sum_in_the_headline():
    one = ("a", "settled", "direct", 5)
    assert tile_of(one, ("b", "settled", "direct", 7)) == ("決算額・人件費を除く", "12", "円")
    label, value, note = tile_of(one, ("b", "total", None, 7))
    assert (label, value) == ("費用", "—")
    assert note == (
        "金額の種類が違うため合計しない（決算額・人件費を除く：1事業、総予算額：1事業）"
    )
    assert tile_of(one, ("b", "settled", "full", 7))[1] == "—"
    grant = ("a", "source", None, 5), ("a", "national_grant", None, 5)
    assert tile_of(("a", "initial", None, 5), *grant)[:2] == ("当初予算額", "5")


COUNTED = {"aggregation": "single_year", "actual": 210.0, "as_of": "2018-09-30"}


def test_the_tile_of_the_rate_leaves_out_part_of_a_year_and_says_so():
    # (150 - 100) / (200 - 100) = 50 %; the other one, 110 %, may still grow
    value, note = tiles(COUNTED, {"as_of": None})["進捗率"]
    assert (value, note) == ("50.0％", "0％＝従前値、100％＝目標（年度途中の値1を除く）")
    assert tiles(COUNTED)["進捗率"] == ("—", "求められる指標がない（年度途中の値1を除く）")


def test_the_tile_of_the_rate_leaves_out_ratios_that_read_reversed():
    plain = {"baseline": float("nan")}
    falling = plain | {"direction": "down", "actual": 210.0}  # 105 % of a target it missed
    value, note = tiles(plain, falling)["達成率"]
    assert (value, note) == ("75.0％", "実績÷目標（減らす指標の単純な比1を除く）")
    assert tiles(falling)["進捗率"][0] == "—"


def test_an_amount_for_several_years_is_shown_as_such_and_is_no_cost_of_the_year():
    span = some_budgets(("p", "settled", 12_000_000)).assign(fiscal_year=2019, last_year=2021)
    label, value, note = cost_tile(span)
    assert (label, value) == ("決算額（数年度分）", "12,000,000")
    assert note == "円。令和元～3年度の合計で、この年度の費用は分からない"
    both = pd.concat([span, some_budgets(("q", "settled", 5)).assign(fiscal_year=2019)])
    assert cost_tile(both) == ("決算額", "5", "円。ほかに数年度分の合計だけの1事業")
    two = pd.concat([span, span.assign(program_id="q")])
    assert cost_tile(two) == ("費用", "—", "数年度分の合計だけの記載（2事業）")


def test_a_rate_in_the_tile_carries_the_mark_it_has_in_the_table():
    far = {"baseline": 0.0, "target": 10.0, "actual": 120.0}  # 12 times the target
    assert tiles(far, {"baseline": 0.0})["進捗率"][0] == "75.0％～1,200.0％？"


def test_a_cost_whose_kind_was_concluded_is_called_so_in_the_tile():
    budgets = some_budgets(("p", "total", 5)).assign(inferred="kind")
    assert cost_tile(budgets)[0] == "総予算額（推定）"
    both = pd.concat([budgets, some_budgets(("q", "total", 7)).assign(inferred=None)])
    assert cost_tile(both)[:2] == ("総予算額（一部推定）", "12")
