"""One job: execute its notebook in a kernel of its own, export it, move the report into place.

This runs in worker processes, on this machine or on another. Whatever a notebook does ends as
an outcome that is returned, never as an exception.
"""

import asyncio
import hashlib
import json
import os
import shutil
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets.config import Config

from analysis.batch import kernel
from analysis.batch.export import CellError, export_page
from analysis.batch.ledger import describe_files
from analysis.batch.tasks import Job, Limits, Task
from analysis.environment import READS_VARIABLE, REPORT_VARIABLE

ENGINE = "sosei"
RAISES_EXCEPTION = "raises-exception"  # Jupyter's tag
BYTES_PER_MEGABYTE = 1_000_000
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
            outcome = _execute(task, work) if task.execute else _export(task, work)
        except CellError as error:
            outcome = _failed(str(error), error.cell, error.source)
        except Exception as error:  # whatever happens here, the other reports go on
            outcome = _failed(f"{type(error).__name__}: {error}")
        try:
            _put_into_place(work, task, failed=outcome["status"] == "failed")
        except OSError as error:
            outcome = _failed(f"the report could not be put into place: {error}")
        shutil.rmtree(work, ignore_errors=True)
    return outcome | {"seconds": round(time.perf_counter() - began, 2)}


def _execute(task: Task, work: Path) -> dict[str, Any]:
    job = task.job
    work.mkdir(parents=True, exist_ok=True)
    reads = work / "reads"
    os.environ[REPORT_VARIABLE] = str(work / job.name)
    os.environ[READS_VARIABLE] = str(reads)
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
    warnings = told["warning"] + _write_page(notebook, task, work)
    return {
        "status": "ok",
        "reads": told["slice"],
        "files": describe_files(work),
        **({"warnings": warnings} if warnings else {}),
    }


def _hear(reads: Path) -> dict[str, list[Any]]:
    """What a notebook told the run (`analysis.environment.tell_run`), by kind and each once."""
    told: dict[str, list[Any]] = {"slice": [], "warning": []}
    lines = reads.read_text(encoding="utf-8").splitlines() if reads.exists() else []
    for line in dict.fromkeys(lines):
        for kind, value in json.loads(line).items():
            told[kind].append(value)
    return told


def _write_page(notebook: Any, task: Task, work: Path) -> list[str]:
    """Write the page of an executed notebook; return what it could not show as meant."""
    job = task.job
    page = export_page(notebook, job.title, task.root / job.notebook.parent, task.show_code)
    (work / f"{job.name}.html").write_text(page.html, encoding="utf-8")
    return list(page.warnings)


def _export(task: Task, work: Path) -> dict[str, Any]:
    """Make the page of a finished notebook anew."""
    job = task.job
    work.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(task.output / f"{job.path}.ipynb", as_version=4)
    warnings = _write_page(notebook, task, work)
    return {
        "status": "ok",
        "files": describe_files(work),
        **({"warnings": warnings} if warnings else {}),
    }


def _failed(error: str, cell: int | None = None, source: str = "") -> dict[str, Any]:
    return {"status": "failed", "failure": {"cell": cell, "error": error, "source": source}}


class StoppedError(Exception):
    """A notebook that was ended from outside, or left something running."""

    def __init__(self, reason: str, cell: int | None = None, source: str = "") -> None:
        super().__init__(reason)
        self.reason, self.cell, self.source = reason, cell, source


def _run_notebook(task: Task, work: Path) -> Any:
    try:
        return _call_papermill(task, work)
    except (ConnectionError, FileNotFoundError):  # the fork server has died: another may live
        kernel.forget_forkserver()
        return _call_papermill(task, work)


def _call_papermill(task: Task, work: Path) -> Any:
    return papermill.execute_notebook(
        str(task.job.notebook),
        str(work / f"{task.job.name}.ipynb"),
        parameters=task.job.parameters,
        engine_name=ENGINE,
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
        task=task,
        partial=work / f"{task.job.name}.failed.ipynb",
        extra_arguments=[
            "--log-level=50",
            f"--IPKernelApp.exec_lines={_seeds(task.job)}",
            "--HistoryManager.hist_file=:memory:",  # not a file that all kernels write to
            "--InteractiveShell.enable_tip=False",  # which is drawn by chance, after the seeds
        ],
        config=_prepare_kernel(task),
    )


def _prepare_kernel(task: Task) -> Config:
    """Tell jupyter_client by the environment how kernels start; return how to speak to them."""
    if not kernel.CAN_FORK:
        return Config()
    data = str(task.job.parameters.get("data", "data"))
    folder = kernel.find_forkserver(data if task.warm else None)
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


def _seeds(job: Job) -> str:
    """A line that seeds random numbers: the same for the same notebook and parameters."""
    text = json.dumps([job.name, job.parameters], sort_keys=True, ensure_ascii=False)
    seed = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
    return f"__import__('random').seed({seed}); __import__('numpy').random.seed({seed})"


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
        self.ending: asyncio.Future[None] | None = None

    def create_kernel_manager(self) -> Any:
        """Keep the manager, which nbclient forgets when the kernel has ended."""
        self.manager = super().create_kernel_manager()
        return self.manager

    def execute_cell(self, cell: Any, cell_index: int, **settings: Any) -> Any:
        """Know which cell is under way."""
        self.cell = cell_index
        return super().execute_cell(cell, cell_index, **settings)

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
        wanted = {name: settings[name] for name in ("config", "extra_arguments")}
        client = _Client(
            nb_man, limits, kernel_name=kernel_name, shutdown_kernel="immediate", **wanted
        )
        stop = None
        try:
            client.execute()
        except (CellTimeoutError, DeadKernelError) as error:
            cell = notebook.cells[client.cell]
            stop = StoppedError(_why_stopped(client, limits, error), client.cell, cell.source)
        failed = notebook.metadata.papermill.get("exception")
        left = getattr(client.manager.provisioner, "left", ())
        if left and not failed and not stop:
            stop = StoppedError(f"the notebook left running: {'; '.join(left)}")
        if failed or stop:
            nbformat.write(notebook, partial)
        if stop:
            raise stop


def _make_lasting(notebook: Any, job: Job) -> None:
    """Take out of a notebook what papermill would write another way each time, but times."""
    notebook.metadata.papermill["output_path"] = f"{job.path}.ipynb"
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


def _raise_for_errors(notebook: Any, path: str) -> None:
    """Papermill's look for errors, but in the cells whose author let them raise one."""
    let = [c for c in notebook.cells if RAISES_EXCEPTION in c.metadata.get("tags", ())]
    kept = [(cell, cell.pop("outputs")) for cell in let if "outputs" in cell]
    try:
        _raise_for_every_error(notebook, path)
    finally:
        for cell, outputs in kept:
            cell["outputs"] = outputs


_raise_for_every_error = papermill.execute.raise_for_execution_errors
papermill.execute.raise_for_execution_errors = _raise_for_errors


def _put_into_place(work: Path, task: Task, failed: bool) -> None:
    """Move a finished report over the last one, its page last; of a failed one what it got to."""
    folder, name = task.output / task.job.folder, task.job.name
    folder.mkdir(parents=True, exist_ok=True)
    partial = f"{name}.failed.ipynb"
    if failed:
        if (work / partial).exists():
            (work / partial).replace(folder / partial)
        return
    (folder / partial).unlink(missing_ok=True)
    made = [path for path in sorted(work.rglob("*")) if path.is_file()]
    if task.execute:
        _remove_old_files(folder, name, {path.relative_to(work) for path in made})
    for file in sorted(made, key=lambda path: path.suffix == ".html"):
        target = folder / file.relative_to(work)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)


def _remove_old_files(folder: Path, name: str, made: set[Path]) -> None:
    """Remove figures and tables of an earlier run; not those of a notebook with a longer name."""
    others = tuple(f"{path.stem}_" for path in folder.glob(f"{name}_*.ipynb"))
    for kind in ("figures", "tables"):
        for old in folder.glob(f"{kind}/{name}_*"):
            if old.relative_to(folder) not in made and not (others and old.name.startswith(others)):
                old.unlink()
