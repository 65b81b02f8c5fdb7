"""Grades in the words of the reports."""

import pandas as pd
import pytest
from made import SLICES, rows
from slices import TSUKUBA, report

import analysis


def without(table, column):
    """The table with one optional column left empty, as a publication may leave it."""
    return table.assign(**{column: table[column].mask(table[column].notna())})


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_the_grades_holds_every_judgement_with_its_place(which):
    audit = report(*which).audit
    text = analysis.describe_grades(audit)
    for a in rows(audit.dropna(subset=["effectiveness", "efficiency"])):
        levels = f"有効性{a['effectiveness']}・効率性{a['efficiency']}は{a['grade']}"
        places = text[text.index(levels) :].split("（")[1].split("）")[0].split("・")
        assert a["place"] in places


def test_a_judgement_with_levels_but_no_grade_is_not_left_out():
    audit = without(report(TSUKUBA, 2018, "job_fair").audit, "grade")
    assert "④-4" in analysis.describe_grades(audit)


def test_grades_print_levels_grade_rubric_and_reason():
    table = analysis.tabulate_grades(report(TSUKUBA, 2018).audit)
    youth = rows(table)[1]
    assert youth.pop("示された理由（要約）").startswith("前年度の冊子アンケート")
    assert youth == {
        "場所": "④-2",
        "指標": "若者ライフプラン形成支援事業（指標なし）",
        "有効性": "中",
        "効率性": "低",
        "総合評価": "D",
        "基準では": "D",
        "基準との関係": "この年度の資料による基準で、確かめられない",
    }


def test_who_judged_and_what_is_to_follow_have_a_column_where_they_are_printed():
    audit = report(TSUKUBA, 2018, "job_fair").audit
    assert not {"評価した者", "今後の方針"} & set(analysis.tabulate_audit(audit))
    both = pd.concat([audit.assign(rated_by="一次評価"), audit.assign(rated_by="外部評価")])
    both = both.assign(policy=["継続", None], progress=["概ね順調", "順調"])
    table = analysis.tabulate_audit(both)
    assert table["評価した者"].tolist() == ["一次評価", "外部評価"]
    assert table["公表の進捗"].tolist() == ["概ね順調", "順調"]
    assert table["今後の方針"].tolist() == ["継続", "—"]
    assert analysis.tabulate_grades(both)["評価した者"].tolist() == ["一次評価", "外部評価"]


def test_a_judgement_without_level_grade_or_reason_has_no_row_among_the_grades():
    audit = report(TSUKUBA, 2018, "local_hub_cocreation").audit
    nothing = dict.fromkeys(["effectiveness", "efficiency", "grade", "reason"])
    audit = pd.concat([audit[:2].assign(place="1頁"), audit[2:].assign(**nothing)])
    table = analysis.tabulate_grades(audit)
    assert table["指標"].tolist() == audit["kpi"].tolist()[:2]


def test_a_judgement_of_a_program_that_has_kpis_names_the_program():
    audit = report("400009", 2024).audit
    for table in (analysis.tabulate_audit(audit), analysis.tabulate_grades(audit)):
        assert table["指標"].tolist()[::3] == [
            "事業全体：宿泊税導入対策事業",
            "事業全体：国民保護体制推進事業",
        ]
        assert not table["指標"].str.contains("指標なし").any()


def test_levels_that_no_sheet_shows_have_an_unknown_grade():
    ratings = report(TSUKUBA, 2018).audit.assign(rubric_grade="unknown")
    assert set(analysis.tabulate_grades(ratings)["基準では"]) == {"不明"}
