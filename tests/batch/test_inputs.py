"""What a report was made from: all that its notebook read, as it was when it read it."""

import os
import shutil

import pytest
from running import ONE, wait_until

from analysis.batch import ledger

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here")

TEXTS = {  # beside the notebooks of the suite
    "my_helper.py": "NAME = 'one'\n",
    "my_package/__init__.py": "\n",
    "my_package/inner.py": "NAME = 'two'\n",
    "extra.csv": "a\n1\n",
    "made.txt": "",
    "both.txt": "read and might be written\n",
    "more/one.csv": "a\n1\n",
    "more/two.csv": None,
    "later.txt": None,
    "declared.parquet": "read by a library that Python does not hear of",
    "unheard.csv": "read by another process\n",
}

DUE = {  # when all of them change: which notebooks, and why
    "imports": "my_helper.py my_package/__init__.py my_package/inner.py",
    "opens": "both.txt extra.csv later.txt",
    "lists": "more/",
    "declares": "declared.parquet",
}

IMPORTS = "import pathlib, time, analysis as sosei\nproject = pathlib.Path(PROJECT)"

LOADS = """
dataset = sosei.load("data", government, fiscal_year)
sosei.show_table(dataset.kpis[["kpi_id", "actual"]], "表", name=name)
""".strip()

WAITS = """
(project / f"waits for {name}").touch()
while not (project / name).exists():
    time.sleep(0.01)
""".strip()


def name_next(name, *cells):
    """Cells in which `name` stands for this."""
    return "\n".join([f"name = {name!r}", *cells])


def plan(sosei, *arguments):
    """By report what would be done with it, and why."""
    out = sosei("plan", *ONE, *arguments).stdout.splitlines()[:-1]
    lines = [line.split(None, 1)[1].split("\t") for line in out]
    return {report.rpartition("/")[2]: why for report, why in lines}


@pytest.fixture
def suite(project, root):
    """The notebooks of the suite in a project, with what stands beside them."""
    folder = project / "notebooks"
    shutil.copytree(root / "tests/notebooks/follow", folder, dirs_exist_ok=True)
    for name, text in TEXTS.items():
        put(folder / name, text)
    return folder


def put(path, text):
    path.parent.mkdir(exist_ok=True)
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(text, encoding="utf-8")


def due(sosei):
    return {name: why for name, why in plan(sosei).items() if why != "up to date"}


def test_all_that_a_notebook_reads_and_imports_makes_its_report_due(
    sosei, project, suite, monkeypatch
):
    monkeypatch.setenv("TOWN", "つくば")
    ran = sosei("run", *ONE)
    assert ran.returncode == 0, ran.stderr
    assert due(sosei) == {}  # also what a notebook has written itself
    for name, text in TEXTS.items():
        put(suite / name, f"{text}# changed\n")
    assert due(sosei) == {
        notebook: "file changed: " + ", ".join(f"notebooks/{file}" for file in files.split())
        for notebook, files in DUE.items()
    }
    for name, text in TEXTS.items():
        put(suite / name, text)
    with (project / "data/kpis.csv").open("a", encoding="utf-8") as file:
        file.write("\n")  # no row, yet pandas may see it
    assert due(sosei) == {"opens": "file changed: data/kpis.csv"}
    monkeypatch.setenv("TOWN", "盛岡")
    assert due(sosei)["declares"] == "environment variable changed: TOWN"
    entries = {entry["title"]: entry for entry in ledger.latest(project / "outputs")}
    assert "つくば" not in str([entry["made_from"] for entry in entries.values()])  # a secret?
    assert str(project) not in str(entries)
    made_from = [entry["made_from"]["environment"] for entry in entries.values()]
    assert all({"pandas", "ipykernel", "pydantic"} <= versions.keys() for versions in made_from)


@pytest.mark.parametrize(
    "kernels", [(), pytest.param(("--ordinary-kernels",), marks=pytest.mark.slow)]
)
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
        told = f"{name} changed during the run: 1 reports were made from what it was before"
        assert told in out
    data = "data changed: kpis.csv, 1 row, rubrics/tsukuba.toml"
    assert plan(sosei) == {"waits": f"notebook changed; {data}"}
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")
    assert plan(sosei) == {"waits": "up to date"}


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_data_folder_that_is_gone_makes_its_reports_due_and_locks_nothing(
    sosei, project, write_notebook
):
    shutil.copytree(project / "data", project / "other")
    write_notebook("reads", "import analysis as sosei\n_ = sosei.load('other', government)")
    assert sosei("run", *ONE).returncode == 0
    assert plan(sosei) == {"reads": "up to date"}
    shutil.rmtree(project / "other")
    assert plan(sosei) == {"reads": "data changed: other is gone"}
