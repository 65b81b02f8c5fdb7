"""What the commands about reports say, and their exit codes."""

import json

import pytest
from entered import make_up
from running import ONE


@pytest.mark.usefixtures("whole_project")
def test_list_shows_what_can_be_run(run, write_notebook):
    write_notebook("mine", parameters='data: str = "data"\nfiscal_year: int = 2018')
    lines = run("list").output.splitlines()
    assert lines[0] == "notebook mine\tnotebooks/mine.ipynb\tdata, fiscal_year"
    assert "2018\t082201\tつくば市\tjob_fair\t合同就職面接会\t—" in lines
    assert "2020\t080004\t茨城県\tesports\tいばらきｅスポーツ産業創造プロジェクト事業\t—" in lines
    assert len(lines) == 1 + 113  # years told of beside the evaluated one are no years of their own


def test_the_list_goes_on_where_a_notebook_is_none_and_tells_all_of_them(run, write_notebook):
    for name in ("bare", "empty"):
        write_notebook(name, parameters=None)
    write_notebook("good")
    listed = run("list")
    assert listed.exit_code == 1
    assert "notebook good\tnotebooks/good.ipynb" in listed.output
    assert all(f"{name}.ipynb: no cells tagged" in listed.output for name in ("bare", "empty"))


@pytest.mark.process
def test_a_parameter_that_is_not_name_equals_value_is_refused(run, write_notebook):
    write_notebook("mine")
    result = run("run", "-p", "threshold")
    assert result.exit_code == 2
    assert "NAME=VALUE" in result.output


@pytest.fixture
def made(project, write_notebook, enter):
    """A project whose reports are up to date."""
    make_up(project / "outputs", write_notebook, enter)
    return project


def test_a_plan_as_json_says_the_same_whether_it_is_known_or_not_and_in_every_language(made, run):
    fresh = run("plan", "--json")
    assert run("run").exit_code == 0  # which notes that there is nothing to do
    (made / "outputs/.sosei/unchanged").read_bytes()
    known = run("plan", "--json", locale="ja_JP.UTF-8")
    assert json.loads(known.stdout) == json.loads(fresh.stdout)
    first = json.loads(known.stdout)[0]
    assert list(first) == ["report", "action", "why", "parameters"]
    assert (first["action"], first["why"]) == ("keep", "up to date")
    assert first["parameters"]["data"] == "data"


def test_only_by_exit_code_a_plan_tells_that_there_is_something_to_do(made, run):
    assert run("plan", "--exit-code").exit_code == 0
    (made / "outputs/nation/nation.html").unlink()
    assert run("plan").exit_code == 0
    planned = run("plan", "--exit-code", "--json", locale="ja_JP.UTF-8")
    assert planned.exit_code == 3
    due = [step for step in json.loads(planned.stdout) if step["action"] != "keep"]
    assert [step["why"] for step in due] == ["output missing: nation.html"]


def test_what_is_up_to_date_is_a_run_as_json(made, run):
    document = json.loads(run("run", "--json").stdout)
    assert (document["made"], document["failed"], document["up_to_date"]) == (0, [], 11)


def test_a_run_as_json_prints_one_document_and_tells_the_rest_elsewhere(sosei, write_notebook):
    write_notebook("good", "1")
    write_notebook("bad", "raise ValueError('違う')")
    ran = sosei("run", "--json", *ONE)
    assert ran.returncode == 1
    assert "good" in ran.stderr
    document = json.loads(ran.stdout)
    assert document["reports"] == document["made"] + len(document["failed"])
    assert {one["error"] for one in document["failed"]} == {"ValueError: 違う"}
    assert {one["cell"] for one in document["failed"]} == {2}


def test_the_names_of_notebooks_are_completed(write_notebook, run, monkeypatch):
    write_notebook("own")
    write_notebook("other")
    write_notebook("program")
    monkeypatch.setenv("COMP_WORDS", "sosei run --notebook o")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("_SOSEI_COMPLETE", "complete_bash")
    assert run(prog_name="sosei").output.split() == ["other", "own"]
