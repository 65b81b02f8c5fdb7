"""What a report leaves in its folder: of one that fails, of one that leaves odd things there."""

import re
from urllib.parse import unquote

import nbformat
import pytest
from running import GOOD, ONE

from analysis import environment
from analysis.batch import ledger

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


@pytest.mark.slow
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


def files_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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
    assert re.search(r"1 of 2 reports made in \d+ \w+, 1 failed: outputs/index\.html", ran.stderr)
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
