"""Rows that name what is not there: terms, items of plans, links and grants."""

import pandas as pd
import pytest
from test_check import JOB_FAIR, SOURCE, TRACE, write, write_headers

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
def folder(tmp_path):
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


def problems(folder):
    columns = ["file", "row", "column", "found"]
    return check(folder)[columns].astype("object").to_numpy().tolist()


def test_rows_that_name_what_is_there_have_no_problem(folder):
    assert problems(folder) == []


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
def test_a_name_nothing_has_is_reported_once_with_its_row(folder, table, row, column, found):
    others = [GRANT] if table == "grants" else []
    write(folder, table, *others, row)
    reported = [p for p in problems(folder) if p[0] == f"{table}.csv"]
    assert reported == [[f"{table}.csv", 2 + len(others), column, found]]


def test_a_term_is_part_of_a_term_with_the_same_what_only(folder):
    write(folder, "instruments", TERM, TERM | {"term": "率", "what": "補助率", "part_of": "融資枠"})
    assert [p[2:] for p in problems(folder)] == [["part_of", "'融資枠'"]]


@pytest.mark.parametrize(
    ("part_of", "other"), [("融資枠", None), ("うち新規", "融資枠")], ids=["itself", "each other"]
)
def test_frames_that_hold_themselves_are_refused(folder, part_of, other):
    rows = [TERM | {"part_of": part_of}]
    rows += [TERM | {"term": "うち新規", "part_of": other}] if other else []
    write(folder, "instruments", *rows)
    found = [p for p in problems(folder) if p[2] == "part_of"]
    assert [row for _, row, *_ in found] == list(range(2, 2 + len(rows)))
    assert all("a circle" in text for *_, text in found)


def test_a_frame_larger_than_the_one_it_is_part_of_is_refused(folder):
    write(
        folder, "instruments", TERM, TERM | {"term": "新規", "quantity": 235, "part_of": "融資枠"}
    )
    [[_, row, column, found]] = problems(folder)
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
def test_a_quantity_that_cannot_be_what_its_unit_says_is_refused(folder, cells, expected):
    write(folder, "instruments", TERM | cells)
    [problem] = check(folder).to_dict("records")
    assert (problem["row"], problem["column"]) == (2, "quantity")
    assert problem["expected"].startswith(expected)


def test_plans_and_grants_that_succeed_themselves_are_refused(folder):
    succeeds = {"kind": "succeeds", "reason": "後の計画", **TRACE}
    write(folder, "strategies", PLAN, PLAN | {"strategy_id": "later"})
    one = succeeds | {"from_id": "plan", "to_id": "later"}
    write(folder, "links", one, one | {"from_id": "later", "to_id": "plan"})
    write(folder, "grants", GRANT, NEXT_GRANT | {"successor": "前の交付金"})
    assert problems(folder) == [
        ["links.csv", 2, "to_id", "a circle (plan → later → plan)"],
        ["links.csv", 3, "to_id", "a circle (later → plan → later)"],
        ["grants.csv", 2, "successor", "a circle (前の交付金 → 次の交付金 → 前の交付金)"],
        ["grants.csv", 3, "successor", "a circle (次の交付金 → 前の交付金 → 次の交付金)"],
    ]


def test_a_grant_that_ends_before_it_begins_is_refused(folder):
    write(folder, "grants", NEXT_GRANT | {"first_year": 2025, "last_year": 2020})
    assert problems(folder) == [["grants.csv", 2, "last_year", "2020, below first_year 2025"]]


def test_a_quantity_is_never_silently_empty(folder):
    write(folder, "instruments", TERM | {"quantity": "", "quantity_status": ""})
    [problem] = check(folder).to_dict("records")
    assert (problem["column"], problem["severity"]) == ("quantity", "error")
    assert "quantity_status the reason why" in problem["expected"]
    write(folder, "instruments", TERM | {"quantity": "", "quantity_status": "not_in_source"})
    assert problems(folder) == []


def test_tables_without_links_or_grants_need_no_file(folder):
    for name in ("strategies", "strategy_items", "links", "grants"):
        (folder / f"{name}.csv").unlink()
    assert problems(folder) == []


def test_a_link_into_a_table_that_cannot_be_read_is_not_blamed(folder):
    (folder / "strategy_items.csv").write_text("", encoding="utf-8")
    assert [p[0] for p in problems(folder)] == ["strategy_items.csv"]


def test_all_kinds_of_a_link_and_an_item_are_listed_when_one_is_unknown(folder):
    write(folder, "links", LINK | {"kind": "likes"})
    [problem] = check(folder).to_dict("records")
    assert problem["expected"] == "one of same, part_of, serves, succeeds"
    write(folder, "links", pd.Series(LINK).to_dict())
