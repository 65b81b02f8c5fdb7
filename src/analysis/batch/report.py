"""One report, made in a worker: a notebook executed and exported, its files moved into place.

Whatever a notebook does ends as an outcome that is returned, never as an exception.
"""

import glob
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill

from analysis.batch.ledger import describe_files, hash_together, list_files, list_others
from analysis.batch.outputs import check_held, make_folder, move_into_place, sync
from analysis.batch.task import Outcome, Task
from analysis.engine.client import RAISES, StoppedError
from analysis.engine.execute import ENDED_AT, execute_notebook
from analysis.engine.follow import FOLLOW_VARIABLE, describe_folders, hash_path
from analysis.environment import READS_VARIABLE, REPORT_VARIABLE, SVG_VARIABLE
from analysis.errors import DataError
from analysis.page.export.clean import clean_text
from analysis.page.export.page import CellError, Page, export_page

TOLD = (
    "slice",
    "digest",
    "file",
    "written",
    "changing",
    "modules",
    "warning",
)  # kinds of `tell_run`


def make_report(task: Task) -> Outcome:
    """Do one job; return its status, seconds, the files it made and what it read.

    A job that failed has `failure`: the cell, the error and the source of the cell.
    """
    began = time.perf_counter()
    os.chdir(task.root)
    work = task.work / task.job.path / uuid.uuid4().hex[:8]  # a killed try may leave its own
    try:
        check_held(task.work)
        outcome = _execute(task, work) if task.execute else _export(task, work)
    except CellError as error:
        outcome = _failed(str(error), error.cell, error.source)
    except Exception as error:  # whatever happens here, the other reports go on
        outcome = _failed(f"{type(error).__name__}: {error}")
    try:
        _put_into_place(work, task, failed=outcome["status"] == "failed")
    except (OSError, DataError) as error:
        outcome = _failed(f"the report could not be put into place: {error}")
    else:
        if warnings := [*outcome.get("warnings", ()), *_left_out(work)]:
            outcome["warnings"] = [clean_text(warning) for warning in warnings]
    shutil.rmtree(work, ignore_errors=True)
    return outcome | {"seconds": round(time.perf_counter() - began, 2)}


def _execute(task: Task, work: Path) -> dict[str, Any]:
    job = task.job
    work.mkdir(parents=True, exist_ok=True)
    reads = work / "reads"
    os.environ[REPORT_VARIABLE] = str(work / job.name)
    os.environ[READS_VARIABLE] = str(reads)
    os.environ[SVG_VARIABLE] = "yes" if task.svg else ""
    os.environ[FOLLOW_VARIABLE] = _choose_followed(task)
    made_by = hash_together([job.notebook])
    try:
        notebook = execute_notebook(job, task.limits, task.root, work, not task.warm)
    except papermill.PapermillExecutionError as error:
        hint = ""
        if error.ename.endswith("MemoryError"):
            hint = f" (a notebook may take {task.limits.memory_megabytes} MB: --memory)"
        return _failed(f"{error.ename}: {error.evalue}{hint}", error.cell_index, error.source)
    except StoppedError as stop:
        return _failed(stop.reason, stop.cell, stop.source)
    told = _hear(reads)
    reads.unlink(missing_ok=True)
    page = _write_page(notebook, task, work)
    told["file"] += _name_files(page, task)
    warnings = [*told.pop("warning"), *page.warnings, *_list_unshown(notebook)]
    return {
        "status": "ok",
        "executed": made_by,
        "told": told,
        "files": describe_files(work),
        **({"warnings": warnings} if warnings else {}),
        **_tell_end(notebook),
    }


def _list_unshown(notebook: Any) -> Iterator[str]:
    """Say what went wrong where something was to be shown, though its cell went on."""
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", ()):
            if output.output_type == "error" and RAISES not in cell.metadata.get("tags", ()):
                error = f"{output.ename}: {output.evalue}"
                yield f"cell {number}: what it shows could not be made: {error}"


def _choose_followed(task: Task) -> str:
    """Follow files in the project, beside the notebook and in the data folder; not the outputs."""
    job = task.job
    followed = [task.root / place for place in (".", job.notebook.parent, job.cwd, job.data)]
    return describe_folders(followed, [task.output])


def _hear(reads: Path) -> dict[str, list[Any]]:
    """What a notebook told the run (`analysis.environment.tell_run`), by kind and each once."""
    told: dict[str, list[Any]] = {kind: [] for kind in TOLD}
    lines = reads.read_text(encoding="utf-8").splitlines() if reads.exists() else []
    for line in dict.fromkeys(lines):
        for kind, value in json.loads(line).items():
            told[kind].append(value)
    return told


def _write_page(notebook: Any, task: Task, work: Path) -> Page:
    """Write the page of an executed notebook."""
    job = task.job
    folder = task.root / job.notebook.parent
    page = export_page(notebook, job.title, folder, task.show_code, task.places)
    (work / f"{job.name}.html").write_text(page.html, encoding="utf-8")
    return page


def _name_files(page: Page, task: Task) -> list[list[str]]:
    """The pictures that a page was made from, by name and hash, as the notebook's own reading."""
    return [
        [Path(os.path.relpath(path, task.root)).as_posix(), hash_path(path)] for path in page.files
    ]


def _export(task: Task, work: Path) -> dict[str, Any]:
    """Make the page of a finished notebook anew."""
    job = task.job
    work.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(task.output / f"{job.path}.ipynb", as_version=4)
    warnings = list(_write_page(notebook, task, work).warnings)
    return {
        "status": "ok",
        "files": describe_files(work),
        **({"warnings": warnings} if warnings else {}),
        **_tell_end(notebook),
    }


def _tell_end(notebook: Any) -> dict[str, int]:
    """The cell with which a notebook ended by its author's word (`sys.exit()`), if it did."""
    ended_at = notebook.metadata.papermill.get(ENDED_AT)
    return {} if ended_at is None else {ENDED_AT: ended_at}


def _failed(error: str, cell: int | None = None, source: str = "") -> dict[str, Any]:
    failure = {"cell": cell, "error": clean_text(error), "source": source}
    return {"status": "failed", "failure": failure}


def _put_into_place(work: Path, task: Task, failed: bool) -> None:
    """Move a finished report over the last one, its page last; of a failed one what it got to.

    All of it is on the disk when this returns. Nothing is moved where the run's output folder
    is no longer its own.
    """
    check_held(task.work)
    folder, name = task.output / task.job.folder, task.job.name
    make_folder(folder)
    partial = f"{name}.failed.ipynb"
    if failed:
        if (work / partial).exists():
            move_into_place(work / partial, folder / partial)
            sync(folder)
        return
    (folder / partial).unlink(missing_ok=True)
    made = list_files(work)
    if task.execute:
        _remove_old_files(folder, name, {path.relative_to(work) for path in made})
    for file in sorted(made, key=lambda path: path.suffix == ".html"):
        target = folder / file.relative_to(work)
        make_folder(target.parent)
        move_into_place(file, target)
    for changed in {folder / file.relative_to(work).parent for file in made}:
        sync(changed)


def _left_out(work: Path) -> list[str]:
    """A sentence for each link, pipe or the like that a notebook left: only files are moved."""
    return [
        f"{path.relative_to(work)} is a link or another special file, and was left out"
        for path in list_others(work)
    ]


def _remove_old_files(folder: Path, name: str, made: set[Path]) -> None:
    """Remove figures and tables of an earlier run; not those of a notebook with a longer name."""
    pattern = f"{glob.escape(name)}_*"
    others = tuple(f"{path.stem}_" for path in folder.glob(f"{pattern}.ipynb"))
    for kind in ("figures", "tables"):
        for old in folder.glob(f"{kind}/{pattern}"):
            if old.relative_to(folder) not in made and not (others and old.name.startswith(others)):
                old.unlink()
