"""What is known without a plan: nothing but what a plan would find, whatever has changed."""

import importlib
import shutil
import subprocess
import sys
from datetime import date

import pytest
from entered import NATION, edit, make_up
from running import GOOD, ONE
from typer.testing import CliRunner

from analysis.batch import ledger, unchanged, versions
from analysis.batch.unchanged import Unchanged
from analysis.batch.versions import hash_variables
from analysis.cli import app
from analysis.dataset import folder
from analysis.engine.follow import hash_path
from analysis.environment import PACKAGE, UNCHANGED

NOTHING = "0 to run, 0 to export again, 11 up to date"


@pytest.fixture
def outputs(project, write_notebook, enter, monkeypatch):
    """Reports that are up to date; one was made from things of every kind."""
    output = project / "outputs"
    for name in ("instruments", "observations"):  # a note each
        (project / f"data/{name}.csv").unlink()
    make_up(output, write_notebook, enter)
    monkeypatch.setenv("TOWN", "つくば")
    for name in ("extra.csv", "helper.py", "more/one.csv"):
        put(project / name, "1")
    (nation,) = [e for e in ledger.latest(output) if e["report"] == "nation/nation"]
    made_from = nation["made_from"]
    names = ("extra.csv", "helper.py", "more", "notes.txt")
    made_from["files"] = {name: hash_path(project / name) for name in names}
    made_from["variables"] = hash_variables(["TOWN"])
    made_from["reads"].append({"data": "data2026"})
    made_from["missing"] = ["data2026"]
    ledger.append(output, nation)
    return output


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def look(outputs, monkeypatch):
    """Call a command: its exit code and what it said, and whether it knew that without a plan."""
    recalled, recall = [], Unchanged.recall
    monkeypatch.setattr(
        Unchanged, "recall", lambda self: recalled.append(recall(self)) or recalled[-1]
    )

    def look(*arguments):
        recalled.clear()
        folder._kept.clear()  # as in a new process
        done = CliRunner(env={"LC_ALL": "C", "SOSEI_LANGUAGE": None}).invoke(app, list(arguments))
        return (done.exit_code, done.stdout, done.stderr), any(recalled)

    return look


@pytest.fixture
def compare(look, outputs):
    """What `plan` says, which must be what it says with nothing noted, and if it was known."""

    def compare(*arguments):
        said, known = look("plan", *arguments)
        noted = (outputs / UNCHANGED).read_bytes()
        (outputs / UNCHANGED).unlink()
        assert look("plan", *arguments) == (said, False)
        (outputs / UNCHANGED).write_bytes(noted)
        return said[1] + said[2], known

    return compare


def test_what_is_up_to_date_is_known_and_said_as_by_a_plan(look, compare, outputs):
    first = look("run")
    assert first == (
        (0, "0 of 0 reports made, 11 up to date: outputs/index.html\n", first[0][2]),
        False,
    )
    assert "sosei check data lists them" in first[0][2]
    before = {path: path.stat().st_mtime_ns for path in outputs.rglob("*") if path.is_file()}
    assert look("run") == (first[0], True)
    after = {path: path.stat().st_mtime_ns for path in outputs.rglob("*") if path.is_file()}
    assert [path.name for path in before if before[path] != after.get(path)] == ["lock"]
    assert before.keys() == after.keys()
    said, known = compare()
    assert known
    assert NOTHING in said


CHANGES = {  # what is done -> what the plan says then
    "a row": (lambda p: edit(p / "data/kpis.csv", ",148,", ",149,"), "kpis.csv, 1 row"),
    "an empty line": (lambda p: edit(p / "data/kpis.csv", "\n", "\n\n"), NOTHING),
    "a rubric": (
        lambda p: edit(p / "data/rubrics/tsukuba.toml", "\n", "\n\n"),
        "data changed: rubrics/tsukuba.toml",
    ),
    "a new rubric": (lambda p: put(p / "data/rubrics/new.toml", ""), "new.toml"),
    "a notebook": (lambda p: edit(p / "notebooks/nation.ipynb", "{", "{ "), "notebook changed"),
    "an opened file": (lambda p: put(p / "extra.csv", "2"), "file changed: extra.csv"),
    "a module": (lambda p: put(p / "helper.py", "2"), "file changed: helper.py"),
    "a listed folder": (lambda p: put(p / "more/two.csv", ""), "file changed: more"),
    "a file that was not there": (lambda p: put(p / "notes.txt", ""), "file changed: notes.txt"),
    "a folder that was not there": (
        lambda p: (p / "data2026").symlink_to(p / "data"),
        "data changed: data2026 is there now",
    ),
    "a file that is no table": (lambda p: put(p / "data/notes.txt", "x"), NOTHING),
    "a table of Excel": (lambda p: put(p / "data/kpis.xlsx", ""), "1 doubt, 2 notes"),
    "another table": (lambda p: put(p / "data/mine.csv", ""), "1 doubt, 2 notes"),
    "a rubric that is a folder": (lambda p: (p / "data/rubrics/a.toml").mkdir(), "a.toml"),
    "a page": (lambda p: put(p / "outputs/nation/nation.html", ""), "output changed: nation.html"),
    "no page": (
        lambda p: (p / "outputs/nation/nation.html").unlink(),
        "output missing: nation.html",
    ),
    "no index": (lambda p: (p / "outputs/index.html").unlink(), NOTHING),
    "a piece of the index": (lambda p: put(p / "outputs/index_files/082201.html", ""), NOTHING),
    "other results": (lambda p: put(p / "outputs/results/kpis.csv", ""), NOTHING),
    "a line torn": (lambda p: write_after(p / "outputs/ledger.jsonl", '{"report"'), "1 line pass"),
    "a line damaged": (lambda p: edit(p / "outputs/ledger.jsonl", "job_fair", "job_fail"), "new"),
    "a line gone": (lambda p: drop_last_report(p / "outputs/ledger.jsonl"), "nation"),
    "a place of its own": (lambda p: put(p / "outputs/.sosei/unchanged", "x"), NOTHING),
    "a note torn": (lambda p: cut(p / "outputs/.sosei/unchanged"), NOTHING),
    "a note of another": (lambda p: put(p / "outputs/.sosei/unchanged", "{}"), NOTHING),
}


def write_after(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def cut(path):
    path.write_bytes(path.read_bytes()[:-9])


def drop_last_report(path):
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-2] + lines[-1:]))


@pytest.mark.slow  # it makes a plan for each thing that may change
def test_whatever_changes_a_plan_is_made_and_what_it_says_is_said(look, compare, project):
    look("run")
    kept = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    for name, (change, told) in CHANGES.items():
        if not look("plan")[1]:  # a file that was away may be listed in another place
            look("run")
        assert look("plan")[1], f"before {name}"
        change(project)
        said, known = compare()
        assert told in said, name
        assert not known, name
        restore(project, kept)


def restore(project, kept):
    for path in list(project.rglob("*")):
        if path.is_symlink() or (path.is_file() and path not in kept):
            path.unlink()
        elif path.suffix == ".toml" and path.is_dir():
            path.rmdir()
    for path, content in kept.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


@pytest.mark.slow  # it makes two plans for each request
def test_a_note_is_used_for_the_very_same_request_only(look, compare, project, write_notebook):
    put(project / "params.csv", "program\njob_fair\n")
    given = ("--params", "params.csv", "--notebook", "program")
    look("run", "--government", "082201", "--notebook", "program")
    assert compare("--government", "082201", "--notebook", "program")[1]
    assert not compare()[1]
    look("run")
    for asked, told in {
        (): NOTHING,
        ("--show-code",): "page changed",
        ("--force",): "forced",
        ("-p", "threshold=0.9"): "parameters changed",
        ("--cwd", "data"): "working folder changed",
        ("--government", "082201"): "8 up to date",
        ("--fiscal-year", "2013"): "2 up to date",
        ("--program", "job_fair"): "1 up to date",
        ("--notebook", "nation"): "1 up to date",
        given: "1 up to date",
    }.items():
        said, known = compare(*asked)
        assert told in said, asked
        assert known == (not asked), asked
    look("run", *given)
    assert compare(*given)[1]
    put(project / "params.csv", "program\nlifestyle_seminar\n")
    assert "lifestyle_seminar" in compare(*given)[0]
    write_notebook("second", parameters=NATION)
    assert "new" in compare()[0]
    assert "999999: not in the data" in compare("--government", "999999")[0]


@pytest.mark.slow
def test_another_environment_day_or_library_makes_a_plan(look, compare, monkeypatch):
    look("run")
    with monkeypatch.context() as patch:
        patch.setenv("TOWN", "盛岡")
        assert "environment variable changed: TOWN" in compare()[0]
    with monkeypatch.context() as patch:
        find_version = versions.metadata.version
        versions._find_version.cache_clear()
        patch.setattr(
            versions.metadata, "version", lambda n: "9.9" if n == "plotly" else find_version(n)
        )
        assert "environment changed: plotly" in compare()[0]
        versions._find_version.cache_clear()
    assert compare()[1]
    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "date", Tomorrow)
        assert not compare()[1]


class Tomorrow(date):
    """A day on which a doubt about the data may be another."""

    @classmethod
    def today(cls):
        return date(2100, 4, 1)


def test_what_a_plan_says_beside_the_reports_is_said_each_time(look, compare, outputs, project):
    write_after(outputs / ledger.NAME, '{"report"')
    look("run")
    put(project / "notebooks/analysis.py", "")
    for name, said in (("run", look("run")), ("plan", look("plan"))):
        assert said[1], name
        data, in_the_way, passed_over = said[0][2].splitlines()
        assert data == "data: 0 errors, 0 doubts, 2 notes; sosei check data lists them"
        assert in_the_way.startswith("notebooks/analysis.py is in the way")
        assert passed_over.startswith("outputs/ledger.jsonl: 1 line passed over (line 13)")
    assert compare()[1]


def test_a_failed_report_and_one_that_left_the_data(look, compare, outputs, enter):
    enter(outputs, "2001/082201/gone/program", parameters={"data": "data"})
    look("run")
    said, known = compare()
    assert known
    assert "gone" not in said
    failure = {"cell": 1, "error": "KeyError: 'x'", "source": "x"}
    enter(outputs, "nation/nation", status="failed", failure=failure)
    said, known = compare()
    assert "failed last time" in said
    assert not known


@pytest.mark.slow
@pytest.mark.parametrize("name", ["data/kpis.csv", "notebooks/nation.ipynb"])
def test_nothing_is_noted_where_a_plan_saw_what_was_not_there_when_it_began(
    look, outputs, project, monkeypatch, name
):
    before = (project / name).read_bytes()
    load_all = importlib.import_module("analysis.dataset.load").load

    def load_later(data):
        (project / name).write_bytes(before)
        return load_all(data)

    (project / name).write_bytes(before + b"\n")
    with monkeypatch.context() as patch:
        patch.setattr("analysis.dataset.load.load", load_later)
        assert "11 up to date" in look("run")[0][1]
    assert not (outputs / UNCHANGED).exists()
    look("run")
    assert (outputs / UNCHANGED).exists()


@pytest.mark.process
def test_reports_that_were_made_well_are_known_at_once(sosei, project, write_notebook):
    write_notebook("good", GOOD)
    assert "1 of 1 reports made" in sosei("run", *ONE).stdout
    noted = (project / "outputs" / UNCHANGED).read_bytes()
    assert "0 of 0 reports made, 1 up to date" in sosei("run", *ONE).stdout
    assert (project / "outputs" / UNCHANGED).read_bytes() == noted
    write_notebook("bad", "1 / 0")
    assert "1 failed" in sosei("run", *ONE).stderr
    assert (project / "outputs" / UNCHANGED).read_bytes() == noted
    assert "failed last time" in sosei("plan", *ONE).stdout


WATCHED = """
import sys
from analysis.cli import app
app(sys.argv[1:], standalone_mode=False)
print(*sorted({"analysis.batch.plan", "jinja2", "nbformat", "pandas"} & {*sys.modules}))
"""


@pytest.mark.process
@pytest.mark.slow  # a package that is compiled anew, in seven processes
def test_nothing_heavy_is_imported_and_all_of_the_package_counts(outputs, project, monkeypatch):
    copy = project / "src/analysis"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("PYTHONPATH", str(copy.parent))

    def watch(command):
        done = subprocess.run(
            [sys.executable, "-P", "-c", WATCHED, command],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout.splitlines()[-2:]

    ran = watch("run")
    assert ran[0] == "0 of 0 reports made, 11 up to date: outputs/index.html"
    assert "pandas" in ran[1]
    assert watch("plan") == [NOTHING, ""]
    assert watch("run") == [ran[0], ""]
    write_after(copy / "batch/messages.py", "\n")  # of no report, and yet of what is said
    assert watch("plan")[1]
    assert watch("run") == ran
    assert watch("plan") == [NOTHING, ""]
    write_after(copy / "measures/achievement.py", "\n")
    assert watch("plan")[0] == "11 to run, 0 to export again, 0 up to date"


def test_what_sosei_toml_says_is_part_of_what_was_asked_for(look, outputs):
    file = outputs.parent / "sosei.toml"
    file.write_text('data = "./data"\n')
    assert look("run")[0][0] == 0
    assert look("plan")[1]  # as the command line would say it: so no other plan
    file.unlink()
    assert look("plan")[1]
    for text in ("fiscal_year = 2018\n", "[plan]\nsvg = true\n"):
        file.write_text(text)
        assert not look("plan")[1]
