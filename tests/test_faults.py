"""What a notebook does wrong, and what is done to a run, stays where it happened."""

import os
import random
import resource
import shutil
import signal
import subprocess
import time

import psutil
import pytest

from analysis.batch import ledger
from analysis.batch.verify import read_lasting

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here")

ONE = ("--government", "082201")
GOOD = "import analysis as sosei\nsosei.show_title('つくば市', '何が公表されたか')"
FAULTS = {
    "exits": "import os\nos._exit(3)",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "greedy": "import numpy\nnumpy.ones(10**9)",
    "hangs": "while True: pass",
    "floods": "while True: print('x' * 1000)",
    "leaves": "import subprocess\nsubprocess.Popen(['sleep', '987'], start_new_session=True)",
}
EVERY_PROGRAM = 'government: str = "082201"\nfiscal_year: int = 2018\nprogram: str = "job_fair"'
REPORT = """
import matplotlib.pyplot as plt, pandas as pd, random, numpy, analysis as sosei
dataset = sosei.load("data", government, fiscal_year, program)
figure, axes = plt.subplots()
_ = axes.plot(numpy.random.random(9))
sosei.save_figure(figure, "drawn", alt=program)
""".strip()
TABLE = """
drawn = pd.DataFrame({"program": [program], "random": random.random(), "rows": len(dataset.kpis)})
sosei.save_table(drawn, "drawn", "表")
""".strip()


def processes_of(folder):
    """Every process that was started with this temporary folder in its environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("TMPDIR", "").startswith(str(folder)):
                found.append(process)
        except psutil.Error:
            continue
    return [p for p in found if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def wait_until(condition, seconds=60, describe=lambda: "waited in vain"):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, describe()
        time.sleep(0.02)


def wait_for_lines(run, output, count):
    wait_until(lambda: lines_of(output) >= count or run.poll() is not None)


def assert_nothing_is_left(folder):
    def left():
        return [p.cmdline() for p in processes_of(folder)] + list(folder.iterdir())

    wait_until(lambda: not left(), 20, lambda: f"left: {left()}")


def lasting(output):
    """Every file of an output folder, notebooks without their times; not the ledger."""
    return {
        path.relative_to(output).as_posix(): read_lasting(path)
        for path in output.rglob("*")
        if path.is_file() and path.name not in (ledger.NAME, ledger.LOCK)
    }


def lines_of(output):
    path = output / ledger.NAME
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_every_fault_is_recorded_and_none_of_them_spreads(
    sosei, project, write_notebook, short_folder
):
    for name, source in FAULTS.items():
        write_notebook(name, "reached = 5", source)
    write_notebook("good", GOOD)
    limits = ("--time-limit", "6", "--memory", "500", "--output-limit", "1")
    ran = sosei("run", *ONE, *limits)
    assert ran.returncode == 1
    output = project / "outputs"
    failures = {e["report"].rpartition("/")[2]: e.get("failure") for e in ledger.latest(output)}
    assert failures.pop("good") is None
    errors = {name: failure["error"] for name, failure in failures.items()}
    assert errors.pop("greedy").startswith(("MemoryError", "_ArrayMemoryError", "numpy"))
    assert errors == {
        "exits": "the kernel died with exit code 3",
        "segfault": "the kernel died by SIGSEGV",
        "hangs": "the notebook ran longer than 6 seconds (--time-limit)",
        "floods": "the notebook printed more than 1 MB (--output-limit)",
        "leaves": "the notebook left running: sleep 987",
    }
    for name, failure in failures.items():
        if name != "leaves":
            assert failure["source"] == FAULTS[name]
        assert (output / "2018/082201" / f"{name}.failed.ipynb").stat().st_size < 2_000_000
        assert not (output / "2018/082201" / f"{name}.html").exists()
        assert f"failed: 2018/082201/{name}: notebooks/{name}.ipynb" in ran.stderr
    assert "Traceback" not in ran.stderr
    index = (output / "index.html").read_text(encoding="utf-8")
    assert all(error in index for error in errors.values())
    assert_nothing_is_left(short_folder)


def test_libraries_that_end_their_own_processes_on_exit_are_no_fault(
    sosei, write_notebook, short_folder
):
    pool = "from concurrent.futures import ProcessPoolExecutor\npool = ProcessPoolExecutor(2)"
    write_notebook("pool", f"{pool}\nprint(list(pool.map(abs, [-1, -2])))")
    ran = sosei("run", *ONE)
    assert ran.returncode == 0, ran.stderr
    assert_nothing_is_left(short_folder)


def test_jobs_in_flight_share_no_figure_no_random_draw_and_no_folder(
    sosei, project, write_notebook, short_folder
):
    write_notebook(
        "own",
        REPORT,
        TABLE,
        "import os; print(os.environ['SOSEI_REPORT'])",
        parameters=EVERY_PROGRAM,
    )
    assert sosei("run", *ONE, "--workers", "4").returncode == 0
    folder = project / "outputs" / "2018" / "082201"
    drawn = {
        path.parents[1].name: path.read_text("utf-8-sig").splitlines()[1].split(",")
        for path in folder.glob("*/tables/own_drawn.csv")
    }
    assert {name: row[0] for name, row in drawn.items()} == {name: name for name in drawn}
    assert len({row[1] for row in drawn.values()}) == len(drawn) == 7
    assert len({path.read_bytes() for path in folder.glob("*/figures/own_drawn.svg")}) == 7
    folders = {read_lasting(path).cells[-1].outputs[0].text for path in folder.glob("*/own.ipynb")}
    assert len(folders) == 7
    first = lasting(project / "outputs")
    assert sosei("run", *ONE, "--force", "--workers", "2").returncode == 0
    assert_nothing_is_left(short_folder)
    again = lasting(project / "outputs")
    assert {k: v for k, v in again.items() if not k.endswith(".ipynb")} == {
        k: v for k, v in first.items() if not k.endswith((".ipynb", ".html"))
    } | {k: v for k, v in again.items() if k.endswith(".html")}


def test_after_kills_at_random_moments_the_tree_is_that_of_an_undisturbed_run(
    sosei, start, project, write_notebook, short_folder
):
    write_notebook("own", REPORT, TABLE, parameters=EVERY_PROGRAM)
    write_notebook("one", GOOD)
    assert sosei("run", "--output", "undisturbed").returncode == 0
    output, rng = project / "killed", random.Random(20261122)
    for _ in range(4):
        before, more = lines_of(output), rng.randrange(4)
        run = start("run", "--output", "killed")
        wait_for_lines(run, output, before + more)
        time.sleep(rng.random() * (4 if more == 0 else 0.4))
        run.kill()
        run.communicate()
        assert_nothing_is_left(short_folder)
    last = sosei("run", "--output", "killed")
    assert last.returncode == 0, last.stderr
    assert lasting(output) == lasting(project / "undisturbed")
    assert "0 of 0 reports made" in sosei("run", "--output", "killed").stdout


def test_a_kernel_a_worker_and_the_fork_server_may_be_killed(
    start, project, write_notebook, short_folder
):
    write_notebook("slow", "import time; time.sleep(1)", parameters=EVERY_PROGRAM)
    run = start("run", *ONE, "--workers", "2")
    wait_until(lambda: lines_of(project / "outputs") >= 1)
    children = psutil.Process(run.pid).children(recursive=True)
    server = next(p for p in children if "analysis.batch.forkserver" in p.cmdline())
    worker = next(
        p for p in children if "spawn_main" in " ".join(p.cmdline()) and p.ppid() == run.pid
    )
    worker.kill()
    time.sleep(1)
    server.kill()
    _, err = run.communicate()
    entries = ledger.latest(project / "outputs")
    assert len(entries) == 7
    died = [e for e in entries if e["status"] == "failed"]
    assert all("died" in e["failure"]["error"] for e in died)
    assert len(died) <= 2, err
    assert_nothing_is_left(short_folder)


def test_an_interrupt_finishes_what_is_under_way_and_a_second_one_ends_it(
    start, project, write_notebook, short_folder
):
    write_notebook("slow", "import time; time.sleep(1.5)", parameters=EVERY_PROGRAM)
    output = project / "outputs"
    run = start("run", *ONE, "--workers", "2", start_new_session=True)
    wait_until(lambda: lines_of(output) >= 1)
    time.sleep(0.3)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of its processes
    _, err = run.communicate()
    assert run.returncode == 130
    assert "once more to stop at once" in err
    done = lines_of(output)
    assert 2 <= done <= 4
    assert {e["status"] for e in ledger.latest(output)} == {"ok"}
    assert_nothing_is_left(short_folder)
    write_notebook("slow", "import time; time.sleep(60)", parameters=EVERY_PROGRAM)
    run = start("run", *ONE, "--workers", "2", start_new_session=True)
    wait_until(lambda: list(output.glob(".work/*/2018/082201/*")))
    os.killpg(run.pid, signal.SIGINT)
    time.sleep(0.5)
    os.killpg(run.pid, signal.SIGINT)
    run.communicate(timeout=20)
    assert run.returncode == 130
    assert_nothing_is_left(short_folder)


def test_a_second_run_on_the_same_outputs_is_refused_with_who_holds_it(
    sosei, start, project, write_notebook
):
    write_notebook("slow", "import time; time.sleep(3)")
    first = start("run", *ONE)
    wait_until(lambda: (project / "outputs" / ledger.LOCK).exists())
    wait_until(lambda: "process" in (project / "outputs" / ledger.LOCK).read_text())
    second = sosei("run", *ONE)
    assert second.returncode == 1
    assert f"another run is writing here (process {first.pid} on " in second.stderr
    assert sosei("run", *ONE, "--output", "elsewhere").returncode == 0
    first.communicate()
    assert first.returncode == 0


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
        ran = sosei("run", *ONE, **options)
        assert ran.returncode == 1
        assert ("No space left" if mounted else "File too large") in ran.stderr
        assert "Traceback" not in ran.stderr
        assert_nothing_is_left(short_folder)
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=50m", output], check=True)
        ran = sosei("run", *ONE)
        assert ran.returncode == 0, ran.stderr
        assert len(list(output.rglob("own.html"))) == 7
        assert not list(output.rglob("*.failed.ipynb"))
        assert not list(output.rglob(".work*"))
    finally:
        if mounted:
            subprocess.run(["umount", output], check=True)


def limit_file_size():
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))


def test_a_file_changed_by_a_later_notebook_is_reported(sosei, project, write_notebook):
    write_notebook("own", REPORT, TABLE, parameters=EVERY_PROGRAM)
    table = project / "outputs" / "2018/082201/support_robot_trial/tables/own_drawn.csv"
    meddle = (
        "import pathlib, time\n"
        f"path = pathlib.Path({str(table)!r})\n"
        "while not path.exists(): time.sleep(0.1)\n"
        "time.sleep(1)\n"
        "_ = path.write_text('x')"
    )
    write_notebook("meddles", meddle)
    ran = sosei("run", *ONE)
    assert ran.returncode == 1
    assert (
        "changed after its report was finished: outputs/2018/082201/support_robot_trial/tables"
        in ran.stderr
    )


def test_failures_of_one_cause_are_one_line_and_a_run_that_cannot_work_stops(sosei, write_notebook):
    write_notebook("broken", "raise KeyError(program)", parameters=EVERY_PROGRAM)
    ran = sosei("run", *ONE)
    assert ran.returncode == 1
    assert "0 of 7 reports made, 1 failed, 6 not run" in ran.stderr
    assert "the first report of every notebook failed, so the run stopped there" in ran.stderr
    write_notebook("good", GOOD)
    ran = sosei("run", *ONE)
    assert "1 of 8 reports made, 7 failed" in ran.stderr
    assert ran.stderr.count("\nfailed: ") == 1
    assert "7 reports for this cause, also 2018/082201/" in ran.stderr
