from itertools import zip_longest

import pandas as pd
import pytest

from analysis import DataError, check, load
from analysis.dataset.problems import describe_problems
from analysis.dataset.tables import TABLES

PROGRAM = {"government_code": "082201", "program_id": "job_fair"}
TRACE = {"source_id": "tsukuba_2018", "place": "④-4", "inferred": ""}
SOURCE = {
    "source_id": "tsukuba_2018",
    "publisher": "つくば市",
    "title": "指標一覧",
    "fiscal_year": 2018,
    "place": "表題",
    "inferred": "publisher",
}
JOB_FAIR = {
    **PROGRAM,
    "government": "つくば市",
    "program": "合同就職面接会",
    "start_year": 2016,
    "end_year": 2018,
    "note": "",
    **TRACE,
}
BUDGET = {**PROGRAM, "fiscal_year": 2018, "kind": "total", "item": "", "amount_yen": 3_780_000}
BUDGET |= TRACE
CONSULTATIONS = {
    **PROGRAM,
    "kpi_id": "consultations",
    "fiscal_year": 2018,
    "kpi": "マッチング相談件数",
    "kpi_kind": "outcome",
    "direction": "up",
    "aggregation": "unknown",
    "unit": "件",
    "baseline": 170,
    "target": 200,
    "actual": 148,
    "actual_status": "preliminary",
    "final_target": 200,
    **TRACE,
}
RATING = {**PROGRAM, "kpi_id": "consultations", "fiscal_year": 2018, "grade": "B", **TRACE}
RATING |= {"scheme": "tsukuba", "progress": "概ね順調"}
OBSERVATION = {**PROGRAM, "what": "参加者", "fiscal_year": 2018, "value": 75, **TRACE}
OBSERVATION |= {"unit": "人"}


def write(folder, name, *rows):
    pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)


def write_headers(folder, *names):
    """Write tables that say that there is nothing to hold."""
    for name in names:
        pd.DataFrame(columns=list(TABLES[name].columns)).to_csv(folder / f"{name}.csv", index=False)


def append(folder, name, text):
    path = folder / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A data folder with one row in each table but that of terms of support."""
    write_headers(tmp_path, "instruments")
    write(tmp_path, "sources", SOURCE)
    write(tmp_path, "programs", JOB_FAIR)
    write(tmp_path, "budgets", BUDGET)
    write(tmp_path, "kpis", CONSULTATIONS)
    write(tmp_path, "ratings", RATING)
    write(tmp_path, "observations", OBSERVATION)
    return tmp_path


def assert_problems(folder, *expected):
    """Compare all problems: place and severity exactly, found and expected by their key words."""
    problems = check(folder).astype({"row": object})
    rows = problems.where(problems.notna(), None).itertuples(index=False, name=None)
    assert [
        (*row[:3], cut_to(words[3], row[3]), cut_to(words[4], row[4]), row[5])
        for row, words in zip_longest(rows, expected, fillvalue=("",) * 6)
    ] == list(expected)


def cut_to(words, text):
    return words if words and words in text else text


def test_a_valid_folder_has_no_problems(folder):
    problems = check(folder)
    columns = ["file", "row", "column", "found", "expected", "severity", "kind", "rows"]
    assert list(problems) == columns
    assert problems.empty


def test_without_a_table_that_reports_speak_of_a_folder_loads_and_is_told_what_they_will_say(
    folder,
):
    said = {
        "budgets": "no amount of any program is known",
        "kpis": "no program has a KPI",
        "ratings": "nothing was judged",
        "observations": "no other figure is known",
        "instruments": "no term of support is known",
    }
    for name in said:
        (folder / f"{name}.csv").unlink()
    rows = [(f"{name}.csv", None, "", "no such file", said[name], "note") for name in said]
    assert_problems(folder, *rows)
    assert load(folder).kpis.empty


def test_a_header_alone_says_that_there_is_nothing_to_hold(folder):
    write_headers(folder, "budgets", "kpis", "ratings", "observations", "instruments")
    assert_problems(folder)


def test_a_missing_column_is_named_with_its_meaning(folder):
    write(folder, "kpis", {c: v for c, v in CONSULTATIONS.items() if c != "kpi_kind"})
    assert_problems(
        folder, ("kpis.csv", 1, "kpi_kind", "no such column", "kpi_kind: what it counts", "error")
    )


def test_a_missing_column_of_the_key_is_named(folder):
    write(folder, "budgets", {c: v for c, v in BUDGET.items() if c != "item"})
    assert_problems(folder, ("budgets.csv", 1, "item", "no such column", "which item", "error"))


def test_text_in_a_number_is_shown_as_it_stands_with_what_to_write_instead(folder):
    write(folder, "kpis", CONSULTATIONS | {"actual": "約120"})
    assert_problems(
        folder, ("kpis.csv", 2, "actual", "'約120'", "put other text in the column", "error")
    )


def test_an_empty_cell_that_must_be_filled_is_reported(folder):
    write(folder, "programs", JOB_FAIR | {"place": ""})
    assert_problems(folder, ("programs.csv", 2, "place", "an empty cell", "text", "error"))


def test_a_program_that_programs_does_not_have_is_reported(folder):
    write(folder, "kpis", CONSULTATIONS, CONSULTATIONS | {"program_id": "job_fairs"})
    assert_problems(
        folder,
        (
            "kpis.csv",
            3,
            "program_id",
            "government_code '082201' program_id 'job_fairs'",
            "a row of programs.csv",
            "error",
        ),
    )


def test_a_program_of_another_government_is_not_the_same_program(folder):
    write(folder, "observations", OBSERVATION | {"government_code": "032018"})
    assert_problems(
        folder,
        (
            "observations.csv",
            2,
            "program_id",
            "government_code '032018' program_id 'job_fair'",
            "a row of programs.csv",
            "error",
        ),
    )


def test_a_source_that_sources_does_not_have_is_reported(folder):
    write(folder, "budgets", BUDGET | {"source_id": "tsukuba_2019"})
    assert_problems(
        folder, ("budgets.csv", 2, "source_id", "'tsukuba_2019'", "a row of sources.csv", "error")
    )


def test_a_judged_kpi_that_kpis_does_not_have_is_reported(folder):
    write(folder, "ratings", RATING | {"kpi_id": "visitors"})
    assert_problems(
        folder, ("ratings.csv", 2, "kpi_id", "kpi_id 'visitors'", "a row of kpis.csv", "error")
    )


def test_a_judgement_of_a_whole_program_needs_no_kpi(folder):
    write(folder, "ratings", RATING | {"kpi_id": ""})
    assert_problems(folder)


def test_an_unknown_program_of_a_judgement_is_reported_once_and_not_again_for_its_kpi(folder):
    write(folder, "ratings", RATING | {"program_id": "job_fairs"})
    assert_problems(
        folder,
        (
            "ratings.csv",
            2,
            "program_id",
            "program_id 'job_fairs'",
            "a row of programs.csv",
            "error",
        ),
    )


def test_a_duplicate_key_names_the_row_it_repeats(folder):
    write(folder, "budgets", BUDGET, BUDGET | {"kind": "settled"}, BUDGET | {"amount_yen": 1})
    assert_problems(
        folder,
        (
            "budgets.csv",
            4,
            "government_code + program_id + fiscal_year + kind + item + source_id",
            "the key of row 2 again (082201, job_fair, 2018, total, tsukuba_2018)",
            "one row per key",
            "error",
        ),
    )


def test_the_same_kpi_in_another_year_is_not_a_duplicate(folder):
    write(folder, "kpis", CONSULTATIONS, CONSULTATIONS | {"fiscal_year": 2017})
    assert_problems(folder)


def test_a_wrong_check_digit_is_reported(folder):
    write(folder, "observations", OBSERVATION | {"government_code": "082202"})
    assert_problems(
        folder,
        ("observations.csv", 2, "government_code", "'082202'", "check digit is right", "error"),
    )


def test_a_code_that_lost_its_leading_zero_is_reported(folder):
    write(folder, "observations", OBSERVATION | {"government_code": "82201"})
    assert_problems(
        folder,
        ("observations.csv", 2, "government_code", "'82201'", "with its leading zero", "error"),
    )


def test_an_empty_actual_contradicts_the_status_final(folder):
    write(folder, "kpis", CONSULTATIONS | {"actual": "", "actual_status": "final"})
    assert_problems(
        folder,
        (
            "kpis.csv",
            2,
            "actual",
            "an empty cell and actual_status 'final'",
            "the reason why there is none: pending, unpublished, not_in_source, not_set",
            "error",
        ),
    )


def test_a_value_contradicts_every_status_that_says_there_is_none(folder):
    statuses = ("pending", "unpublished", "not_in_source", "not_set")
    others = [CONSULTATIONS | {"kpi_id": s, "actual_status": s} for s in statuses]
    write(folder, "kpis", CONSULTATIONS, *others)
    expected = "an empty cell, or another actual_status"
    assert_problems(
        folder,
        *[
            ("kpis.csv", row, "actual", f"'148' although actual_status is {s}", expected, "error")
            for row, s in enumerate(statuses, 3)
        ],
    )


def test_an_empty_actual_with_the_reason_for_it_is_no_problem(folder):
    statuses = ("pending", "unpublished", "not_in_source", "not_set")
    others = [CONSULTATIONS | {"kpi_id": s, "actual": "", "actual_status": s} for s in statuses]
    write(folder, "kpis", CONSULTATIONS, *others)
    assert_problems(folder)


def test_an_amount_without_figure_and_status_is_never_silently_empty(folder):
    write(folder, "budgets", BUDGET | {"amount_yen": ""})
    assert_problems(
        folder,
        (
            "budgets.csv",
            2,
            "amount_yen",
            "an empty cell and amount_status ''",
            "in amount_status the reason",
            "error",
        ),
    )


def test_an_observation_without_figure_needs_a_reason_and_a_target_needs_none(folder):
    write(folder, "observations", OBSERVATION | {"value": "", "value_status": ""})
    write(folder, "kpis", CONSULTATIONS | {"target": "", "baseline": ""})
    assert_problems(
        folder,
        (
            "observations.csv",
            2,
            "value",
            "an empty cell and value_status ''",
            "in value_status the reason",
            "error",
        ),
    )


def test_inferred_may_name_only_columns_of_the_file(folder):
    write(folder, "programs", JOB_FAIR | {"inferred": "start_year scope end_year"})
    assert_problems(
        folder,
        ("programs.csv", 2, "inferred", "'scope'", "names of columns of this table", "error"),
    )


def test_end_year_before_start_year_is_reported(folder):
    write(folder, "programs", JOB_FAIR | {"start_year": 2018, "end_year": 2016})
    assert_problems(
        folder,
        (
            "programs.csv",
            2,
            "end_year",
            "2016, below start_year 2018",
            "start_year or more",
            "error",
        ),
    )


def test_a_program_of_a_single_year_ends_in_the_year_it_starts(folder):
    write(folder, "programs", JOB_FAIR | {"start_year": 2018, "end_year": 2018})
    assert_problems(folder)


def test_the_upper_end_of_a_target_range_below_its_lower_end_is_reported(folder):
    write(folder, "kpis", CONSULTATIONS | {"target_upper": 20})
    assert_problems(
        folder, ("kpis.csv", 2, "target_upper", "20, below target 200", "target or more", "error")
    )


def test_a_ragged_row_is_reported_with_its_number_of_cells(folder):
    append(folder, "observations", "082201,job_fair,出展企業,2018,1,053,tsukuba_2018,④-4,,社\n")
    assert_problems(
        folder, ("observations.csv", 3, "", "10 cells", "9 as in the header; put quotes", "error")
    )


def test_a_ragged_row_does_not_hide_problems_of_the_other_rows(folder):
    write(folder, "observations", OBSERVATION | {"value": "約75"})
    append(folder, "observations", "082201,job_fair\n")
    assert_problems(
        folder,
        ("observations.csv", 2, "value", "'約75'", "a plain number", "error"),
        ("observations.csv", 3, "", "2 cells", "9 as in the header", "error"),
    )


def test_a_file_that_is_not_utf_8_is_one_problem_with_the_row_of_the_first_wrong_bytes(folder):
    path = folder / "programs.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932"))
    assert_problems(
        folder,
        ("programs.csv", 2, "", "bytes that are not UTF-8", "save as 'CSV UTF-8'", "error"),
    )


def test_utf_8_as_spreadsheets_save_it_with_a_byte_order_mark_is_no_problem(folder):
    path = folder / "programs.csv"
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    assert_problems(folder)


def test_an_empty_file_is_one_problem_and_nothing_is_blamed_on_the_files_that_refer_to_it(folder):
    (folder / "kpis.csv").write_text("", encoding="utf-8")
    assert_problems(
        folder,
        ("kpis.csv", None, "", "an empty file", "a first line with column names", "error"),
    )


@pytest.mark.parametrize("name", ["sources", "programs"])
def test_a_missing_required_file_is_one_problem(folder, name):
    (folder / f"{name}.csv").unlink()
    assert_problems(
        folder,
        (f"{name}.csv", None, "", "no such file", "this file in the data folder", "error"),
    )


def test_a_misspelt_file_name_is_a_doubt_that_does_not_stop_loading(folder):
    (folder / "observations.csv").rename(folder / "observation.csv")
    names = "one of sources, programs, budgets, kpis, ratings, rating_axes, observations"
    assert_problems(
        folder,
        ("observations.csv", None, "", "no such file", "no other figure is known", "note"),
        ("observation.csv", None, "", "a file of this name", names, "doubt"),
    )
    assert load(folder).observations.empty


def test_a_misspelt_column_is_a_doubt_and_its_cells_are_kept(folder):
    write(folder, "observations", OBSERVATION | {"sample_sise": 53})
    assert_problems(
        folder,
        (
            "observations.csv",
            1,
            "sample_sise",
            "a column that is not part of this table",
            "value_status, unit, sample_size, printed",
            "doubt",
        ),
    )
    assert load(folder).observations["own_sample_sise"].tolist() == ["53"]


def test_a_column_name_that_stands_twice_is_reported(folder):
    text = "government_code,program_id,program_id\n082201,job_fair,job_fair\n"
    (folder / "observations.csv").write_text(text, encoding="utf-8")
    assert_problems(
        folder,
        (
            "observations.csv",
            1,
            "",
            "'program_id' more than once",
            "each column name once",
            "error",
        ),
    )


def test_a_quote_that_is_never_closed_is_reported(folder):
    append(folder, "observations", '082201,job_fair,"出展企業,2018,53,tsukuba_2018,④-4,\n')
    assert_problems(folder, ("observations.csv", 3, "", "broken CSV", "quotes in pairs", "error"))


def test_a_rubric_that_is_not_toml_is_reported(folder):
    (folder / "rubrics").mkdir()
    (folder / "rubrics" / "tsukuba.toml").write_text("name = \n", encoding="utf-8")
    assert_problems(
        folder,
        ("rubrics/tsukuba.toml", None, "", "Invalid value", "a TOML file in UTF-8", "error"),
    )


def test_a_newline_inside_a_quoted_cell_does_not_shift_the_row_number(folder):
    two_lines = JOB_FAIR | {"note": "面接会を開く。\n相談も受ける。"}
    seminar = JOB_FAIR | {"program_id": "seminar", "start_year": "平成28"}
    write(folder, "programs", two_lines, seminar)
    assert len((folder / "programs.csv").read_text(encoding="utf-8").splitlines()) == 4
    assert_problems(
        folder, ("programs.csv", 3, "start_year", "'平成28'", "the western year", "error")
    )


def test_an_empty_line_keeps_its_row_number_and_is_no_problem(folder):
    append(folder, "observations", "\n082201,job_fair,出展企業,2018,約53,tsukuba_2018,④-4,,社\n")
    assert_problems(folder, ("observations.csv", 4, "value", "'約53'", "a plain number", "error"))


def test_problems_of_several_files_come_all_at_once_in_the_order_of_tables_and_rows(folder):
    write(
        folder,
        "kpis",
        CONSULTATIONS,
        CONSULTATIONS | {"kpi_id": "visitors", "direction": "↑", "aggregation": "単年度"},
        CONSULTATIONS | {"kpi_id": "hires", "actual": "", "actual_status": "final"},
    )
    write(folder, "sources", SOURCE | {"fiscal_year": "H30"})
    write(folder, "programs", JOB_FAIR | {"end_year": 2015})
    write(folder, "ratings", RATING | {"kpi_id": "consultation"})
    write(folder, "observation", OBSERVATION)
    assert_problems(
        folder,
        ("sources.csv", 2, "fiscal_year", "'H30'", "the western year", "error"),
        ("programs.csv", 2, "end_year", "2015, below start_year 2016", "start_year", "error"),
        ("kpis.csv", 3, "direction", "'↑'", "one of up, down", "error"),
        ("kpis.csv", 3, "aggregation", "'単年度'", "one of single_year, increment", "error"),
        ("kpis.csv", 4, "actual", "actual_status 'final'", "the reason why", "error"),
        ("ratings.csv", 2, "kpi_id", "kpi_id 'consultation'", "a row of kpis.csv", "error"),
        ("observation.csv", None, "", "a file of this name", "one of sources", "doubt"),
    )


def test_a_folder_that_does_not_exist_is_an_error_that_says_which_folder_to_give(tmp_path):
    with pytest.raises(DataError, match=r"no such folder.*\n?.*programs\.csv") as error:
        check(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in str(error.value)


def test_a_file_given_as_the_folder_is_an_error(folder):
    with pytest.raises(DataError, match="this is a file"):
        check(folder / "kpis.csv")


def test_problems_are_described_in_one_line_each_with_where_what_and_what_instead(folder):
    write(folder, "kpis", CONSULTATIONS | {"actual": "約\n120"})
    write(folder, "observation", OBSERVATION)
    (folder / "observations.csv").write_text("", encoding="utf-8")
    assert describe_problems(check(folder)).split("\n") == [
        "kpis.csv row 2, column actual: found '約 120'; expected a plain number such as 1110 "
        "or -4.3; put other text in the column *_printed, or nothing",
        "observations.csv: found an empty file; expected a first line with column names",
        "observation.csv (doubt): found a file of this name; expected one of sources, "
        "programs, budgets, kpis, ratings, rating_axes, observations, instruments, strategies, "
        "strategy_items, links, grants, reasons",
    ]


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        *(("kpis", CONSULTATIONS, c) for c in ("unit", "baseline", "target", "actual")),
        ("kpis", CONSULTATIONS, "final_target"),
        ("kpis", CONSULTATIONS, "inferred"),
        ("budgets", BUDGET, "amount_yen"),
        *(("ratings", RATING, c) for c in ("scheme", "progress", "grade")),
        *(("observations", OBSERVATION, c) for c in ("value", "unit")),
    ],
)
def test_a_column_whose_cells_may_be_empty_must_still_stand_in_the_header(
    folder, table, row, column
):
    write(folder, table, {name: cell for name, cell in row.items() if name != column})
    expected = "leave its cells empty where nothing is printed"
    assert_problems(folder, (f"{table}.csv", 1, column, "no such column", expected, "error"))


@pytest.mark.parametrize(
    ("cell", "expected", "severity"),
    [
        ({"effectiveness": "超"}, "one of 高, 中, 低", "error"),
        ({"progress": "概ね順調！"}, "one of 順調, 概ね順調; if it is new", "doubt"),
        ({"grade": "Z"}, "one of S, A, B, D; if it is new", "doubt"),
        ({"scheme": "tsukubaa"}, "tsukuba; if it is new, add it to data/rubrics", "doubt"),
    ],
)
def test_a_word_its_rubric_does_not_know_is_named(folder, cell, expected, severity):
    write(folder, "ratings", RATING | cell)
    ((column, word),) = cell.items()
    assert_problems(folder, ("ratings.csv", 2, column, f"'{word}'", expected, severity))


@pytest.mark.parametrize("kind", ["initial", "settled", "unused", "national_grant", "source"])
def test_an_amount_that_nothing_takes_away_is_never_below_zero(folder, kind):
    write(folder, "budgets", BUDGET | {"kind": kind, "amount_yen": -1})
    expected = "an amount of 0 or more"
    assert_problems(folder, ("budgets.csv", 2, "amount_yen", "'-1'", expected, "error"))


@pytest.mark.parametrize("kind", ["supplementary", "carried_in", "carried_out", "reserve", "total"])
def test_an_amount_that_takes_away_may_be_below_zero(folder, kind):
    write(folder, "budgets", BUDGET | {"kind": kind, "amount_yen": -1})
    assert_problems(folder)
