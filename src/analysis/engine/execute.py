"""One notebook, executed by papermill with an engine of its own, within limits.

Environment variables tell a notebook's process its folder and data, so a worker executes one at
a time.
"""

import hashlib
import json
import os
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from analysis.engine import guard
from analysis.engine.client import Client, StoppedError
from analysis.engine.job import Job, Limits
from analysis.engine.notebook import read_notebook
from analysis.environment import DATA_VARIABLE, ROOT_VARIABLE

ENGINE, KERNEL = "sosei", "python3"
ENDED_AT = "ended_at"  # of a notebook's papermill metadata, and of an outcome


def execute_notebook(job: Job, limits: Limits, root: Path, work: Path, ordinary: bool) -> Any:
    """Execute the notebook of a job, write it into its work folder and return it.

    `root` is the working folder of the command; `ordinary` asks for an ordinary kernel where
    the cells would else run in a process that is forked from this one. What papermill's own
    `execute_notebook` does is done by its parts: it knows no tag `raises-exception`, loses the
    text of errors that are shown by others than IPython, and would fill braces in a file's name.

    Raises
    ------
    papermill.PapermillExecutionError
        For an error of a cell; what the notebook got to stands in `<name>.failed.ipynb`.
    StoppedError
        For a notebook that was ended from outside, or left something running.
    """
    notebook = load_notebook_node(read_notebook(job.notebook).for_execution())
    if job.parameters:
        notebook = parameterize_notebook(
            notebook, job.parameters, kernel_name=KERNEL, language="python", engine_name=ENGINE
        )
    _make_lasting(notebook, job)
    os.environ |= {ROOT_VARIABLE: str(root), DATA_VARIABLE: str(Path(job.data))}
    papermill_engines.execute_notebook_with_engine(
        ENGINE,
        notebook,
        KERNEL,
        client_class=_choose_client(ordinary or job.wishes.ordinary_kernel),
        limits=limits,
        partial=work / f"{job.name}.failed.ipynb",
        cwd=str(root / job.cwd),
        seed=_make_seed(job),
    )
    nbformat.write(notebook, work / f"{job.name}.ipynb")
    return notebook


def _choose_client(ordinary: bool) -> type[Client]:
    if ordinary or not guard.CAN_FORK:
        from analysis.engine.kernel import KernelClient

        return KernelClient
    from analysis.engine.forked import ForkedClient

    return ForkedClient


def _make_seed(job: Job) -> int:
    """A number of a job, from which its random numbers come: the same for the same job."""
    text = json.dumps([job.name, job.parameters], sort_keys=True, ensure_ascii=False)
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


class _Manager(NotebookExecutionManager):  # type: ignore[misc]
    """Papermill's account of an execution; it reads the times that it has written itself."""

    def cell_complete(self, cell: Any, cell_index: int | None = None, **settings: Any) -> None:
        """Note when a cell ended, and how."""
        ended, told = self.now(), cell.metadata.papermill
        told["end_time"] = ended.isoformat()
        began = datetime.fromisoformat(told["start_time"])
        told["duration"] = (ended - began).total_seconds()
        if told["status"] != self.FAILED:
            told["status"] = self.COMPLETED


class _Engine(Engine):  # type: ignore[misc]
    """Papermill's engine, with limits to a whole notebook, that keeps what a failed one got to."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, *_: Any, **settings: Any) -> Any:
        """Execute; the cells after an end by the author's word are what they are: pending."""
        manager = _Manager(nb, progress_bar=False)
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, **settings)
        finally:
            manager.notebook_complete()
        ended_at = nb.metadata.papermill.get(ENDED_AT)
        if ended_at is not None:
            nb.metadata.papermill["exception"] = None
            nb.cells[ended_at].metadata.papermill |= {"exception": False, "status": "completed"}
            for cell in nb.cells[ended_at + 1 :]:
                cell.metadata.papermill["status"] = "pending"
        return nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        client_class: type[Client],
        limits: Limits,
        partial: Path,
        cwd: str,
        seed: int,
        **_: Any,
    ) -> None:
        """Run the cells; raise StoppedError for what is no error of a cell."""
        client = client_class(nb_man, limits, cwd=cwd, seed=seed, kernel_name=kernel_name)
        failure: Exception | None = None
        try:
            client.execute()
        except StoppedError as stopped:
            failure = stopped
        failure = failure or client.error
        if client.left and not failure:
            failure = StoppedError(f"the notebook left running: {_count(client.left)}")
        if failure:
            nbformat.write(nb_man.nb, partial)
            raise failure
        if client.ended_at is not None:
            nb_man.nb.metadata.papermill[ENDED_AT] = client.ended_at


def _count(commands: list[str]) -> str:
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


papermill_engines.register(ENGINE, _Engine)
