"""What tests of runs share: notebooks that run, and what a run leaves."""

import contextlib
import os
import subprocess
import sys
import time

import psutil

from analysis import environment
from analysis.batch import ledger
from analysis.batch.verify import read_lasting

ONE = ("--government", "082201")
GOOD = "import analysis as sosei\nsosei.show_title('つくば市', '何が公表されたか')"
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


def run_sosei(folder, *arguments):
    """Run the command in a folder for a fixture of a whole file; it must end well."""
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "run", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


class Terminal:
    """The command at a terminal of its own; `said` is all that has been written there."""

    def __init__(self, folder, *arguments, **variables):
        self._ours, theirs = os.openpty()
        command = [sys.executable, "-P", "-c", "from analysis.cli import main; main()", *arguments]
        spoken = {"TERM": "xterm", "LC_ALL": "C.UTF-8", "COLUMNS": "200", **variables}
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"} | spoken,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        self.said = b""

    def read_until(self, text):
        """Read on until a text has come."""
        while text.encode() not in self.said:
            come = os.read(self._ours, 65536)
            assert come, self.said.decode()
            self.said += come

    def read_to_end(self):
        """Read all there is; the exit code."""
        with contextlib.suppress(OSError):  # of Linux, where the other side is closed
            while come := os.read(self._ours, 65536):
                self.said += come
        os.close(self._ours)
        return self._process.wait()


def begin_with(code, folder, monkeypatch):
    """Let every Python that is started from now on begin with some code."""
    first = folder / "first"
    first.mkdir()
    (first / "sitecustomize.py").write_text(code)
    path = f"{first}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    monkeypatch.setenv("PYTHONPATH", path)


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
