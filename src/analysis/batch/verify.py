"""Make reports once more in another folder, and compare them with those that are held."""

import glob
import random
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from analysis.batch.inputs import Inputs
from analysis.batch.outputs import open_work
from analysis.batch.plan import Step, plan_steps
from analysis.batch.run import Settings, run_steps
from analysis.engine.job import Job
from analysis.errors import DataError

MISSING = "output missing"  # of a plan's reasons
TIMES = ("start_time", "end_time", "duration")


def verify_reports(
    jobs: list[Job], output: Path, sample: int, show_code: bool = False, svg: bool = False
) -> tuple[int, list[str]]:
    """Make up to `sample` reports again, and compare every file they consist of.

    Files are compared byte for byte, notebooks without their times; figures as SVG only where
    `svg`. Only reports that are up to date are drawn, at random: of the others it is known that
    they would differ. Those with missing files are named, drawn or not.

    Returns
    -------
    The number of files compared, and a line for each that is different, missing or new.

    Raises
    ------
    DataError
        When no report is up to date.
    """
    inputs, settings = Inputs(show_code, svg), Settings(show_code=show_code, svg=svg)
    steps = plan_steps(jobs, output, inputs)
    current = [step for step in steps if step.action == "keep"]
    missing = [f"{step.job.path}: {step.why}" for step in steps if MISSING in step.why]
    if not current:
        raise DataError(f"{output}: no report here is up to date; `sosei plan` shows why")
    drawn = random.sample(current, min(sample, len(current)))
    with tempfile.TemporaryDirectory(prefix="sosei-verify-") as folder:
        again = Path(folder)
        verified = [Step(step.job, "run", "verified", None, step.reports) for step in drawn]
        result = run_steps(verified, again, open_work(again), inputs, settings, lambda _: None)
        failed = [f"{e['report']}: {e['failure']['error']}" for e in result.failed]
        each = (_compare(step.job, output, again, svg) for step in drawn)
        compared = [difference for differences in each for difference in differences]
    return len(compared), missing + failed + [text for text in compared if text]


def _compare(job: Job, output: Path, again: Path, svg: bool) -> list[str]:
    """One text for each file of a report: empty where both are the same."""
    held, made = (_list_files(folder / job.folder, job.name) for folder in (output, again))
    if not svg:
        held -= {name for name in held - made if name.endswith(".svg")}
    texts = []
    for name in sorted(held | made):
        path = f"{job.folder}/{name}"
        if name not in made:
            texts.append(f"{path}: not made again")
        elif name not in held:
            texts.append(f"{path}: not there before")
        else:
            same = read_lasting(output / path) == read_lasting(again / path)
            texts.append("" if same else f"{path}: different")
    return texts


def _list_files(folder: Path, name: str) -> set[str]:
    paths = [folder / f"{name}.html", folder / f"{name}.ipynb"]
    pattern = f"{glob.escape(name)}_*"
    paths += [path for kind in ("figures", "tables") for path in folder.glob(f"{kind}/{pattern}")]
    return {path.relative_to(folder).as_posix() for path in paths if path.is_file()}


def read_lasting(path: Path) -> Any:
    """Read a file for comparison: its bytes, or a notebook without the times of its execution."""
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    for metadata in [notebook.metadata, *(cell.metadata for cell in notebook.cells)]:
        metadata.pop("execution", None)
        for name in TIMES:
            metadata.get("papermill", {}).pop(name, None)
    return notebook
