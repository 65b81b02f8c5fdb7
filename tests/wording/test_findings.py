"""Findings in the words of the reports."""

from made import (
    NO_AUDIT,
    NO_OBSERVATIONS,
    an_audit,
    findings,
    in_order,
    some_kpis,
    tiles,
    tiles_of_program,
)
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.findings import _say_years

NOT_EXPLAINED = "公表された数値だけでは説明できません"


JOB_FAIR_KPI = "「合同就職面接会におけるマッチング相談件数」"


def test_tsukuba_reached_five_of_seven_targets_one_of_them_missed_by_an_estimate():
    assert in_order(findings(report(TSUKUBA, 2018)), "7指標", "推計値", "1", "5指標")


def test_tsukuba_reached_one_of_four_final_targets_and_no_share_of_the_others_is_quoted():
    # 16 of 16 ideas; 1,110 of 5,000 thousand yen would be 22.2 % two years ahead of time
    text = findings(report(TSUKUBA, 2018))
    assert in_order(text, "令和2年度の最終目標", "4指標", "1指標", "最終年度まで2年")
    assert "22.2％" not in text


def test_tsukuba_names_the_judgement_the_figures_do_not_explain_and_the_missing_criteria():
    text = findings(report(TSUKUBA, 2018))
    assert (
        "「合同就職面接会におけるマッチング相談件数」の公表の進捗は「概ね順調」ですが、"
        "実績148件は従前値170件を下回っています。公表された数値だけでは説明できません"
        "（評価の基準を定めた資料１－３は手元にありません）。"
    ) in text
    assert "3事業は指標がない" in text


def test_tsukuba_does_not_say_twice_that_a_kpi_got_worse():
    assert findings(report(TSUKUBA, 2018)).count(JOB_FAIR_KPI) == 1


def test_job_fair_says_target_actual_and_that_it_fell_below_its_baseline():
    text = findings(report(TSUKUBA, 2018, "job_fair"))
    assert in_order(text, JOB_FAIR_KPI, "200件", "148件", "届きませんでした", "170件", "下回って")
    assert in_order(text, "「概ね順調」", NOT_EXPLAINED, "資料１－３")
    assert "到達しました" not in text


def test_migration_promotion_says_that_its_actual_is_an_estimate():
    r = report(TSUKUBA, 2018, "migration_promotion")
    assert in_order(findings(r), "4,630人", "推計の実績", "4,600人", "届かない見込み", "93.1％")
    assert "届きませんでした" not in findings(r)
    assert tiles_of_program(r)["目標に到達"] == ("0 / 1", "指標（うち推計値1）")
    assert tiles_of_program(r)["進捗率"][0] == "93.1％"  # 406 / 436


def test_local_hub_reached_all_targets_of_the_year_but_few_final_ones():
    r = report(TSUKUBA, 2018, "local_hub_cocreation")
    text = findings(r)
    assert in_order(
        text, "4指標とも", "到達しました", "令和2年度", "4指標のうち、1指標", "最終年度まで2年"
    )
    assert NOT_EXPLAINED not in text
    tiles = tiles_of_program(r)
    assert tiles["目標に到達"] == ("4 / 4", "指標（うち速報値4）")
    assert tiles["進捗率"][0] == "100.0％～200.0％"
    assert tiles["総予算額"][0] == "8,640,000"
    assert tiles["公表の総合評価"] == ("B・S", "進捗「概ね順調」「順調」")


def test_support_robot_trial_is_graded_without_any_kpi():
    r = report(TSUKUBA, 2018, "support_robot_trial")
    text = findings(r)
    assert in_order(text, "指標（KPI）が載っておらず", "判断できません", "「B」")
    assert "指標がないため、数値からは確かめられません。" in text
    assert NOT_EXPLAINED not in text
    assert "3件の数値" in text
    tiles = tiles_of_program(r)
    assert tiles["目標に到達"] == ("—", "手元の資料に指標の記載なし")
    assert tiles["ほかに公表された数値"][0] == "3 件"
    assert tiles["総予算額"][0] == "8,571,000"
    assert tiles["公表の総合評価"] == ("B", "進捗の記載なし")
    assert "進捗率" not in tiles


def test_a_program_that_reached_its_target_is_said_to_have_reached_it():
    text = findings(report(TSUKUBA, 2018, "lifestyle_seminar"))
    assert in_order(text, "つくば市に住みたい", "89％", "93％", "目標に到達しました")


def test_growth_field_hub_gives_its_actuals_and_judges_nothing():
    r = report(MORIOKA, 2021, "growth_field_hub")
    text = findings(r)
    assert in_order(
        text, "3指標", "18人", "33社", "259,057千円", "目標の記載がない", "判断できません"
    )
    assert "％" not in text
    # 10,010 + 1,333 + 17,662 thousand yen
    value, note = tiles_of_program(r)["記載された金額の合計"]
    assert value == "29,005,000"
    assert "性質の記載なし" in note
    assert tiles_of_program(r)["進捗率"] == ("—", "求められる指標がない")


def test_related_population_gives_its_targets_and_says_that_actuals_are_pending():
    r = report(MORIOKA, 2021, "related_population")
    assert in_order(findings(r), "4指標は目標だけ", "150人", "500人", "30人", "1,000人", "集計中")
    assert tiles_of_program(r)["目標に到達"] == ("—", "どの指標も判定できない")
    assert tiles_of_program(r)["費用"] == ("—", "金額の記載なし")


def test_six_city_festivals_gives_its_plan_and_no_result():
    r = report(MORIOKA, 2022, "six_city_festivals")
    text = findings(r)
    assert "4指標は計画値だけで、実績はこの資料に記載がありません。" in text
    assert "到達しました" not in text
    assert "届きませんでした" not in text


def test_of_many_values_only_three_are_named():
    text = findings(report(MORIOKA, 2021))  # six actuals without a target
    assert in_order(text, "6指標の実績", "18人", "33社", "259,057千円", "ほか")
    assert "161人" not in text


def test_a_falling_kpi_above_its_final_target_has_not_reached_it():
    # 100 accidents before, 80 aimed at this year and 50 in 2020; 90 happened
    kpis = some_kpis(
        {"direction": "down", "target": 80.0, "actual": 90.0, "final_target": 50.0},
        {"direction": "down", "target": 80.0, "actual": 95.0, "final_target": 50.0},
    )
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "2指標のうち、目標に到達したものはありません。" in text
    assert "最終目標に達した指標は、まだありません。" in text


def test_a_falling_kpi_at_its_final_target_has_reached_it():
    kpis = some_kpis(
        {"direction": "down", "target": 80.0, "actual": 40.0, "final_target": 50.0},
        {"direction": "down", "target": 80.0, "actual": 0.0, "final_target": 0.0},
    )
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "最終目標にすでに達しているのは、2指標のうち0指標" not in text


def test_a_program_without_kpis_among_others_is_not_called_this_program():
    kpis = some_kpis({"program_id": "a"}, {"program_id": "b"})
    audit = an_audit(
        {"kpi": None, "finding": "no_kpi", "explained": "no", "progress": None}, {}, {}
    )
    text = analysis.describe_findings(kpis, audit, NO_OBSERVATIONS)
    assert "指標がないまま評価" in text
    assert "この事業" not in text


def test_final_targets_in_words_count_with_those_in_figures():
    words = {"final_target": None, "final_target_bound": "better_than_baseline"}
    kpis = some_kpis({"target": None, "actual": 120.0}, words | {"target": None, "actual": 199.0})
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "2指標は令和2年度の最終目標だけがあり" in text
    assert "令和2年度の最終目標がある2指標のうち、1指標はすでに達しています。" in text


def test_a_final_target_missed_in_its_year_is_said_beside_the_target_of_the_year():
    kpis = some_kpis({"target": 110.0, "actual": 120.0, "final_target": 150.0, "final_year": 2018})
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "目標に到達しました" in text
    assert "「指標0」は、同じ年度の最終目標150件には達していません。" in text


def test_a_kpi_that_got_worse_is_named_where_no_judgement_names_it():
    kpis = some_kpis({"actual": 99.0}, {"actual": 200.0})
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "「指標0」は従前値より悪くなりました" in text
    assert "「指標1」" not in text


def test_kpis_that_cannot_be_judged_stay_in_the_count():
    kpis = some_kpis(
        {"actual": 200.0}, {"actual": 150.0}, {"actual": None, "actual_status": "pending"}
    )
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert in_order(text, "3指標のうち", "判定できるのは2指標", "1指標が目標に", "1指標", "集計中")


def test_all_known_targets_reached_is_not_called_all_where_some_are_unknown():
    kpis = some_kpis({"actual": 200.0}, {"actual": None, "actual_status": "unpublished"})
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "すべて" not in text
    assert "未公表" in text


def test_a_kpi_below_its_baseline_is_named_before_its_target_is_due():
    text = findings(report("292087", 2013))  # 御所市: 19,975 station users, 21,754 before
    assert text.startswith("「駅利用者数」は従前値より悪くなりました。")
    assert "3指標は令和2年度の最終目標だけがあり、この年度の目標はありません。" in text
    assert "平成25年度の時点で、最終年度まで7年あります。" in text
    assert "達しているもの2、後退したもの1" in text


COUNTED = {"aggregation": "single_year", "actual": 210.0, "as_of": "2018-09-30"}


def said_of(*rows):
    return analysis.describe_findings(some_kpis(*rows), NO_AUDIT, NO_OBSERVATIONS)


def test_a_target_reached_within_the_year_is_said_to_be_reached_by_that_day():
    text = said_of(COUNTED | {"actual_status": "preliminary"})
    assert "目標200件に対して速報の実績が210件で、9月30日現在で目標に到達しました。" in text
    assert "年度の途中で目標に到達しました" in said_of(COUNTED | {"as_of": "2018"})
    assert "現在" not in said_of(COUNTED | {"as_of": "2019-03-31"})


def test_of_several_kpis_those_reached_within_the_year_are_counted_with_their_days():
    text = said_of(COUNTED, COUNTED | {"as_of": "2018-12-31"}, {"as_of": None})
    assert "2指標は、12月31日現在・9月30日現在の値" not in text  # in the order of the days
    assert "2指標は、9月30日現在・12月31日現在の値ですでに到達しています。" in text
    assert tiles(COUNTED, {"as_of": None})["目標に到達"] == ("1 / 2", "指標（うち年度途中の値1）")


def test_a_final_target_reached_within_the_year_is_told_with_the_day():
    only_final = COUNTED | {"target": float("nan"), "actual": 320.0}
    assert "最終目標300件に9月30日現在ですでに達しています。" in said_of(only_final)
    text = said_of(only_final, {"actual": 310.0, "as_of": None})
    assert "達した指標のうち1指標は、9月30日現在の値によります。" in text
    assert tiles(only_final)["最終目標に到達ずみ"] == ("1 / 1", "指標（期限前、うち年度途中の値1）")


def test_a_target_in_words_is_shown_in_brackets_and_named_as_the_reason():
    nothing = {"target": float("nan"), "final_target": float("nan"), "final_year": None}
    kpis = some_kpis(nothing | {"target_printed": "充実"}).assign(kpi_kind="outcome", place="p")
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "目標が数値でなく言葉で示されているため、目標に届いたかは判断できません。" in text
    assert analysis.tabulate_progress(kpis)["目標"].tolist() == ["「充実」"]
    assert analysis.tabulate_targets(kpis)["年度の目標"].tolist() == ["「充実」"]
    assert "目標「充実」は数値でなく言葉で示されています。" in analysis.describe_targets(kpis)


def test_words_for_the_year_stand_before_a_final_target_in_figures():
    kpis = some_kpis({"target": float("nan"), "target_printed": "充実"})
    assert analysis.tabulate_progress(kpis)["目標"].tolist() == ["「充実」・最終目標300件（R2）"]
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "この年度の目標はありません" not in text


def test_of_many_years_the_first_and_the_last_are_told():
    assert _say_years([2020, 2021]) == "令和2年度・令和3年度"
    assert _say_years(range(2018, 2030)) == "平成30年度～令和11年度"
