"""What one report costs by `sosei run`, beside other ways to make the same reports.

All rows are measured in one go, on the project's own notebooks/program.ipynb, one data folder
(a synthetic nation of 2,896 programs, see national.py; or of as many as --programs says) and the
settings of the environment that sosei gives its processes (one thread for linear algebra). In each
of several rounds every row makes the reports of the same programs, one row after the other, into
folders of its own: what the machine does meanwhile falls on all rows. Printed are the medians of
the rounds, and the least and the most of them.

- commands: `papermill` and then `jupyter nbconvert --to html`, one report after the other.
- papermill in a pool: its Python API in as many processes as there are cores, kernels as
  jupyter starts them, pages by sosei's own exporter, which each process keeps.
- ploomber-engine in a pool: the same with papermill's engine `embedded`, which runs a notebook
  in the process itself: nothing keeps reports apart. Installed by pip into a temporary folder,
  from the group `bench`.
- sosei, ordinary kernels and sosei: the command as a user runs it, with its whole start-up, the
  index and the ledger.
- the cells, a fork for each report: the limit with isolation. As many processes as there are cores
  have imported and drawn everything once (`warm_up`). Each forks a child for a report, which runs
  the notebook's code cells with IPython's `run_cell` and ends by `os._exit`; the job's values take
  the place of the cell `parameters`. No message, no notebook file and no page is made.
- the cells in warm processes: the limit without isolation. The same, but no child is forked.

Before the clock starts, one report of each kind is made and not counted. In the pools, which the
two limits are, too, every process makes one: their start-up is left out, the one of the commands
is not. An ordinary kernel reads all tables of the data folder, so what it costs depends on their
size: the smallest nation that has enough reports has one program more than --many.

- s: the wall time of all reports of a row in a round, divided by their number.
- CPU s: user and system time, divided likewise. Of the commands that of their processes and of
  all that these have begun and waited for. In the pools that of the pool's processes while they
  make a report, and of the children they have waited for; not of the process that hands out the
  work.
- MB: the most Pss (taken.py) that all processes of a row had together, start-up included for the
  commands, while reports are made in the pools; without the process that measures.
- to sosei: the wall time by that of `sosei run` in the same round.
- same files: for how many reports all figures and tables are, byte for byte, those of `sosei run`
  in the same round.
"""

import argparse
import contextlib
import csv
import json
import multiprocessing
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from multiprocessing import resource_tracker
from pathlib import Path
from resource import RUSAGE_CHILDREN
from statistics import median
from typing import Any

from national import FISCAL_YEAR, PROGRAMS, PROJECT, SOSEI, write_nation
from taken import PeakMemory, count_cpu_seconds
from ways import (
    NOTEBOOK,
    Job,
    count_cpu,
    find_place,
    keep_barrier,
    make_by_commands,
    make_by_papermill,
    make_first,
    make_in_process,
    run_cells,
    run_cells_in_fork,
)

from analysis.batch.local import SETTINGS

CORES = os.cpu_count() or 1
MOST_BY_COMMANDS = 2
SOSEI_ROW, PLOOMBER_ROW = "sosei run", "ploomber-engine in a pool"
FORK_ROW = "the cells, a fork for each report"
Make = Callable[[Job, Path], None]


@dataclass
class Taken:
    """What a row took in one round: seconds of a report, megabytes, and how many were the same."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    same: int = 0


@dataclass
class Row:
    """A way to make reports, how many of them in a round, what it took, and what went wrong."""

    name: str
    measure: Callable[[list[Job], Job, Path], Taken]
    reports: int
    rounds: list[Taken] = field(default_factory=list)
    problem: str = ""

    def each(self, what: str) -> list[float]:
        """One of the things it took, of each round."""
        return [getattr(taken, what) for taken in self.rounds]


def measure_in_loop(jobs: list[Job], warm: Job, folder: Path) -> Taken:
    def make_all() -> None:
        for job in jobs:
            make_by_commands(job, folder)

    make_by_commands(warm, folder / "warm")
    return _measure(make_all, len(jobs))


def measure_sosei(jobs: list[Job], warm: Job, folder: Path, options: tuple[str, ...] = ()) -> Taken:
    _run_sosei([warm], folder / "warm", options)
    return _measure(lambda: _run_sosei(jobs, folder, options), len(jobs))


def _measure(make_all: Callable[[], None], reports: int) -> Taken:
    """Measure what makes reports in processes that have ended when it returns."""
    with PeakMemory() as memory:
        began, cpu = time.perf_counter(), count_cpu_seconds(RUSAGE_CHILDREN)
        make_all()
        seconds = time.perf_counter() - began
        cpu = count_cpu_seconds(RUSAGE_CHILDREN) - cpu
    return Taken(seconds / reports, cpu / reports, memory.take())


def _run_sosei(jobs: list[Job], output: Path, options: tuple[str, ...]) -> None:
    programs = [text for job in jobs for text in ("--program", job["program"])]
    command = [*SOSEI, "run", "--notebook", "program", "--data", jobs[0]["data"], *programs]
    command += ["--output", str(output), *options]
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)


def measure_in_pool(jobs: list[Job], warm: Job, folder: Path, make: Make) -> Taken:
    """Make reports in as many processes as there are cores, each report by whoever is free."""
    memory = PeakMemory()  # before the pool: its processes count
    with _open_pool(make, warm, folder) as pool, memory:
        began = time.perf_counter()
        made = [pool.submit(count_cpu, make, job, folder) for job in jobs]
        cpu = sum(future.result() for future in made)
        seconds = time.perf_counter() - began
    return Taken(seconds / len(jobs), cpu / len(jobs), memory.take())


@contextlib.contextmanager
def _open_pool(make: Make, warm: Job, folder: Path) -> Any:
    """Processes each of which has made one report."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        CORES, context, initializer=keep_barrier, initargs=(context.Barrier(CORES),)
    ) as pool:
        begun = [pool.submit(make_first, make, warm, folder / f"warm{n}") for n in range(CORES)]
        for future in begun:
            future.result()
        yield pool


def measure_ploomber(jobs: list[Job], warm: Job, folder: Path) -> Taken:
    install_others(folder.parents[1] / "packages")
    return measure_in_pool(jobs, warm, folder, make_in_process)


@cache
def install_others(folder: Path) -> None:
    """Install the group `bench` of pyproject.toml, beside what is here, into a folder."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    wanted = [*pip, "--dry-run", "--report", "-", *project["dependency-groups"]["bench"]]
    planned = subprocess.run(wanted, capture_output=True, check=True, cwd=folder.parent)
    found = [one["metadata"] for one in json.loads(planned.stdout)["install"]]
    if found:
        names = [f"{one['name']}=={one['version']}" for one in found]
        subprocess.run(
            [*pip, "--no-deps", "--target", folder, *names], capture_output=True, check=True
        )
    sys.path.append(str(folder))  # the pool's processes take it over


def attempt(row: Row, jobs: list[Job], folder: Path) -> None:
    """Measure one row; whatever goes wrong is told in the row, and the others go on."""
    print(f"  {row.name}, {row.reports} reports", file=sys.stderr, flush=True)
    *programs, warm = jobs
    try:
        row.rounds.append(row.measure(programs[: row.reports], warm, folder))
    except subprocess.CalledProcessError as error:
        row.problem = _first_line(error)
        print(error.stderr.decode(errors="replace")[-2000:], file=sys.stderr)
    except Exception as error:  # another package's own; the row says so
        row.problem = _first_line(error)


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".strip().splitlines()[0][:300]


def is_same(job: Job, folder: Path, held: Path) -> bool:
    """Whether all figures and tables of a report are those that sosei has made."""
    return _read_files(folder, job) == _read_files(held, job) != {}


def _read_files(folder: Path, job: Job) -> dict[str, bytes]:
    place = find_place(job, folder)
    files = [path for kind in ("figures", "tables") for path in place.glob(f"{kind}/*")]
    return {str(path.relative_to(place)): path.read_bytes() for path in files}


def list_jobs(data: Path) -> list[Job]:
    with (data / "programs.csv").open(encoding="utf-8") as file:
        return [
            {
                "data": str(data),
                "government": row["government_code"],
                "fiscal_year": FISCAL_YEAR,
                "program": row["program_id"],
            }
            for row in csv.DictReader(file)
        ]


def list_rows(many: int, few: int) -> list[Row]:
    ordinary = partial(measure_sosei, options=("--ordinary-kernels",))
    return [
        Row("papermill and nbconvert, commands", measure_in_loop, min(few, MOST_BY_COMMANDS)),
        Row("papermill in a pool", partial(measure_in_pool, make=make_by_papermill), few),
        Row(PLOOMBER_ROW, measure_ploomber, many),
        Row("sosei run --ordinary-kernels", ordinary, few),
        Row(SOSEI_ROW, measure_sosei, many),
        Row(FORK_ROW, partial(measure_in_pool, make=run_cells_in_fork), many),
        Row("the cells in warm processes", partial(measure_in_pool, make=run_cells), many),
    ]


def measure_round(rows: list[Row], jobs: list[Job], folder: Path) -> None:
    """Measure every row that has not failed, compare the files, and remove them."""
    folders = {row.name: folder / f"row{number}" for number, row in enumerate(rows)}
    for row in rows:
        if not row.problem:
            attempt(row, jobs, folders[row.name])
    for row in rows:
        if not row.problem:
            row.rounds[-1].same = sum(
                is_same(job, folders[row.name], folders[SOSEI_ROW]) for job in jobs[: row.reports]
            )
    shutil.rmtree(folder, ignore_errors=True)


def print_table(rows: list[Row], heading: str) -> None:
    sosei = {row.name: row for row in rows}[SOSEI_ROW]
    print(heading)
    print(f"{'':34} {'reports':>7} {'s':>13} {'CPU s':>13} {'MB':>13} {'to sosei':>13} same files")
    for row in rows:
        told = [
            _describe(row.each("seconds")),
            _describe(row.each("cpu_seconds")),
            _describe(row.each("megabytes"), 0),
            _describe(_divide(row, sosei), 2),
        ]
        medians, spreads = (
            "".join(f" {text:>13}" for text in texts) for texts in zip(*told, strict=True)
        )
        same = f"{sum(row.each('same'))} of {row.reports * len(row.rounds)}"
        print(f"{row.name:34} {row.reports:7}{medians} {same:>10}\n{'':42}{spreads}")
        if row.problem:
            print(f"    failed, so not measured again: {row.problem}")


def _divide(row: Row, other: Row) -> list[float]:
    """The wall time of a row by that of another in the same round."""
    pairs = zip(row.each("seconds"), other.each("seconds"), strict=False)
    return [one / another for one, another in pairs]


def _describe(values: list[float], digits: int = 3) -> tuple[str, str]:
    """The median, and the least and the most; a dash where there is nothing."""
    if not values or any(value != value for value in values):
        return "–", ""
    return (
        f"{median(values):,.{digits}f}",
        f"{min(values):,.{digits}f}–{max(values):,.{digits}f}",
    )


def print_derived(rows: list[Row]) -> None:
    """Print what sosei takes beyond the limit with isolation, and beside no isolation."""
    named = {row.name: row for row in rows}
    sosei, fork = (named[name].each("cpu_seconds") for name in (SOSEI_ROW, FORK_ROW))
    beyond = [one - other for one, other in zip(sosei, fork, strict=False)]
    for what, values in (
        (f"{SOSEI_ROW}: CPU s a report beyond those of '{FORK_ROW}'", _describe(beyond)),
        (
            f"{SOSEI_ROW}: wall time by that of '{PLOOMBER_ROW}'",
            _describe(_divide(named[SOSEI_ROW], named[PLOOMBER_ROW]), 2),
        ),
    ):
        print(f"{what}: {values[0]} ({values[1]})")


def measure_all(folder: Path, asked: argparse.Namespace) -> list[Row]:
    """Measure every row in every round, on some reports of one nation; its last is made before."""
    resource_tracker.ensure_running()  # watches over the pools of all rows: part of none
    write_nation(folder / "data", asked.programs)
    rows, jobs = list_rows(asked.many, asked.few), list_jobs(folder / "data")
    for number in range(1, asked.rounds + 1):
        print(f"round {number} of {asked.rounds}", file=sys.stderr, flush=True)
        measure_round(rows, jobs, folder / f"round{number}")
    return rows


def main() -> None:
    """Measure every row in a temporary folder and print one table."""
    parser = argparse.ArgumentParser(description="Measure sosei run beside other ways.")
    parser.add_argument("--many", type=int, default=60, help="reports of the quick ways, a round")
    parser.add_argument("--few", type=int, default=4, help="reports of the slow ways, a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--programs", type=int, default=PROGRAMS, help="of the nation")
    asked = parser.parse_args()
    if asked.programs <= max(asked.many, asked.few):
        parser.error("--programs: at least one more than reports are made")
    with tempfile.TemporaryDirectory(prefix="sosei-bench-") as temporary:
        os.environ |= SETTINGS | {
            "IPYTHONDIR": f"{temporary}/ipython",
            "JUPYTER_RUNTIME_DIR": f"{temporary}/runtime",
            "PLOOMBER_STATS_ENABLED": "false",  # it would tell its makers
        }
        heading = (
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, "
            f"{CORES} cores (load {os.getloadavg()[0]:.1f} before); {NOTEBOOK.name} on a synthetic "
            f"nation of {asked.programs:,} programs; the median of {asked.rounds} rounds, below it "
            "the least and the most"
        )
        rows = measure_all(Path(temporary), asked)
        print_table(rows, heading)
        print_derived(rows)


if __name__ == "__main__":
    main()
