"""What `sosei list` tells: what can be run, and what has a report."""

import json

import pytest


@pytest.fixture
def lines(run, write_notebook, project):
    """What it says of programs, each line as its fields."""
    write_notebook("mine", parameters='data: str = "data"\nfiscal_year: int = 2018')

    def lines():
        first, *others = run("list").stdout.splitlines()
        assert first == "notebook mine\tnotebooks/mine.ipynb\tdata, fiscal_year"
        return [line.split("\t") for line in others]

    return lines


def test_programs_stand_by_government_then_the_latest_year_then_program(lines):
    listed = [(code, -int(year), program) for year, code, _, program, *_ in lines()]
    assert len({code for code, *_ in listed}) == 2
    assert listed == sorted(listed)


FAIR = {"data": "data", "government": "082201", "fiscal_year": 2018, "program": "job_fair"}


def test_the_day_of_the_last_report_stands_at_the_end_of_a_program(lines, project, enter, run):
    output = project / "outputs"
    output.mkdir()
    enter(output, "a", parameters=FAIR, finished="2026-11-20T03:00:00+00:00")
    enter(output, "b", parameters=FAIR, finished="2026-11-21T03:00:00+00:00")
    failure = {"cell": 1, "error": "ValueError: x", "source": ""}
    enter(output, "a", parameters=FAIR, status="failed", failure=failure)
    enter(output, "c", parameters=FAIR | {"fiscal_year": 2017})
    days = {(year, program): day for year, _, _, program, _, day in lines()}
    assert days.pop(("2018", "job_fair")) == "2026-11-21"
    assert {*days.values()} == {"—"}
    programs = json.loads(run("list", "--json").stdout)["programs"]
    made = {program["program_id"]: program["made"] for program in programs if program["made"]}
    assert made == {"job_fair": "2026-11-21T03:00:00+00:00"}


def test_as_json_it_is_one_document(run, write_notebook):
    write_notebook("mine", parameters='data: str = "data"\nfiscal_year: int = 2018')
    write_notebook("bare", parameters=None)
    listed = run("list", "--json", locale="ja_JP.UTF-8")
    document = json.loads(listed.stdout)
    assert listed.exit_code == 1
    assert "bare.ipynb: no cells tagged" in listed.stderr
    path = "notebooks/mine.ipynb"
    assert document["notebooks"] == [
        {"name": "mine", "path": path, "parameters": ["data", "fiscal_year"]}
    ]
    assert {
        "fiscal_year": 2018,
        "government_code": "082201",
        "government": "つくば市",
        "program_id": "job_fair",
        "program": "合同就職面接会",
        "made": None,
    } in document["programs"]
