"""Comparison in the words of the reports."""

import pandas as pd
from made import rows
from slices import MORIOKA, TSUKUBA, report

import analysis


def test_three_readings_count_programs_by_any_all_and_kpis():
    text = analysis.describe_three_readings(report(TSUKUBA, 2018).comparison)
    assert "指標のある4事業のうち" in text
    assert "1つでも目標に到達した事業は2で、その2事業はすべての指標で到達しました。" in text
    assert "7指標のうち5指標（71.4％）" in text
    assert "判定できない" not in text


def test_three_readings_keep_unknown_kpis_in_the_whole():
    counts = pd.DataFrame(
        {"kpis": [3, 2, 0], "reached": [1, 2, 0], "missed": [0, 0, 0], "unknown": [2, 0, 0]}
    )
    text = analysis.describe_three_readings(counts)
    assert "指標のある2事業" in text
    assert "1つでも目標に到達した事業は2" in text
    assert "すべての指標で到達した事業は1です。" in text
    assert "5指標のうち3指標（60.0％）" in text
    assert "判定できない2指標も分母に含みます" in text


def test_no_programs_make_a_table_without_a_row():
    assert len(analysis.tabulate_programs(report(TSUKUBA, 2018).comparison.iloc[:0])) == 0


def test_programs_print_cost_counts_and_both_means():
    table = analysis.tabulate_programs(report(TSUKUBA, 2018).comparison)
    by_name = {row.pop("事業"): row for row in rows(table)}
    assert by_name["合同就職面接会"] == {
        "費用（総予算額）": "3,780,000円",
        "指標": "1",
        "到達": "0",
        "未達": "1",
        "不明": "0",
        "進み具合の平均（0～100％に収める）": "0.0％",
        "同（上限なし）": "▲73.3％",
        "平均のもと": "進捗率1",
    }
    # (111 + 100 + 200 + 175) / 4
    assert by_name["地域拠点活力共創マネジメント事業"]["同（上限なし）"] == "146.5％"
    robot = by_name["つくば市生活支援ロボット普及促進事業"]
    assert (robot["指標"], robot["進み具合の平均（0～100％に収める）"]) == ("0", "—")


def test_unknown_kpis_widen_the_mean_to_a_range():
    hub = rows(analysis.tabulate_programs(report(MORIOKA, 2021).comparison))[0]
    assert hub["進み具合の平均（0～100％に収める）"] == "0.0％～100.0％"
    assert hub["同（上限なし）"] == "—"
    assert hub["平均のもと"] == "率が不明（0～100％の幅とする）3"
    assert (hub["指標"], hub["不明"]) == ("3", "3")


def test_costs_on_different_bases_each_name_theirs():
    table = (
        report(TSUKUBA, 2018)
        .comparison.iloc[:3]
        .assign(cost_basis=["settled", "total", None], cost_yen=[1_000_000, 2_000_000, None])
    )
    printed = analysis.tabulate_programs(table)["費用"].tolist()
    assert printed == ["1,000,000円（決算額）", "2,000,000円（総予算額）", "—"]
