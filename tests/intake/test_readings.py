"""One table -> facts: each figure with its program, its KPI and its year."""

import pytest
from grids import at, read_facts, tell

TITLE = ("平成30年度 実績一覧",)
HEAD = ("事業名", "指標", "単位", "目標値", "実績値")
FIRST = ("就職面接会", "相談件数", "件", "200", "148")
FIGURES = ("target", "actual", "final_target", "baseline", "published_rate")


def test_each_figure_has_its_kpi_and_its_year():
    facts = read_facts(
        TITLE,
        HEAD,
        ("就職面接会", "相談件数", "件", "200", "148"),
        ("", "参加者数", "人", "30", "16"),
    )
    assert tell(facts, *FIGURES) == [
        ("相談件数", 2018, "target", "200"),
        ("相談件数", 2018, "actual", "148"),
        ("参加者数", 2018, "target", "30"),
        ("参加者数", 2018, "actual", "16"),
    ]
    assert {fact.program for fact in facts if fact.field == "actual"} == {"就職面接会"}


def test_every_cell_of_a_table_is_told_where_it_stands():
    facts = read_facts(TITLE, HEAD, ("就職面接会", "相談件数", "件", "200", "148"))
    assert {fact.place: fact.printed for fact in facts if fact.printed} == {
        "指標!A1": "平成30年度 実績一覧",
        "指標!A3": "就職面接会",
        "指標!B3": "相談件数",
        "指標!C3": "件",
        "指標!D3": "200",
        "指標!E3": "148",
    }


def test_years_side_by_side_are_rows_of_their_own():
    facts = read_facts(
        ("総合計画 実績一覧",),
        ("事業名", "指標", "H29", "", "H30", ""),
        ("", "", "目標", "実績", "目標", "実績"),
        ("甲", "来場者数（人）", "200", "148", "210", "150"),
        spans={"A2": (2, 1), "B2": (2, 1), "C2": (1, 2), "E2": (1, 2)},
    )
    assert tell(facts, *FIGURES) == [
        ("来場者数", 2017, "target", "200"),
        ("来場者数", 2017, "actual", "148"),
        ("来場者数", 2018, "target", "210"),
        ("来場者数", 2018, "actual", "150"),
    ]


def test_lines_of_targets_and_actuals_are_read_across_the_years():
    facts = read_facts(
        ("実績一覧",),
        ("事業名", "指標", "区分", "H29", "H30"),
        ("甲", "来場者数（人）", "目標", "200", "210"),
        ("", "", "実績", "148", "150"),
        ("", "", "達成率", "74.0％", "71.4％"),
        spans={"A3": (3, 1), "B3": (3, 1)},
    )
    assert sorted(tell(facts, *FIGURES), key=lambda f: (f[1], f[2])) == [
        ("来場者数", 2017, "actual", "148"),
        ("来場者数", 2017, "published_rate", "0.74"),
        ("来場者数", 2017, "target", "200"),
        ("来場者数", 2018, "actual", "150"),
        ("来場者数", 2018, "published_rate", "0.714"),
        ("来場者数", 2018, "target", "210"),
    ]


def test_an_empty_actual_beside_a_target_is_not_in_the_source():
    facts = read_facts(TITLE, HEAD, ("甲", "来場者数", "人", "200", ""))
    assert tell(facts, "actual", "actual_status") == [
        ("来場者数", 2018, "actual_status", "not_in_source")
    ]


def test_sums_and_notes_are_left_out_with_their_reason():
    facts = read_facts(
        TITLE,
        ("事業名", "決算額（千円）"),
        ("甲", "100"),
        ("合計", "100"),
        ("※ 決算見込みを含む",),
    )
    assert tell(facts, "amount_yen") == [("甲", 2018, "amount_yen:settled", "100000")]
    assert at(facts, "B4") == [("left_out", "total")]
    assert [outcome for outcome, _ in at(facts, "A5")] == ["left_out"]


def test_columns_that_nothing_tells_apart_are_doubts_of_no_year():
    facts = read_facts(
        TITLE,
        ("事業名", "指標", "目標値", "実績値", "目標値", "実績値"),
        ("甲", "来場者数（人）", "200", "148", "210", "150"),
    )
    assert [
        (f.value, f.fiscal_year, f.outcome) for f in facts if f.field in ("target", "actual")
    ] == [
        ("200", None, "doubt"),
        ("148", None, "doubt"),
        ("210", None, "doubt"),
        ("150", None, "doubt"),
    ]


def test_several_kpis_in_a_row_have_the_figures_at_their_right():
    facts = read_facts(
        TITLE,
        ("事業名", "活動指標", "単位", "実績値", "成果指標", "単位", "実績値"),
        ("甲", "開催回数", "回", "12", "来場者数", "人", "148"),
    )
    assert tell(facts, "actual", "kpi_kind", "unit") == [
        ("開催回数", 2018, "actual", "12"),
        ("開催回数", 2018, "unit", "回"),
        ("開催回数", 2018, "kpi_kind", "activity"),
        ("来場者数", 2018, "actual", "148"),
        ("来場者数", 2018, "unit", "人"),
        ("来場者数", 2018, "kpi_kind", "outcome"),
    ]


def test_of_several_columns_of_names_the_last_is_the_program():
    facts = read_facts(
        TITLE,
        ("施策名", "事業名", "指標", "実績値"),
        ("雇用の創出", "就職面接会", "相談件数（件）", "148"),
    )
    assert [(f.program, f.field, f.value) for f in facts if f.table == "programs"] == [
        ("就職面接会", "program", "就職面接会"),
        ("就職面接会", "policy_group", "雇用の創出"),
    ]


def test_the_office_behind_a_program_is_who_is_in_charge():
    facts = read_facts(
        TITLE,
        ("事業名【担当部】", "指標", "実績値"),
        ("就職面接会\n【経済部】", "相談件数（件）", "148"),
    )
    assert [(f.program, f.field, f.value) for f in facts if f.table == "programs"] == [
        ("就職面接会", "department", "経済部"),
        ("就職面接会", "program", "就職面接会"),
    ]


def test_a_unit_above_the_money_counts_and_one_in_the_header_counts_before_it():
    facts = read_facts(
        TITLE,
        ("", "", "（単位：千円）"),
        ("事業名", "予算現額（百万円）", "決算額"),
        ("甲", "3", "2,900"),
    )
    assert tell(facts, "amount_yen") == [
        ("甲", 2018, "amount_yen:total", "3000000"),
        ("甲", 2018, "amount_yen:settled", "2900000"),
    ]


def test_a_column_of_years_makes_a_row_a_year():
    facts = read_facts(
        ("事業の実績",),
        ("事業名", "指標", "年度", "目標値", "実績値"),
        ("甲", "来場者数（人）", "平成29年度", "200", "148"),
        ("甲", "来場者数（人）", "平成30年度", "210", "150"),
    )
    assert tell(facts, "target", "actual") == [
        ("来場者数", 2017, "target", "200"),
        ("来場者数", 2017, "actual", "148"),
        ("来場者数", 2018, "target", "210"),
        ("来場者数", 2018, "actual", "150"),
    ]


def test_a_figure_of_a_row_without_a_kpi_is_a_problem_and_a_dash_is_left_out():
    facts = read_facts(TITLE, HEAD, ("甲", "-", "-", "200", "-"))
    assert at(facts, "D3") == [("problem", "no_kpi")]
    assert at(facts, "E3") == [("left_out", "no_kpi")]


def test_a_figure_in_another_unit_than_its_row_is_a_problem():
    facts = read_facts(TITLE, HEAD, ("甲", "来場者数", "人", "200人", "16社"))
    assert tell(facts, "target", "actual") == [("来場者数", 2018, "target", "200")]
    assert at(facts, "E3") == [("problem", "other_unit: 社 / 人")]


def test_a_kpi_without_any_figure_is_told():
    facts = read_facts(TITLE, HEAD, ("甲", "参加者数（2施設）", "人", "", ""), FIRST)
    assert "指標!B3" in {fact.place for fact in facts}


@pytest.mark.xfail(reason="it is left out, as if it were no figure of ours")
def test_a_figure_that_is_said_to_be_the_one_above_is_asked_about():
    facts = read_facts(TITLE, HEAD, FIRST, ("乙", "参加者数", "人", "〃", "16"))
    assert at(facts, "D4")[0][0] in ("doubt", "problem")


def test_the_code_of_a_government_beside_its_name_is_told():
    head = ("団体コード", "市町村名", "事業名", "決算額（円）")
    facts = read_facts(TITLE, head, ("082201", "つくば市", "甲", "100"))
    assert "指標!A3" in {fact.place for fact in facts}


def test_a_direction_in_other_words_is_told():
    head = ("事業名", "指標", "指標の方向性", "実績値")
    facts = read_facts(TITLE, head, ("甲", "来場者数（人）", "１ 現状維持", "148"))
    assert "指標!C3" in {fact.place for fact in facts}
