"""What a notebook does wrong, and what is done to a run, stays where it happened."""

import os
import time

import psutil
import pytest

from analysis import environment
from analysis.batch import ledger
from analysis.batch.verify import read_lasting

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here")

ONE = ("--government", "082201")
POOL = """
from concurrent.futures import ProcessPoolExecutor
pool = ProcessPoolExecutor(2)
print(list(pool.map(abs, [-1, -2])))
""".strip()
GOOD = "import analysis as sosei\nsosei.show_title('つくば市', '何が公表されたか')"
FAULTS = {
    "exits": "import os\nos._exit(3)",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "greedy": "import numpy\nnumpy.ones(10**9)",
    "hangs": "while True: pass",
    "floods": "while True: print('x' * 1000)",
    "leaves": "import subprocess\nsubprocess.Popen(['sleep', '987'], start_new_session=True)",
    "forks": (
        "import os, time\nfor _ in range(2):\n    if os.fork() == 0: os.setsid(); time.sleep(987)"
    ),
}
EVERY_PROGRAM = 'government: str = "082201"\nfiscal_year: int = 2018\nprogram: str = "job_fair"'
REPORT = """
import matplotlib.pyplot as plt, pandas as pd, random, numpy, analysis as sosei
dataset = sosei.load("data", government, fiscal_year, program)
figure, axes = plt.subplots()
_ = axes.plot(numpy.random.random(9))
sosei.show_figure(figure, name="drawn", alt=program)
""".strip()
TABLE = """
drawn = pd.DataFrame({"program": [program], "random": random.random(), "rows": len(dataset.kpis)})
sosei.show_table(drawn, "表", name="drawn")
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


def wait_until(condition, seconds=300, describe=lambda: "waited in vain"):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, describe()
        time.sleep(0.02)


def assert_nothing_is_left(folder):
    def left():
        return [p.cmdline() for p in processes_of(folder)] + list(folder.iterdir())

    wait_until(lambda: not left(), describe=lambda: f"left: {left()}")


def lasting(output):
    """Every file of an output folder, notebooks without their times; not the ledger."""
    return {
        path.relative_to(output).as_posix(): read_lasting(path)
        for path in output.rglob("*")
        if path.is_file() and path.name != ledger.NAME and environment.OURS not in path.parts
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
    write_notebook("pool", POOL)  # a library that ends its own processes on exit is no fault
    others = [*FAULTS.keys() - {"hangs"}, "good", "pool"]  # which may take any time
    names = [word for name in others for word in ("--notebook", name)]
    ran = sosei("run", *ONE, *names, "--memory", "500", "--output-limit", "1", "--workers", "2")
    hung = sosei("run", *ONE, "--notebook", "hangs", "--time-limit", "5")
    assert ran.returncode == hung.returncode == 1
    said = ran.stderr + hung.stderr
    output = project / "outputs"
    failures = {e["report"].rpartition("/")[2]: e.get("failure") for e in ledger.latest(output)}
    assert failures.pop("good") is failures.pop("pool") is None
    errors = {name: failure["error"] for name, failure in failures.items()}
    assert errors.pop("greedy").startswith(("MemoryError", "_ArrayMemoryError", "numpy"))
    assert errors == {
        "exits": "the kernel died with exit code 3",
        "segfault": "the kernel died by SIGSEGV",
        "killed": "the kernel died by SIGKILL",
        "hangs": "the notebook ran longer than 5 seconds (--time-limit)",
        "floods": "the notebook printed more than 1 MB (--output-limit)",
        "leaves": "the notebook left running: sleep 987",
        "forks": "the notebook left running: a fork of its Python (2 times)",
    }
    for name, failure in failures.items():
        if name not in ("leaves", "forks"):
            assert failure["source"] == FAULTS[name]
        assert (output / "2018/082201" / f"{name}.failed.ipynb").stat().st_size < 2_000_000
        assert not (output / "2018/082201" / f"{name}.html").exists()
        assert f"failed: 2018/082201/{name}: notebooks/{name}.ipynb" in said
    died = "cell 3 (import os, signal): the kernel died by SIGKILL"
    assert f"failed: 2018/082201/killed: notebooks/killed.ipynb, {died}" in said
    assert "Traceback" not in said
    flood = read_lasting(output / "2018/082201" / "floods.failed.ipynb").cells[-1].outputs
    assert 500_000 < sum(len(printed.text) for printed in flood) <= 1_000_000
    index = (output / "index.html").read_text(encoding="utf-8")
    assert all(error in index for error in errors.values())
    assert all(f'<th scope="row">{name}</th>' in index for name in errors)
    assert_nothing_is_left(short_folder)


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
    assert len({path.read_bytes() for path in folder.glob("*/figures/own_drawn.svg")}) == 7
    folders = {read_lasting(path).cells[-1].outputs[0].text for path in folder.glob("*/own.ipynb")}
    assert len(folders) == 7
    assert_nothing_is_left(short_folder)


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
