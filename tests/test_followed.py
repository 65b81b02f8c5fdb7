"""What a report was made from: all that its notebook read, as it was when it read it."""

import os
import shutil

import nbformat
import pytest
from test_faults import wait_until

from analysis.batch import ledger

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here")

ONE = ("--government", "082201")
READS_ALL = """
import os, pathlib
import pandas as pd
import my_helper, my_package.inner
extra = pd.read_csv("extra.csv")
kpis = pd.read_csv("../data/kpis.csv")
names = [path.name for path in pathlib.Path("more").iterdir()]
scanned = [entry.name for entry in os.scandir("more")]
try:
    later = open("later.txt").read()
except FileNotFoundError:
    later = ""
_ = pathlib.Path("made.txt").write_text("written by the notebook")
print(my_helper.NAME, my_package.inner.NAME, len(extra), names, os.environ.get("TOWN"), later)
print(pathlib.Path("made.txt").read_text())
""".strip()
WISHES = {"environment": ["TOWN"], "files": ["declared.parquet"]}
IMPORTS = "import pathlib, time, analysis as sosei\nproject = pathlib.Path(PROJECT)"
LOADS = """
dataset = sosei.load("data", government, fiscal_year)
sosei.save_table(dataset.kpis[["kpi_id", "actual"]], name, "表")
""".strip()
WAITS = """
(project / f"waits for {name}").touch()
while not (project / name).exists():
    time.sleep(0.01)
""".strip()


def name_next(name, *cells):
    """Cells in which `name` stands for this."""
    return "\n".join([f"name = {name!r}", *cells])


def wish(path, **wishes):
    """Write into a notebook what it asks of a run."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["sosei"] = wishes
    nbformat.write(notebook, path)


def plan(sosei, *arguments):
    """By report what would be done with it, and why."""
    out = sosei("plan", *ONE, *arguments).stdout.splitlines()[:-1]
    lines = [line.split(None, 1)[1].split("\t") for line in out]
    return {report.rpartition("/")[2]: why for report, why in lines}


def test_all_that_a_notebook_reads_and_imports_makes_its_report_due(
    sosei, project, write_notebook, monkeypatch
):
    monkeypatch.setenv("TOWN", "つくば")
    beside = project / "notebooks"
    texts = {
        "my_helper.py": "NAME = 'one'\n",
        "my_package/__init__.py": "",
        "my_package/inner.py": "NAME = 'two'\n",
        "extra.csv": "a\n1\n",
        "more/one.csv": "a\n1\n",
        "declared.parquet": "read by a library that Python does not hear of",
    }
    for name, text in texts.items():
        (beside / name).parent.mkdir(exist_ok=True)
        (beside / name).write_text(text, encoding="utf-8")
    wish(write_notebook("reads", READS_ALL), **WISHES)
    ran = sosei("run", *ONE)
    assert ran.returncode == 0, ran.stderr
    assert set(plan(sosei).values()) == {"up to date"}  # also what it has written itself
    (beside / "made.txt").write_text("something else")
    assert set(plan(sosei).values()) == {"up to date"}
    for name, text in texts.items():
        (beside / name).write_text(f"{text}# changed\n", encoding="utf-8")
        assert plan(sosei) == {"reads": f"file changed: notebooks/{name}"} or name == "more/one.csv"
        (beside / name).write_text(text, encoding="utf-8")
    (beside / "more/two.csv").touch()
    assert plan(sosei) == {"reads": "file changed: notebooks/more/"}
    (beside / "more/two.csv").unlink()
    (beside / "later.txt").touch()
    assert plan(sosei) == {"reads": "file changed: notebooks/later.txt"}
    (beside / "later.txt").unlink()
    with (project / "data/kpis.csv").open("a", encoding="utf-8") as file:
        file.write("\n")  # no row, yet pandas may see it
    assert plan(sosei) == {"reads": "file changed: data/kpis.csv"}
    monkeypatch.setenv("TOWN", "盛岡")
    assert plan(sosei)["reads"].endswith("environment variable changed: TOWN")
    (entry,) = ledger.latest(project / "outputs")
    assert "つくば" not in str(entry["made_from"])  # a variable may be a secret
    assert str(project) not in str(entry)
    assert {"pandas", "ipykernel", "pydantic"} <= entry["made_from"]["environment"].keys()


@pytest.mark.parametrize("kernels", [(), ("--ordinary-kernels",)])
def test_what_changes_while_a_first_report_is_made_is_told_and_makes_it_due(
    start, sosei, project, write_notebook, kernels
):
    imports = IMPORTS.replace("PROJECT", repr(str(project)))
    notebook = write_notebook("waits", imports, name_next("go", LOADS, WAITS))
    run = start("run", *ONE, *kernels)
    wait_until((project / "waits for go").exists)
    edits = {
        project / "data/kpis.csv": (",148,", ",199,"),
        project / "data/rubrics/tsukuba.toml": ("\n", "\n\n"),
        notebook: ("time.sleep", "_ = time.sleep"),
    }
    before = {path: path.read_text(encoding="utf-8") for path in edits}
    for path, (old, new) in edits.items():
        assert old in before[path]
        path.write_text(before[path].replace(old, new, 1), encoding="utf-8")
    (project / "go").touch()
    out, err = run.communicate()
    assert run.returncode == 0, err
    for name in ("data", "notebooks/waits.ipynb"):
        told = f"{name} changed during the run: 1 reports were made from what it was at the"
        assert told in out
    data = "data changed: kpis.csv, 1 row, rubrics/tsukuba.toml"
    assert plan(sosei) == {"waits": f"notebook changed; {data}"}
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")
    assert plan(sosei) == {"waits": "up to date"}


def test_a_report_made_from_data_that_came_and_went_is_not_taken_for_one_of_the_data_before(
    start, sosei, project, write_notebook
):
    imports = IMPORTS.replace("PROJECT", repr(str(project)))
    write_notebook("late", imports, name_next("go", WAITS), name_next("end", LOADS, WAITS))
    run = start("run", *ONE)
    wait_until((project / "waits for go").exists)
    kpis = project / "data/kpis.csv"
    before = kpis.read_text(encoding="utf-8")
    kpis.write_text(before.replace(",148,", ",199,", 1), encoding="utf-8")
    (project / "go").touch()
    wait_until((project / "waits for end").exists)
    kpis.write_text(before, encoding="utf-8")
    (project / "end").touch()
    _, err = run.communicate()
    assert run.returncode == 0, err
    assert plan(sosei) == {"late": "data changed while it was made: data"}


def test_a_notebook_that_looks_into_a_folder_that_is_gone_ends_no_other(
    sosei, project, write_notebook
):
    write_notebook("good", "1 + 1")
    missing = "try: d = sosei.load('data2026', government)\n"
    missing += "except sosei.DataError: d = sosei.load('data', government)"
    write_notebook("hopes", f"import analysis as sosei\n{missing}")
    temporary = "with tempfile.TemporaryDirectory() as t:\n"
    temporary += "    shutil.copytree(DATA, t + '/d')\n    d = sosei.load(t + '/d', government)"
    temporary = temporary.replace("DATA", repr(str(project / "data")))
    write_notebook("tries", f"import shutil, tempfile, analysis as sosei\n{temporary}")
    ran = sosei("run", *ONE)
    assert ran.returncode == 0, ran.stderr
    assert "3 of 3 reports made" in ran.stdout
    assert plan(sosei)["good"] == plan(sosei)["hopes"] == "up to date"
    assert str(project) not in (project / "outputs/ledger.jsonl").read_text(encoding="utf-8")
    (project / "data2026").symlink_to(project / "data")
    assert plan(sosei)["hopes"] == "data changed: data2026 is there now"


def test_a_data_folder_that_is_gone_makes_its_reports_due_and_locks_nothing(
    sosei, project, write_notebook
):
    shutil.copytree(project / "data", project / "other")
    write_notebook("reads", "import analysis as sosei\n_ = sosei.load('other', government)")
    assert sosei("run", *ONE).returncode == 0
    assert plan(sosei) == {"reads": "up to date"}
    shutil.rmtree(project / "other")
    assert plan(sosei) == {"reads": "data changed: other is gone"}
