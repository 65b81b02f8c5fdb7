"""A notebook whose cells run in an ordinary kernel, as jupyter_client starts it."""

import os
import tempfile
import time
import uuid
from functools import partial
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from traitlets.config import Config

from analysis.engine import guard
from analysis.engine.client import ARGUMENTS, BYTES_PER_MEGABYTE, Client
from analysis.engine.job import Limits

LONGEST_WAIT_SECONDS = 10**6  # for an output to arrive: the limit is that of the whole notebook


class KernelClient(Client):
    """Papermill's client, which ends the kernel with all that it began."""

    def __init__(self, nb_man: Any, limits: Limits, cwd: str, seed: int, **settings: Any) -> None:
        files = f"{tempfile.gettempdir()}/{uuid.uuid4().hex[:12]}"  # the names of its sockets, too
        super().__init__(
            nb_man,
            limits,
            timeout_func=lambda _: self._count_seconds(),
            iopub_timeout=LONGEST_WAIT_SECONDS,
            resources={"metadata": {"path": cwd}},
            extra_arguments=[*ARGUMENTS, f"--IPKernelApp.exec_lines={_begin(seed)}"],
            config=Config(
                KernelManager={
                    "transport": "ipc",
                    "ip": files,
                    "connection_file": f"{files}.json",
                    "shutdown_wait_time": guard.LONGEST_FAREWELL_SECONDS,
                }
            ),
            **settings,
        )

    def _count_seconds(self) -> float | None:
        left = self.deadline - time.monotonic()
        return None if left == float("inf") else max(0.1, left)

    def execute(self, **settings: Any) -> Any:
        """Run all cells; no process is left of them."""
        memory = self.limits.memory_megabytes * BYTES_PER_MEGABYTE
        if guard.CAN_FORK:
            settings["preexec_fn"] = partial(_be_kernel, os.getpid(), memory)
        try:
            return super().execute(**settings)
        finally:
            self.left = guard.end_others(set(), time.monotonic())

    def start_new_kernel_client(self) -> Any:
        """Say what may help where the kernel did not come to speak."""
        try:
            return super().start_new_kernel_client()
        except RuntimeError as error:
            raise RuntimeError(f"the kernel could not start (more --memory?): {error}") from None

    def create_kernel_manager(self) -> Any:
        """Keep the manager, which nbclient forgets when the kernel has ended."""
        self._manager = super().create_kernel_manager()
        return self._manager

    def run_cell(self, cell: Any, index: int) -> Any:
        """Run a cell by nbclient."""
        try:
            return PapermillNotebookClient.execute_cell(self, cell, index)
        except (CellTimeoutError, DeadKernelError) as error:
            code = self._manager.provisioner.process.poll()
            died = f"the kernel died{'' if code is None else guard.describe_code(code)}"
            raise self.stop(died, index) from error

    def end_kernel(self) -> None:
        """Kill the kernel: nbclient then hears that it has died."""
        self._manager.provisioner.process.kill()


def _be_kernel(parent: int, memory: int) -> None:
    guard.die_with_parent(parent)
    guard.limit_memory(memory)


def _begin(seed: int) -> str:
    """A line for the kernel to begin with.

    A file analysis.py beside the notebook is not what it imports.
    """
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
