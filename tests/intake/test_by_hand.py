"""What a person changed in the tables, by the lines of the last reading."""

import pandas as pd
import pytest

from analysis.intake.by_hand import Change, find_changes, is_same_value, list_texts
from analysis.intake.names import make_id

PROGRAM = {"government_code": "082201", "program_id": "p_1", "source_id": "s", "inferred": ""}
KPI = PROGRAM | {"kpi_id": "k_1", "kpi": "相談件数", "fiscal_year": "2018"}


def line(field, value, place="A1", table="kpis", year="2018", **said):
    base = {"file": "a.csv", "place": place, "printed": value, "table": table, "program": "甲"}
    base |= {"kpi": "" if table in ("programs", "budgets") else "相談件数", "fiscal_year": year}
    return base | {"field": field, "value": value, "outcome": "read", "note": ""} | said


def find(lines, file="a.csv", **tables):
    held = {"sources": [{"source_id": "s", "place": "a.csv"}]}
    held |= {"programs": [PROGRAM | {"program": "甲"}], **tables}
    frames = {name: pd.DataFrame(rows) for name, rows in held.items()}
    sure, unsure = find_changes(frames, lines, file)
    return [(c.cell, c.now) for c in sure], [(c.field, c.now) for c in unsure]


def test_a_row_that_says_what_was_read_is_no_change():
    assert find([line("actual", "148")], kpis=[KPI | {"actual": "148.0"}]) == ([], [])


def test_a_row_that_says_something_else_is_one_of_the_cell_it_was_read_from():
    assert find([line("actual", "148")], kpis=[KPI | {"actual": "184"}]) == ([("A1", "184")], [])


def test_lines_and_rows_of_another_file_are_not_asked():
    rows = [KPI | {"actual": "184"}]
    assert find([line("actual", "148", file="b.csv")], kpis=rows)[0] == []
    assert find([line("actual", "148")], file="b.csv", kpis=rows)[1] == []


def test_what_holds_for_every_year_of_a_kpi_is_changed_in_any_of_its_rows():
    rows = [KPI | {"baseline": "9"}, KPI | {"baseline": "10", "fiscal_year": "2019"}]
    assert find([line("baseline", "9")], kpis=rows) == ([("A1", "10")], [])


def test_two_changes_of_one_cell_cannot_be_told():
    rows = [KPI | {"baseline": b, "fiscal_year": y} for b, y in (("8", "2018"), ("10", "2019"))]
    assert find([line("baseline", "9")], kpis=rows) == ([], [("baseline", "8/10")])


def test_judgements_of_two_judges_are_compared_together():
    lines = [line("grade", g, p, "ratings") for g, p in (("A", "A1"), ("B", "B1"))]
    rows = [KPI | {"grade": g, "rated_by": by} for g, by in (("B", "内部"), ("A", "外部"))]
    assert find(lines, kpis=[KPI], ratings=rows) == ([], [])
    rows[0]["grade"] = "C"
    assert find(lines, kpis=[KPI], ratings=rows) == ([], [("grade", "C・A")])


def test_departments_that_were_joined_are_no_change():
    lines = [line("department", d, p, "programs", "") for d, p in (("税課", "A1"), ("市課", "A2"))]
    row = PROGRAM | {"program": "甲", "department": "税課・市課"}
    assert find(lines, programs=[row]) == ([], [])
    row["department"] = "税課"
    assert find(lines, programs=[row]) == ([], [("department", "税課")])


def test_axes_and_money_are_found_by_what_they_are_of():
    axis = line("必要性", "高", "C1", "rating_axes")
    money = line("amount_yen:source:国費", "10", "D1", "budgets")
    axes = [KPI | {"axis": a, "level": "低"} for a in ("必要性", "公平性")]
    of = PROGRAM | {"fiscal_year": "2018", "kind": "source"}
    amounts = [of | {"item": i, "amount_yen": y} for i, y in (("国費", "20"), ("市費", "10"))]
    found, unsure = find([axis, money], kpis=[KPI], rating_axes=axes, budgets=amounts)
    assert found == [("C1", "低"), ("D1", "20")]
    assert unsure == [("amount_yen", "10")]  # of which no line tells


def test_what_was_read_of_no_year_stands_in_no_table_and_is_no_row_that_is_gone():
    assert find([line("actual", "148", year=""), line("baseline", "9", year="")]) == ([], [])
    assert find([line("actual", "148")]) == ([], [("actual", None)])
    assert find([line("actual_status", "estimated")]) == ([], [])


def test_a_status_alone_is_of_no_cell():
    row = KPI | {"actual": "1", "actual_status": "final"}
    lines = [line("actual", "1"), line("actual_status", "estimated")]
    assert find(lines, kpis=[row]) == ([], [("actual_status", "final")])


def test_what_was_concluded_where_a_cell_could_not_be_read_is_no_change():
    unread = line("final_year", "", outcome="problem")
    row = KPI | {"final_year": "2020"}
    assert find([unread], kpis=[row | {"inferred": "final_year"}]) == ([], [])
    assert find([unread], kpis=[row]) == ([("A1", "2020")], [])


def test_a_code_that_was_no_code_is_not_compared():
    row = PROGRAM | {"program": "甲"}
    assert find([line("government_code", "8220", table="programs")], programs=[row]) == ([], [])


def test_a_rate_of_execution_stands_with_the_settled_amount():
    row = PROGRAM | {"fiscal_year": "2018", "kind": "settled", "item": ""}
    rate = line("published_execution_rate", "0.98", table="budgets")
    rows = [row | {"published_execution_rate": "0.99"}]
    assert find([rate], budgets=rows) == ([("A1", "0.99")], [])


def test_a_kpi_of_which_judgements_alone_are_read_is_found_by_the_id_of_its_name():
    row = KPI | {"kpi_id": make_id("k", "相談件数"), "grade": "A"}
    del row["kpi"]
    assert find([line("grade", "B", table="ratings")], ratings=[row]) == ([("A1", "A")], [])


@pytest.mark.parametrize(
    ("said", "now", "printed", "column", "text"),
    [
        ("4600", "4700", "推 4,600", "actual", "推 4,700"),
        ("148", "-3.5", "１４８件", "actual", "-3.5件"),
        ("-5", "-6", "▲5", "actual", "-6"),
        ("0.74", "0.745", "74.0％", "published_rate", "74.5％"),
        ("3780000", "1000000000", "3,780", "amount_yen", "1,000,000"),
        ("93", "94", "93％超（H30）", "target", "94％超（H30）"),
        ("B", "A", "Ｂ", "grade", "A"),
        ("1", "2", "1 + 1", "actual", "2"),
    ],
)
def test_a_text_is_written_as_the_paper_prints_the_like(said, now, printed, column, text):
    change = Change("kpis", "甲", "乙", "2018", column, said, now, "A1", printed)
    assert list_texts(change, printed)[0] == text


def test_a_piece_of_a_cell_is_changed_in_its_place_and_only_where_it_is_plain_which():
    change = Change("kpis", "甲", "乙", "2018", "actual", "150", "160", "A1", "150人")
    assert list_texts(change, "目標 200人 実績 150人")[0] == "目標 200人 実績 160人"
    assert list_texts(change, "目標 150人 実績 150人") == []
    assert list_texts(change, "目標 200人") == []


def test_values_are_one_by_their_numbers():
    assert is_same_value("148", "148.0")
    assert not is_same_value("148", "")
    assert not is_same_value("B", "A")
