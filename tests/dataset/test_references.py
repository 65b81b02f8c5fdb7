"""Rows that name what is not there: programs, KPIs, sources, items of plans, links, grants."""

import pandas as pd
import pytest
from folders import (
    BUDGET,
    CONSULTATIONS,
    JOB_FAIR,
    NEXT,
    OBSERVATION,
    PROGRAM,
    RATING,
    SOURCE,
    TRACE,
    assert_problems,
    found,
    write,
    write_headers,
)

from analysis import check

TERM = {
    "government_code": "082201",
    "program_id": "job_fair",
    "term": "融資枠",
    "kind": "loan",
    "what": "金額",
    "quantity": 100,
    "unit": "円",
    **TRACE,
}
PLAN = {"strategy_id": "plan", "government_code": "082201", "strategy": "産業戦略", **TRACE}
ISSUE = {"item_id": "issue_1", "strategy_id": "plan", "kind": "issue", "name": "継承", **TRACE}
ISSUE |= {"order": 1}
LINK = {
    "from_id": "082201/job_fair/tsukuba_2018",
    "to_id": "issue_1",
    "kind": "serves",
    "reason": "内容が重なる",
    **TRACE,
}
GRANT = {"grant_name": "前の交付金", "successor": "次の交付金", **TRACE}
NEXT_GRANT = GRANT | {"grant_name": "次の交付金", "successor": ""}


@pytest.fixture
def linked(tmp_path):
    tables = {
        "sources": [SOURCE],
        "programs": [JOB_FAIR],
        "instruments": [TERM, TERM | {"term": "うち新規", "quantity": 60, "part_of": "融資枠"}],
        "strategies": [PLAN],
        "strategy_items": [ISSUE],
        "links": [LINK],
        "grants": [GRANT, NEXT_GRANT],
    }
    write_headers(tmp_path, "budgets", "kpis", "ratings", "observations")
    for name, rows in tables.items():
        write(tmp_path, name, *rows)
    return tmp_path


def problems(linked):
    columns = ["file", "row", "column", "found"]
    return check(linked)[columns].astype("object").to_numpy().tolist()


def test_rows_that_name_what_is_there_have_no_problem(linked):
    assert problems(linked) == []


@pytest.mark.parametrize(
    ("table", "row", "column", "found"),
    [
        (
            "instruments",
            TERM | {"program_id": "fairs"},
            "source_id",
            "government_code '082201' program_id 'fairs' source_id 'tsukuba_2018'",
        ),
        ("instruments", TERM | {"part_of": "なし"}, "part_of", "'なし'"),
        ("strategy_items", ISSUE | {"strategy_id": "other"}, "strategy_id", "strategy_id 'other'"),
        (
            "links",
            LINK | {"from_id": "082201/job_fair/other"},
            "from_id",
            "'082201/job_fair/other'",
        ),
        ("links", LINK | {"to_id": "issue_9"}, "to_id", "'issue_9'"),
        ("links", LINK | {"to_id": "082201/job_fair"}, "to_id", "'082201/job_fair'"),
        ("grants", NEXT_GRANT | {"successor": "どこにもない"}, "successor", "'どこにもない'"),
    ],
)
def test_a_name_nothing_has_is_reported_once_with_its_row(linked, table, row, column, found):
    others = [GRANT] if table == "grants" else []
    write(linked, table, *others, row)
    reported = [p for p in problems(linked) if p[0] == f"{table}.csv"]
    assert reported == [[f"{table}.csv", 2 + len(others), column, found]]


def test_a_term_is_part_of_a_term_with_the_same_what_only(linked):
    write(linked, "instruments", TERM, TERM | {"term": "率", "what": "補助率", "part_of": "融資枠"})
    assert [p[2:] for p in problems(linked)] == [["part_of", "'融資枠'"]]


@pytest.mark.parametrize(
    ("part_of", "other"), [("融資枠", None), ("うち新規", "融資枠")], ids=["itself", "each other"]
)
def test_frames_that_hold_themselves_are_refused(linked, part_of, other):
    rows = [TERM | {"part_of": part_of}]
    rows += [TERM | {"term": "うち新規", "part_of": other}] if other else []
    write(linked, "instruments", *rows)
    found = [p for p in problems(linked) if p[2] == "part_of"]
    assert [row for _, row, *_ in found] == list(range(2, 2 + len(rows)))
    assert all("a circle" in text for *_, text in found)


def test_a_frame_larger_than_the_one_it_is_part_of_is_refused(linked):
    write(
        linked, "instruments", TERM, TERM | {"term": "新規", "quantity": 235, "part_of": "融資枠"}
    )
    [[_, row, column, found]] = problems(linked)
    assert (row, column) == (3, "quantity")
    assert found == "235, more than that of '融資枠' it is part of"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"quantity": 50, "unit": "割合"}, "a rate between 0 and 1"),
        ({"quantity": -15_000_000}, "a figure of 0 or more"),
        ({"unit": ""}, "the unit of this figure"),
    ],
)
def test_a_quantity_that_cannot_be_what_its_unit_says_is_refused(linked, cells, expected):
    write(linked, "instruments", TERM | cells)
    [problem] = check(linked).to_dict("records")
    assert (problem["row"], problem["column"]) == (2, "quantity")
    assert problem["expected"].startswith(expected)


def test_plans_and_grants_that_succeed_themselves_are_refused(linked):
    succeeds = {"kind": "succeeds", "reason": "後の計画", **TRACE}
    write(linked, "strategies", PLAN, PLAN | {"strategy_id": "later"})
    one = succeeds | {"from_id": "plan", "to_id": "later"}
    write(linked, "links", one, one | {"from_id": "later", "to_id": "plan"})
    write(linked, "grants", GRANT, NEXT_GRANT | {"successor": "前の交付金"})
    assert problems(linked) == [
        ["links.csv", 2, "to_id", "a circle (plan → later → plan)"],
        ["links.csv", 3, "to_id", "a circle (later → plan → later)"],
        ["grants.csv", 2, "successor", "a circle (前の交付金 → 次の交付金 → 前の交付金)"],
        ["grants.csv", 3, "successor", "a circle (次の交付金 → 前の交付金 → 次の交付金)"],
    ]


def test_a_grant_that_ends_before_it_begins_is_refused(linked):
    write(linked, "grants", NEXT_GRANT | {"first_year": 2025, "last_year": 2020})
    assert problems(linked) == [["grants.csv", 2, "last_year", "2020, below first_year 2025"]]


def test_a_quantity_is_never_silently_empty(linked):
    write(linked, "instruments", TERM | {"quantity": "", "quantity_status": ""})
    [problem] = check(linked).to_dict("records")
    assert (problem["column"], problem["severity"]) == ("quantity", "error")
    assert "quantity_status the reason why" in problem["expected"]
    write(linked, "instruments", TERM | {"quantity": "", "quantity_status": "not_in_source"})
    assert problems(linked) == []


def test_tables_without_links_or_grants_need_no_file(linked):
    for name in ("strategies", "strategy_items", "links", "grants"):
        (linked / f"{name}.csv").unlink()
    assert problems(linked) == []


def test_a_link_into_a_table_that_cannot_be_read_is_not_blamed(linked):
    (linked / "strategy_items.csv").write_text("", encoding="utf-8")
    assert [p[0] for p in problems(linked)] == ["strategy_items.csv"]


def test_all_kinds_of_a_link_and_an_item_are_listed_when_one_is_unknown(linked):
    write(linked, "links", LINK | {"kind": "likes"})
    [problem] = check(linked).to_dict("records")
    assert problem["expected"] == "one of same, part_of, serves, succeeds"
    write(linked, "links", pd.Series(LINK).to_dict())


def test_a_program_that_programs_does_not_have_is_reported(full):
    write(full, "kpis", CONSULTATIONS, CONSULTATIONS | {"program_id": "job_fairs"})
    assert_problems(
        full,
        (
            "kpis.csv",
            3,
            "program_id",
            "government_code '082201' program_id 'job_fairs'",
            "a row of programs.csv",
            "error",
        ),
    )


def test_a_program_of_another_government_is_not_the_same_program(full):
    write(full, "observations", OBSERVATION | {"government_code": "032018"})
    assert_problems(
        full,
        (
            "observations.csv",
            2,
            "program_id",
            "government_code '032018' program_id 'job_fair'",
            "a row of programs.csv",
            "error",
        ),
    )


def test_a_source_that_sources_does_not_have_is_reported(full):
    write(full, "budgets", BUDGET | {"source_id": "tsukuba_2019"})
    assert_problems(
        full,
        ("budgets.csv", 2, "source_id", "'tsukuba_2019'", "a row of sources.csv", "error"),
    )


def test_a_judged_kpi_that_kpis_does_not_have_is_reported(full):
    write(full, "ratings", RATING | {"kpi_id": "visitors"})
    assert_problems(
        full, ("ratings.csv", 2, "kpi_id", "kpi_id 'visitors'", "a row of kpis.csv", "error")
    )


def test_a_judgement_of_a_whole_program_needs_no_kpi(full):
    write(full, "ratings", RATING | {"kpi_id": ""})
    assert_problems(full)


def test_an_unknown_program_of_a_judgement_is_reported_once_and_not_again_for_its_kpi(full):
    write(full, "ratings", RATING | {"program_id": "job_fairs"})
    assert_problems(
        full,
        (
            "ratings.csv",
            2,
            "program_id",
            "program_id 'job_fairs'",
            "a row of programs.csv",
            "error",
        ),
    )


def test_a_repeated_kpi_names_one_that_is_there_and_not_itself(folder):
    other = CONSULTATIONS | {"kpi_id": "again", "same_as": "job_fair/consultations"}
    write(folder, "kpis", CONSULTATIONS, other)
    assert found(folder) == []
    for named in ("job_fair/consultation", "job_fair/again"):
        write(folder, "kpis", CONSULTATIONS, other | {"same_as": named})
        assert found(folder) == [["unknown_kpi", 3, "same_as"]]
        assert check(folder)["severity"].tolist() == ["error"]


@pytest.mark.parametrize(
    ("supersedes", "kind"),
    [
        (("", "tsukuba_2018"), None),
        (("", "tsukuba_2017"), "unknown_name"),
        (("", "tsukuba_2018 tsukuba_2017"), "unknown_name"),
        (("tsukuba_2019", "tsukuba_2018"), "circle"),
        (("", "tsukuba_2019"), "circle"),
    ],
)
def test_an_edition_supersedes_one_that_is_there_and_never_itself(folder, supersedes, kind):
    first, second = supersedes
    write(folder, "sources", SOURCE | {"supersedes": first}, NEXT | {"supersedes": second})
    problems = found(folder)
    assert [p[0] for p in problems] == ([kind] * (2 if first else 1) if kind else [])
    assert all(column == "supersedes" for _, _, column in problems)


REASON = {"table": "kpis", "column": "kpi_kind", "key": "*", "reason": "数えるものから"}


KEY = "082201/job_fair/consultations/2018/tsukuba_2018"


@pytest.mark.parametrize(
    ("cells", "kind", "column"),
    [
        ({}, None, None),
        ({"key": KEY}, None, None),
        ({"key": "*/tsukuba_2018"}, None, None),
        ({"key": "*/tsukuba_2017"}, "unknown_row", "key"),
        ({"key": "082201/job_fair/consultations/2019/tsukuba_2018"}, "unknown_row", "key"),
        ({"column": "kpi_kinds"}, "unknown_name", "column"),
        ({"column": "direction"}, "reason_unused", "column"),
        ({"table": "kpi"}, "bad_cell", "table"),
        ({"table": "budgets", "column": "amount_yen"}, "reason_unused", "column"),
    ],
)
def test_a_reason_is_about_a_column_and_a_row_that_are_there(folder, cells, kind, column):
    write(folder, "kpis", CONSULTATIONS | {"inferred": "kpi_kind"})
    write(folder, "reasons", REASON | cells)
    problems = [p for p in found(folder) if p[0] != "reason_unused" or kind == "reason_unused"]
    assert problems == ([[kind, 2, column]] if kind else [])


def test_a_key_leaves_empty_cells_out(folder):
    whole = RATING | {"kpi_id": "", "inferred": "grade"}
    write(folder, "ratings", whole)
    key = "082201/job_fair/2018/tsukuba_2018"
    write(folder, "reasons", {"table": "ratings", "column": "grade", "key": key, "reason": "?"})
    assert found(folder) == []


def test_axes_of_a_rating_stand_alone_but_for_their_program(folder):
    axis = {**PROGRAM, "kpi_id": "", "fiscal_year": 2018, "axis": "必要性", "level": "高", **TRACE}
    write(folder, "rating_axes", axis)
    assert found(folder) == []
    write(folder, "rating_axes", axis | {"program_id": "fair"})
    assert found(folder) == [["unknown_program", 2, "program_id"]]
