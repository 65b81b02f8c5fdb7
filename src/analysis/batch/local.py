"""Worker processes on this machine; those of a cluster are in `cluster.py`.

They begin by importing this module, and what makes a report only when they make one.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager

from analysis.batch.task import Outcome, Task


class LocalWorkers:
    """Worker processes on this machine, and the process their kernels are forked from."""

    def __init__(self, places: int, data: str, warm: bool, jobs: int) -> None:
        from analysis.engine import kernel

        self.places = min(places, jobs)
        if not kernel.CAN_FORK:
            print(
                "this system cannot fork: each notebook starts a kernel of its own, which is slow"
            )
        self._server = (
            kernel.Forkserver(data if warm else None, rehearse=jobs > 2 * places)
            if kernel.CAN_FORK
            else None
        )
        self._pool = self._open()

    def submit(self, task: Task) -> "Future[Outcome]":
        """Hand a task to a worker."""
        with _holding_back_interrupts():  # a process begun here never hears one
            return self._pool.submit(make_in_worker, task)

    def look(self) -> None:
        """Nothing to see: these workers are as many as they were."""

    def renew(self) -> None:
        """Begin with new processes, because one of them was killed."""
        self._pool.shutdown()
        self._pool = self._open()

    def close(self) -> None:
        """End all of them."""
        self._pool.shutdown()
        if self._server:
            self._server.stop()

    def _open(self) -> ProcessPoolExecutor:
        folder = self._server.folder if self._server else ""
        return ProcessPoolExecutor(
            self.places,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin_worker,
            initargs=(folder,),
        )


def _begin_worker(forkserver: str) -> None:
    """Let this worker end at once when the run itself was killed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if forkserver:
        from analysis.engine import kernel

        os.environ[kernel.FORKSERVER_VARIABLE] = forkserver


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


@contextmanager
def _holding_back_interrupts() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def make_in_worker(task: Task) -> Outcome:
    """Make a report in a worker, which alone imports what that takes."""
    from analysis.batch.report import make_report

    return make_report(task)
