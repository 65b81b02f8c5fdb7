"""One notebook, executed by papermill in a kernel of its own, within limits.

Environment variables tell a kernel's folder and data, so a process executes one at a time.
"""

import asyncio
import hashlib
import json
import os
import time
import uuid
from collections import Counter
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

from analysis.engine import kernel
from analysis.engine.job import Job, Limits
from analysis.engine.notebook import read_notebook
from analysis.environment import DATA_VARIABLE, ROOT_VARIABLE

ENGINE, KERNEL = "sosei", "python3"
ENDED_AT = "ended_at"  # of a notebook's papermill metadata, and of an outcome
RAISES = "raises-exception"  # a tag of Jupyter
NOTHING = "NoneType"  # what the kernel says was raised when an error is of showing something
EXIT, EXITED_WELL = "SystemExit", ("", "0", "None")
BYTES_PER_MEGABYTE = 1_000_000


class StoppedError(Exception):
    """A notebook that was ended from outside, or left something running."""

    def __init__(self, reason: str, cell: int | None = None, source: str = "") -> None:
        super().__init__(reason)
        self.reason, self.cell, self.source = reason, cell, source


def execute_notebook(job: Job, limits: Limits, root: Path, work: Path, warm: bool) -> Any:
    """Execute the notebook of a job, write it into its work folder and return it.

    `root` is the working folder of the command; `warm` says that the kernel is forked from a
    process that has read the data and drawn figures.

    Raises
    ------
    papermill.PapermillExecutionError
        For an error of a cell; what the notebook got to stands in `<name>.failed.ipynb`.
    StoppedError
        For a notebook that was ended from outside, or left something running.
    """
    try:
        return _call_papermill(job, limits, root, work, warm)
    except ConnectionError:  # the fork server has died: another may live
        kernel.forget_forkserver()
        return _call_papermill(job, limits, root, work, warm)


def _call_papermill(job: Job, limits: Limits, root: Path, work: Path, warm: bool) -> Any:
    """Execute a notebook by papermill's parts; what became of its cells, the engine judges.

    papermill.execute_notebook knows no tag `raises-exception`, loses the text of errors that are
    shown by others than IPython, and would fill braces in a file's name.
    """
    notebook = load_notebook_node(read_notebook(job.notebook).for_execution())
    if job.parameters:
        notebook = parameterize_notebook(
            notebook, job.parameters, kernel_name=KERNEL, language="python", engine_name=ENGINE
        )
    os.environ |= {ROOT_VARIABLE: str(root), DATA_VARIABLE: str(Path(job.data))}
    papermill_engines.execute_notebook_with_engine(
        ENGINE,
        notebook,
        KERNEL,
        progress_bar=False,
        job=job,
        limits=limits,
        partial=work / f"{job.name}.failed.ipynb",
        resources={"metadata": {"path": str(root / job.cwd)}},
        extra_arguments=[
            "--log-level=50",
            f"--IPKernelApp.exec_lines={_begin(job)}",
            "--HistoryManager.hist_file=:memory:",  # not a file that all kernels write to
            "--InteractiveShell.enable_tip=False",  # which is drawn by chance, after the seeds
        ],
        config=_prepare_kernel(job, limits, warm),
    )
    nbformat.write(notebook, work / f"{job.name}.ipynb")
    return notebook


def _prepare_kernel(job: Job, limits: Limits, warm: bool) -> Config:
    """Tell jupyter_client by the environment how kernels start; return how to speak to them."""
    if not kernel.CAN_FORK:
        return Config()
    folder = kernel.find_forkserver(job.data if warm else None)
    os.environ |= {
        "JUPYTER_DEFAULT_PROVISIONER_NAME": kernel.PROVISIONER,
        "JUPYTER_RUNTIME_DIR": folder,
        "IPYTHONDIR": f"{folder}/ipython",
        kernel.MEMORY_VARIABLE: str(limits.memory_megabytes * BYTES_PER_MEGABYTE),
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
        "from analysis.engine.shell import begin",
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
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        job: Job,
        limits: Limits,
        partial: Path,
        **settings: Any,
    ) -> None:
        """Run the cells; raise StoppedError for what is no error of a cell."""
        notebook = nb_man.nb
        _make_lasting(notebook, job)
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
