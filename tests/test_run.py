"""Running notebooks for real: what a failing one leaves, and that the others finish."""

import json

import nbformat
import pytest

from analysis import environment
from analysis.batch import ledger
from analysis.batch.outputs import hold
from analysis.errors import DataError

GOOD = "import analysis as sosei\nsosei.show_title('盛岡市', '何が公表されたか')"
ONE = ("--government", "082201")


def test_a_notebook_that_raises_is_reported_the_others_finish_and_nothing_made_is_lost(
    sosei, project, write_notebook
):
    write_notebook("good", GOOD)
    write_notebook("broken", "reached = 5", "reached / 0")
    ran = sosei("run", *ONE, "--workers", "1")
    output = project / "outputs"
    folder = output / "2018" / "082201"
    assert ran.returncode == 1
    assert "何が公表されたか" in (folder / "good.html").read_text(encoding="utf-8")
    assert not (folder / "broken.html").exists()
    partial = nbformat.read(folder / "broken.failed.ipynb", as_version=4)
    assert any(o.output_type == "error" for cell in partial.cells for o in cell.get("outputs", []))
    assert "failed: 2018/082201/broken: notebooks/broken.ipynb" in ran.stderr
    assert "ZeroDivisionError: division by zero" in ran.stderr
    assert "'government': '082201'" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "1 of 2 reports made, 1 failed: outputs/index.html" in ran.stderr
    index = (output / "index.html").read_text(encoding="utf-8")
    assert 'href="2018/082201/good.html"' in index
    assert "ZeroDivisionError: division by zero" in index
    entries = {entry["report"]: entry for entry in ledger.latest(output)}
    assert entries["2018/082201/good"]["status"] == "ok"
    assert entries["2018/082201/broken"]["failure"]["source"] == "reached / 0"
    assert entries["2018/082201/good"]["files"].keys() == {"good.html", "good.ipynb"}
    assert not (output / environment.WORK).exists()

    # A report made before outlives a later failure; one that is mended loses what was left of it.
    before = (folder / "good.html").read_bytes()
    write_notebook("good", GOOD, "raise ValueError('数値がない')")
    write_notebook("broken", GOOD)
    assert sosei("run", *ONE, "--workers", "1").returncode == 1
    assert (folder / "good.html").read_bytes() == before
    index = (output / "index.html").read_text(encoding="utf-8")
    assert "数値がない" in index
    assert "リンク先は前回の報告" in index
    assert (folder / "broken.html").exists()
    assert [path.name for path in folder.glob("*.failed.ipynb")] == ["good.failed.ipynb"]

    # Bad data stops a run before it starts.
    kept = files_of(output)
    kpis = project / "data" / "kpis.csv"
    kpis.write_text(kpis.read_text(encoding="utf-8").replace(",148,", ",約148,"), encoding="utf-8")
    ran = sosei("run", *ONE)
    assert ran.returncode == 1
    assert "kpis.csv row 3, column actual: found '約148'; expected a plain number" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert files_of(output) == kept


def files_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_notebook_without_parameters_stops_the_run_before_any_kernel(
    sosei, project, write_notebook
):
    write_notebook("good", GOOD)
    write_notebook("bare", "1", parameters=None)
    ran = sosei("run")
    assert ran.returncode == 1
    assert "bare.ipynb: no cells tagged `parameters`" in ran.stderr
    assert not (project / "outputs").exists()


def test_off_a_terminal_a_report_is_one_plain_line_with_its_parameters_and_plain_figures(
    sosei, project, write_notebook
):
    cells = ("print(repr(threshold))", "import matplotlib.pyplot as plt", "_ = plt.plot([1, 2])")
    write_notebook("own", *cells, parameters="threshold: float = 0.8")
    ran = sosei("run", "-p", "threshold=0.95")
    assert ran.returncode == 0
    lines = ran.stdout.splitlines()
    assert lines[0].startswith("[1/1] ok own/own ")
    assert lines[0].endswith(" s (new)")
    assert lines[1] == "1 of 1 reports made: outputs/index.html"
    page = (project / "outputs" / "own" / "own.html").read_text(encoding="utf-8")
    assert "<pre>0.95\n</pre>" in page
    assert page.count("data:image/png;base64,") == 1  # shown where its cell ends


def test_a_kernel_without_memory_to_start_is_a_message_that_says_so(sosei, write_notebook):
    write_notebook("good", GOOD)
    ran = sosei("run", *ONE, "--memory", "1")
    assert ran.returncode == 1
    assert "the kernel could not start; more --memory?" in ran.stderr


def test_an_output_folder_that_cannot_be_is_a_message(project, tmp_path):
    (tmp_path / "taken").write_text("x")
    with (
        pytest.raises(DataError, match=r"taken: reports cannot be written there: it is no folder"),
        hold(tmp_path / "taken", "data"),
    ):
        pass


def test_the_ledger_survives_a_torn_last_line(enter, tmp_path):
    failure = {"cell": None, "error": "", "source": ""}
    enter(tmp_path, "a", status="failed", failure=failure)
    enter(tmp_path, "a", status="ok")
    with (tmp_path / ledger.NAME).open("a") as file:
        file.write('{"report": "b", "sta')
    assert [(e["report"], e["status"]) for e in ledger.latest(tmp_path)] == [("a", "ok")]
    assert json.loads((tmp_path / ledger.NAME).read_text().splitlines()[0])["status"] == "failed"
