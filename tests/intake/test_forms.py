"""Labels beside their values on a sheet of one program: choices, persons, several judgements."""

import pytest
from grids import at, read_facts, tell

TITLE = ("平成30年度 事務事業評価シート",)
NAME = ("事務事業名", "就職面接会開催事業")


def read(*rows, **said):
    """What the labels of a sheet of one program say: field and value, without its name."""
    facts = read_facts(TITLE, NAME, *rows, **said)
    return [(f.field, f.value) for f in facts if f.is_used and f.field != "program"]


def test_a_value_stands_at_the_right_of_its_label():
    assert read(("所管課", "産業政策課", "", "事業期間", "H28～R2")) == [
        ("department", "産業政策課"),
        ("start_year", "2016"),
        ("end_year", "2020"),
    ]


def test_a_value_stands_below_its_label_where_another_label_is_at_the_right():
    assert read((), ("所管課", "事業期間"), ("産業政策課", "H28～R2")) == [
        ("department", "産業政策課"),
        ("start_year", "2016"),
        ("end_year", "2020"),
    ]


def test_a_label_and_its_value_in_one_cell_are_read():
    assert read(("所管課：産業政策課",)) == [("department", "産業政策課")]


def test_all_of_a_sheet_is_of_the_program_it_names():
    facts = read_facts(TITLE, NAME, ("所管課", "産業政策課"))
    assert {fact.program for fact in facts if fact.is_used} == {"就職面接会開催事業"}


def test_of_two_programs_below_one_another_each_has_what_follows_its_name():
    facts = read_facts(
        TITLE,
        ("事務事業名", "甲事業"),
        ("所管課", "産業政策課"),
        ("事務事業名", "乙事業"),
        ("所管課", "環境課"),
    )
    assert [(f.program, f.value) for f in facts if f.field == "department"] == [
        ("甲事業", "産業政策課"),
        ("乙事業", "環境課"),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ("□拡大 ■継続 □廃止",),
        ("□拡大", "■継続", "□廃止"),
        ("拡大・○継続・廃止",),
        ("☐拡大　☑継続　☐廃止",),
    ],
)
def test_the_chosen_word_is_the_judgement(cells):
    facts = read_facts(TITLE, NAME, ("今後の方向性", *cells))
    assert tell(facts, "policy") == [("就職面接会開催事業", 2018, "policy", "継続")]


def test_nothing_chosen_is_left_out_and_two_chosen_are_a_problem():
    none = read_facts(TITLE, NAME, ("今後の方向性", "□拡大 □継続"))
    both = read_facts(TITLE, NAME, ("今後の方向性", "■拡大 ■継続"))
    assert at(none, "B3") == [("left_out", "nothing_chosen")]
    assert at(both, "B3") == [("problem", "several_chosen")]


def test_what_stands_printed_of_a_choice_is_all_of_it():
    facts = read_facts(TITLE, NAME, ("今後の方向性", "□拡大 ■継続 □廃止"))
    assert [f.printed for f in facts if f.field == "policy"] == ["□拡大 ■継続 □廃止"]


def test_two_judgements_are_told_apart_by_who_judged():
    facts = read_facts(TITLE, NAME, ("一次評価", "Ａ"), ("二次評価", "Ｂ"))
    assert [(f.rated_by, f.value) for f in facts if f.field == "grade"] == [
        ("一次評価", "A"),
        ("二次評価", "B"),
    ]


def test_an_axis_of_judgement_keeps_its_name():
    facts = read_facts(TITLE, NAME, ("必要性", "高い"))
    assert [(f.table, f.field, f.value) for f in facts if f.is_used and f.table != "programs"] == [
        ("rating_axes", "必要性", "高い")
    ]


def test_a_long_text_beside_a_judgement_is_no_judgement():
    long = "参加企業数は年々増えており、開催の方法を工夫しながら事業を進める必要があると考えられる"
    assert at(read_facts(TITLE, NAME, ("総合評価", long)), "B3") == [("left_out", "remark")]


def test_names_of_officials_are_left_out_and_not_told():
    facts = read_facts(TITLE, NAME, ("記入者", "見本 花子", "", "課長名", "見本 一郎"))
    persons = [f for f in facts if f.note == "person"]
    assert [(f.place, f.outcome, f.printed, f.value) for f in persons] == [
        ("指標!B3", "left_out", "", ""),
        ("指標!E3", "left_out", "", ""),
    ]
    assert [f for f in facts if "見本" in f.printed + f.value + f.note] == []


def test_money_beside_its_label_is_of_the_program_and_the_year_of_the_sheet():
    facts = read_facts(TITLE, NAME, ("決算額（千円）", "3,780"))
    assert tell(facts, "amount_yen") == [
        ("就職面接会開催事業", 2018, "amount_yen:settled", "3780000")
    ]


def test_money_on_a_sheet_that_names_no_program_is_a_problem():
    facts = read_facts(TITLE, ("決算額（千円）", "3,780"))
    assert at(facts, "B2") == [("problem", "no_program_on_sheet")]


def test_a_dash_for_an_office_is_none():
    assert read(("所管課", "－")) == []


def test_what_a_sheet_says_above_its_table_is_of_all_its_programs():
    facts = read_facts(
        TITLE,
        ("交付金名", "地方創生推進交付金"),
        (),
        ("事業名", "指標", "実績値"),
        ("甲", "来場者数（人）", "148"),
        ("乙", "創業件数（件）", "16"),
    )
    assert [(f.program, f.value) for f in facts if f.field == "grant_name"] == [
        ("甲", "地方創生推進交付金"),
        ("乙", "地方創生推進交付金"),
    ]
