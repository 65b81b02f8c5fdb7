"""Rubrics as a reader reads them."""

import pytest
from rated import RUBRICS, TOWN, of_rules
from slices import TSUKUBA, report

import analysis
from analysis.wording import rubrics as words


def test_a_rubric_of_bands_is_printed_with_its_conditions():
    table = words.tabulate_rubric(RUBRICS["kitsuki"])
    assert table.to_numpy().tolist() == [
        ["A", "目標を上回る", "目標を上回った"],
        ["B", "目標を上回らない、達成率が80％以上", "8割以上"],
        ["C", "目標を上回らない、達成率が80％未満", "8割に届かない"],
        ["D", "数値からは求めない", "外部の要因による"],
    ]
    assert words.describe_rubric(RUBRICS["kitsuki"]).startswith("杵築市の基準：")


@pytest.mark.parametrize("name", sorted(set(RUBRICS) - {"tsukuba"}))
def test_every_rubric_but_a_matrix_of_levels_is_printed_by_its_conditions(name):
    table = words.tabulate_rubric(RUBRICS[name])
    assert len(table) >= 3
    assert not table["条件"].str.contains("[a-z]").any()


def test_the_new_conditions_are_printed_in_japanese():
    rubric = of_rules(
        ("A", {"target": {"printed": False}, "direction": {"not": ["milestone"]}}),
        ("B", {"target": {"printed": True}, "difference": {"at_least": -5}}),
        ("unknown", {"growth_of_limit": {"below": 0.015}, "final_reached": "no"}),
        inputs="target direction difference growth_of_limit final_reached",
    )
    points = {
        "grades": [],
        "program_rules": [{"grade": "良", "when": {"mean_points": {"above": 2}}}],
    }
    assert words.tabulate_rubric(rubric | points)[["評価", "条件"]].to_numpy().tolist() == [
        ["A", "目標の記載がない、方向が「実施する」以外"],
        ["B", "目標の記載がある、目標との差が▲5以上"],
        ["不明", "年平均成長率÷限界への近さによる係数が1.5％未満、最終目標に未達"],
        ["事業：良", "点数の平均が2超"],
    ]


def test_a_matrix_may_say_any_level_but_one():
    matrix = {
        **TOWN,
        "inputs": ["effectiveness", "efficiency"],
        "rules": [
            {"grade": "S", "when": {"effectiveness": "高", "efficiency": "高"}},
            {"grade": "D", "when": {"effectiveness": {"not": ["高"]}, "efficiency": "低"}},
        ],
    }
    table = words.tabulate_rubric(matrix)
    assert table["有効性"].tolist() == ["高", "「高」以外"]


def test_a_rubric_without_remarks_says_that_none_is_given():
    rubric = {"name": "町", "inferred": "", "note": ""}
    assert words.describe_rubric(rubric) == "町の基準：資料から推定した点：記載なし。"


def test_the_rubric_says_how_many_cells_no_sheet_shows():
    text = analysis.describe_rubric(report(TSUKUBA, 2018).rubric)
    assert "9通りの組み合わせのうち5通りは、総合評価が分かりません" in text
    assert "推定した" in text
    assert "\n" not in text


def test_the_rubric_prints_nine_cells_five_of_them_unknown():
    table = analysis.tabulate_rubric(report(TSUKUBA, 2018).rubric)
    assert list(table) == ["有効性", "効率性", "総合評価", "根拠"]
    assert len(table) == 9
    assert (table["総合評価"] == "不明").sum() == 5
    assert table.iloc[0].tolist()[:3] == ["高", "高", "S"]
    unknown = table[table["総合評価"] == "不明"]
    assert set(unknown["根拠"]) == {"どのシートにも現れない"}


def test_without_a_rubric_there_is_no_row():
    assert analysis.tabulate_rubric(None).empty
