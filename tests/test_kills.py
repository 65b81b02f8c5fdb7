"""A run that is killed, interrupted, doubled or out of space loses nothing and leaves nothing."""

import os
import random
import resource
import shutil
import signal
import subprocess
import time

import psutil
import pytest
from test_faults import (
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
from analysis.engine.kernel import BEGIN

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here")


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


def test_a_kernel_a_worker_and_the_fork_server_may_be_killed(
    start, project, write_notebook, gate, short_folder
):
    write_notebook("slow", gate.cell, parameters=EVERY_PROGRAM)
    run = start("run", *ONE, "--workers", "2")
    wait_until(lambda: gate.count() >= 3)  # the first has passed, two are under way
    children = psutil.Process(run.pid).children(recursive=True)
    server = next(p for p in children if BEGIN in p.cmdline())
    worker = next(
        p for p in children if "spawn_main" in " ".join(p.cmdline()) and p.ppid() == run.pid
    )
    worker.kill()
    wait_until(lambda: gate.count() >= 5)  # both are begun again
    server.kill()
    gate.open()
    _, err = run.communicate()
    entries = ledger.latest(project / "outputs")
    assert len(entries) == 7
    died = [e for e in entries if e["status"] == "failed"]
    assert all("died" in e["failure"]["error"] for e in died)
    assert len(died) <= 2, err
    assert_nothing_is_left(short_folder)


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
