"""One job: execute its notebook in a kernel of its own, export it, move the report into place.

This runs in worker processes, on this machine or on another. Whatever a notebook does ends as
an outcome that is returned, never as an exception.
"""

import asyncio
import glob
import hashlib
import json
import os
import shutil
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from analysis.batch import kernel
from analysis.batch.export import CellError, Page, export_page
from analysis.batch.follow import FOLLOW_VARIABLE, describe_folders, hash_path
from analysis.batch.ledger import describe_files, hash_together, list_files, list_others
from analysis.batch.messages import clean_text
from analysis.batch.notebook import read_notebook
from analysis.batch.outputs import check_held, make_folder, move_into_place, sync
from analysis.batch.tasks import Job, Limits, Task
from analysis.environment import DATA_VARIABLE, READS_VARIABLE, REPORT_VARIABLE, ROOT_VARIABLE
from analysis.errors import DataError

ENGINE, KERNEL = "sosei", "python3"
ENDED_AT = "ended_at"  # of a notebook's papermill metadata, and of an outcome
RAISES = "raises-exception"  # a tag of Jupyter
NOTHING = "NoneType"  # what the kernel says was raised when an error is of showing something
EXIT, EXITED_WELL = "SystemExit", ("", "0", "None")
BYTES_PER_MEGABYTE = 1_000_000
TOLD = (
    "slice",
    "digest",
    "file",
    "written",
    "changing",
    "modules",
    "warning",
)  # kinds of `tell_run`
_ONE_AT_A_TIME = threading.Lock()  # a job's folder is told to its kernel by the environment


def run_task(task: Task) -> dict[str, Any]:
    """Do one job; return its status, seconds, the files it made and what it read.

    A job that failed has `failure`: the cell, the error and the source of the cell.
    """
    began = time.perf_counter()
    with _ONE_AT_A_TIME:
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
    os.environ[FOLLOW_VARIABLE] = _choose_followed(task)
    made_by = hash_together([job.notebook])
    try:
        notebook = _run_notebook(task, work)
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
    page = export_page(notebook, job.title, task.root / job.notebook.parent, task.show_code)
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


class StoppedError(Exception):
    """A notebook that was ended from outside, or left something running."""

    def __init__(self, reason: str, cell: int | None = None, source: str = "") -> None:
        super().__init__(reason)
        self.reason, self.cell, self.source = reason, cell, source


def _run_notebook(task: Task, work: Path) -> Any:
    try:
        return _call_papermill(task, work)
    except ConnectionError:  # the fork server has died: another may live
        kernel.forget_forkserver()
        return _call_papermill(task, work)


def _call_papermill(task: Task, work: Path) -> Any:
    """Execute a notebook by papermill's parts; what became of its cells, the engine judges.

    papermill.execute_notebook knows no tag `raises-exception`, loses the text of errors that are
    shown by others than IPython, and would fill braces in a file's name.
    """
    job = task.job
    notebook = load_notebook_node(read_notebook(job.notebook).for_execution())
    if job.parameters:
        notebook = parameterize_notebook(
            notebook, job.parameters, kernel_name=KERNEL, language="python", engine_name=ENGINE
        )
    os.environ |= {ROOT_VARIABLE: str(task.root), DATA_VARIABLE: str(Path(job.data))}
    papermill_engines.execute_notebook_with_engine(
        ENGINE,
        notebook,
        KERNEL,
        progress_bar=False,
        task=task,
        partial=work / f"{job.name}.failed.ipynb",
        resources={"metadata": {"path": str(task.root / job.cwd)}},
        extra_arguments=[
            "--log-level=50",
            f"--IPKernelApp.exec_lines={_begin(job)}",
            "--HistoryManager.hist_file=:memory:",  # not a file that all kernels write to
            "--InteractiveShell.enable_tip=False",  # which is drawn by chance, after the seeds
        ],
        config=_prepare_kernel(task),
    )
    nbformat.write(notebook, work / f"{job.name}.ipynb")
    return notebook


def _prepare_kernel(task: Task) -> Config:
    """Tell jupyter_client by the environment how kernels start; return how to speak to them."""
    if not kernel.CAN_FORK:
        return Config()
    folder = kernel.find_forkserver(task.job.data if task.warm else None)
    os.environ |= {
        "JUPYTER_DEFAULT_PROVISIONER_NAME": kernel.NAME,
        "JUPYTER_RUNTIME_DIR": folder,
        "IPYTHONDIR": f"{folder}/ipython",
        kernel.MEMORY_VARIABLE: str(task.limits.memory_megabytes * BYTES_PER_MEGABYTE),
    }
    kernel_files = f"{folder}/{uuid.uuid4().hex[:12]}"
    return Config(
        KernelManager={
            "transport": "ipc",
            "ip": kernel_files,  # the beginning of its sockets' names
            "connection_file": f"{kernel_files}.json",
        }
    )


def _begin(job: Job) -> str:
    """A line for the kernel to begin with; random numbers are the same for the same job.

    A file analysis.py beside the notebook is not what it imports, in any kind of kernel.
    """
    text = json.dumps([job.name, job.parameters], sort_keys=True, ensure_ascii=False)
    seed = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
    lines = [
        "import sys",
        "path = sys.path[:]",
        "sys.path[:] = filter(None, path)",
        "from analysis.batch.shell import begin",
        "sys.path[:] = path",
        f"begin(shell, {seed})",
    ]
    code = "\n".join(lines)
    return f"exec({code!r}, {{'shell': get_ipython()}})"


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client, which also counts what a notebook prints and knows its cell."""

    def __init__(self, nb_man: Any, limits: Limits, **settings: Any) -> None:
        deadline = time.monotonic() + limits.seconds
        if limits.seconds:
            settings["timeout_func"] = lambda _: max(0.1, deadline - time.monotonic())
        super().__init__(nb_man, **settings)
        self.limit = limits.output_megabytes * BYTES_PER_MEGABYTE
        self.printed = 0
        self.cell = 0
        self.error: papermill.PapermillExecutionError | None = None
        self.ended_at: int | None = None
        self.ending: asyncio.Future[None] | None = None

    def create_kernel_manager(self) -> Any:
        """Keep the manager, which nbclient forgets when the kernel has ended."""
        self.manager = super().create_kernel_manager()
        return self.manager

    def execute_cell(self, cell: Any, cell_index: int, **settings: Any) -> Any:
        """Execute a cell, knowing which; end the notebook where it fails, or asks to end.

        An error that is shown without being raised (`%run`) is a failure, too, unless the cell
        is tagged `raises-exception`, or the error is of showing something (`_repr_html_`).
        """
        self.cell = cell_index
        try:
            executed = super().execute_cell(cell, cell_index, **settings)
            shown = [o for o in cell.get("outputs", []) if o.output_type == "error"]
            if shown and RAISES not in cell.metadata.tags:
                raise CellExecutionError("", shown[0].ename, shown[0].evalue)
        except CellExecutionError as error:
            if error.ename == NOTHING:
                return cell
            shown = [o for o in cell.outputs if o.output_type == "error"]
            if error.ename == EXIT and error.evalue in EXITED_WELL:
                self.ended_at = cell_index
                cell.outputs = [o for o in cell.outputs if o not in shown]
                raise
            same = [o.evalue for o in shown if o.ename == error.ename]  # may tell more
            self.error = papermill.PapermillExecutionError(
                cell_index,
                cell.execution_count,
                cell.source,
                error.ename,
                (same or [error.evalue])[0],
                [],
            )
            raise
        return executed

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Count what is printed and shown; end the kernel that goes beyond its limit."""
        content = msg["content"]
        room = self.limit - self.printed
        self.printed += len(content.get("text", "")) + sum(
            len(value) for value in content.get("data", {}).values() if isinstance(value, str)
        )
        if self.limit and self.printed > self.limit:
            if self.ending:
                return None
            # nbclient then hears that the kernel has died
            self.ending = asyncio.ensure_future(self.manager.provisioner.kill())
            if "text" not in content:
                return None
            content["text"] = content["text"][:room]
        return super().process_message(msg, cell, cell_index)


class _Engine(NBClientEngine):  # type: ignore[misc]
    """Papermill's engine, with limits to a whole notebook, that keeps what a failed one got to."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, task: Task, partial: Path, **settings: Any
    ) -> None:
        """Run the cells; raise StoppedError for what is no error of a cell."""
        notebook, limits = nb_man.nb, task.limits
        _make_lasting(notebook, task.job)
        wanted = {name: settings[name] for name in ("config", "extra_arguments", "resources")}
        client = _Client(
            nb_man, limits, kernel_name=kernel_name, shutdown_kernel="immediate", **wanted
        )
        failure: Exception | None = None
        try:
            client.execute()
        except (CellTimeoutError, DeadKernelError) as error:
            cell = notebook.cells[client.cell]
            failure = StoppedError(_why_stopped(client, limits, error), client.cell, cell.source)
        left = getattr(client.manager.provisioner, "left", ())
        failure = failure or client.error
        if left and not failure:
            failure = StoppedError(f"the notebook left running: {_count(left)}")
        if failure:
            nbformat.write(notebook, partial)
            raise failure
        if client.ended_at is not None:
            notebook.metadata.papermill[ENDED_AT] = client.ended_at

    @classmethod
    def execute_notebook(cls, nb: Any, *arguments: Any, **settings: Any) -> Any:
        """Let the cells after an end by the author's word be what they are: pending."""
        super().execute_notebook(nb, *arguments, **settings)
        ended_at = nb.metadata.papermill.get(ENDED_AT)
        if ended_at is not None:
            nb.metadata.papermill["exception"] = None
            nb.cells[ended_at].metadata.papermill |= {"exception": False, "status": "completed"}
            for cell in nb.cells[ended_at + 1 :]:
                cell.metadata.papermill["status"] = "pending"
        return nb


def _count(commands: tuple[str, ...]) -> str:
    """Commands, each once and with how often it is there."""
    counts = Counter(commands).items()
    return "; ".join(f"{command} ({n} times)" if n > 1 else command for command, n in counts)


def _make_lasting(notebook: Any, job: Job) -> None:
    """Take out of a notebook what papermill would write another way each time, but times."""
    paths = {"input_path": job.notebook.as_posix(), "output_path": f"{job.path}.ipynb"}
    notebook.metadata.papermill |= paths
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"


def _why_stopped(client: _Client, limits: Limits, error: Exception) -> str:
    if client.limit and client.printed > client.limit:
        return f"the notebook printed more than {limits.output_megabytes} MB (--output-limit)"
    if isinstance(error, CellTimeoutError):
        return f"the notebook ran longer than {limits.seconds} seconds (--time-limit)"
    return f"the kernel died{kernel.describe_end(client.manager.provisioner)}"


papermill_engines.register(ENGINE, _Engine)


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
