"""One cell under its headers: what is read of it, and what is not taken over and why."""

import pytest
from grids import at, read_facts, tell

from analysis.intake.cells import chosen_of, read_named

TITLE = ("平成30年度 実績一覧",)


def read(head, text, *more, unit="件", title=TITLE):
    """The facts of a row of one KPI with this cell below this header."""
    heads = ("事業名", "指標", "単位", head, *(h for h, _ in more))
    row = ("就職面接会", "相談件数", unit, text, *(t for _, t in more))
    return read_facts(title, heads, row)


def told(head, text, *more, **said):
    """Year, field and value of what is read of the cell."""
    facts = read(head, text, *more, **said)
    return [
        (f.fiscal_year, f.field, f.value, f.outcome)
        for f in facts
        if f.place.endswith("!D3") and f.is_used
    ]


def test_a_figure_is_of_the_year_of_the_paper_or_of_its_own_header():
    assert told("実績値", "148") == [(2018, "actual", "148", "read")]
    assert told("H29 実績値", "148") == [(2017, "actual", "148", "read")]


def test_a_preliminary_figure_says_so():
    assert told("実績値", "148（速報値）") == [
        (2018, "actual", "148", "read"),
        (2018, "actual_status", "preliminary", "read"),
    ]


def test_a_title_says_of_the_actuals_of_its_year_alone_that_they_are_preliminary():
    title = ("平成30年度 実績一覧（速報版）",)
    assert (2018, "actual_status", "preliminary", "read") in told("実績値", "1", title=title)
    assert told("目標値", "1", title=title) == [(2018, "target", "1", "read")]


def test_what_is_not_yet_counted_has_a_status_and_no_figure():
    assert told("実績値", "集計中") == [(2018, "actual_status", "pending", "read")]


def test_a_baseline_has_the_year_of_its_header_or_of_its_cell():
    assert told("基準値（H26）", "86")[1][1:3] == ("baseline_year", "2014")
    assert told("基準値", "86（H25年度）")[1][1:3] == ("baseline_year", "2013")


def test_a_target_of_a_later_year_alone_is_the_final_target():
    found = told("目標値（R2）", "300", ("H30実績値", "148"))
    assert [f[1:3] for f in found] == [("final_target", "300"), ("final_year", "2020")]


def test_a_target_in_words_keeps_them_and_gives_a_direction():
    assert [f[1:3] for f in told("目標値", "増加")] == [
        ("target_printed", "増加"),
        ("target_bound", "better_than_baseline"),
        ("direction", "up"),
    ]
    assert [f[1:3] for f in told("目標値", "維持")] == [
        ("target_printed", "維持"),
        ("target_bound", "no_worse_than_baseline"),
    ]


def test_a_target_with_a_bound_keeps_it():
    assert [f[1:3] for f in told("目標値", "90以上")] == [
        ("target", "90"),
        ("target_bound", "at_least"),
    ]


@pytest.mark.parametrize("text", ["30・40・50", "16社", "1.2.3"])
def test_a_figure_that_cannot_be_read_is_a_problem_and_no_figure(text):
    facts = read("実績値", text)
    assert [outcome for outcome, _ in at(facts, "D3")] == ["problem"]
    assert tell(facts, "actual") == []


def test_actuals_in_words_are_a_problem():
    assert [outcome for outcome, _ in at(read("実績値", "大いに増えた"), "D3")] == ["problem"]


def test_a_rate_is_a_ratio():
    assert told("達成率（％）", "74.0") == [(2018, "published_rate", "0.74", "read")]
    assert told("達成率", "109.5％") == [(2018, "published_rate", "1.095", "read")]


def test_a_small_rate_without_a_sign_is_a_doubt():
    assert told("達成率", "0.74") == [(2018, "published_rate", "0.0074", "doubt")]
    assert told("達成率（％）", "0.74") == [(2018, "published_rate", "0.0074", "read")]


def test_a_rate_in_words_is_a_judgement():
    assert told("達成率", "概ね順調") == [(2018, "progress", "概ね順調", "read")]


def test_a_judgement_is_read_in_ordinary_letters():
    assert told("総合評価", "Ｂ＋") == [(2018, "grade", "B+", "read")]
    assert told("進捗状況", "概ね\n順調") == [(2018, "progress", "概ね順調", "read")]


def test_a_dash_is_no_judgement_and_a_missing_rate_no_rate():
    assert at(read("総合評価", "－"), "D3") == [("left_out", "no_judgement")]
    assert at(read("達成率", "－"), "D3") == [("left_out", "no_rate")]


@pytest.mark.parametrize(
    ("head", "text", "field", "value"),
    [
        ("決算額（千円）", "3,780", "amount_yen:settled", "3780000"),
        ("予算現額（円）", "3,780,000", "amount_yen:total", "3780000"),
        ("当初予算額", "3百万円", "amount_yen:initial", "3000000"),
        ("国庫支出金（千円）", "10", "amount_yen:source:国庫支出金", "10000"),
        ("人件費（千円）", "5", "amount_yen:reported:人件費", "5000"),
        ("国費充当額（千円）", "10", "amount_yen:national_grant", "10000"),
    ],
)
def test_money_is_whole_yen_by_kind_and_item(head, text, field, value):
    assert told(head, text) == [(2018, field, value, "read")]


def test_money_whose_unit_is_nowhere_is_yen_in_doubt_where_it_is_large():
    assert told("決算額", "3,780,000") == [(2018, "amount_yen:settled", "3780000", "doubt")]


def test_money_whose_unit_is_nowhere_is_a_problem_where_it_may_be_in_thousands():
    assert at(read("決算額", "3,780"), "D3") == [("problem", "no_unit")]


def test_money_that_is_not_whole_yen_is_a_problem():
    assert at(read("決算額（千円）", "0.0001"), "D3") == [("problem", "not_whole_yen")]


def test_money_without_a_figure_says_why():
    assert told("決算額（千円）", "－") == [(2018, "amount_status:settled", "not_set", "read")]


def test_an_execution_rate_is_a_ratio():
    assert told("執行率", "98.2%") == [(2018, "published_execution_rate", "0.982", "read")]
    assert told("執行率", "0.982") == [(2018, "published_execution_rate", "0.982", "read")]


def test_a_period_is_a_first_and_a_last_year():
    assert [f[1:3] for f in told("事業期間", "平成28年度～\n平成32年度")] == [
        ("start_year", "2016"),
        ("end_year", "2020"),
    ]
    assert [f[1:3] for f in told("事業期間", "H28～")] == [("start_year", "2016")]
    assert at(read("事業期間", "未定"), "D3") == [("problem", "unreadable_years")]


def test_a_goal_year_is_the_fiscal_year_of_its_month():
    assert [f[1:3] for f in told("目標年月", "H28.3", ("実績値", "1"))] == [("final_year", "2015")]


def test_figures_without_a_year_anywhere_are_doubts_of_no_year():
    found = told("実績値", "148", title=("実績一覧",))
    assert found == [(None, "actual", "148", "doubt")]


def test_figures_under_an_unknown_header_are_problems_and_words_are_left_out():
    assert at(read("符牒", "7"), "D3") == [("problem", "unknown_header: 符牒")]
    assert at(read("符牒", "甲"), "D3") == [("left_out", "unknown_header: 符牒")]


def test_remarks_and_numbers_are_left_out():
    assert at(read("備考", "H29は暦年"), "D3")[0][0] == "left_out"
    assert at(read("整理番号", "17"), "D3")[0][0] == "left_out"


def test_names_of_persons_are_not_even_told():
    facts = read("記入者", "見本 花子")
    assert at(facts, "D3") == [("left_out", "person")]
    assert [f for f in facts if "見本" in f"{f.printed}{f.value}{f.note}"] == []


def test_a_word_of_the_name_before_a_figure_names_that_kpi():
    assert read_named("相談 320件", "創業相談件数") == "320件"
    assert read_named("来場 320人", "創業相談件数") == ""


def test_the_chosen_of_several_words_is_taken():
    assert chosen_of("■継続□拡大") == "継続"
    assert chosen_of("□継続□拡大") == "□継続□拡大"
    assert chosen_of("継続") == "継続"


def test_a_range_is_no_actual():
    rows = (["つくば市 平成30年度 実績一覧"], ["事業名", "指標", "目標値", "実績値"])
    facts = read_facts(*rows, ["就職面接会", "相談件数（件）", "100～200", "100～190"])
    assert at(facts, "D3") == [("problem", "range_of_result")]
    assert ("target", "100") in [(fact.field, fact.value) for fact in facts]
