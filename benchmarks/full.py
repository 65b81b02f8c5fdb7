"""How a run grows: time by the number of jobs, a run with nothing to do, the runner's memory.

All on synthetic nations (see national.py), with the project's notebooks/program.ipynb and the
command `sosei run` in a process of its own.

- growth: 50, 200 and 1,000 reports of one nation, each from an empty output folder, start-up and
  index included; seconds per report are wall time divided by reports.
- memory: the resident memory of the runner's own process (not of its workers and kernels) at the
  moment it tells of its 100th, 500th and 1,000th report.
- nothing to do: the command once more on the 1,000 reports; and on 10,000, whose ledger and files
  are made up: the files are empty, the entries of the ledger say what these reports would be made
  from. A first run that writes the index is not counted.
- the nation: national.py, all 2,896 programs.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import national
import psutil
from national import PROJECT, SOSEI, list_programs, write_nation

from analysis.batch import ledger
from analysis.batch.inputs import Inputs
from analysis.batch.jobs import list_jobs
from analysis.batch.places import find_notebooks
from analysis.dataset.load import load

GROWTH = [50, 200, 1_000]
MEMORY_AT = [100, 500, 1_000]
MADE_UP = 10_000
BYTES_PER_MEGABYTE = 1_000_000
TOLD = re.compile(r"\[(\d+)/\d+\] ")


def run(data: Path, output: Path, programs: list[str]) -> tuple[float, dict[int, float], str]:
    """Run the command; return its seconds, the runner's MB at some reports, and its last line."""
    narrowed = [text for program in programs for text in ("--program", program)]
    command = [*SOSEI, "run", "--notebook", "program", "--data", str(data), *narrowed]
    began, memory, line = time.perf_counter(), {}, ""
    with subprocess.Popen(
        [*command, "--output", str(output)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as runner:
        assert runner.stdout is not None
        for line in runner.stdout:
            told = TOLD.match(line)
            if told and int(told[1]) in MEMORY_AT:
                resident = psutil.Process(runner.pid).memory_info().rss
                memory[int(told[1])] = resident / BYTES_PER_MEGABYTE
    if runner.returncode:
        sys.exit(f"sosei run ended with {runner.returncode}; nothing to be measured")
    return time.perf_counter() - began, memory, line.strip()


def measure_growth(folder: Path, sizes: list[int]) -> None:
    """Print the time of each number of reports, and the memory of the last."""
    largest = sizes[-1]
    write_nation(folder / "data", largest)
    memory: dict[int, float] = {}
    for size in sizes:
        programs = list_programs(largest)[:size]
        seconds, memory, _ = run(folder / "data", folder / f"outputs{size}", programs)
        print(f"{size:6,} reports {seconds:9.1f} s {seconds / size:8.3f} s a report", flush=True)
    for count, megabytes in memory.items():
        print(f"{count:6,} reports done: the runner holds {megabytes:,.0f} MB", flush=True)


def measure_nothing_to_do(data: Path, output: Path, programs: list[str], how: str) -> None:
    """Print the time of a run that finds every report up to date."""
    count = len(ledger.latest(output))
    run(data, output, programs)
    seconds, _, line = run(data, output, programs)
    if f"{count} up to date" not in line or not line.startswith("0 of 0"):
        sys.exit(f"there was something to do: {line}")
    print(f"{count:6,} reports up to date ({how}) {seconds:9.2f} s", flush=True)


def make_up_reports(data: Path, output: Path, like: dict[str, Any]) -> None:
    """Write a ledger and empty files as if every report of a data folder had been made."""
    inputs = Inputs()
    output.mkdir()
    with (output / ledger.NAME).open("w", encoding="utf-8") as file:
        for job in list_jobs(load(data), find_notebooks(["program"]), str(data)):
            reads = [
                {name: value for name, value in job.parameters.items() if name in read}
                for read in like["made_from"]["reads"]
            ]
            for name, (_, size) in like["files"].items():
                path = output / job.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
                os.truncate(path, size)
            made = {
                "report": job.path,
                "title": job.title,
                "notebook": str(job.notebook),
                "parameters": job.parameters,
                "made_from": inputs.find(job, like["made_from"] | {"reads": reads}),
            }
            file.write(json.dumps(like | made, ensure_ascii=False) + "\n")


def main() -> None:
    """Measure everything in temporary folders and print a line for each."""
    parser = argparse.ArgumentParser(description="Measure long runs of sosei.")
    parser.add_argument("--sizes", type=int, nargs="+", default=GROWTH)
    parser.add_argument("--made-up", type=int, default=MADE_UP)
    parser.add_argument("--programs", type=int, default=national.PROGRAMS)
    asked = parser.parse_args()
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, "
        f"{psutil.cpu_count()} cores (load {psutil.getloadavg()[0]:.1f} before)"
    )
    with tempfile.TemporaryDirectory(prefix="sosei-bench-") as temporary:
        folder = Path(temporary)
        sizes = sorted(asked.sizes)
        measure_growth(folder, sizes)
        made = folder / f"outputs{sizes[-1]}"
        measure_nothing_to_do(folder / "data", made, [], "as they were made")
        write_nation(folder / "many", asked.made_up)
        like = ledger.latest(made)[0]
        make_up_reports(folder / "many", folder / "made_up", like)
        how = "made up: their files are empty"
        measure_nothing_to_do(folder / "many", folder / "made_up", [], how)
    with tempfile.TemporaryDirectory(prefix="sosei-bench-") as temporary:
        folder = Path(temporary)
        write_nation(folder / "data", asked.programs)
        if not national.measure(folder, asked.programs):
            sys.exit(1)


if __name__ == "__main__":
    main()
