"""The ways to make one report that runner.py compares, and what its processes do with them.

They stand in a module of their own because a notebook that runs in a process takes the place of
its main module.
"""

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF
from typing import Any

import nbformat
from national import PROJECT
from taken import count_cpu_seconds

from analysis.environment import REPORT_VARIABLE
from analysis.page.export.page import export_page

NOTEBOOK = PROJECT / "notebooks" / "program.ipynb"
BIN = Path(sys.executable).parent
LONGEST_WAIT_SECONDS = 300
Job = dict[str, Any]
_shared: dict[str, Any] = {}


def find_place(job: Job, folder: Path) -> Path:
    """The folder of a report, as `sosei run` would name it."""
    return folder / str(job["fiscal_year"]) / job["government"] / job["program"]


def _prepare(job: Job, folder: Path) -> Path:
    """Make the folder of a report."""
    place = find_place(job, folder)
    place.mkdir(parents=True, exist_ok=True)
    return place


def make_by_commands(job: Job, folder: Path) -> None:
    """Run papermill and nbconvert by their commands."""
    notebook = _prepare(job, folder) / NOTEBOOK.name
    environment = os.environ | {REPORT_VARIABLE: str(notebook.with_suffix(""))}
    given = [text for name, value in job.items() for text in (_flag(value), name, str(value))]
    for command in (
        [BIN / "papermill", "--no-progress-bar", "--cwd", PROJECT, NOTEBOOK, notebook, *given],
        [BIN / "jupyter", "nbconvert", "--to", "html", notebook],
    ):
        subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, check=True)


def _flag(value: Any) -> str:
    return "-r" if isinstance(value, str) else "-p"  # -p would read a code as a number


def make_by_papermill(job: Job, folder: Path, engine: str | None = None) -> None:
    """Run the notebook by papermill, in an ordinary kernel; make the page in this process."""
    import papermill

    place = _prepare(job, folder)
    os.environ[REPORT_VARIABLE] = str(place / NOTEBOOK.stem)
    made = papermill.execute_notebook(
        str(NOTEBOOK),
        str(place / NOTEBOOK.name),
        parameters=job,
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
        extra_arguments=["--log-level=50"],
    )
    page = export_page(made, job["program"], Path("notebooks")).html
    (place / f"{NOTEBOOK.stem}.html").write_text(page, encoding="utf-8")


def make_in_process(job: Job, folder: Path) -> None:
    """Run the notebook by papermill with the engine of ploomber-engine."""
    make_by_papermill(job, folder, "embedded")


def run_cells(job: Job, folder: Path) -> None:
    """Run the notebook's code cells in this process; those of the next report overwrite names."""
    shell = _warm_shell(job["data"])
    os.environ[REPORT_VARIABLE] = str(_prepare(job, folder) / NOTEBOOK.stem)
    values = "\n".join(f"{name} = {value!r}" for name, value in job.items())
    for source, parameters in _read_cells():
        with contextlib.redirect_stdout(io.StringIO()):
            shell.run_cell(values if parameters else source).raise_error()


def run_cells_in_fork(job: Job, folder: Path) -> None:
    """Run the notebook's code cells in a process that is forked from this one, and ends at once."""
    _warm_shell(job["data"])
    _read_cells()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run_cells(job, folder)
            code = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(code)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(f"the cells of {job['program']} did not end well in their process")


@cache
def _warm_shell(data: str) -> Any:
    """The shell that `warm_up` makes; what it shows goes nowhere, for no worker has asked it."""
    from IPython import get_ipython

    from analysis.engine.warm import warm_up

    warm_up(data)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__  # the kernel's speak to a worker
    gc.collect()
    gc.freeze()
    return get_ipython()


@cache
def _read_cells() -> list[tuple[str, bool]]:
    """The source of each code cell, and whether it is the cell `parameters`."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    return [
        (cell.source, "parameters" in cell.metadata.get("tags", []))
        for cell in cells
        if cell.cell_type == "code"
    ]


def count_cpu(make: Callable[[Job, Path], None], job: Job, folder: Path) -> float:
    """Make one report; the CPU seconds of this process and of all that it has begun for it."""
    began = count_cpu_seconds(RUSAGE_SELF, RUSAGE_CHILDREN)
    make(job, folder)
    return count_cpu_seconds(RUSAGE_SELF, RUSAGE_CHILDREN) - began


def keep_barrier(barrier: Any) -> None:
    """Keep what the processes of a pool wait at for one another."""
    _shared["barrier"] = barrier


def make_first(make: Callable[[Job, Path], None], job: Job, folder: Path) -> None:
    """Make one report and wait for the others, so that no process makes two."""
    try:
        make(job, folder)
    finally:
        _shared["barrier"].wait(LONGEST_WAIT_SECONDS)
