"""Whose an output folder is: what no run made stays, other data stay out, a removed one is told."""

import shutil
from pathlib import Path

import pytest
from running import GOOD, ONE, wait_until

from analysis import environment
from analysis.batch import ledger
from analysis.batch.outputs import find_output, hold
from analysis.errors import DataError


def tree(folder):
    return {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}


@pytest.mark.parametrize("name", [".work/thesis.txt", "index.html", ".sosei/mine", "2018/x.html"])
def test_a_folder_that_no_run_made_is_refused_and_stays_as_it_is(project, name):
    own = project / "mine" / name
    own.parent.mkdir(parents=True)
    own.write_text("x")
    before = tree(project)
    held = hold(project / "mine", "data")
    with pytest.raises(DataError, match="mine: this folder is not empty, and not of rep"), held:
        pass
    assert tree(project) == before


def test_plan_and_run_refuse_a_wrong_place_before_they_load_anything(
    sosei, project, write_notebook
):
    write_notebook("own")
    for name in ("kpis.csv", "budgets.csv"):
        (project / "data" / name).write_text("x")
    for command in ("plan", "run", "verify"):
        refused = sosei(command, "--output", "notebooks/..")
        assert refused.returncode == 1
        assert "this folder is not empty, and not of reports: it holds data" in refused.stderr
        assert len(refused.stderr.splitlines()) == 1


def test_an_output_folder_belongs_to_one_data_folder_also_after_both_were_moved(
    project, tmp_path, monkeypatch
):
    shutil.copytree("data", "other")
    shutil.copytree("data", "elsewhere/data")
    (project / "outputs/explore/figures").mkdir(parents=True)  # of a notebook in JupyterLab
    outputs, nested = find_output("other"), find_output("other/../data/")
    assert (outputs.as_posix(), nested.as_posix()) == ("outputs/other", "outputs")
    for data in ("other", "data"):  # outputs/other does not make outputs/ look like somebody's
        with hold(find_output(data), data):
            pass
    for data in ("other", "elsewhere/data"):
        with pytest.raises(DataError, match=f"^outputs: the reports here were .* not from {data}"):
            find_output(data, Path("outputs") if data == "other" else None)
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("data", "other", "outputs"):
        (project / name).rename(moved / name)
    monkeypatch.chdir(moved)
    with hold(find_output("data"), "data"), hold(find_output("other"), "other"):
        pass


def test_the_folder_of_the_version_before_is_taken_over_by_its_data_only(project, enter):
    shutil.copytree("data", "other")
    outputs = project / "outputs"
    outputs.mkdir()
    (outputs / ".lock").write_text("process 1 on here since then\n")
    (outputs / "index.html").write_text("x")
    enter(outputs, "own/own", parameters={"data": "data"}, files={"own.html": "0123456789ab"})
    with pytest.raises(DataError, match="made from data, not from other"):
        find_output("other", outputs)
    with hold(find_output("data"), "data"):
        pass
    assert (outputs / environment.MARK).read_text() == "../data\n"
    assert [entry["report"] for entry in ledger.latest(outputs)] == ["own/own"]


def test_an_output_folder_that_cannot_be_is_a_message(project, tmp_path):
    (tmp_path / "taken").write_text("x")
    with (
        pytest.raises(DataError, match=r"taken: reports cannot be written there: it is no folder"),
        hold(tmp_path / "taken", "data"),
    ):
        pass


@pytest.mark.slow
def test_a_run_whose_folder_was_removed_says_so_and_spares_the_next_one(
    sosei, start, project, write_notebook, gate
):
    gate.close()
    write_notebook("good", GOOD)
    write_notebook("held", gate.cell)
    first = start("run", *ONE)
    wait_until(lambda: gate.count() == 1)
    (project / "outputs").rename(project / "elsewhere")  # at once, whatever is being written
    assert sosei("run", *ONE, "--notebook", "good").returncode == 0
    before = tree(project / "outputs")
    gate.open()
    _, err = first.communicate()
    assert first.returncode == 1
    assert "outputs: this folder was removed or replaced while the run was writing" in err
    assert "Traceback" not in err
    assert tree(project / "outputs") == before


@pytest.mark.slow
def test_a_second_run_on_the_same_outputs_is_refused_with_who_holds_it(
    sosei, start, project, write_notebook, gate
):
    gate.close()
    write_notebook("slow", gate.cell)
    write_notebook("good", GOOD)
    first = start("run", *ONE, "--notebook", "slow")
    wait_until(lambda: (project / "outputs" / environment.LOCK).exists())
    wait_until(lambda: "process" in (project / "outputs" / environment.LOCK).read_text())
    second = sosei("run", *ONE)
    assert second.returncode == 1
    assert f"another run is writing here (process {first.pid} on " in second.stderr
    elsewhere = ("--notebook", "good", "--output", "elsewhere")
    assert sosei("run", *ONE, *elsewhere).returncode == 0
    gate.open()
    first.communicate()
    assert first.returncode == 0
