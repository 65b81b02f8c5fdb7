"""`sosei verify`: reports made once more are what is held, and what is not is named."""

import os

import pytest

from analysis.batch.verify import read_lasting

ONE = ("--government", "082201", "--program", "job_fair")

REPORT = """
import matplotlib.pyplot as plt, numpy, pandas as pd, random, analysis as sosei
figure, axes = plt.subplots()
_ = axes.plot(numpy.random.random(9))
sosei.show_figure(figure, name="drawn", alt=program)
sosei.show_table(pd.DataFrame({"drawn": [random.random()]}), "表", name="drawn")
""".strip()

PROGRAM = 'government: str = "082201"\nfiscal_year: int = 2018\nprogram: str = "job_fair"'


@pytest.fixture
def report(project, write_notebook, sosei):
    """The folder of one report that has been made: a page, a notebook, a figure, a table."""
    write_notebook("own", REPORT, parameters=PROGRAM)
    ran = sosei("run", *ONE)
    assert ran.returncode == 0, ran.stderr
    return project / "outputs/2018/082201/job_fair"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="all kernels are ordinary here")
@pytest.mark.slow  # it makes reports three times
def test_reports_made_again_are_the_same_and_what_was_altered_or_added_is_named(sosei, report):
    held = {path: path.read_bytes() for path in report.rglob("*") if path.is_file()}
    same = sosei("verify", *ONE)
    assert (same.returncode, same.stdout) == (0, "4 files compared, 0 different\n")
    assert {path: path.read_bytes() for path in report.rglob("*") if path.is_file()} == held
    notebook, lasting = report / "own.ipynb", read_lasting(report / "own.ipynb")
    both = (*ONE, "--program", "youth_life_plan")
    assert sosei("run", *both, "--force", "--workers", "1").returncode == 0
    assert notebook.read_bytes() != held[notebook]
    assert read_lasting(notebook) == lasting
    figure = report / "figures/own_drawn.png"
    figure.write_bytes(figure.read_bytes()[:-1] + b"\0")
    (report / "tables/own_more.csv").write_text("x\n")
    (report.parent / "youth_life_plan/tables/own_drawn.csv").unlink()
    altered = sosei("verify", *both)
    assert altered.returncode == 1
    assert sorted(altered.stdout.splitlines()) == [
        "2018/082201/job_fair/figures/own_drawn.png: different",
        "2018/082201/job_fair/tables/own_more.csv: not made again",
        "2018/082201/youth_life_plan/own: output missing: tables/own_drawn.csv",
        "5 files compared, 3 different",
    ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="all kernels are ordinary here")
@pytest.mark.slow
def test_figures_are_saved_as_svg_where_it_is_asked_for_and_stay_until_the_report_is_made_anew(
    sosei, report
):
    figures = {"own_drawn.png", "own_drawn.svg"}

    def found():
        return {path.name for path in (report / "figures").iterdir()}

    page = (report / "own.html").read_bytes()
    assert found() == figures - {"own_drawn.svg"}
    assert "2018/082201/job_fair/own\tSVG wanted\n1 to run" in sosei("plan", *ONE, "--svg").stdout
    assert "(SVG wanted)" in sosei("run", *ONE, "--svg").stdout
    assert found() == figures
    assert (report / "own.html").read_bytes() == page
    assert sosei("verify", *ONE, "--svg").stdout == "5 files compared, 0 different\n"
    assert sosei("verify", *ONE).stdout == "4 files compared, 0 different\n"
    assert "1 up to date" in sosei("run", *ONE).stdout
    assert found() == figures
    assert sosei("run", *ONE, "--force").returncode == 0
    assert found() == figures - {"own_drawn.svg"}


def test_where_no_report_is_up_to_date_there_is_nothing_to_verify(sosei, project, write_notebook):
    write_notebook("own", REPORT, parameters=PROGRAM)
    ran = sosei("verify", *ONE)
    assert ran.returncode == 1
    assert ran.stderr == "outputs: no report here is up to date; `sosei plan` shows why\n"
    assert not (project / "outputs").exists()
