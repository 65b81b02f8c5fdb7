"""Of what a row is: its program, its KPI, and what the row tells of these themselves."""

from grids import read_facts, tell

TITLE = ("平成30年度 実績一覧",)


def test_an_office_in_brackets_behind_a_program_is_in_charge_of_it():
    facts = read_facts(TITLE, ("事業名", "決算額（千円）"), ("就職面接会（商工課）", "3,780"))
    assert tell(facts, "program", "department") == [
        ("就職面接会", None, "department", "商工課"),
        ("就職面接会", None, "program", "就職面接会"),
    ]


def test_what_else_stands_in_brackets_is_of_the_name():
    facts = read_facts(TITLE, ("事業名", "決算額（千円）"), ("就職面接会（第２回）", "3,780"))
    assert tell(facts, "program") == [
        ("就職面接会（第２回）", None, "program", "就職面接会（第２回）")
    ]


def test_whether_a_project_is_of_one_government_alone_stands_behind_it():
    head = ("交付金事業名", "事業名", "決算額（千円）")
    facts = read_facts(TITLE, head, ("ロボット【連携事業】", "普及促進事業", "8,571"))
    assert tell(facts, "project", "scope") == [
        ("普及促進事業", None, "scope", "連携"),
        ("普及促進事業", None, "project", "ロボット"),
    ]


def test_a_section_stands_for_a_program_where_there_is_no_other():
    facts = read_facts(
        TITLE,
        ("指標", "目標値", "実績値"),
        ("基本目標１　しごと", "", ""),
        ("件数（件）", "5", "4"),
    )
    assert {fact.program for fact in facts if fact.field == "actual"} == {"基本目標１　しごと"}
