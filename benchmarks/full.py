"""How a run grows: time by the number of jobs, a run with nothing to do, the runner's memory.

All on synthetic nations (see national.py), with the project's notebooks/program.ipynb and the
command `sosei run` in a process of its own.

- growth: 50, 200 and 1,000 reports of one nation, each from an empty output folder, start-up and
  index included; seconds per report are wall time divided by reports.
- memory: the most that all processes of a run have together (Pss, see taken.py) until it tells of
  its 100th report, from there to its 500th, and so on to its last: flat if nothing grows.
- nothing to do: the command once more on the 1,000 reports; and on 10,000, whose ledger and files
  are made up: the files are empty, the entries of the ledger say what these reports would be made
  from. A first run that writes the index is not counted.
- the nation: all 2,896 programs of national.py, with the memory likewise.
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
from taken import PeakMemory

from analysis.batch import ledger
from analysis.batch.inputs import Inputs
from analysis.batch.jobs import list_jobs
from analysis.batch.places import find_notebooks
from analysis.dataset.load import load

GROWTH = [50, 200, 1_000]
MEMORY_AT = [100, 500, 1_000, 1_500, 2_000, 2_500]
MADE_UP = 10_000
TOLD = re.compile(r"\[(\d+)/(\d+)\] ")


def run(data: Path, output: Path, programs: list[str]) -> tuple[float, dict[int, float], str]:
    """Run the command; return its seconds, the peak MB until some reports, and its last line."""
    narrowed = [text for program in programs for text in ("--program", program)]
    command = [*SOSEI, "run", "--notebook", "program", "--data", str(data), *narrowed]
    began, megabytes, line = time.perf_counter(), {}, ""
    with (
        PeakMemory() as memory,
        subprocess.Popen(
            [*command, "--output", str(output)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        ) as runner,
    ):
        assert runner.stdout is not None
        for line in runner.stdout:
            told = TOLD.match(line)
            if told and (int(told[1]) in MEMORY_AT or told[1] == told[2]):
                megabytes[int(told[1])] = memory.take()
    if runner.returncode:
        sys.exit(f"sosei run ended with {runner.returncode}; nothing to be measured")
    return time.perf_counter() - began, megabytes, line.strip()


def measure_growth(folder: Path, sizes: list[int]) -> None:
    """Print the time of each number of reports, and the memory of the last."""
    write_nation(folder / "data", sizes[-1])
    megabytes: dict[int, float] = {}
    for size in sizes:
        programs = list_programs(size) if size < sizes[-1] else []
        seconds, megabytes, _ = run(folder / "data", folder / f"outputs{size}", programs)
        print(f"{size:6,} reports {seconds:9.1f} s {seconds / size:8.3f} s a report", flush=True)
    for count, most in megabytes.items():
        print(f"{count:6,} reports done: all processes had up to {most:,.0f} MB", flush=True)


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
        measure_growth(folder, [asked.programs])


if __name__ == "__main__":
    main()
