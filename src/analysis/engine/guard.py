"""Processes that are ended for certain, with all that they began.

On Linux a process hears of it when its parent has died, and what a dead one leaves behind becomes
a child of the nearest guardian above it.
"""

import contextlib
import ctypes
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

CAN_FORK = hasattr(os, "fork")
LONGEST_FAREWELL_SECONDS = 2.0
SECONDS_BETWEEN_LOOKS = 0.02
LONGEST_COMMAND = 80  # characters of a command
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # of prctl(2), on Linux
OURS = "analysis.batch.server"  # in the command of every process that is forked from the server


def die_with_parent(parent: int, by: int = signal.SIGKILL) -> None:
    """End this process by a signal when `parent`, which began it, has died."""
    _tell_linux(PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:  # killed before it could be heard of
        os.kill(os.getpid(), by)


def outlive_parent() -> None:
    """Take back `die_with_parent`."""
    _tell_linux(PR_SET_PDEATHSIG, 0)


def be_guardian(on: bool = True) -> None:
    """Let what processes below this one leave behind become children of this one."""
    _tell_linux(PR_SET_CHILD_SUBREAPER, int(on))


def _tell_linux(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def limit_memory(most: int) -> None:
    """Let this process take `most` bytes more than it has (0: as many as there are), on Linux."""
    if most and sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
        all_of_it = pages * resource.getpagesize() + most
        resource.setrlimit(resource.RLIMIT_DATA, (all_of_it, all_of_it))


def find_code(child: int) -> int | None:
    """The exit code of a child, None while it runs; once it is known the child is no more."""
    pid, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def wait_for_code(child: int, seconds: float) -> int | None:
    """The exit code of a child as soon as it has ended, None if it has not after `seconds`."""
    deadline, pause = time.monotonic() + seconds, 0.001
    while (code := find_code(child)) is None and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(2 * pause, SECONDS_BETWEEN_LOOKS)
    return code


def kill(child: int) -> int:
    """End a child at once; return its exit code."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def end_others(spared: set[int], began: float | None = None) -> list[str]:
    """End all processes below this one but those `spared`; return their commands.

    They are given time to end by themselves, counted from `began` (None: no time).
    """
    while others := _list_others(spared):
        if began is None or time.monotonic() - began > LONGEST_FAREWELL_SECONDS:
            break
        time.sleep(SECONDS_BETWEEN_LOOKS)
    left = [_command(process) for process in others]
    while others := _list_others(spared):
        for process in others:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        time.sleep(0.01)
    return left


def _list_others(spared: set[int]) -> list[Any]:
    """The living processes below this one without those spared and what these have begun."""
    if not spared and not _has_children():
        return []
    import psutil

    alive, waiting = [], psutil.Process().children()
    while waiting:
        process = waiting.pop()
        if process.pid in spared:
            continue
        with contextlib.suppress(psutil.Error):
            waiting += process.children()
            if process.status() == psutil.STATUS_ZOMBIE:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(process.pid, os.WNOHANG)
            else:
                alive.append(process)
    return alive


def list_children() -> set[int]:
    """The processes that this one has begun, or that have become its own."""
    import psutil

    return {child.pid for child in psutil.Process().children()}


def _has_children() -> bool:
    """Whether this process has any child, by the quickest way there is."""
    tasks = Path("/proc/self/task")
    try:
        return any((task / "children").read_bytes() for task in tasks.iterdir())
    except OSError:
        return True  # nobody knows


def _command(process: Any) -> str:
    import psutil

    try:
        words = process.cmdline() or [process.name()]
        if any(OURS in word for word in words):
            return "a fork of its Python"
        return " ".join([Path(words[0]).name, *words[1:]])[:LONGEST_COMMAND]
    except psutil.Error:
        return "a process that has ended"


def describe_code(code: int) -> str:
    """How a process ended, by its exit code."""
    return f" by {signal.Signals(-code).name}" if code < 0 else f" with exit code {code}"
