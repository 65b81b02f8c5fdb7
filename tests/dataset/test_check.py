"""All problems of a folder at once."""

import pandas as pd
import pytest
from folders import (
    BUDGET,
    CONSULTATIONS,
    JOB_FAIR,
    OBSERVATION,
    RATING,
    SOURCE,
    assert_problems,
    found,
    write,
    write_headers,
)

from analysis import check, load
from analysis.dataset.problems import describe_problems


def test_a_valid_folder_has_no_problems(full):
    problems = check(full)
    columns = ["file", "row", "column", "found", "expected", "severity", "kind", "rows"]
    places = ["subject", "source", "source_file", "place", "printed", "understood"]
    assert list(problems) == columns + places
    assert problems.empty


def test_without_a_table_that_reports_speak_of_a_folder_loads_and_is_told_what_they_will_say(
    full,
):
    said = {
        "budgets": "no amount of any program is known",
        "kpis": "no program has a KPI",
        "ratings": "nothing was judged",
        "observations": "no other figure is known",
        "instruments": "no term of support is known",
    }
    for name in said:
        (full / f"{name}.csv").unlink()
    rows = [(f"{name}.csv", None, "", "no such file", said[name], "note") for name in said]
    assert_problems(full, *rows)
    assert load(full).kpis.empty


def test_a_header_alone_says_that_there_is_nothing_to_hold(full):
    write_headers(full, "budgets", "kpis", "ratings", "observations", "instruments")
    assert_problems(full)


def test_problems_of_several_files_come_all_at_once_in_the_order_of_tables_and_rows(full):
    write(
        full,
        "kpis",
        CONSULTATIONS,
        CONSULTATIONS | {"kpi_id": "visitors", "direction": "↑", "aggregation": "単年度"},
        CONSULTATIONS | {"kpi_id": "hires", "actual": "", "actual_status": "final"},
    )
    write(full, "sources", SOURCE | {"fiscal_year": "H30"})
    write(full, "programs", JOB_FAIR | {"end_year": 2015})
    write(full, "ratings", RATING | {"kpi_id": "consultation"})
    write(full, "observation", OBSERVATION)
    assert_problems(
        full,
        ("sources.csv", 2, "fiscal_year", "'H30'", "the western year", "error"),
        ("programs.csv", 2, "end_year", "2015, below start_year 2016", "start_year", "error"),
        ("kpis.csv", 3, "direction", "'↑'", "one of up, down", "error"),
        ("kpis.csv", 3, "aggregation", "'単年度'", "one of single_year, increment", "error"),
        ("kpis.csv", 4, "actual", "actual_status 'final'", "the reason why", "error"),
        ("ratings.csv", 2, "kpi_id", "kpi_id 'consultation'", "a row of kpis.csv", "error"),
        ("observation.csv", None, "", "a file of this name", "one of sources", "doubt"),
    )


def test_problems_are_described_in_one_line_each_with_where_what_and_what_instead(full):
    write(full, "kpis", CONSULTATIONS | {"actual": "約\n120"})
    write(full, "observation", OBSERVATION)
    (full / "observations.csv").write_text("", encoding="utf-8")
    assert describe_problems(check(full)).split("\n") == [
        "kpis.csv row 2, column actual: found '約 120'; expected a plain number such as 1110 "
        "or -4.3; put other text in the column *_printed, or nothing; printed in 指標一覧 ④-4",
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
def test_a_column_whose_cells_may_be_empty_must_still_stand_in_the_header(full, table, row, column):
    write(full, table, {name: cell for name, cell in row.items() if name != column})
    expected = "leave its cells empty where nothing is printed"
    assert_problems(full, (f"{table}.csv", 1, column, "no such column", expected, "error"))


def test_what_was_concluded_needs_no_reason(folder):
    write(folder, "kpis", CONSULTATIONS | {"inferred": "kpi_kind direction"})
    assert found(folder) == []


def test_a_folder_whose_tables_are_all_empty_has_no_doubts(tmp_path):
    write_headers(tmp_path, "observations", "instruments")
    write(tmp_path, "sources", SOURCE)
    write(tmp_path, "programs", JOB_FAIR)
    for table, row in (("budgets", BUDGET), ("kpis", CONSULTATIONS), ("ratings", RATING)):
        pd.DataFrame(columns=list(row)).to_csv(tmp_path / f"{table}.csv", index=False)
    assert found(tmp_path) == []
