"""Kernels that are forked ready to work, plugged in below papermill and nbclient.

`Provisioner` is named in pyproject.toml as an entry point of jupyter_client and chosen by the
environment variable JUPYTER_DEFAULT_PROVISIONER_NAME, so notebooks keep the kernel `python3`.
"""

import asyncio
import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.engine.forkserver import SOCKET
from analysis.environment import READS_VARIABLE
from analysis.errors import DataError
from analysis.page.export.clean import clean_text

CAN_FORK = hasattr(os, "fork")
PROVISIONER = "sosei"
FORKSERVER_VARIABLE = "SOSEI_FORKSERVER"
MEMORY_VARIABLE = "SOSEI_MEMORY"
LONGEST_LOG = 500
LONGEST_FOLDER = 60  # a socket's path may have about 100 characters
BEGIN = (  # not by -m, which would find a file analysis.py in the working folder
    "import sys; sys.path[:] = filter(None, sys.path); "
    "from analysis.engine.forkserver import main; main()"
)
SETTINGS = {
    "PYTHONHASHSEED": "0",  # sets in the same order each time
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # a warning of the debugger
    "OMP_NUM_THREADS": "1",  # there are as many kernels as cores
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # of pyarrow: nothing forks with a thread
}


class Forkserver:
    """A running fork server and its folder, which it removes when this process ends.

    The folder also holds the sockets of the kernels. With `data` the server imports what a
    report needs and reads that folder, and draws a report's figures once unless too few follow
    to be worth it; without, it only starts and guards ordinary kernels.

    Raises
    ------
    DataError
        When it ended while it began; then nothing of it is left.
    """

    def __init__(self, data: str | None, rehearse: bool = True) -> None:
        usual = tempfile.gettempdir()
        short = usual if len(usual) <= LONGEST_FOLDER else "/tmp"
        self.folder = tempfile.mkdtemp(prefix="sosei-", dir=short)
        command = [sys.executable, "-c", BEGIN, self.folder]
        self.log = Path(self.folder, "log")
        preloaded = [data, *(["rehearse"] if rehearse else [])] if data else []
        environment = {k: v for k, v in os.environ.items() if k != READS_VARIABLE}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, *preloaded],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment | SETTINGS,
                start_new_session=True,
            )
        assert self.process.stdout is not None
        if not self.process.stdout.readline():
            said = clean_text(self.log.read_text(errors="replace").strip()[-LONGEST_LOG:])
            self.stop()
            why = describe_code(self.process.returncode)
            raise DataError(
                f"no kernels can be started: the process to fork them from ended{why} while it "
                f"began{f' ({said})' if said else ''}. Run again, or with --ordinary-kernels."
            )

    def stop(self) -> None:
        """End all its kernels and itself; its folder goes with it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)  # where it was killed, it could not


def find_forkserver(data: str | None) -> str:
    """Return the folder of this process's fork server, starting one where there is none yet."""
    if FORKSERVER_VARIABLE not in os.environ:
        server = Forkserver(data)
        atexit.register(server.stop)
        os.environ[FORKSERVER_VARIABLE] = server.folder
    return os.environ[FORKSERVER_VARIABLE]


def forget_forkserver() -> None:
    """Let the next kernel come from a new fork server: the one there was has died."""
    os.environ.pop(FORKSERVER_VARIABLE, None)


def describe_end(provisioner: Any) -> str:
    """How a kernel ended, to be added to "the kernel died"."""
    code = getattr(provisioner, "ended", None)
    return "" if code is None else describe_code(code)


def describe_code(code: int) -> str:
    """How a process ended, by its exit code."""
    return f" by {signal.Signals(-code).name}" if code < 0 else f" with exit code {code}"


class Provisioner(LocalProvisioner):
    """Asks the fork server named in the environment for a kernel, and watches over it."""

    connection: socket.socket | None = None
    ended: int | None = None
    left: tuple[str, ...] = ()
    heard = b""
    failed_to_start = False

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel."""
        return self.connection is not None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel and wait until its sockets are bound."""
        self.connection = socket.socket(socket.AF_UNIX)
        folder = os.environ[FORKSERVER_VARIABLE]
        try:
            self.connection.connect(f"{folder}/{SOCKET}")
        except FileNotFoundError:
            raise ConnectionError("the process kernels are forked from is gone") from None
        request = {
            "command": cmd,
            "env": kwargs["env"] | SETTINGS | {"TMPDIR": folder},  # whose folder goes with it
            "cwd": str(kwargs.get("cwd") or Path.cwd()),
            "memory": int(os.environ.get(MEMORY_VARIABLE, "0")),
        }
        self.connection.sendall(json.dumps(request).encode() + b"\n")
        while self.pid is None and self.ended is None:
            self._listen(None)
        if self.pid is None:
            said = Path(folder, "log").read_text(encoding="utf-8")[-LONGEST_LOG:].strip()
            if self.failed_to_start:
                raise RuntimeError(f"the kernel could not start; more --memory? {said}")
            raise ConnectionError(f"the process kernels are forked from has died: {said}")
        return self.connection_info

    def _listen(self, seconds: float | None) -> None:
        """Take in what the guardian tells, waiting up to `seconds` for it."""
        assert self.connection is not None
        if not select.select([self.connection], [], [], seconds)[0]:
            return
        received = b""  # what it is where the process kernels are forked from ended
        with contextlib.suppress(ConnectionResetError):
            received = self.connection.recv(65536)
        *lines, self.heard = (self.heard + received).split(b"\n")
        for line in lines:
            message = json.loads(line)
            self.pid = message.get("started", self.pid)
            self.ended = message.get("ended", self.ended)
            self.failed_to_start = self.pid is None
            self.left = tuple(message.get("left", ()))
        if not received and self.ended is None:
            self.ended = -signal.SIGKILL  # the guardian itself was killed

    async def poll(self) -> int | None:
        """The kernel's exit code, None while it runs."""
        if self.connection is None:
            return 0
        if self.ended is None:
            self._listen(0)
        return self.ended

    async def wait(self) -> int | None:
        """Wait until the kernel and all it started have ended."""
        while await self.poll() is None:
            await asyncio.sleep(0.02)
        return self.ended

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel and its process group."""
        if self.pid is not None and self.ended is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all it started."""
        if self.connection is not None and self.ended is None:
            with contextlib.suppress(OSError):
                self.connection.sendall(b"end\n")
            while self.ended is None:
                self._listen(None)

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel and all it started."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Close the connection: what may still run ends with it."""
        await super().cleanup(restart)
        if self.connection is not None:
            self.connection.close()
            self.connection = None
