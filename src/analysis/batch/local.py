"""Worker processes on this machine; those of a cluster are in `cluster.py`.

Where the system can fork, they are forked from one process (`server`) that has imported
everything before; else each is started, and imports what makes a report when it makes one.
"""

import contextlib
import json
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

from analysis.batch.task import Outcome, Task
from analysis.engine import guard
from analysis.environment import READS_VARIABLE
from analysis.errors import DataError
from analysis.page.export.clean import clean_text
from analysis.wording.terminal import speak

MOST_TIMES_LOST = 3  # of a report, or a first worker, whose process is killed
LONGEST_WAIT_SECONDS = 2.0
LONGEST_LOG = 500
LONGEST_FOLDER = 60  # a socket's path may have about 100 characters
BEGIN = (  # not by -m, which would find a file analysis.py in the working folder
    "import sys; sys.path[:] = filter(None, sys.path); "
    "from analysis.batch.server import main; main()"
)
SETTINGS = {
    "PYTHONHASHSEED": "0",  # sets in the same order each time
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # a warning of the debugger
    "OMP_NUM_THREADS": "1",  # there are as many notebooks as cores
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # of pyarrow: nothing forks with a thread
}


class Server:
    """The running process that workers are forked from, and its folder for all that is temporary.

    It begins to import at once, and goes on when it is told what to `prepare`.
    """

    def __init__(self) -> None:
        usual = tempfile.gettempdir()
        short = usual if len(usual) <= LONGEST_FOLDER else "/tmp"
        self.folder = tempfile.mkdtemp(prefix="sosei-", dir=short)
        self._control, theirs = socket.socketpair()
        environment = {k: v for k, v in os.environ.items() if k != READS_VARIABLE} | SETTINGS
        environment |= {
            "TMPDIR": self.folder,
            "JUPYTER_RUNTIME_DIR": self.folder,
            "IPYTHONDIR": f"{self.folder}/ipython",
        }
        log = Path(self.folder, "log")
        given = (self.folder, str(theirs.fileno()), str(os.getpid()))
        command = [sys.executable, "-c", BEGIN, *given]
        try:
            with theirs, log.open("w", encoding="utf-8") as file:
                self.process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=file,
                    env=environment,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
        except BaseException:
            self._control.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._log = log
        self._is_prepared = False

    def prepare(self, data: str | None, rehearse: bool) -> None:
        """Let it read a data folder, and draw a report's figures once if enough follow."""
        self._is_prepared = True
        with contextlib.suppress(OSError):  # that it has ended is said when a worker is asked for
            line = json.dumps({"data": data, "rehearse": rehearse})
            self._control.sendall(f"{line}\n".encode())

    def fork_worker(self) -> Connection:
        """Ask for a worker; its connection can be written to before it is there."""
        ours, theirs = socket.socketpair()
        with theirs, contextlib.suppress(OSError):
            socket.send_fds(self._control, [b"w"], [theirs.fileno()])
        return Connection(ours.detach())

    def describe_end(self) -> str:
        """End it; how it ended, and what it said last."""
        self._control.close()
        self.process.wait()
        said = self._log.read_text(errors="replace") if self._log.exists() else ""
        said = clean_text(said.strip()[-LONGEST_LOG:])
        return guard.describe_code(self.process.returncode) + (f" ({said})" if said else "")

    def has_ended(self, seconds: float = 0) -> bool:
        """Whether it has died, or was killed, or does so within some seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return self.process.returncode is not None

    def stop(self) -> None:
        """End it, and all that it forked; its folder goes with it."""
        self._control.close()
        if not self._is_prepared:  # it may still be importing what nobody needs
            self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)  # where it was killed, it could not


@contextlib.contextmanager
def begin_server(wanted: bool) -> Iterator[Server | None]:
    """Begin a server beside what comes first, if one is wanted; end it if it was not needed."""
    server = Server() if wanted and guard.CAN_FORK else None
    try:
        yield server
    finally:
        if server:
            server.stop()


class LocalWorkers:
    """Worker processes on this machine, begun when they are needed.

    `server` is one that has been begun before; without `warm` only ordinary kernels are used.

    Raises
    ------
    DataError
        When the process that workers are forked from ended while it began; nothing of it is left.
    """

    def __init__(
        self, places: int, data: str, warm: bool, jobs: int, server: Server | None = None
    ) -> None:
        self.places = min(places, jobs)
        self._prepared = (data if warm else None, jobs > 2 * places)
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._server: Server | None = None
        if guard.CAN_FORK:
            guard.be_guardian()
            self._spared = guard.list_children()
            self._server = self._begin_server(server)
        else:
            print(speak("run.no_fork"))
        self._check_start()
        self._pool = ThreadPoolExecutor(self.places)

    def _check_start(self) -> None:
        """Begin the first worker, once more where it was killed; know that there can be one."""
        server = self._server
        for _ in range(MOST_TIMES_LOST):
            worker = server.fork_worker() if server else _spawn_worker()
            with contextlib.suppress(EOFError, OSError):
                worker.recv()
                self._idle.append(worker)
                return
            if server is None or server.has_ended(LONGEST_WAIT_SECONDS):
                break
        why = ""
        if server:
            why = server.describe_end()
            server.stop()
            guard.be_guardian(on=False)
        raise DataError(
            f"no notebook can be run: the process to fork theirs from ended{why} while it "
            "began. Run again, or with --ordinary-kernels."
        )

    def _begin_server(self, server: Server | None = None) -> Server:
        server = server or Server()
        server.prepare(*self._prepared)
        return server

    def _begin_worker(self) -> Connection:
        """Begin a worker; it says so when it is there."""
        if self._server is None:
            return _spawn_worker()
        with self._lock:
            if self._server.has_ended():
                self._server.stop()
                guard.end_others(self._spared)
                self._server = self._begin_server()
            return self._server.fork_worker()

    def submit(self, task: Task) -> "Future[Outcome]":
        """Hand a task to a worker; BrokenExecutor in its future says that it was killed."""
        return self._pool.submit(self._make, task)

    def _find_worker(self) -> Connection:
        with contextlib.suppress(IndexError):
            return self._idle.pop()
        worker = self._begin_worker()
        worker.recv()
        return worker

    def _make(self, task: Task) -> Outcome:
        try:
            worker = self._find_worker()
            worker.send(task)
            outcome: Outcome = worker.recv()
        except (EOFError, OSError) as error:
            raise BrokenExecutor from error
        self._idle.append(worker)
        return outcome

    def look(self) -> None:
        """Nothing to see: these workers are as many as they were."""

    def close(self) -> None:
        """End all of them."""
        self._pool.shutdown()
        for worker in self._idle:
            worker.close()
        if self._server:
            self._server.stop()
            if self._server.process.returncode:  # it could not end what it had begun
                guard.end_others(self._spared)
            guard.be_guardian(on=False)


def _spawn_worker() -> Connection:
    """Start a worker where none can be forked."""
    from analysis.batch.server import work

    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return ours
