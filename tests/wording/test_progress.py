"""Progress in the words of the reports."""

import pandas as pd
import pytest
from made import JOB_FAIR, SLICES, rows
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.formats import (
    format_number,
    format_percent,
    format_value,
)


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_progress_holds_every_kpi_with_its_figures(which):
    kpis = report(*which).kpis
    text = analysis.describe_progress(kpis)
    for k in rows(kpis[kpis["progress_rate"].notna()]):
        after = text[text.index(f"{k['kpi']}：") :].split("。")[0]
        assert format_number(k["baseline"]) in after
        assert f"目標{format_value(k['target'], k['unit'])}" in after
        assert f"実績{format_value(k['actual'], k['unit'])}" in after
        assert format_percent(k["progress_rate"]) in after


def test_the_text_of_progress_gives_each_state_in_words():
    text = analysis.describe_progress(report(TSUKUBA, 2018).kpis)
    assert "148件、進捗率▲73.3％、未達（従前値より悪い）。" in text
    assert "4,600人、進捗率93.1％、推計で未達。" in text
    assert "93％、進捗率233.3％、到達。" in text
    for mark in "●◆○◇？":
        assert mark not in text


def test_without_a_rate_the_text_counts_the_reasons():
    text = analysis.describe_progress(report(MORIOKA, 2021).kpis)
    assert "図はありません" in text
    assert "目標の記載がない：6指標" in text
    assert "実績がない：4指標" in text


INCOME = "新たな地域ビジネスによる事業収入"


def test_progress_prints_target_actual_rates_and_where_a_kpi_stands():
    r = report(TSUKUBA, 2018)
    table = analysis.tabulate_progress(r.kpis)
    expected = pd.DataFrame(
        [
            {
                "指標": JOB_FAIR,
                "結論": "◆ 未達（従前値より悪い）",
                "従前値": "170件",
                "目標": "200件",
                "実績": "148件",
                "実績の扱い": "速報値",
                "達成率": "74.0％",
                "進捗率": "▲73.3％",
                "最終目標比": "74.0％",
            },
            {
                "指標": "東京圏からつくば市内への年間転入者数",
                "結論": "◇ 推計で未達",
                "従前値": "4,194人",
                "目標": "4,630人",
                "実績": "4,600人",
                "実績の扱い": "推計値",
                "達成率": "99.4％",
                "進捗率": "93.1％",
                "最終目標比": "99.4％",
            },
            {
                "指標": INCOME,
                "結論": "● 到達（最終年度はR2）",
                "従前値": "0千円",
                "目標": "1,000千円",
                "実績": "1,110千円",
                "実績の扱い": "速報値",
                "達成率": "111.0％",
                "進捗率": "111.0％",
                "最終目標比": "22.2％",
            },
        ]
    )
    pd.testing.assert_frame_equal(table.iloc[1:4].reset_index(drop=True), expected)


def test_progress_prints_a_dash_for_what_a_source_does_not_hold():
    hired, *_, registrants = rows(analysis.tabulate_progress(report(MORIOKA, 2021).kpis))
    assert hired["目標"] == hired["達成率"] == hired["進捗率"] == "—"
    assert hired["実績"] == "18人"
    assert hired["結論"] == "？ 判定できない（目標の記載がない）"
    assert registrants["目標"] == "1,000人"
    assert registrants["実績"] == "—"
    assert registrants["実績の扱い"] == "集計中"
