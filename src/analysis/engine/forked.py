"""A notebook whose cells run in a process that is forked for it (`cells`), seen from its worker."""

import codecs
import contextlib
import os
import select
import socket
import tempfile
import time
import uuid
from types import SimpleNamespace
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError

from analysis.engine import cells, guard, pipe
from analysis.engine.client import BYTES_OF_AN_OUTPUT, BYTES_PER_MEGABYTE, RAISES, Client
from analysis.engine.job import Limits

SECONDS_BETWEEN_LOOKS = 0.1
LONGEST_WAY_OUT_SECONDS = 5.0
CUT = "the notebook closed files that it had not opened, its connection to the run among them"
LONGEST_LOG = 500
BYTES_OF_NO_OUTPUT = 100_000_000  # of messages that show nothing, such as the state of a widget
SHOWS = (  # before these, the text that has been written is shown
    "display_data",
    "execute_result",
    "error",
    "clear_output",
    "comm_open",
    "comm_msg",
    "execute_reply",
)
_session = Session()


class ForkedClient(Client):
    """Papermill's client, which speaks to a forked process instead of a kernel.

    Text of one stream that nothing else comes between is one output, so that the same notebook
    gives the same outputs.
    """

    def __init__(self, nb_man: Any, limits: Limits, cwd: str, seed: int, **settings: Any) -> None:
        super().__init__(nb_man, limits, record_timing=False, **settings)
        self._cwd, self._seed = cwd, seed
        self._texts = [_Text(), _Text()]
        self._pending: list[tuple[str, str]] = []  # text that is read, and not yet shown
        self._held = 0  # characters of it
        self.kc: Any = SimpleNamespace(
            session=_session, shell_channel=self
        )  # to a widget of nbclient

    def execute(self, **_: Any) -> Any:
        """Run all cells; no process is left of them."""
        self.reset_execution_trackers()
        ours, theirs = socket.socketpair()
        worker = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            ours.close()
            memory = self.limits.memory_megabytes * BYTES_PER_MEGABYTE
            files = [text.file.fileno() for text in self._texts]
            cells.run(theirs, files, worker, self._cwd, memory, self._seed)
        theirs.close()
        self._connection, self._inbox = ours, pipe.Inbox(ours)
        self._code: int | None = None
        self._is_cut = False  # it lives, but nothing of it can be heard any more
        try:
            self._wait_until_ready()
            self.papermill_execute_cells()
            self.nb.metadata["language_info"] = cells.Kernel.language_info
            self.set_widgets_metadata()
        finally:
            self._end()
        return self.nb

    def _wait_until_ready(self) -> None:
        message = self._receive()
        if message is None:
            said = "".join(text.read(text.size) for text in self._texts)[-LONGEST_LOG:].strip()
            raise RuntimeError(
                f"the process of the notebook could not start (more --memory?): {said}"
            )

    def run_cell(self, cell: Any, index: int) -> Any:
        """Run a cell."""
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        self._cell = uuid.uuid4().hex
        self._ask({"type": "execute", "id": self._cell, "code": cell.source})
        reply = self._listen(cell, index)
        cell["execution_count"] = self.code_cells_executed
        if reply["status"] == "error" and RAISES not in tags:
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def send(self, message: dict[str, Any]) -> None:
        """Send what a widget of nbclient answers: it is heard after the cell."""
        asked = {"type": "comm_msg", "id": self._cell + "-answered", "content": message["content"]}
        self._ask(asked)

    def _ask(self, asked: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):  # that it has died is heard when it is listened to
            pipe.send(self._connection, asked)

    def _listen(self, cell: Any, index: int) -> dict[str, Any]:
        """Take in what a cell shows until it has been run; return its reply."""
        while True:
            message = self._receive()
            if message is None:
                self._take_text([text.size for text in self._texts])
                self._show_text(cell, index)
                died = "" if self._code is None else guard.describe_code(self._code)
                reason = f"the process of the notebook died{died}"
                raise self.stop(CUT if self._is_cut else reason, index)
            self._take_text(message["ends"])
            if message["type"] == "heard":  # what was printed meanwhile is no cell's
                self._drop_text()
            elif message.get("parent") == self._cell:
                if message["type"] in SHOWS:
                    self._show_text(cell, index)
                if message["type"] == "execute_reply":
                    break
                self.process_message(self._as_nbclient_has_it(message), cell, index)
        if self.printed > self.most:
            raise self.stop("", index)
        return dict(message["content"])

    def _receive(self) -> dict[str, Any] | None:
        """The next message; None when no more can come, and the process has ended.

        It is ended where it has run longer or printed more than it may; what it has told until
        then still comes.
        """
        while True:
            if self._code is None and self._is_beyond():
                self._code = guard.kill(self._process)
            try:
                if message := self._inbox.take(self.most - self.printed + BYTES_OF_NO_OUTPUT):
                    return message
            except pipe.TooLargeError:
                self.printed = self.most + 1
                return None
            wait = max(0.0, min(SECONDS_BETWEEN_LOOKS, self.deadline - time.monotonic()))
            come = select.select([self._connection], [], [], wait)[0]
            if come and self._inbox.receive():
                continue
            if self._code is not None:
                return None
            self._code = self._leave() if come else guard.find_code(self._process)

    def _leave(self) -> int:
        """The exit code of a process that can be heard no more: it ends, or else is ended."""
        code = guard.wait_for_code(self._process, LONGEST_WAY_OUT_SECONDS)
        self._is_cut = code is None
        return guard.kill(self._process) if code is None else code

    def _is_beyond(self) -> bool:
        waiting = self._held + sum(text.size - text.read_to for text in self._texts)
        return time.monotonic() > self.deadline or self.printed + waiting > self.most

    def _take_text(self, ends: list[int]) -> None:
        """Read what has been written, as far as is told, as text that is not yet shown."""
        for text, name, end in zip(self._texts, cells.STREAMS.values(), ends, strict=True):
            if come := text.read(min(end, text.read_to + self.most + 1)):
                self._pending.append((name, come))
                self._held += len(come) + BYTES_OF_AN_OUTPUT

    def _show_text(self, cell: Any, index: int) -> None:
        merged: list[list[str]] = []
        for name, text in self._pending:
            if merged and merged[-1][0] == name:
                merged[-1][1] += text
            else:
                merged.append([name, text])
        self._drop_text()
        for name, text in merged:
            stream = {
                "type": "stream",
                "content": {"name": name, "text": text},
                "parent": self._cell,
            }
            self.process_message(self._as_nbclient_has_it(stream), cell, index)

    def _drop_text(self) -> None:
        self._pending.clear()
        self._held = 0

    def _as_nbclient_has_it(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "msg_type": message["type"],
            "header": {"msg_type": message["type"]},
            "parent_header": {"msg_id": message["parent"]},
            "metadata": message.get("metadata", {}),
            "content": message["content"],
            "buffers": message.get("buffers", []),
        }

    def _end(self) -> None:
        """Let the process end by itself, or end it; and all that it began."""
        began = time.monotonic()
        with contextlib.suppress(OSError):  # it may have died
            self._connection.shutdown(socket.SHUT_WR)
        if self._code is None:
            select.select([self._connection], [], [], guard.LONGEST_FAREWELL_SECONDS)
            self._code = guard.wait_for_code(self._process, guard.LONGEST_FAREWELL_SECONDS)
        if self._code is None:
            self._code = guard.kill(self._process)
        self.left = guard.end_others(set(), began)
        self._connection.close()
        for text in self._texts:
            text.file.close()


class _Text:
    """A file without a name that output is written into, and how far it has been read."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile("a+b", buffering=0)  # noqa: SIM115  (the client closes it)
        self.read_to = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def size(self) -> int:
        """How much has been written, in bytes."""
        return os.fstat(self.file.fileno()).st_size

    def read(self, end: float) -> str:
        """Read on, to a place in the file."""
        data = os.pread(self.file.fileno(), max(0, int(end) - self.read_to), self.read_to)
        self.read_to += len(data)
        return self._decoder.decode(data)
