"""Readings in the words of the reports."""

import pandas as pd
import pytest
from made import JOB_FAIR, SLICES, rows, some_kpis
from slices import GOSE, IBARAKI, MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.formats import (
    format_percent,
)
from analysis.wording.labels import READINGS, REASONS


def test_a_kpi_judged_without_any_rate_is_not_said_to_have_no_conclusion():
    met = {"direction": "keep_below", "target": 0.0, "actual": 0.0, "baseline": None}
    kpis = analysis.add_verdicts(some_kpis({"actual": 150.0}, met | {"final_target": None}))
    text = analysis.describe_dependence(kpis)
    assert "1指標は、目標に届いたかは分かりますが、率を求められません。" in text
    assert "まだ結論が出ません" not in text


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_the_readings_holds_every_rate_or_why_there_is_none(which):
    kpis = report(*which).kpis
    for k in rows(kpis[kpis[list(READINGS)].notna().any(axis=1)]):
        text = analysis.describe_readings(kpis[kpis["kpi_id"] == k["kpi_id"]])
        after = text[text.index(f"{k['kpi']}（") :].split("。")[0]
        for name, label in READINGS.items():
            if pd.notna(k[name]):
                assert f"{label}{format_percent(k[name])}" in after
            else:
                assert f"{label}なし（{REASONS[k[f'{name}_note']]}）" in after


def judged(*rows):
    columns = ["progress", "achievement_rate", "progress_rate"]
    return pd.DataFrame(rows, columns=columns).assign(place="④-1")


def test_no_conclusion_of_tsukuba_depends_on_the_formula_but_the_degree_of_one_does():
    # ④-4: 74 % is short of its target, ▲73.3 % moved away from it; final targets of 2020 are not
    # due in 2018, so 22.2 % of one contradicts nothing
    text = analysis.describe_dependence(report(TSUKUBA, 2018).kpis)
    assert text == (
        "どの式を使っても「届いたか」の結論は7指標とも変わりません。"
        "ただし1指標は、届かなかった程度が式で違います"
        "（「合同就職面接会におけるマッチング相談件数」は達成率74.0％、進捗率▲73.3％）。"
    )


def test_a_kpi_that_met_its_year_and_lags_behind_its_course_is_named():
    # ④-7: 1,110 of 1,000, but 66.6 % of a third of 5,000 if the baseline is of the year before
    data = report(TSUKUBA, 2018, "local_hub_cocreation").data
    assumed = analysis.assume_baseline_year(data.kpis, data.programs)
    text = analysis.describe_assumed(analysis.add_verdicts(analysis.add_achievement(assumed)))
    assert text.startswith("従前値を事業開始の前年度の値と仮定すると、1指標は、")
    assert "式によって変わります（「新たな地域ビジネスによる事業収入」）" in text
    assert "3指標は、どの式を使っても「届いたか」の結論が変わりません。" in text


def test_targets_not_yet_due_depend_on_no_formula():
    text = analysis.describe_dependence(report(GOSE, 2013).kpis)
    assert "式によって変わ" not in text


def test_a_single_kpi_is_said_without_counts():
    text = analysis.describe_dependence(report(TSUKUBA, 2018, "job_fair").kpis)
    assert text == (
        "どの式でも届いていませんが、どれほど届いていないかは式で違います"
        "（進捗率▲73.3％から達成率74.0％まで）。"
    )


def test_one_reading_is_called_the_only_one_and_never_the_same_by_every_formula():
    kpi = {"kpi": ["来場者"], "direction": ["up"], "target": [100.0], "actual": [42.0]}
    kpis = pd.DataFrame(kpi).assign(fiscal_year=2024)
    judged = analysis.add_verdicts(analysis.add_achievement(kpis))
    text = analysis.describe_dependence(judged)
    assert text == (
        "いま結論を出せる読み方は達成率（42.0％）だけで、ほかの式と比べることはできません。"
    )


def test_without_any_rate_nothing_is_said_about_formulas():
    text = analysis.describe_dependence(report(MORIOKA, 2021).kpis)
    assert text.startswith("率を求められる指標がない")


def test_a_falling_kpi_that_missed_is_told_beside_the_one_ratio_that_seems_to_say_otherwise():
    row = {"direction": ["down"], "target": [200.0], "actual": [210.0], "fiscal_year": [2018]}
    kpis = analysis.add_verdicts(analysis.add_achievement(pd.DataFrame(row).assign(kpi="待機")))
    text = analysis.describe_dependence(kpis)
    assert text.endswith("変わります（達成率105.0％、実績と目標を比べると未達）。")


def test_readings_print_every_rate_and_why_one_cannot_be_had():
    [row] = rows(analysis.tabulate_readings(report(TSUKUBA, 2018, "job_fair").kpis))
    assert row == {
        "指標": JOB_FAIR,
        "達成率": "74.0％ 不足",
        "進捗率": "▲73.3％ 後退",
        "期待値比": "—",
        "最終目標比": "74.0％ 不足",
        "成長率比": "—",
        "結論": "程度だけ変わる",
        "求められない理由・注意": "期待値比・成長率比：従前値の年度の記載がない",
    }


def test_a_reason_that_several_readings_share_stands_once():
    table = analysis.tabulate_readings(report(IBARAKI, 2017, "comprehensive_strategy").kpis)
    assert table["求められない理由・注意"].tolist() == [
        "進捗率・期待値比・成長率比：従前値の記載がない"
    ]


def test_the_mark_of_doubt_is_told_only_where_it_stands():
    kpis = report(TSUKUBA, 2018, "job_fair").kpis
    assert analysis.describe_doubts(kpis) == ""
    said = analysis.describe_doubts(kpis.assign(achievement_rate=10.01))
    assert said.endswith("単位を読み違えている可能性があります。")
    assert analysis.describe_doubts(kpis.assign(progress_rate=-10.5)) == said
