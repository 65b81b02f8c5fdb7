"""How a cell must be written, and as what it is read."""

import numpy as np
import pandas as pd
import pytest
from folders import BUDGET, CONSULTATIONS, JOB_FAIR, OBSERVATION, expected, found_cells, write
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis import check, load
from analysis.dataset.cells import CellProblem, check_digit_of_code, convert, find_cell_problems
from analysis.dataset.problems import describe_problems
from analysis.dataset.tables import TABLES

LARGEST = 9_007_199_254_740_991


ITEM = {"item_id": "vision", "strategy_id": "plan", "kind": "vision", "name": "将来像", "order": 1}


@pytest.mark.parametrize("digits", [17, 19, 30, 400, 5_000])
@pytest.mark.parametrize(
    ("table", "row", "column", "largest"),
    [
        ("budgets", BUDGET, "amount_yen", f"{LARGEST:,}"),
        ("kpis", CONSULTATIONS, "sample_size", f"{LARGEST:,}"),
        ("kpis", CONSULTATIONS, "actual", "15 digits"),
    ],
)
def test_a_figure_that_would_be_rounded_is_refused(folder, table, row, column, largest, digits):
    write(folder, table, row | {column: "9" * digits})
    [[file, line, name, said]] = found_cells(folder)
    assert (file, line, name) == (f"{table}.csv", 2, column)
    assert said.startswith("'999")
    assert len(said) < 150
    assert largest in expected(folder) or "characters" in expected(folder)


def test_a_year_and_a_place_in_a_plan_of_many_digits_are_refused_too(folder):
    plan = {"strategy_id": "plan", "government_code": "082201", "strategy": "計画"}
    trace = {name: JOB_FAIR[name] for name in ("source_id", "place", "inferred")}
    write(folder, "strategies", plan | {"start_year": "9" * 19} | trace)
    write(folder, "strategy_items", ITEM | {"order": "9" * 19} | trace)
    assert [problem[2] for problem in found_cells(folder)] == ["start_year", "order"]


def test_the_largest_whole_number_is_held_to_its_last_digit_beside_an_empty_cell(folder):
    write(
        folder,
        "kpis",
        CONSULTATIONS | {"sample_size": str(LARGEST)},
        CONSULTATIONS | {"kpi_id": "visitors", "sample_size": ""},
    )
    assert load(folder).kpis["sample_size"][0] == LARGEST
    write(
        folder,
        "kpis",
        CONSULTATIONS | {"sample_size": str(LARGEST + 2)},
        CONSULTATIONS | {"kpi_id": "visitors", "sample_size": ""},
    )
    assert found_cells(folder) == [["kpis.csv", 2, "sample_size", f"'{LARGEST + 2}'"]]


@pytest.mark.parametrize(
    "number", ["0.6666666666666666", "0.30000000000000004", "000000000000000012"]
)
def test_a_figure_of_many_digits_that_is_held_as_written_is_no_problem(folder, number):
    write(folder, "kpis", CONSULTATIONS | {"baseline": number, "unit": "％"})
    assert found_cells(folder) == []


def test_a_name_of_400_characters_is_taken_and_one_of_40_000_is_refused_by_its_beginning(folder):
    write(folder, "kpis", CONSULTATIONS | {"kpi": "あ" * 400})
    assert found_cells(folder) == []
    write(folder, "kpis", CONSULTATIONS | {"kpi": "い" * 40_000})
    assert found_cells(folder) == [["kpis.csv", 2, "kpi", f"'{'い' * 40}…' (40,000 characters)"]]
    assert expected(folder).startswith("at most 1,000 characters")


def test_a_program_id_that_no_folder_could_be_named_by_is_refused(folder):
    write(folder, "observations", OBSERVATION | {"program_id": "a" * 300})
    assert [problem[2] for problem in found_cells(folder)] == ["program_id"]
    assert expected(folder).startswith("at most 100 characters")


def test_control_characters_are_refused_and_shown_as_what_they_are(folder):
    write(folder, "kpis", CONSULTATIONS | {"kpi": "相談\x1b[2J件数", "fiscal_year": "2018\u202e"})
    assert found_cells(folder) == [
        ["kpis.csv", 2, "fiscal_year", r"'2018\u202e'"],
        ["kpis.csv", 2, "kpi", r"'相談\x1b[2J件数'"],
    ]
    assert describe_problems(check(folder)).isprintable() is False  # two lines
    assert "\x1b" not in describe_problems(check(folder))


def text_table(**columns):
    return pd.DataFrame(columns, dtype="str")


# 総務省, 全国地方公共団体コード; 国税庁 法人番号公表サイト.
@pytest.mark.parametrize(
    "code",
    [
        "082201",  # つくば市
        "032018",  # 盛岡市
        "011002",  # 札幌市
        "012050",  # 室蘭市: the remainder is 1, so 11 - 1 = 10 is written 0
        "012131",  # 苫小牧市: the remainder is 0, so 11 - 0 = 11 is written 1
        "7000012050002",  # 国税庁
        "1000011000005",  # 国立国会図書館
        "1000012010003",  # 内閣法制局
    ],
)
def test_check_digits_of_published_codes_are_right(code):
    assert check_digit_of_code(code)


@pytest.mark.parametrize("code", ["x_kaisei_town", "x_r7"])
def test_a_name_stands_for_a_code_nobody_knows_and_has_no_check_digit(code):
    assert list(find_cell_problems("programs", text_table(government_code=[code]))) == []


@pytest.mark.parametrize("code", ["", "x_", "x_開成町", "kaisei_town", "X_kaisei"])
def test_neither_nothing_nor_a_bare_name_stands_for_a_code(code):
    [problem] = find_cell_problems("programs", text_table(government_code=[code]))
    assert "x_ and its name in small letters (x_kaisei_town)" in problem.expected


@pytest.mark.parametrize(("five", "last"), [("08220", 1), ("03201", 8), ("01100", 2)])
def test_every_other_last_digit_of_a_government_code_is_wrong(five, last):
    assert [n for n in range(10) if check_digit_of_code(f"{five}{n}")] == [last]


def test_every_other_first_digit_of_a_corporate_number_is_wrong():
    assert [n for n in range(10) if check_digit_of_code(f"{n}000012050002")] == [7]


@given(st.text("0123456789", min_size=5, max_size=5))
def test_any_five_digits_have_exactly_one_check_digit(five):
    assert sum(check_digit_of_code(f"{five}{last}") for last in range(10)) == 1


@given(st.text("0123456789", min_size=12, max_size=12))
def test_any_twelve_digits_have_exactly_one_check_digit_and_it_is_never_zero(twelve):
    right = [first for first in range(10) if check_digit_of_code(f"{first}{twelve}")]
    assert len(right) == 1
    assert right != [0]


def test_a_wrong_day_does_not_spoil_the_right_ones_below_it():
    days = text_table(read_on=["22.11.2026", "2026-11-22", "2026-02-30", ""])
    assert [(p.row, p.found) for p in find_cell_problems("sources", days)] == [
        (0, "22.11.2026"),
        (2, "2026-02-30"),
    ]


def test_a_cell_is_reported_with_the_row_and_text_it_was_typed_as():
    kpis = text_table(baseline=["1110", "約120", "-4.3", "1,110", ""])
    expected = "a plain number such as 1110 or -4.3; put other text in the column *_printed"
    assert list(find_cell_problems("kpis", kpis)) == [
        CellProblem(1, "baseline", "約120", f"{expected}, or nothing"),
        CellProblem(3, "baseline", "1,110", f"{expected}, or nothing"),
    ]


@pytest.mark.parametrize(
    ("table", "column", "wrong", "words"),
    [
        ("programs", "government_code", "82201", "6-digit"),
        ("programs", "government_code", "082202", "check digit"),
        ("programs", "government_code", "8000012050002", "check digit"),
        ("programs", "program_id", "Job Fair", "small letters"),
        ("programs", "program", " ", "text"),
        ("programs", "start_year", "30", "2018 for Heisei 30"),
        ("programs", "start_year", "平成30", "2018 for Heisei 30"),
        ("programs", "scope", "共同", "one of 単独, 連携"),
        ("budgets", "amount_yen", "10,010,000", "whole yen without separators"),
        ("budgets", "amount_yen", "0.5", "whole yen without separators"),
        ("budgets", "kind", "当初", "one of initial, supplementary"),
        ("kpis", "actual", "４，６００", "a plain number"),
        ("kpis", "actual", "１７０", "a plain number"),
        ("kpis", "fiscal_year", "20１８", "western year"),
        ("programs", "government_code", "０８２２０１", "6-digit"),
        ("sources", "published_on", "2019-02-31", "a day of the calendar"),
        ("kpis", "actual", "1110 ", "a plain number"),
        ("kpis", "actual_status", "集計中", "one of final, preliminary, estimated, pending"),
        ("kpis", "direction", "↑", "one of up, down"),
        ("kpis", "sample_size", "4.8", "a whole number"),
        ("ratings", "rated_on", "2019/3/31", "2019-03-31"),
        ("sources", "published_on", "2019-13-01", "2019-03-31"),
    ],
)
def test_a_cell_written_in_another_way_is_a_problem(table, column, wrong, words):
    problems = list(find_cell_problems(table, text_table(**{column: [wrong]})))
    assert [(p.row, p.column, p.found) for p in problems] == [(0, column, wrong)]
    assert words in problems[0].expected


@pytest.mark.parametrize(
    ("table", "column", "right"),
    [
        ("programs", "government_code", ["082201", "7000012050002"]),
        ("programs", "start_year", ["2018", "1999", ""]),
        ("budgets", "amount_yen", ["10010000", "-5", "0", ""]),
        ("budgets", "item", ["", "盛岡市クラスター活動支援業務委託"]),
        ("kpis", "actual", ["0", "-4.3", "74.25", ""]),
        ("kpis", "kpi", ["二行に\n分かれた名前", "「住みたい」割合"]),
        ("ratings", "kpi_id", ["", "wish_to_live"]),
        ("ratings", "rated_on", ["2019-03-31", ""]),
    ],
)
def test_cells_written_as_defined_are_no_problem(table, column, right):
    assert list(find_cell_problems(table, text_table(**{column: right}))) == []


def test_an_empty_cell_is_a_problem_only_where_the_column_must_be_filled():
    programs = text_table(program=[""], department=[""])
    assert list(find_cell_problems("programs", programs)) == [CellProblem(0, "program", "", "text")]


def test_convert_keeps_codes_as_text_with_their_leading_zeros():
    programs = text_table(government_code=["082201", "032018", "7000012050002"])
    assert convert("programs", programs)["government_code"].tolist() == [
        "082201",
        "032018",
        "7000012050002",
    ]


def test_convert_types_known_columns_adds_absent_ones_as_missing_and_keeps_extra_ones_last():
    cells = text_table(
        remark=["checked", ""],
        amount_yen=["10010000", ""],
        fiscal_year=["2021", "2021"],
        government_code=["032018", "032018"],
        program_id=["growth_field_hub", "growth_field_hub"],
        kind=["reported", "initial"],
        item=["協議会負担金", ""],
        source_id=["morioka_2021", "morioka_2021"],
        place=["①", "②"],
    )
    absent = pd.Series([np.nan, np.nan], dtype="str")
    expected = pd.DataFrame(
        {
            "government_code": pd.Series(["032018", "032018"], dtype="str"),
            "program_id": pd.Series(["growth_field_hub", "growth_field_hub"], dtype="str"),
            "fiscal_year": pd.Series([2021, 2021], dtype="Int64"),
            "last_year": pd.Series([pd.NA, pd.NA], dtype="Int64"),
            "kind": pd.Series(["reported", "initial"], dtype="str"),
            "item": pd.Series(["協議会負担金", np.nan], dtype="str"),
            "nature": absent,
            "amount_yen": pd.Series([10_010_000, pd.NA], dtype="Int64"),
            "amount_status": absent,
            "amount_printed": absent,
            "published_execution_rate": pd.Series([np.nan, np.nan]),
            "published_execution_rate_printed": absent,
            "source_id": pd.Series(["morioka_2021", "morioka_2021"], dtype="str"),
            "place": pd.Series(["①", "②"], dtype="str"),
            "inferred": absent,
            "remark": pd.Series(["checked", ""], dtype="str"),
        }
    )
    assert_frame_equal(convert("budgets", cells), expected)


def test_convert_tells_an_empty_figure_from_a_zero():
    kpis = convert("kpis", text_table(baseline=["0", "", "-4.3"], sample_size=["", "0", "110"]))
    expected = pd.DataFrame(
        {
            "baseline": pd.Series([0.0, np.nan, -4.3]),
            "sample_size": pd.Series([pd.NA, 0, 110], dtype="Int64"),
        }
    )
    assert_frame_equal(kpis[["baseline", "sample_size"]], expected)


def test_convert_adds_absent_columns_to_a_table_without_rows():
    converted = convert("kpis", text_table(kpi_id=[]))
    assert list(converted) == list(TABLES["kpis"].columns)
    assert converted.empty


def test_convert_leaves_its_input_as_it_was():
    cells = text_table(baseline=["86", ""])
    convert("kpis", cells)
    assert_frame_equal(cells, text_table(baseline=["86", ""]))
