"""Rubrics in the words of the reports."""

from slices import TSUKUBA, report

import analysis


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
