"""Worker processes on this machine, each of which may be killed."""

import os

import psutil
import pytest
from running import EVERY_PROGRAM, ONE, assert_nothing_is_left, begin_with, wait_until

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
    wait_until(lambda: gate.count() >= 4)  # its report is begun again
    server.kill()
    gate.open()
    _, err = run.communicate()
    entries = ledger.latest(project / "outputs")
    assert len(entries) == 7
    died = [e for e in entries if e["status"] == "failed"]
    assert all("died" in e["failure"]["error"] for e in died)
    assert len(died) <= 2, err
    assert_nothing_is_left(short_folder)


LEAVES_AND_KILLS = """
import os, subprocess, psutil
for _ in range(2):
    subprocess.Popen(["sleep", "987"], start_new_session=True)
above = psutil.Process().parents()
os.kill(above[{}].pid, 9)
while True: pass
""".strip()


@pytest.mark.parametrize("above", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_a_notebook_that_kills_its_worker_or_its_server_leaves_nothing(
    sosei, project, write_notebook, short_folder, above
):
    write_notebook("kills", LEAVES_AND_KILLS.format(above))
    ran = sosei("run", *ONE, "--workers", "2")
    assert ran.returncode == 1
    assert "it was killed with its worker process, three times" in ran.stderr
    assert_nothing_is_left(short_folder)


@pytest.mark.slow
def test_a_first_worker_that_is_killed_is_begun_again(
    sosei, tmp_path, project, write_notebook, monkeypatch, short_folder
):
    once = (
        "import os, sys\n"
        "def die():\n"
        f"    if not os.path.exists({str(tmp_path / 'died')!r}):\n"
        f"        open({str(tmp_path / 'died')!r}, 'w').close()\n"
        "        os.kill(os.getpid(), 9)\n"
        "if 'analysis.batch.server' in ' '.join(sys.orig_argv):\n"
        "    os.register_at_fork(after_in_child=die)"
    )
    begin_with(once, tmp_path, monkeypatch)
    write_notebook("good", "print(1)")
    ran = sosei("run", *ONE)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "died").exists()
    assert_nothing_is_left(short_folder)


def test_a_server_that_began_for_a_run_that_cannot_be_leaves_nothing(
    sosei, write_notebook, short_folder
):
    write_notebook("good", "print(1)")
    ran = sosei("run", *ONE, "-p", "no_such=1")
    assert ran.returncode == 1
    assert "no_such" in ran.stderr
    assert_nothing_is_left(short_folder)
