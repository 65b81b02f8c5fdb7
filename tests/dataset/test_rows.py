"""Whether each row of a table is sound by itself."""

from itertools import chain

import pandas as pd
import pytest
from folders import (
    BUDGET,
    CONSULTATIONS,
    JOB_FAIR,
    OBSERVATION,
    RATING,
    assert_problems,
    expected,
    found_cells,
    write,
)

from analysis import check, load
from analysis.dataset.problems import summarize_problems
from analysis.dataset.tables import TABLES
from analysis.measures.computed import COMPUTED


def test_a_missing_column_is_named_with_its_meaning(full):
    write(full, "kpis", {c: v for c, v in CONSULTATIONS.items() if c != "kpi_kind"})
    assert_problems(
        full,
        ("kpis.csv", 1, "kpi_kind", "no such column", "kpi_kind: what it counts", "error"),
    )


def test_a_missing_column_of_the_key_is_named(full):
    write(full, "budgets", {c: v for c, v in BUDGET.items() if c != "item"})
    assert_problems(full, ("budgets.csv", 1, "item", "no such column", "which item", "error"))


def test_text_in_a_number_is_shown_as_it_stands_with_what_to_write_instead(full):
    write(full, "kpis", CONSULTATIONS | {"actual": "約120"})
    assert_problems(
        full, ("kpis.csv", 2, "actual", "'約120'", "put other text in the column", "error")
    )


def test_an_empty_cell_that_must_be_filled_is_reported(full):
    write(full, "programs", JOB_FAIR | {"place": ""})
    assert_problems(full, ("programs.csv", 2, "place", "an empty cell", "text", "error"))


def test_a_duplicate_key_names_the_row_it_repeats(full):
    write(full, "budgets", BUDGET, BUDGET | {"kind": "settled"}, BUDGET | {"amount_yen": 1})
    assert_problems(
        full,
        (
            "budgets.csv",
            4,
            "government_code + program_id + fiscal_year + kind + item + source_id",
            "the key of row 2 again (082201, job_fair, 2018, total, tsukuba_2018)",
            "one row per key",
            "error",
        ),
    )


def test_the_same_kpi_in_another_year_is_not_a_duplicate(full):
    write(full, "kpis", CONSULTATIONS, CONSULTATIONS | {"fiscal_year": 2017})
    assert_problems(full)


def test_a_wrong_check_digit_is_reported(full):
    write(full, "observations", OBSERVATION | {"government_code": "082202"})
    assert_problems(
        full,
        ("observations.csv", 2, "government_code", "'082202'", "check digit is right", "error"),
    )


def test_a_code_that_lost_its_leading_zero_is_reported(full):
    write(full, "observations", OBSERVATION | {"government_code": "82201"})
    assert_problems(
        full,
        ("observations.csv", 2, "government_code", "'82201'", "with its leading zero", "error"),
    )


def test_an_empty_actual_contradicts_the_status_final(full):
    write(full, "kpis", CONSULTATIONS | {"actual": "", "actual_status": "final"})
    assert_problems(
        full,
        (
            "kpis.csv",
            2,
            "actual",
            "an empty cell and actual_status 'final'",
            "the reason why there is none: pending, unpublished, not_in_source, not_set",
            "error",
        ),
    )


def test_a_value_contradicts_every_status_that_says_there_is_none(full):
    statuses = ("pending", "unpublished", "not_in_source", "not_set")
    others = [CONSULTATIONS | {"kpi_id": s, "actual_status": s} for s in statuses]
    write(full, "kpis", CONSULTATIONS, *others)
    expected = "an empty cell, or another actual_status"
    assert_problems(
        full,
        *[
            ("kpis.csv", row, "actual", f"'148' although actual_status is {s}", expected, "error")
            for row, s in enumerate(statuses, 3)
        ],
    )


def test_an_empty_actual_with_the_reason_for_it_is_no_problem(full):
    statuses = ("pending", "unpublished", "not_in_source", "not_set")
    others = [CONSULTATIONS | {"kpi_id": s, "actual": "", "actual_status": s} for s in statuses]
    write(full, "kpis", CONSULTATIONS, *others)
    assert_problems(full)


def test_an_amount_without_figure_and_status_is_never_silently_empty(full):
    write(full, "budgets", BUDGET | {"amount_yen": ""})
    assert_problems(
        full,
        (
            "budgets.csv",
            2,
            "amount_yen",
            "an empty cell and amount_status ''",
            "in amount_status the reason",
            "error",
        ),
    )


def test_an_observation_without_figure_needs_a_reason_and_a_target_needs_none(full):
    write(full, "observations", OBSERVATION | {"value": "", "value_status": ""})
    write(full, "kpis", CONSULTATIONS | {"target": "", "baseline": ""})
    assert_problems(
        full,
        (
            "observations.csv",
            2,
            "value",
            "an empty cell and value_status ''",
            "in value_status the reason",
            "error",
        ),
    )


def test_inferred_may_name_only_columns_of_the_file(full):
    write(full, "programs", JOB_FAIR | {"inferred": "start_year scope end_year"})
    assert_problems(
        full,
        ("programs.csv", 2, "inferred", "'scope'", "names of columns of this table", "error"),
    )


def test_end_year_before_start_year_is_reported(full):
    write(full, "programs", JOB_FAIR | {"start_year": 2018, "end_year": 2016})
    assert_problems(
        full,
        (
            "programs.csv",
            2,
            "end_year",
            "2016, below start_year 2018",
            "start_year or more",
            "error",
        ),
    )


def test_a_program_of_a_single_year_ends_in_the_year_it_starts(full):
    write(full, "programs", JOB_FAIR | {"start_year": 2018, "end_year": 2018})
    assert_problems(full)


def test_the_upper_end_of_a_target_range_below_its_lower_end_is_reported(full):
    write(full, "kpis", CONSULTATIONS | {"target_upper": 20})
    assert_problems(
        full,
        ("kpis.csv", 2, "target_upper", "20, below target 200", "target or more", "error"),
    )


def test_a_misspelt_column_is_a_doubt_and_its_cells_are_kept(full):
    write(full, "observations", OBSERVATION | {"sample_sise": 53})
    assert_problems(
        full,
        (
            "observations.csv",
            1,
            "sample_sise",
            "a column that is not part of this table",
            "value_status, unit, sample_size, printed",
            "doubt",
        ),
    )
    assert load(full).observations["own_sample_sise"].tolist() == ["53"]


@pytest.mark.parametrize(
    ("cell", "expected", "severity"),
    [
        ({"effectiveness": "超"}, "one of 高, 中, 低", "error"),
        ({"progress": "概ね順調！"}, "one of 順調, 概ね順調; if it is new", "doubt"),
        ({"grade": "Z"}, "one of S, A, B, D; if it is new", "doubt"),
        ({"scheme": "tsukubaa"}, "tsukuba; if it is new, add it to data/rubrics", "doubt"),
    ],
)
def test_a_word_its_rubric_does_not_know_is_named(full, cell, expected, severity):
    write(full, "ratings", RATING | cell)
    ((column, word),) = cell.items()
    assert_problems(full, ("ratings.csv", 2, column, f"'{word}'", expected, severity))


@pytest.mark.parametrize("kind", ["initial", "settled", "unused", "national_grant", "source"])
def test_an_amount_that_nothing_takes_away_is_never_below_zero(full, kind):
    write(full, "budgets", BUDGET | {"kind": kind, "amount_yen": -1})
    expected = "an amount of 0 or more"
    assert_problems(full, ("budgets.csv", 2, "amount_yen", "'-1'", expected, "error"))


@pytest.mark.parametrize("kind", ["supplementary", "carried_in", "carried_out", "reserve", "total"])
def test_an_amount_that_takes_away_may_be_below_zero(full, kind):
    write(full, "budgets", BUDGET | {"kind": kind, "amount_yen": -1})
    assert_problems(full)


def test_a_column_of_ones_own_is_never_taken_for_one_of_the_project_whatever_its_name(folder):
    names = {*chain.from_iterable(table.columns for table in TABLES.values()), *COMPUTED}
    names |= {"", "row", "index", "level_0", "end", "figure", "own_kpi", "=1+1"}
    as_it_was = load(folder).tables
    own = {}
    for table in as_it_was:
        path = folder / f"{table}.csv"
        if path.exists():
            own[table] = sorted(names - set(TABLES[table].columns))
            held = pd.read_csv(path, dtype="str", keep_default_na=False)
            more = pd.DataFrame("-1", index=held.index, columns=own[table])
            held.join(more).to_csv(path, index=False)
    problems = check(folder)
    assert problems["kind"].tolist() == ["unknown_column"] * len(own)
    assert problems["file"].tolist() == [f"{table}.csv" for table in own]
    loaded = load(folder, fiscal_year=2018).tables
    for name, before in as_it_was.items():
        columns = list(TABLES[name].columns)
        pd.testing.assert_frame_equal(loaded[name][columns], before)
        more = [f"own_{column}" for column in own.get(name, [])]
        assert list(loaded[name]) == [*columns, *more]


def test_of_many_columns_that_no_table_has_the_first_are_named_in_one_line(folder):
    extra = {f"c{n}": "" for n in range(300)}
    write(folder, "kpis", CONSULTATIONS | extra)
    named = "300 columns that are not part of this table ('c0', 'c1', 'c2', 'c3', 'c4', …)"
    assert found_cells(folder) == [["kpis.csv", 1, "", f"{named}; nothing reads them"]]


def test_zeros_that_a_spreadsheet_dropped_are_one_message_for_a_column(folder):
    rows = [CONSULTATIONS | {"kpi_id": f"k{n}", "government_code": "82201"} for n in range(429)]
    write(folder, "kpis", *rows)
    said = "'82201' and 428 more such codes (rows 2, 3, 4, 5, 6, …)"
    assert found_cells(folder) == [["kpis.csv", 2, "government_code", said]]
    assert expected(folder).startswith("082201, a 6-digit")
    assert summarize_problems(check(folder))["rows"].tolist() == [429]


def test_rows_pasted_many_times_are_counted_and_the_first_are_named(folder):
    write(folder, "budgets", *[BUDGET] * 1_501)
    problems = check(folder)
    assert len(problems) == 1_000 + 1
    assert problems["found"].iloc[-1] == "500 more like those above"
    assert summarize_problems(problems)[["kind", "rows", "first_row"]].to_numpy().tolist() == [
        ["key_again", 1_500, 3]
    ]
