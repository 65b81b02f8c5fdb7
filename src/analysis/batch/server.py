"""The process that workers are forked from: everything a report needs is imported here, once.

Started by `analysis.batch.local` with a folder, one end of a connection and the number of that
process. From the connection it reads one line of JSON: `{"data", "rehearse"}`, the data folder to
read before (null: only ordinary kernels will be asked for), and whether to draw a report's
figures once. After that each byte asks for a worker, and brings the end of a connection through
which it is given tasks and returns their outcomes. Nothing here begins a thread, so that forking
is safe.

When the connection closes, however the other side died, it ends all workers with what they
began, and removes the folder.
"""

import gc
import json
import os
import shutil
import signal
import socket
import sys
from multiprocessing.connection import Connection

from analysis.engine import guard


def main() -> None:
    """Preload, then fork a worker whenever one is asked for, until the connection closes."""
    folder, control = sys.argv[1], socket.socket(fileno=int(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started this decides
    guard.be_guardian()
    try:
        _end_with(int(sys.argv[3]))
        from analysis.batch import report  # noqa: F401  (what every worker needs)

        if wanted := _read_line(control):
            _preload(**json.loads(wanted))
            guard.outlive_parent()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _serve(control)
    finally:
        guard.end_others(set())
        shutil.rmtree(folder, ignore_errors=True)


def _end_with(parent: int) -> None:
    """End when the one who began this dies, for while it prepares it looks at no connection."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    guard.die_with_parent(parent, signal.SIGTERM)


def _read_line(control: socket.socket) -> bytes:
    """The line with which it begins, without its end; nothing where the other side is gone."""
    line = b""
    while come := control.recv(1):
        if come == b"\n":
            return line
        line += come
    return b""


def _preload(data: str | None, rehearse: bool) -> None:
    if data is not None:
        from analysis.engine.warm import warm_up

        warm_up(data, rehearse)
    gc.collect()
    gc.freeze()  # what is here already stays shared with every process


def _serve(control: socket.socket) -> None:
    workers: set[int] = set()
    server = os.getpid()
    while True:
        asked, ends, _, _ = socket.recv_fds(control, 1, 1)
        if not asked:
            return
        workers = {worker for worker in workers if guard.find_code(worker) is None}
        guard.end_others(workers)  # what one that was killed has left
        for end in ends:
            worker = os.fork()
            if worker == 0:
                control.close()
                _be_worker(Connection(end), server)
            os.close(end)
            workers.add(worker)


def _be_worker(connection: Connection, server: int) -> None:
    """Be a worker, and never return into what was forked."""
    code = 1
    try:
        guard.die_with_parent(server)
        guard.be_guardian()
        os.register_at_fork(after_in_child=connection.close)  # who holds it would seem to work
        work(connection)
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def work(connection: Connection) -> None:
    """Say that there is a worker, and do the tasks that come until nobody asks any more."""
    from analysis.batch.report import make_report

    connection.send("ready")
    try:
        while True:
            connection.send(make_report(connection.recv()))
    except (EOFError, OSError):
        return
