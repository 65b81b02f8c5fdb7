"""Runs: what happens to one job or to the run itself stays there, and nothing is left of it."""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time

import pytest
from running import (
    EVERY_PROGRAM,
    GOOD,
    ONE,
    REPORT,
    TABLE,
    assert_nothing_is_left,
    lasting,
    lines_of,
    wait_until,
)

from analysis import environment
from analysis.batch import ledger
from analysis.batch.verify import read_lasting

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here")


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
    assert re.fullmatch(r"1 of 1 reports made in \d+ (s|min): outputs/index\.html", lines[1])
    page = (project / "outputs" / "own" / "own.html").read_text(encoding="utf-8")
    assert "<pre>0.95\n</pre>" in page
    assert page.count("data:image/png;base64,") == 1  # shown where its cell ends


@pytest.mark.slow
def test_jobs_in_flight_share_nothing_and_who_changes_the_file_of_another_is_reported(
    sosei, project, write_notebook, short_folder
):
    where = "import os; print(os.environ['SOSEI_REPORT'])"
    write_notebook("own", REPORT, TABLE, where, parameters=EVERY_PROGRAM)
    folder = project / "outputs" / "2018" / "082201"
    figure = folder / "support_robot_trial/figures/own_drawn.png"
    meddle = (
        "import pathlib, time\n"
        f"path = pathlib.Path({str(figure)!r})\n"
        "while not path.exists(): time.sleep(0.1)\n"
        "_ = path.write_text('x')"
    )
    write_notebook("meddles", meddle)
    ran = sosei("run", *ONE, "--workers", "4")
    assert ran.returncode == 1
    changed = "outputs/2018/082201/support_robot_trial/figures/own_drawn.png"
    assert f"changed after its report was finished: {changed}" in ran.stderr
    assert "8 of 8 reports made" in ran.stderr
    drawn = {
        path.parents[1].name: path.read_text("utf-8-sig").splitlines()[1].split(",")
        for path in folder.glob("*/tables/own_drawn.csv")
    }
    assert {name: row[0] for name, row in drawn.items()} == {name: name for name in drawn}
    assert len({row[1] for row in drawn.values()}) == len(drawn) == 7
    assert len({path.read_bytes() for path in folder.glob("*/figures/own_drawn.png")}) == 7
    folders = {read_lasting(path).cells[-1].outputs[0].text for path in folder.glob("*/own.ipynb")}
    assert len(folders) == 7
    assert_nothing_is_left(short_folder)


@pytest.mark.slow
def test_failures_of_one_cause_are_one_line_and_a_run_that_cannot_work_stops(sosei, write_notebook):
    write_notebook("broken", "raise KeyError(program)", parameters=EVERY_PROGRAM)
    ran = sosei("run", *ONE)
    assert ran.returncode == 1
    assert "0 of 7 reports made, 1 failed, 6 not run" in ran.stderr
    assert "the first report of every notebook failed, so the run stopped there" in ran.stderr
    write_notebook("good", GOOD)
    ran = sosei("run", *ONE, "--workers", "1")
    assert "1 of 8 reports made, 7 failed" in ran.stderr
    assert ran.stderr.count("\nfailed: ") == 1
    assert "7 reports for this cause, also 2018/082201/" in ran.stderr


def wait_for_lines(run, output, count):
    wait_until(lambda: lines_of(output) >= count or run.poll() is not None)


@pytest.mark.slow
def test_after_kills_at_random_moments_the_tree_is_that_of_an_undisturbed_run(
    sosei, start, project, write_notebook, short_folder
):
    write_notebook("own", REPORT, TABLE, parameters=EVERY_PROGRAM)
    write_notebook("one", GOOD)
    assert sosei("run", *ONE, "--output", "undisturbed", "--workers", "1").returncode == 0
    output, rng = project / "killed", random.Random(20261122)
    arguments = ("run", *ONE, "--output", "killed", "--workers", "2")
    for _ in range(5):
        before, more = lines_of(output), rng.randrange(4)
        run = start(*arguments)
        wait_for_lines(run, output, before + more)
        time.sleep(rng.random() * (4 if more == 0 else 0.4))
        run.kill()
        run.communicate()
        assert_nothing_is_left(short_folder)
    last = sosei(*arguments)
    assert last.returncode == 0, last.stderr
    assert lasting(output) == lasting(project / "undisturbed")
    assert "0 of 0 reports made" in sosei(*arguments).stdout


def test_an_interrupt_finishes_what_is_under_way_and_a_second_one_ends_it(
    start, project, write_notebook, gate, short_folder
):
    write_notebook("slow", gate.cell, parameters=EVERY_PROGRAM)
    output = project / "outputs"
    run = start("run", *ONE, "--workers", "2", start_new_session=True)
    wait_until(lambda: gate.count() >= 3)  # the first has passed, two are under way
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of its processes
    assert "once more to stop at once" in run.stderr.readline()
    gate.open()
    run.communicate()
    assert run.returncode == 130
    assert len(ledger.latest(output)) == 3
    assert {e["status"] for e in ledger.latest(output)} == {"ok"}
    assert_nothing_is_left(short_folder)
    gate.close()
    came = gate.count()
    run = start("run", *ONE, "--workers", "2", start_new_session=True)
    wait_until(lambda: gate.count() > came)
    os.killpg(run.pid, signal.SIGINT)
    assert "once more to stop at once" in run.stderr.readline()
    os.killpg(run.pid, signal.SIGINT)
    run.communicate()
    assert run.returncode == 130
    assert_nothing_is_left(short_folder)


@pytest.mark.slow
def test_a_full_disk_is_a_message_and_the_next_run_goes_on(
    sosei, project, write_notebook, short_folder
):
    write_notebook("own", REPORT, TABLE, parameters=EVERY_PROGRAM)
    output = project / "outputs"
    output.mkdir()
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", output], capture_output=True
        ).returncode
    )
    options = {} if mounted else {"preexec_fn": limit_file_size}
    try:
        ran = sosei("run", *ONE, "--workers", "2", **options)
        assert ran.returncode == 1
        assert ("No space left" if mounted else "File too large") in ran.stderr
        assert "Traceback" not in ran.stderr
        assert_nothing_is_left(short_folder)
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=50m", output], check=True)
        ran = sosei("run", *ONE, "--workers", "2")
        assert ran.returncode == 0, ran.stderr
        assert len(list(output.rglob("own.html"))) == 7
        assert not list(output.rglob("*.failed.ipynb"))
        assert not list(output.rglob(environment.WORK))
    finally:
        if mounted:
            subprocess.run(["umount", output], check=True)


def limit_file_size():
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))
