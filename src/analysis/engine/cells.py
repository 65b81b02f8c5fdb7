"""The process that a notebook's cells run in: IPython's kernel without sockets and threads.

It is forked, ready to work, from a worker, which speaks to it through one connection (`pipe`).
Standard output and error are two files: whatever writes there, Python, a library or another
process, stands in them in its order. Each message tells how long they were when it was sent.

The worker asks `{"type": "execute", "id", "code"}`, `{"type": "comm_msg", ...}` or, by closing
its side, for the end. It is told what the kernel publishes: `{"type", "content", "metadata",
"parent", "ends"}`, of each cell last its "execute_reply"; "ready" once before the first cell,
"heard" after a comm_msg, and "turn" where Python's output goes from one file to the other.
"""

import asyncio
import atexit
import ctypes
import importlib.util
import io
import multiprocessing.process
import multiprocessing.util
import os
import signal
import socket
import sys
import tempfile
import threading
import weakref
import zlib
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Type

from analysis.engine import guard, pipe, shell
from analysis.engine.client import ARGUMENTS

OUT, ERR = 1, 2  # the files of standard output and error
STREAMS = {OUT: "stdout", ERR: "stderr"}
NO_KERNEL = (
    "(none: what speaks to a kernel needs `sosei run --ordinary-kernels`, or ordinary_kernel in "
    "the notebook's metadata)"
)


class Telling(Session):
    """The kernel's session, which tells the worker what the kernel publishes.

    What a process sends that the notebook has forked is dropped, as ipykernel does.
    """

    def begin(self, connection: socket.socket, files: Sequence[int]) -> None:
        """Speak for this process, with a connection and the files of its output."""
        self._process, self._connection, self._files = os.getpid(), connection, files
        self._lock, self._turn = threading.Lock(), OUT

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Tell of a message, as `jupyter_client.session.Session.send` would send it."""
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.msg(message, content, parent, header, metadata)
        if self._is_its_own():
            self.tell(
                message["header"]["msg_type"],
                message["content"],
                parent=message["parent_header"].get("msg_id"),
                metadata=message["metadata"],
                buffers=buffers or message.get("buffers") or (),
            )
        return message

    def tell(
        self, kind: str, content: Any = None, *, buffers: Sequence[Any] = (), **more: Any
    ) -> None:
        """Tell something, with the lengths of the files of output."""
        with self._lock:
            ends = [os.fstat(file).st_size for file in self._files]
            pipe.send(
                self._connection, {"type": kind, "content": content, "ends": ends, **more}, buffers
            )

    def turn(self, file: int) -> None:
        """Hear that Python writes into one of the files."""
        if self._is_its_own() and self._turn != file:
            self.tell("turn")
            self._turn = file

    def _is_its_own(self) -> bool:
        return getattr(self, "_process", None) == os.getpid()


class Stream(io.TextIOBase):
    """Standard output or error, which writes into its file at once."""

    encoding, errors = "UTF-8", "replace"

    def __init__(self, file: int, session: Telling) -> None:
        self.name, self._file, self._session = f"<{STREAMS[file]}>", file, session

    def write(self, text: str) -> int:
        """Write text; the characters written."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._session.turn(self._file)
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(self._file, data) :]
        return len(text)

    def writable(self) -> bool:
        """Say that it can be written into."""
        return True

    def fileno(self) -> int:
        """The number of its file."""
        return self._file


class Compiler(XCachingCompiler):
    """ipykernel's compiler; the file that a cell seems to stand in has the same name each time."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """Name a cell by its source only: ipykernel's names hold the number of a process."""
        return f"/ipykernel/{zlib.crc32(raw_code.encode('utf-8', 'replace'))}.py"


class Kernel(IPythonKernel):
    """IPython's kernel in a process that has nothing but it: no queue to empty, no subshells."""

    compiler_class = Type(Compiler)
    _supports_kernel_subshells = False

    async def do_execute(self, *arguments: Any, **settings: Any) -> dict[str, Any]:
        """Run a cell; what libraries in C hold back is written before its reply."""
        kernel: Any = super()
        reply: dict[str, Any] = await kernel.do_execute(*arguments, **settings)
        ctypes.pythonapi.fflush(None)
        return reply

    def _publish_execute_input(self, *_: Any) -> None:
        """The worker knows what it has asked for."""

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """The worker asks for no cell after one that has failed."""


class Cells(IPKernelApp):
    """ipykernel's application, which makes the kernel and its shell as it always does."""

    def initialize(self, argv: list[str] | None = None) -> None:
        """Make the kernel; nothing is opened, and no thread begun."""
        app: Any = self
        BaseIPythonApplication.initialize(app, argv)  # type: ignore[no-untyped-call]
        self.connection_file = NO_KERNEL
        app.init_pdb()
        self.session = Telling(parent=self)
        sys.stdout, sys.stderr = Stream(OUT, self.session), Stream(ERR, self.session)
        self.kernel = Kernel.instance(
            parent=self,
            session=self.session,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
        )
        self.kernel._execute_sleep = 0.0
        app.init_shell()
        app.init_gui_pylab()
        app.init_extensions()
        app.init_code()


def prepare() -> Any:
    """Make the kernel that the notebooks of all forked processes find; return its shell."""
    app: Any = Cells.instance()
    app.initialize(ARGUMENTS)
    ask = {"content": {"code": "None", "silent": True}, "header": {}, "metadata": {}}
    asyncio.run(app.kernel.execute_request(None, b"", ask))  # what the first cell imports
    return app.shell


def run(
    connection: socket.socket, files: Sequence[int], parent: int, cwd: str, memory: int, seed: int
) -> None:
    """Be the process of one notebook, and end; never return into what was forked.

    `files` are those of its output, `memory` the bytes that it may take (0: no limit).
    """
    code = 1
    try:
        guard.die_with_parent(parent)
        os.setsid()
        for file, number in zip(files, STREAMS, strict=True):
            os.dup2(file, number)
        app: Any = Cells.instance()
        app.session.begin(connection, files)
        _settle(app, cwd)
        guard.limit_memory(memory)
        shell.begin(app.shell, seed)
        app.session.tell("ready")
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.run_until_complete(_serve(app, connection))
        threading._shutdown()  # type: ignore[attr-defined]  # as Python itself ends: threads first
        atexit._run_exitfuncs()
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _settle(app: Any, cwd: str) -> None:
    """Make this process what a kernel started in a folder would be.

    Of what the one that it was forked from is to do at its end, it does nothing.
    """
    atexit._clear()
    for inherited in list(weakref.finalize._registry):  # type: ignore[attr-defined]
        inherited.atexit = False
    atexit.register(weakref.finalize._exitfunc)  # type: ignore[attr-defined]
    atexit.register(multiprocessing.util._exit_function)  # type: ignore[attr-defined]
    os.chdir(cwd)
    app.init_path()
    tempfile.tempdir = None  # it may have been another's
    multiprocessing.process.ORIGINAL_DIR = cwd  # type: ignore[attr-defined]  # where its children begin, and import from
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv[:] = [str(launcher and launcher.origin), "-f", NO_KERNEL]
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


async def _serve(app: Any, connection: socket.socket) -> None:
    """Do what the worker asks for, until it closes its side; tasks go on between the cells."""
    app.kernel.io_loop = IOLoop.current()
    inbox = pipe.Inbox(connection)
    while True:
        while (asked := inbox.take()) is None:
            await _until_readable(connection)
            if not inbox.receive():
                return
        if asked["type"] == "execute":
            await _execute(app.kernel, asked)
        else:
            parent = {"header": {"msg_id": asked["id"], "msg_type": asked["type"]}}
            app.kernel.set_parent([], parent, channel="shell")
            app.kernel.comm_manager.comm_msg(None, None, asked)
            app.session.tell("heard")


async def _execute(kernel: Any, asked: dict[str, Any]) -> None:
    """Run a cell as a kernel does that is asked to, by ipykernel's own handler."""
    request = {
        "header": {"msg_id": asked["id"], "msg_type": "execute_request", "session": ""},
        "parent_header": {},
        "metadata": {},
        "content": {"code": asked["code"], "silent": False, "store_history": True},
    }
    kernel.set_parent([], request, channel="shell")
    kernel.pre_handler_hook()
    try:
        await kernel.execute_request(None, b"", request)
    finally:
        kernel.post_handler_hook()


async def _until_readable(connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    readable = loop.create_future()
    loop.add_reader(connection, readable.set_result, None)
    try:
        await readable
    finally:
        loop.remove_reader(connection)
