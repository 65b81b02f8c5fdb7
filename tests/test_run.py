"""Running notebooks for real: what a failing one leaves, and that the others finish."""

import json
import os

import nbformat
import pytest

from analysis.batch import ledger

GOOD = "import analysis as sosei\nsosei.show_title('盛岡市', '何が公表されたか')"
ONE = ("--government", "082201")


def test_a_notebook_that_raises_is_reported_and_the_others_finish(sosei, project, write_notebook):
    write_notebook("good", GOOD)
    write_notebook("broken", "reached = 5", "reached / 0")
    ran = sosei("run", *ONE)
    folder = project / "outputs" / "2018" / "082201"
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
    index = (project / "outputs" / "index.html").read_text(encoding="utf-8")
    assert 'href="2018/082201/good.html"' in index
    assert "ZeroDivisionError: division by zero" in index
    entries = {entry["report"]: entry for entry in ledger.latest(project / "outputs")}
    assert entries["2018/082201/good"]["status"] == "ok"
    assert entries["2018/082201/broken"]["failure"]["source"] == "reached / 0"
    assert entries["2018/082201/good"]["files"].keys() == {"good.html", "good.ipynb"}
    assert not list((project / "outputs").glob(".work*"))


def test_a_report_made_before_outlives_a_later_failure(sosei, project, write_notebook):
    write_notebook("one", GOOD)
    assert sosei("run", *ONE).returncode == 0
    page = project / "outputs" / "2018" / "082201" / "one.html"
    before = page.read_bytes()
    write_notebook("one", GOOD, "raise ValueError('数値がない')")
    assert sosei("run", *ONE).returncode == 1
    assert page.read_bytes() == before
    index = (project / "outputs" / "index.html").read_text(encoding="utf-8")
    assert "数値がない" in index
    assert "リンク先は前回の報告" in index
    write_notebook("one", GOOD)
    assert sosei("run", *ONE).returncode == 0
    assert not page.with_suffix(".failed.ipynb").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a kernel is ended by a POSIX signal here")
def test_a_kernel_that_dies_fails_its_report_only(sosei, project, write_notebook):
    write_notebook("dying", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    write_notebook("good", GOOD)
    ran = sosei("run", *ONE)
    assert ran.returncode == 1
    assert (
        "failed: 2018/082201/dying: notebooks/dying.ipynb, cell 2 (import os, signal): "
        "the kernel died by SIGKILL" in ran.stderr
    )
    assert (project / "outputs" / "2018" / "082201" / "good.html").exists()


def test_bad_data_stops_the_run_before_it_starts_and_loses_nothing(sosei, project, write_notebook):
    write_notebook("one", GOOD)
    assert sosei("run", *ONE).returncode == 0
    kept = sorted(p for p in (project / "outputs").rglob("*") if p.is_file())
    kpis = project / "data" / "kpis.csv"
    kpis.write_text(kpis.read_text(encoding="utf-8").replace(",148,", ",約148,"), encoding="utf-8")
    ran = sosei("run", *ONE)
    assert ran.returncode == 1
    assert "kpis.csv row 3, column actual: found '約148'; expected a plain number" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert sorted(p for p in (project / "outputs").rglob("*") if p.is_file()) == kept


def test_a_notebook_without_parameters_stops_the_run_before_any_kernel(
    sosei, project, write_notebook
):
    write_notebook("good", GOOD)
    write_notebook("bare", "1", parameters=None)
    ran = sosei("run")
    assert ran.returncode == 1
    assert "bare.ipynb: no cells tagged `parameters`" in ran.stderr
    assert not (project / "outputs").exists()


def test_a_figure_of_plain_matplotlib_is_shown_where_its_cell_ends(sosei, project, write_notebook):
    write_notebook("plain", "import matplotlib.pyplot as plt", "_ = plt.plot([1, 2])")
    assert sosei("run", *ONE).returncode == 0
    page = (project / "outputs" / "2018" / "082201" / "plain.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 1


def test_off_a_terminal_each_report_is_one_plain_line(sosei, write_notebook):
    write_notebook("good", GOOD)
    lines = sosei("run", *ONE).stdout.splitlines()
    assert lines[0].startswith("[1/1] ok 2018/082201/good ")
    assert lines[0].endswith(" s (new)")
    assert lines[1] == "1 of 1 reports made: outputs/index.html"


def test_parameters_given_reach_the_notebook_as_their_type(sosei, project, write_notebook):
    write_notebook("own", "print(repr(threshold))", parameters="threshold: float = 0.8")
    assert sosei("run", "-p", "threshold=0.95").returncode == 0
    page = (project / "outputs" / "own" / "own.html").read_text(encoding="utf-8")
    assert "<pre>0.95\n</pre>" in page


def test_the_ledger_survives_a_torn_last_line(tmp_path):
    ledger.append(tmp_path, {"report": "a", "status": "failed"})
    ledger.append(tmp_path, {"report": "a", "status": "ok"})
    with (tmp_path / ledger.NAME).open("a") as file:
        file.write('{"report": "b", "sta')
    assert ledger.latest(tmp_path) == [{"report": "a", "status": "ok"}]
    assert json.loads((tmp_path / ledger.NAME).read_text().splitlines()[0])["status"] == "failed"
