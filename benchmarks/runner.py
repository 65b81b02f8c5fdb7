"""What one report costs by `sosei run`, beside other ways to make the same reports.

All rows are measured in one go, on the project's own notebooks/program.ipynb, one data folder
(a synthetic nation of 2,896 programs, see national.py; or of as many as --programs says) and the
settings of the environment that every kernel of sosei has (one thread for linear algebra). No two
reports of a row are of the same program. Each report is executed, its figures and tables are
written, and the page is made.

Seconds per report are the wall time of all reports of a row, divided by their number.

- commands: `papermill` and then `jupyter nbconvert --to html`, one report after the other.
- papermill in a pool: its Python API in as many processes as there are cores, kernels as
  jupyter starts them, pages by sosei's own exporter, which each process keeps.
- ploomber-engine in a pool: the same with papermill's engine `embedded`, which runs a notebook
  in the process itself. Installed by pip into a temporary folder, from the group `bench`.
- sosei, ordinary kernels and sosei: the command as a user runs it, with its whole start-up, the
  index and the ledger.
- the limit: what the notebook's own code takes. Its code cells are run one by one with IPython's
  `run_cell` in processes that have imported and drawn everything once (`warm_up`), as many at a
  time as there are cores, so that they share memory and clock as in a real run; the job's values
  take the place of the cell `parameters`. There is no kernel, no message, no notebook file and no
  page. Seconds per report are the mean wall time of a report, divided by the cores. CPU seconds
  are those of the same processes.

Before the clock starts, one report of each kind is made and not counted. In the pools and at the
limit every process makes one: their start-up is left out, the one of the two sosei commands is
not. An ordinary kernel reads all tables of the data folder, so what it costs depends on their
size: --programs 201 is the smallest nation that has enough reports. The last column says for how
many reports all figures and tables are, byte for byte, those of `sosei run`.
"""

import argparse
import contextlib
import csv
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from national import FISCAL_YEAR, PROGRAMS, PROJECT, SOSEI, write_nation
from ways import (
    NOTEBOOK,
    Job,
    find_place,
    keep_barrier,
    make_by_commands,
    make_by_papermill,
    make_first,
    make_in_process,
    run_cells,
    work_through,
)

from analysis.engine.kernel import SETTINGS

CORES = os.cpu_count() or 1
BY_COMMANDS, IN_PROCESS = 3, 40
SOSEI_ROW = "sosei run"


@dataclass
class Row:
    """A way to make reports: which, in what folder, how long they took, and what went wrong."""

    name: str
    jobs: list[Job]
    folder: Path
    seconds: float = float("nan")
    cpu_seconds: float = float("nan")
    problem: str = ""


def measure_in_loop(row: Row, warm: Job) -> None:
    make_by_commands(warm, row.folder / "warm")
    began = time.perf_counter()
    for job in row.jobs:
        make_by_commands(job, row.folder)
    row.seconds = (time.perf_counter() - began) / len(row.jobs)


def measure_in_pool(row: Row, warm: Job, make: Callable[[Job, Path], None]) -> None:
    """Make reports in as many processes as there are cores, each report by whoever is free."""
    with _open_pool(make, warm, row.folder) as pool:
        began = time.perf_counter()
        made = [pool.submit(make, job, row.folder) for job in row.jobs]
        for future in made:
            future.result()
        row.seconds = (time.perf_counter() - began) / len(row.jobs)


def measure_limit(row: Row, warm: Job) -> None:
    """Run the cells of all jobs, an equal share of them in each process."""
    shares = [row.jobs[start::CORES] for start in range(CORES)]
    with _open_pool(run_cells, warm, row.folder) as pool:
        parts = [pool.submit(work_through, share, row.folder) for share in shares]
        taken = [times for part in parts for times in part.result()]
    row.seconds = sum(wall for wall, _ in taken) / len(taken) / CORES
    row.cpu_seconds = sum(cpu for _, cpu in taken) / len(taken)


@contextlib.contextmanager
def _open_pool(make: Callable[[Job, Path], None], warm: Job, folder: Path) -> Any:
    """Processes each of which has made one report."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        CORES, context, initializer=keep_barrier, initargs=(context.Barrier(CORES),)
    ) as pool:
        begun = [pool.submit(make_first, make, warm, folder / f"warm{n}") for n in range(CORES)]
        for future in begun:
            future.result()
        yield pool


def measure_sosei(row: Row, warm: Job, *options: str) -> None:
    _run_sosei([warm], row.folder / "warm", options)
    began = time.perf_counter()
    ran = _run_sosei(row.jobs, row.folder, options)
    seconds = time.perf_counter() - began
    if ran.returncode:
        print(ran.stderr[-2000:], file=sys.stderr)
        raise RuntimeError(f"sosei run ended with {ran.returncode}")
    row.seconds = seconds / len(row.jobs)


def _run_sosei(jobs: list[Job], output: Path, options: tuple[str, ...]) -> Any:
    programs = [text for job in jobs for text in ("--program", job["program"])]
    command = [*SOSEI, "run", "--notebook", "program", "--data", jobs[0]["data"], *programs]
    return subprocess.run(
        [*command, "--output", str(output), *options], cwd=PROJECT, capture_output=True, text=True
    )


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


def measure_ploomber(row: Row, warm: Job) -> None:
    install_others(row.folder.parent / "packages")
    measure_in_pool(row, warm, make_in_process)


def attempt(row: Row, measure: Callable[..., None], *given: Any) -> None:
    """Measure one row; whatever goes wrong is told in the row, and the others go on."""
    print(f"measuring: {row.name}, {len(row.jobs)} reports", file=sys.stderr, flush=True)
    try:
        measure(row, *given)
    except subprocess.CalledProcessError as error:
        row.problem = _first_line(error)
        print(error.stderr.decode(errors="replace")[-2000:], file=sys.stderr)
    except Exception as error:  # another package's own; the row says so
        row.problem = _first_line(error)


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".strip().splitlines()[0][:300]


def count_same(row: Row, held: Path) -> int:
    """For how many reports of a row all figures and tables are those that sosei made."""
    return sum(_read_files(row.folder, job) == _read_files(held, job) != {} for job in row.jobs)


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


def measure_all(folder: Path, programs: int, many: int, few: int) -> list[Row]:
    """Measure every row on some reports of one nation; its last is the one made before."""
    write_nation(folder / "data", programs)
    *jobs, warm = list_jobs(folder / "data")
    ways = [
        ("papermill and nbconvert, commands", measure_in_loop, (), min(few, BY_COMMANDS)),
        ("papermill in a pool", measure_in_pool, (make_by_papermill,), few),
        ("ploomber-engine in a pool", measure_ploomber, (), min(many, IN_PROCESS)),
        ("sosei run --ordinary-kernels", measure_sosei, ("--ordinary-kernels",), few),
        (SOSEI_ROW, measure_sosei, (), many),
        ("the limit: the notebook's own code", measure_limit, (), many),
    ]
    rows = []
    for number, (name, measure, options, count) in enumerate(ways):
        rows.append(Row(name, jobs[:count], folder / f"way{number}"))
        attempt(rows[-1], measure, warm, *options)
    return rows


def print_table(rows: list[Row], programs: int, load: float) -> None:
    sosei = next(row for row in rows if row.name == SOSEI_ROW)
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, "
        f"{CORES} cores (load {load:.1f} before); {NOTEBOOK.name} on a synthetic nation of "
        f"{programs:,} programs"
    )
    print(f"{'':36} {'reports':>8} {'s / report':>11} {'to sosei':>9} {'same files':>11}")
    for row in rows:
        ratio = row.seconds / sosei.seconds
        same = f"{count_same(row, sosei.folder)} of {len(row.jobs)}"
        print(f"{row.name:36} {len(row.jobs):8} {row.seconds:11.3f} {ratio:9.2f} {same:>11}")
        if row.problem:
            print(f"    failed, so not measured: {row.problem}")
    cpu = rows[-1].cpu_seconds
    print(f"The notebook's own code takes {cpu:.3f} s of CPU a report (mean of the last row).")


def main() -> None:
    """Measure every row in a temporary folder and print one table."""
    parser = argparse.ArgumentParser(description="Measure sosei run beside other ways.")
    parser.add_argument("--many", type=int, default=200, help="reports of sosei and the limit")
    parser.add_argument("--few", type=int, default=8, help="reports of the slow ways")
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
        load = os.getloadavg()[0]
        rows = measure_all(Path(temporary), asked.programs, asked.many, asked.few)
        print_table(rows, asked.programs, load)


if __name__ == "__main__":
    main()
