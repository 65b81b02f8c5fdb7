"""The process kernels are forked from: everything a report needs is imported here, once.

Started by `analysis.engine.kernel` with a folder, then the data folder and the word `rehearse`. It
listens on FOLDER/forkserver and keeps one thread and no ZMQ context, so that forking is safe.
Each connection asks for one kernel and is its lifeline: a guardian process is forked for it,
which forks the kernel, tells when it has ended, and ends it with all its children when asked
to or when the connection closes, however the other side died.

The connection carries one JSON object a line. Asked: `{"command", "env", "cwd", "memory"}`. Told:
`{"started"}`, the process id, once the kernel's sockets are bound; `{"ended", "left"}`, its exit
code and the commands of processes it left running. Without DATA nothing is imported, and a
kernel is an ordinary one: its command is run.
"""

import contextlib
import ctypes
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

SOCKET = "forkserver"
LONGEST_FAREWELL_SECONDS = 2.0
SECONDS_BETWEEN_LOOKS = 0.2
LONGEST_COMMAND = 80  # characters of a command
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # of prctl(2), on Linux


def main() -> None:
    """Preload, then fork a guardian for every connection until standard input closes."""
    folder = Path(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started this decides
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / SOCKET))
        listener.listen(128)  # who asks meanwhile waits
        print("listening", flush=True)
        if len(sys.argv) > 2:
            _preload(sys.argv[2], rehearse="rehearse" in sys.argv[3:])
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # guardians are not waited for
        _serve(listener)
    _wait_for_guardians()
    shutil.rmtree(folder, ignore_errors=True)


def _preload(data: str, rehearse: bool) -> None:
    from analysis.engine.warm import warm_up

    warm_up(data, rehearse)
    gc.collect()
    gc.freeze()  # what is here already stays shared with every kernel


def _serve(listener: socket.socket) -> None:
    while True:
        wanted: list[Any] = [0, listener]
        readable, _, _ = select.select(wanted, [], [])
        if 0 in readable:
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            _run(partial(_guard, connection), [listener.fileno(), 0])
        connection.close()


def _run(task: Callable[[], Any], unneeded: list[int]) -> None:
    """Be another process: without these files, and without ever returning into the server."""
    try:
        for number in unneeded:
            os.close(number)
        task()
    except SystemExit:  # of a kernel asked to leave: its libraries hear of it
        raise
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _wait_for_guardians() -> None:
    """Their connections have closed, or will: each ends its kernel first."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(-1, 0)  # with SIGCHLD ignored: returns by an error, when the last has ended


def _guard(connection: socket.socket) -> None:
    """Fork the kernel that is asked for and see to its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _tell_linux(PR_SET_CHILD_SUBREAPER, 1)  # what a kernel leaves behind becomes ours
    stream = connection.makefile("rw", encoding="utf-8")
    request = stream.readline()
    if not request:
        return
    guardian = os.getpid()
    kernel = os.fork()
    if kernel == 0:
        _run(partial(_be_kernel, json.loads(request), connection, guardian), [])
    code = None
    while code is None:
        asked, _, _ = select.select([connection], [], [], SECONDS_BETWEEN_LOOKS)
        if asked:
            break  # to end it, or the other side is gone
        code = _exit_code(kernel)
    code, left = _end(kernel, code)
    with contextlib.suppress(OSError):
        stream.write(json.dumps({"ended": code, "left": left}) + "\n")
        stream.flush()


def _be_kernel(request: dict[str, Any], connection: socket.socket, guardian: int) -> None:
    _tell_linux(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != guardian:  # killed before it could be heard of
        os._exit(1)
    os.setsid()
    os.open(os.devnull, os.O_RDONLY)  # the lowest free number is 0, standard input
    os.dup2(2, 1)
    os.environ.clear()
    os.environ.update(request["env"])
    tempfile.tempdir = None  # what this process found out before it had TMPDIR
    os.chdir(request["cwd"])
    if "multiprocessing.process" in sys.modules:  # where its children begin, and import from
        sys.modules["multiprocessing.process"].ORIGINAL_DIR = request["cwd"]  # type: ignore[attr-defined]
    _limit_memory(request["memory"])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = request["command"]
    if "ipykernel" not in sys.modules:
        _tell(connection, {"started": os.getpid()})
        os.execvpe(command[0], command, request["env"])
    from analysis.engine.warm import prepare_kernel

    sys.argv[1:] = command[command.index("-f") :]
    app = prepare_kernel(sys.argv[1:])
    _tell(connection, {"started": os.getpid()})
    connection.close()
    app.start()


def _tell(connection: socket.socket, message: dict[str, Any]) -> None:
    connection.sendall(json.dumps(message).encode() + b"\n")


def _limit_memory(most: int) -> None:
    """Let the kernel take `most` bytes more than it begins with (0: as many as there are)."""
    if most:
        import resource

        import psutil

        begun_with = getattr(psutil.Process().memory_info(), "data", 0)
        resource.setrlimit(resource.RLIMIT_DATA, (begun_with + most, begun_with + most))


def _exit_code(kernel: int) -> int | None:
    pid, status = os.waitpid(kernel, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def _end(kernel: int, code: int | None) -> tuple[int, list[str]]:
    """End a kernel; return its exit code and the commands of what it would have left running.

    One that has children is asked to leave first: many libraries end theirs on exit.
    """
    if code is None and not _others(kernel):
        os.kill(kernel, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(kernel, 0)[1]), []
    if code is None:
        os.kill(kernel, signal.SIGTERM)
    began = time.monotonic()
    while code is None or _others(kernel):
        if time.monotonic() - began > LONGEST_FAREWELL_SECONDS:
            break
        time.sleep(0.02)
        code = _exit_code(kernel) if code is None else code
    if code is None:
        os.kill(kernel, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(kernel, 0)[1])
    left = [_command(process) for process in _others(kernel)]
    while others := _others(kernel):
        for process in others:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        time.sleep(0.01)
    return code, left


def _others(kernel: int) -> list[Any]:
    """The processes the kernel has begun, those without a parent included."""
    import psutil

    alive = []
    for process in psutil.Process().children(recursive=True):
        if process.pid == kernel:
            continue
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() == psutil.STATUS_ZOMBIE:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(process.pid, os.WNOHANG)
            else:
                alive.append(process)
    return alive


def _command(process: Any) -> str:
    import psutil

    try:
        words = process.cmdline() or [process.name()]
        if any("analysis.engine.forkserver" in word for word in words):
            return "a fork of its Python"
        return " ".join([Path(words[0]).name, *words[1:]])[:LONGEST_COMMAND]
    except psutil.Error:
        return "a process that has ended"


def _tell_linux(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    main()
