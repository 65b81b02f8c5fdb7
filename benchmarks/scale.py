"""What a folder costs by its size, and what one program's report costs in it.

    python benchmarks/scale.py FOLDER...               a line for each folder
    python benchmarks/scale.py FOLDER... --check-only  only reading and checking

Each folder is measured in a process of its own, in CPU seconds and in the most memory the process
had (its peak resident set). Then the program of the KPI in the middle of its table is cut
out into a folder of its own, and both are compared in turn: to load its slice and its history, to
measure them, and both in a forked process, as a run does it; medians of the CPU seconds of the
process and of what it forked. A folder of Parquet files (`sosei pack`) is measured like any other.
"""

import argparse
import gc
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from taken import count_cpu_seconds

ROUNDS, TIMES = 3, 8
BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
KILOBYTES_PER_MEGABYTE = 1_000_000 / 1_024


def measure_folder(folder: str, check_only: bool) -> None:
    """Print what the steps of one folder take, in this process."""
    from analysis import load, measure
    from analysis.batch.jobs import list_jobs
    from analysis.batch.places import find_notebooks
    from analysis.dataset.check import check_tables

    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="sosei-bench-")  # nothing is known yet
    told = {}
    told["check"], (_, rows) = _take(lambda: check_tables(folder))
    megabytes = [_most()]
    if not check_only:
        from analysis.dataset import folder as kept

        told["load"], dataset = _take(lambda: load(folder))
        kept._kept.clear()
        told["load again, known"], dataset = _take(lambda: load(folder))
        told["jobs"], jobs = _take(lambda: list_jobs(dataset, find_notebooks([]), folder))
        told["results"], _ = _take(lambda: measure(dataset).results)
        megabytes.append(_most())
        rows["jobs"] = len(jobs)
    sizes = ", ".join(f"{rows.get(n, 0):,} {n}" for n in ("programs", "kpis", "budgets", "jobs"))
    print(f"{folder}: {sizes}; up to {' / '.join(f'{most:,.0f}' for most in megabytes)} MB")
    for name, seconds in told.items():
        print(f"    {name:20} {seconds:8.2f} s", flush=True)


def _take(step: Callable[[], Any]) -> tuple[float, Any]:
    before = count_cpu_seconds(resource.RUSAGE_SELF)
    done = step()
    return count_cpu_seconds(resource.RUSAGE_SELF) - before, done


def _most() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_PER_MEGABYTE


def compare_program(folder: str) -> None:
    """Print what one program costs in a folder, beside a folder that holds nothing else."""
    from analysis import load
    from analysis.dataset.packed import pack_table

    kpis = load(folder).kpis
    of = kpis.iloc[len(kpis) // 2]
    asked = {"government": of["government_code"], "program": of["program_id"]}
    year = int(of["fiscal_year"])
    with tempfile.TemporaryDirectory(prefix="sosei-bench-") as own:
        for name, table in load(folder, **asked).tables.items():
            text = table.astype("str").where(table.notna(), "")
            (Path(own) / f"{name}.parquet").write_bytes(
                pack_table(text.set_axis(range(2, len(text) + 2)))
            )
        places = {"in a folder of its own": own, f"in {folder}": folder}
        taken: dict[str, list[tuple[float, ...]]] = {name: [] for name in places}
        for _ in range(ROUNDS):
            for name, place in places.items():
                taken[name].append(_repeat(place, asked, year))
    first: list[float] = []
    for name, rounds in taken.items():
        medians = [statistics.median(one) * 1_000 / TIMES for one in zip(*rounds, strict=True)]
        first = first or medians
        said = ", ".join(
            f"{step} {ms:.2f} ms ({ms / other:.2f})"
            for step, ms, other in zip(("load", "measure", "forked"), medians, first, strict=True)
        )
        print(f"    {asked['program']} {name}: {said}", flush=True)


def _repeat(folder: str, asked: dict[str, Any], year: int) -> tuple[float, ...]:
    from analysis import load

    load(folder)
    _do(folder, asked, year)  # what is looked up once for a folder
    gc.collect()
    gc.freeze()
    steps = (
        lambda: _load(folder, asked, year),
        lambda: _measure(*loaded),
        lambda: _fork(lambda: _do(folder, asked, year)),
    )
    loaded = _load(folder, asked, year)
    seconds = []
    for step in steps:
        before = count_cpu_seconds(*BOTH)
        for _ in range(TIMES):
            step()
        seconds.append(count_cpu_seconds(*BOTH) - before)
    gc.unfreeze()
    return tuple(seconds)


def _load(folder: str, asked: dict[str, Any], year: int) -> tuple[Any, Any]:
    from analysis import load

    return load(folder, fiscal_year=year, **asked), load(folder, **asked)


def _measure(dataset: Any, history: Any) -> None:
    from analysis import fit_trends, list_revisions, measure

    measured = measure(dataset)
    for name in ("kpis", "audit", "parts", "assumed", "execution", "comparison", "evaluability"):
        getattr(measured, name)
    fit_trends(history.kpis)
    list_revisions(history)


def _do(folder: str, asked: dict[str, Any], year: int) -> None:
    _measure(*_load(folder, asked, year))


def _fork(step: Callable[[], None]) -> None:
    child = os.fork()
    if child == 0:
        step()
        os._exit(0)
    os.waitpid(child, 0)


def main() -> None:
    """Measure each folder in a process of its own."""
    parser = argparse.ArgumentParser(description="Measure data folders by their size.")
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--check-only", action="store_true")
    asked = parser.parse_args()
    began = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    print(f"{began} UTC, {os.cpu_count()} cores (load {os.getloadavg()[0]:.1f} before)")
    alone = multiprocessing.get_context("spawn")
    for folder in asked.folders:
        steps = [(measure_folder, (folder, asked.check_only))]
        steps += [] if asked.check_only else [(compare_program, (folder,))]
        for step, given in steps:
            process = alone.Process(target=step, args=given)
            process.start()
            process.join()


if __name__ == "__main__":
    main()
