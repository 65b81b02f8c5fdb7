"""Whose an output folder is: what no run made stays, other data stay out, a removed one is told."""

import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from test_faults import GOOD, ONE, wait_until

from analysis import environment
from analysis.batch import ledger
from analysis.batch.outputs import find_output, hold, open_work
from analysis.errors import DataError
from analysis.page.export.clean import clean_text


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


WRONG = [
    "1",
    "null",
    '"report"',
    '{"report": 1}',
    "[" * 100_000,
    "9" * 5_000,
    '{"site": "\\ud800"}',
]


def test_a_line_of_the_ledger_that_is_no_entry_is_passed_over_and_said(
    sosei, project, enter, write_notebook
):
    outputs = project / "outputs"
    with hold(outputs, "data"):
        enter(outputs, "a/a")
        enter(outputs, "b/b")
    path = outputs / ledger.NAME
    whole = path.read_bytes()
    lacking = whole.replace(b'"rubrics": {}, ', b"").rpartition(b', "crc32"')[0] + b"}"
    flipped = whole.splitlines()[0].replace(b'"seconds": 0.1', b'"seconds": 0.3')
    wrong = [*(line.encode() for line in WRONG), b"\xff\xfe", lacking, flipped, whole[:70]]
    path.write_bytes(whole + b"\n".join(wrong))
    passed_over = []
    known = ledger.latest(outputs, passed_over)
    assert [entry["report"] for entry in known] == ["a/a", "b/b"]
    assert passed_over == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    assert ledger.last(outputs) == {}
    write_notebook("good", GOOD)
    planned = sosei("plan", *ONE)
    assert planned.returncode == 0
    assert "ledger.jsonl: 12 lines passed over (the first is line 3)" in planned.stderr
    assert len(planned.stderr.splitlines()) == 1


def test_a_run_whose_folder_was_removed_says_so_and_spares_the_next_one(
    sosei, start, project, write_notebook, gate
):
    gate.close()
    write_notebook("good", GOOD)
    write_notebook("held", gate.cell)
    first = start("run", *ONE)
    wait_until(lambda: gate.count() == 1)
    shutil.rmtree(project / "outputs")
    assert sosei("run", *ONE, "--notebook", "good").returncode == 0
    before = tree(project / "outputs")
    gate.open()
    _, err = first.communicate()
    assert first.returncode == 1
    assert "outputs: this folder was removed or replaced while the run was writing" in err
    assert "Traceback" not in err
    assert tree(project / "outputs") == before


LEAVES = """
import os, pathlib
beside = pathlib.Path(os.environ["SOSEI_REPORT"]).parent
(beside / "leak.html").symlink_to("/etc/passwd")
os.mkfifo(beside / "pipe")
""".strip()
RAISES = """
import os, pandas, sys
paths = [pandas.__file__, sys.executable, os.path.abspath("data/kpis.csv"), os.path.expanduser("~")]
raise ValueError("\\x1b[31m赤い" + " ".join(paths))
""".strip()


@pytest.mark.skipif(not hasattr(ledger.os, "mkfifo"), reason="no pipes with a name here")
def test_what_a_notebook_leaves_and_says_is_harmless_in_folder_index_and_terminal(
    sosei, project, write_notebook
):
    write_notebook("a#b 報告", LEAVES)
    write_notebook("raises", RAISES)
    ran = sosei("run", *ONE, "--workers", "1")
    folder = project / "outputs/2018/082201"
    assert {path.name for path in folder.iterdir() if "a#b" not in path.name} == {
        "raises.failed.ipynb"
    }
    left = "leak.html is a link or another special file, and was left out"
    error = "ValueError: 赤いpandas/__init__.py python notebooks/data/kpis.csv ~"
    index = (project / "outputs/index.html").read_text(encoding="utf-8")
    entries = {entry["report"]: entry for entry in ledger.latest(project / "outputs")}
    assert entries["2018/082201/raises"]["failure"]["error"] == error
    assert f"warning: 2018/082201/a#b 報告: {left}" in ran.stderr
    assert error in ran.stderr
    assert all(text in index for text in (left, error, "注意2件"))
    href = next(part for part in index.split('"') if part.startswith("2018/"))
    assert not {"#", "?"} & set(href)
    assert (project / "outputs" / unquote(href)).is_file()
    assert all("\x1b" not in text and str(project) not in text for text in (index, ran.stderr))


def test_text_is_shown_without_escapes_and_paths_of_the_machine_and_cut(project):
    kernel = "/tmp/sosei-ab12cd34/kernel.json"
    work = f"{open_work(project / 'outputs')}/2018/own/0a1b2c3d/figures/own_x.png"
    said = f"\x1b[1;31mno\x1b[0m \x1b]8;;http://x\x07{project}/data/kpis.csv: {work} {kernel}\r\n"
    assert clean_text(said) == "no data/kpis.csv: figures/own_x.png kernel.json\n"
    assert clean_text(f"in {project}") == "in ."
    assert clean_text(f"{project}-old/x") == f"{project}-old/x"
    assert clean_text("長" * 3_000, 100) == "長" * 99 + "…"
