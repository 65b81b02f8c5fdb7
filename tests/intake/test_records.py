# ruff: noqa: E501  (a row of a table is a line)
"""A row of a table that a profile describes is a record, and says all of itself."""

import pytest
from grids import grid_of

from analysis.intake.context import Context
from analysis.intake.layout import find_layout
from analysis.intake.profiles import Block, Column, Table
from analysis.intake.records import Records, read_records

PROGRAM = {"事業名": Column("program")}
LINES = {"目標値": "target", "実績値": "actual", "達成率": "published_rate"}
CONTEXT = Context(year=2024, given=True)


def read(rows, columns, spans=(), **said):
    grid, table = grid_of(rows, spans=spans), Table(columns=columns, **said)
    return read_records([Records(grid, table, find_layout(grid, table), CONTEXT)])


def tell(facts, *fields):
    """The figures of some fields: of which program, KPI and year, and what they are."""
    return [(f.program, f.kpi, f.fiscal_year, f.value) for f in facts if f.field in fields]


def test_a_figure_is_of_the_kpi_that_its_column_names():
    columns = PROGRAM | {
        "活動": Column("kpi", unit_from="C", kpi_kind="activity"),
        "成果": Column("kpi", kpi_kind="outcome"),
        "実績1": Column("actual", kpi="活動"),
        "実績2": Column("actual", kpi="成果"),
    }
    rows = [
        ["事業名", "活動", "単位", "成果", "実績1", "実績2"],
        ["面接会", "開催回数", "回", "就職した人数", "2", "14"],
    ]
    facts = read(rows, columns)
    assert tell(facts, "actual") == [
        ("面接会", "開催回数", 2024, "2"),
        ("面接会", "就職した人数", 2024, "14"),
    ]
    assert tell(facts, "unit") == [("面接会", "開催回数", 2024, "回")]
    assert [f.value for f in facts if f.field == "kpi_kind"] == ["activity", "outcome"]


def test_a_figure_whose_year_the_profile_concludes_says_so():
    rows = [["事業名", "指標", "実績"], ["面接会", "件数", "2"]]
    blocks = (Block("C:C", 2020, "actual", concluded=True),)
    [fact] = [
        f
        for f in read(rows, PROGRAM | {"指標": Column("kpi"), "実績": Column()}, blocks=blocks)
        if f.field == "actual"
    ]
    assert (fact.fiscal_year, fact.inferred) == (2020, "fiscal_year")


def test_four_lines_are_one_kpi():
    columns = PROGRAM | {
        "指標": Column("kpi"),
        "区分": Column("line", words=LINES),
        "20??": Column(),
    }
    rows = [
        ["事業名", "指標", "区分", "2019", "2020"],
        ["面接会", "件数", "目標値", "10", "20"],
        ["面接会", "件数", "実績値", "8", ""],
        ["面接会", "件数", "達成率", "80.0", ""],
        ["面接会", "件数", "備考", "3", ""],
    ]
    facts = read(rows, columns)
    assert tell(facts, "target") == [
        ("面接会", "件数", 2019, "10"),
        ("面接会", "件数", 2020, "20"),
    ]
    assert tell(facts, "actual") == [("面接会", "件数", 2019, "8")]
    assert tell(facts, "published_rate") == [("面接会", "件数", 2019, "0.8")]
    assert len(tell(facts, "kpi")) == 1


def test_a_name_that_is_merged_over_rows_holds_for_each():
    columns = PROGRAM | {
        "年度": Column("fiscal_year"),
        "予算": Column("amount", "initial", unit="千円"),
    }
    rows = [["事業名", "年度", "予算"], ["面接会", "2019", "1.5"], ["", "2020", "2"]]
    facts = read(rows, columns, spans={"A2": (2, 1)})
    assert tell(facts, "amount_yen:initial") == [
        ("面接会", "", 2019, "1500"),
        ("面接会", "", 2020, "2000"),
    ]
    assert len(tell(facts, "program")) == 1


def test_programs_and_kpis_of_one_name_are_told_apart_by_number_and_kind():
    columns = PROGRAM | {
        "番号": Column("key"),
        "指標": Column("kpi", each=True, kpi_kind="activity"),
        "成果": Column("kpi", each=True, kpi_kind="outcome"),
        "実績": Column("actual", kpi="指標"),
        "人": Column("actual", kpi="成果"),
    }
    rows = [
        ["番号", "事業名", "指標", "成果", "実績", "人"],
        ["01", "面接会", "件数", "件数", "2", "3"],
        ["02", "面接会", "件数", "", "4", ""],
    ]
    found = [(f.key, f.kpi_key, f.value) for f in read(rows, columns) if f.field == "actual"]
    [first, second, alone] = found
    assert first[1] != second[1] != ""
    assert alone == ("02", "", "4")
    swapped = PROGRAM | {
        "番号": Column("key"),
        "成果": Column("kpi", each=True, kpi_kind="outcome"),
        "指標": Column("kpi", each=True, kpi_kind="activity"),
        "人": Column("actual", kpi="成果"),
        "実績": Column("actual", kpi="指標"),
    }
    rows = [
        ["番号", "事業名", "成果", "指標", "人", "実績"],
        ["01", "面接会", "件数", "件数", "3", "2"],
    ]
    again = {(f.key, f.kpi_key, f.value) for f in read(rows, swapped) if f.field == "actual"}
    assert again == {first, second}


def test_kpis_of_one_name_have_the_numbers_that_the_paper_gives_them():
    columns = PROGRAM | {"番号": Column("kpi_key"), "指標": Column("kpi"), "実績": Column("actual")}
    rows = [["事業名", "番号", "指標", "実績"], ["面接会", "1-2", "件数", "2"], ["面接会", "1-1", "件数", "3"], ["面接会", "1-3", "人数", "4"]]  # fmt: skip
    found = [(f.kpi_key, f.value) for f in read(rows, columns) if f.field == "actual"]
    assert found == [("1_2", "2"), ("1_1", "3"), ("", "4")]


def test_a_name_that_is_printed_once_holds_until_the_next_where_the_profile_says_so():
    columns = {
        "事業名": Column("program", fill=True),
        "指標": Column("kpi"),
        "実績": Column("actual"),
    }
    rows = [
        ["事業名", "指標", "実績"],
        ["面接会", "件数", "2"],
        ["", "人数", "3"],
        ["相談", "件数", "4"],
    ]
    assert tell(read(rows, columns), "actual") == [
        ("面接会", "件数", 2024, "2"),
        ("面接会", "人数", 2024, "3"),
        ("相談", "件数", 2024, "4"),
    ]


def test_a_kpi_without_any_figure_of_a_year_stays_as_one_without_an_actual():
    columns = PROGRAM | {
        "指標": Column("kpi"),
        "年度": Column("fiscal_year"),
        "実績": Column("actual"),
    }
    rows = [["事業名", "指標", "年度", "実績"], ["面接会", "件数", "2019", ""]]
    assert tell(read(rows, columns), "actual_status") == [("面接会", "件数", 2019, "not_in_source")]


def test_figures_beside_no_name_are_problems_and_zeros_are_nothing():
    columns = PROGRAM | {"指標": Column("kpi"), "実績": Column("actual")}
    rows = [
        ["事業名", "指標", "実績"],
        ["面接会", "0", "0"],
        ["面接会", "", "7"],
        ["", "件数", "5"],
    ]
    told = [(f.printed, f.outcome, f.note) for f in read(rows, columns) if f.note]
    assert told == [
        ("0", "left_out", "no_kpi"),
        ("7", "problem", "no_kpi"),
        ("件数", "left_out", "no_program"),
        ("5", "problem", "no_program"),
    ]


def test_other_figures_of_a_program_are_observations():
    columns = PROGRAM | {"延べ業務時間": Column("observation", unit="時間")}
    [fact] = [
        f
        for f in read([["事業名", "延べ業務時間"], ["面接会", "1,200"]], columns)
        if f.table == "observations"
    ]
    assert (fact.field, fact.value, fact.fiscal_year) == ("value:延べ業務時間:時間", "1200", 2024)


def test_columns_and_rows_that_are_not_taken_over_have_a_line():
    columns = PROGRAM | {"種別": Column("kpi_kind")}
    rows = [["事業名", "種別", "概要"], ["面接会", "活動内容", "文"]]
    facts = read(rows, columns, skip={"種別": ("活動内容",)})
    assert [(f.printed, f.note) for f in facts] == [
        ("概要", "by_profile"),
        ("活動内容", "by_profile"),
    ]


def test_a_line_that_no_word_is_known_of_is_told():
    columns = PROGRAM | {
        "指標": Column("kpi"),
        "区分": Column("line", words=LINES),
        "20??": Column(),
    }
    rows = [["事業名", "指標", "区分", "2019"], ["面接会", "件数", "修正値", "3"]]
    [fact] = [f for f in read(rows, columns) if f.printed == "3"]
    assert (fact.outcome, fact.note) == ("problem", "unknown_header: 修正値")


def test_a_row_whose_year_is_empty_is_of_no_year():
    columns = PROGRAM | {
        "年度": Column("fiscal_year"),
        "予算": Column("amount", "initial", unit="円"),
    }
    rows = [["事業名", "年度", "予算"], ["面接会", "2019", "5"], ["面接会", "", "6"]]
    found = [f for f in read(rows, columns) if f.table == "budgets"]
    assert [(f.fiscal_year, f.outcome) for f in found] == [(2019, "read"), (None, "doubt")]


def test_two_programs_of_one_number_are_told_and_the_second_is_not_read():
    columns = PROGRAM | {"番号": Column("key"), "予算": Column("amount", "initial", unit="円")}
    rows = [["番号", "事業名", "予算"], ["01", "面接会", "5"], ["01", "移住相談", "6"]]
    facts = read(rows, columns)
    assert tell(facts, "amount_yen:initial") == [("面接会", "", 2024, "5")]
    [fact] = [f for f in facts if f.printed == "6"]
    assert (fact.outcome, fact.note) == ("problem", "same_number: 01 面接会")


def test_a_year_of_which_only_the_final_target_is_printed_stays():
    columns = PROGRAM | {
        "指標": Column("kpi", each=True),
        "最終": Column("final_target"),
        "年度": Column("fiscal_year"),
        "実績": Column("actual"),
    }
    rows = [
        ["事業名", "指標", "最終", "年度", "実績"],
        ["面接会", "件数", "9", "2018", ""],
        ["", "", "", "2019", "5"],
    ]
    facts = read(rows, columns, spans={"A2": (2, 1), "B2": (2, 1)})
    assert tell(facts, "actual_status") == [("面接会", "件数", 2018, "not_in_source")]
    assert tell(facts, "actual") == [("面接会", "件数", 2019, "5")]


def test_an_empty_cell_of_a_block_is_a_year_without_an_actual():
    columns = PROGRAM | {"指標": Column("kpi"), "実績": Column()}
    blocks = (Block("C:C", 2023, "actual"), Block("D:D", 2024, "actual"))
    facts = read(
        [["事業名", "指標", "実績", "実績"], ["面接会", "件数", "", "5"]], columns, blocks=blocks
    )
    assert tell(facts, "actual_status") == [("面接会", "件数", 2023, "not_in_source")]


@pytest.mark.parametrize(("text", "status"), [("-", "not_set"), ("集計中", "pending")])
def test_an_observation_without_a_figure_has_the_status_of_its_word(text, status):
    columns = PROGRAM | {"時間": Column("observation", unit="時間")}
    [fact] = [
        f
        for f in read([["事業名", "時間"], ["面接会", text]], columns)
        if f.table == "observations"
    ]
    assert (fact.field, fact.value) == ("value_status:時間:時間", status)


def test_the_columns_a_profile_asks_by_are_not_called_left_out():
    rows = [["公開年度", "種別", "事業名", "概要"], ["2020", "計", "面接会", "文"]]
    facts = read(rows, PROGRAM, skip={"種別": ("計",)}, published_in="公開年度")
    assert [f.printed for f in facts] == ["概要", "計"]
