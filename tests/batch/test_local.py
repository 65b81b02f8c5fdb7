"""Worker processes on this machine, each of which may be killed."""

import os

import psutil
import pytest
from running import EVERY_PROGRAM, ONE, assert_nothing_is_left, wait_until

from analysis.batch import ledger
from analysis.batch.local import BEGIN

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here")


def test_a_kernel_a_worker_and_the_fork_server_may_be_killed(
    start, project, write_notebook, gate, short_folder
):
    write_notebook("slow", gate.cell, parameters=EVERY_PROGRAM)
    run = start("run", *ONE, "--workers", "2")
    wait_until(lambda: gate.count() >= 3)  # the first has passed, two are under way
    children = psutil.Process(run.pid).children(recursive=True)
    (server,) = [p for p in children if BEGIN in p.cmdline() and p.ppid() == run.pid]
    worker = next(p for p in server.children() if p.children())
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
