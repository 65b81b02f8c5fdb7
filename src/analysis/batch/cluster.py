"""The same jobs on a Dask cluster: workers on other machines, outputs on a folder they share."""

import atexit
import contextlib
import hashlib
import json
import logging
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.batch.inputs import Inputs
from analysis.batch.ledger import hash_together
from analysis.batch.local import MOST_TIMES_LOST, LocalWorkers
from analysis.batch.task import Task
from analysis.batch.versions import find_versions
from analysis.environment import PACKAGE, find_language
from analysis.errors import DataError

SECONDS_TO_CONNECT = 10
SECONDS_BETWEEN_LOOKS = 2
# They log whole tracebacks of a connection that has closed. The last one is tornado's loop, for
# what distributed's client still had to send or ask: on import, distributed sets it to errors.
LOGGERS = ("asyncio", "distributed", "distributed.client", "tornado.application")
OF_THE_DATA = (".csv", ".parquet", ".toml")
PLACES_PER_WORKER = 2  # one job under way, one waiting at hand
LOST = (
    "the scheduler no longer answers. What was finished is in place; "
    "`sosei run` with a scheduler goes on from there"
)


class ClusterWorkers:
    """The workers of a scheduler, as an executor of concurrent.futures.

    A job whose worker is killed goes to another one; the scheduler sees to that. Workers may
    come and go during a run; before each job a worker is compared with this process again.

    Raises
    ------
    DataError
        When there is no scheduler, no worker, or a worker that would make other reports: with
        other code, other versions, other tables, or without the project's folder. Later, when
        the scheduler is lost.
    """

    def __init__(self, address: str, folder: Path, data: str) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise DataError(
                "--cluster needs the package distributed: pip install 'sosei[cluster]'"
            ) from None
        self._name = f"--cluster {address}"
        self._here = describe_worker(str(folder))
        self._client = self._connect(distributed, address)
        try:
            self._check_workers(str(folder), data)
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False, retries=2)

    def _connect(self, distributed: Any, address: str) -> Any:
        for name in LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        comm = distributed.comm
        try:
            comm.get_address_host_port(comm.normalize_address(address))  # a client would hang
            return distributed.Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise DataError(f"{self._name}: no scheduler answers there ({error})") from None

    def _check_workers(self, folder: str, data: str) -> None:
        threads = self._client.nthreads()
        if not threads:
            raise DataError(f"{self._name}: the scheduler has no workers yet")
        wanted = self._here | {"tables": hash_tables(folder, data)}
        workers = self._client.run(describe_worker, folder, data, on_error="return")
        problems = [text for name in workers for text in find_problems(name, workers[name], wanted)]
        problems += [
            f"worker {name}: has {count} threads, but makes one report at a time: --nthreads 1"
            for name, count in threads.items()
            if count != 1
        ]
        if problems:
            raise DataError("\n".join(problems))
        self._count(threads)

    def _count(self, threads: dict[str, int]) -> None:
        self.places = PLACES_PER_WORKER * max(1, len(threads))
        self._deserted = not threads
        self._looked = time.monotonic()

    def submit(self, task: Task) -> "Future[dict[str, Any]]":
        """Hand a task to the cluster."""
        future: Future[dict[str, Any]] = self._executor.submit(run_checked, task, self._here)
        return future

    def look(self) -> None:
        """Count the workers there are now, and say when they have all gone."""
        if time.monotonic() - self._looked < SECONDS_BETWEEN_LOOKS:
            return
        if self._client.status != "running":
            raise self.lost()
        was_deserted = self._deserted
        try:
            self._count(self._client.nthreads())
        except OSError:
            raise self.lost() from None
        if self._deserted and not was_deserted:
            print(f"{self._name}: no workers are left; waiting for new ones", file=sys.stderr)

    def lost(self) -> DataError:
        """What to say when jobs were given up because the scheduler has gone."""
        return DataError(f"{self._name}: {LOST}")

    def close(self) -> None:
        """Wait for the jobs under way, if they can be heard of, and leave the cluster as it is."""
        if self._client.status == "running":
            self._executor.shutdown()
        self._client.close()


def run_checked(task: Task, here: dict[str, Any]) -> dict[str, Any]:
    """Do one job in a worker, unless it would come out otherwise than where the run began.

    Dask does a job again when the worker that holds its outcome is killed before the run has let
    go of it. The report may be in the ledger by then: it is left as it is, by a note of its
    outcome in the run's work folder.

    Raises
    ------
    DataError
        In a worker that came, or was started again, after the run had begun, and differs.
    """
    from socket import gethostname

    problems = list(find_problems(gethostname(), describe_worker(str(task.root)), here))
    if problems:
        raise DataError("; ".join(problems))
    note = task.work / f"{hashlib.sha256(task.job.path.encode()).hexdigest()[:16]}.json"
    if note.exists():
        noted: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
        return noted
    outcome = _make(task)
    with contextlib.suppress(OSError):  # the report is made, with or without the note
        part = note.with_suffix(f".{uuid.uuid4().hex[:8]}")
        part.write_text(json.dumps(outcome), encoding="utf-8")
        part.replace(note)
    return outcome


def _make(task: Task) -> dict[str, Any]:
    """Let a process beside this one make a report: one may fork, and this one must not."""
    workers = _open_workers(str(task.root / task.job.data), task.warm)
    for _ in range(MOST_TIMES_LOST - 1):
        with contextlib.suppress(BrokenExecutor):
            return workers.submit(task).result()
    return workers.submit(task).result()


@cache
def _open_workers(data: str, warm: bool) -> LocalWorkers:
    workers = LocalWorkers(1, data, warm, jobs=sys.maxsize)
    atexit.register(workers.close)
    return workers


def describe_worker(folder: str, data: str | None = None) -> dict[str, Any]:
    """What a worker makes reports with, and whether it sees the project's folder and its tables."""
    described = {"folder": Path(folder).is_dir(), **_describe_installation()}
    return described if data is None else described | {"tables": hash_tables(folder, data)}


@cache
def _describe_installation() -> dict[str, str]:
    """The code and versions of this process, which stay as they were when it began."""
    return {
        "code": hash_together(sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.toml")])),
        "language": find_language(),
        "template": Inputs().template,
        **find_versions(),
    }


def hash_tables(folder: str, data: str) -> str:
    """The hash of a data folder's tables and rubrics.

    Opening them also makes a network file system look whether they have changed.
    """
    files = [p for p in Path(folder, data).rglob("*") if p.suffix.lower() in OF_THE_DATA]
    return hash_together(sorted(files))


def find_problems(name: str, there: Any, here: dict[str, Any]) -> Iterator[str]:
    """Say why a worker, as it was described there, must not make reports for this process."""
    if isinstance(there, Exception):
        yield f"worker {name}: cannot make reports: {there}"
    elif not there["folder"]:
        yield f"worker {name}: does not see the project's folder, which must be shared"
    else:
        for what, value in here.items():
            if there.get(what) != value:
                yield f"worker {name}: {what} {there.get(what)}, but {value} here"
