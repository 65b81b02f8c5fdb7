"""Rows that name what is not there: terms, items of plans, links and grants."""

import pandas as pd
import pytest
from test_check import JOB_FAIR, SOURCE, TRACE, write

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


def test_a_quantity_is_never_silently_empty(folder):
    write(folder, "instruments", TERM | {"quantity": "", "quantity_status": ""})
    [problem] = check(folder).to_dict("records")
    assert (problem["column"], problem["severity"]) == ("quantity", "error")
    assert "quantity_status the reason why" in problem["expected"]
    write(folder, "instruments", TERM | {"quantity": "", "quantity_status": "not_in_source"})
    assert problems(folder) == []


def test_tables_without_links_or_grants_need_no_file(folder):
    for name in ("instruments", "strategies", "strategy_items", "links", "grants"):
        (folder / f"{name}.csv").unlink()
    assert problems(folder) == []


def test_a_link_into_a_table_that_cannot_be_read_is_not_blamed(folder):
    (folder / "strategy_items.csv").write_text("", encoding="utf-8")
    assert [p[0] for p in problems(folder)] == ["strategy_items.csv"]


def test_all_kinds_of_a_link_and_an_item_are_listed_when_one_is_unknown(folder):
    write(folder, "links", LINK | {"kind": "likes"})
    [problem] = check(folder).to_dict("records")
    assert problem["expected"] == "one of same, serves, succeeds"
    write(folder, "links", pd.Series(LINK).to_dict())
