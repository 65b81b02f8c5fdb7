"""Messages between a worker and the process of its notebook: JSON, with binary buffers behind it.

They come from a process in which a notebook's code runs, so they are never pickles, and a
message is not read before its size is known. Each begins with the bytes of its JSON and of its
buffers.
"""

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any

from jupyter_client.jsonutil import json_clean
from jupyter_client.session import json_packer

HEAD = struct.Struct(">QQ")
BYTES_AT_ONCE = 1 << 20


class TooLargeError(Exception):
    """A message of more bytes than may be read."""


def send(connection: socket.socket, message: dict[str, Any], buffers: Sequence[Any] = ()) -> None:
    """Send a message, and buffers with it."""
    parts = [memoryview(buffer).cast("B") for buffer in buffers]
    sizes = [part.nbytes for part in parts]
    data = _pack([message, sizes])
    connection.sendall(HEAD.pack(len(data), sum(sizes)) + data)
    for part in parts:
        connection.sendall(part)


def _pack(content: Any) -> bytes:
    """Write JSON as a kernel does: bytes as base64, a day in ISO, no number that is none.

    Raises
    ------
    ValueError
        For what is nothing in JSON.
    """
    try:
        return json_packer(content)
    except UnicodeEncodeError:  # a half of a character that is two has no bytes
        text = json.dumps(json_clean(content), ensure_ascii=False, allow_nan=False)
        return text.encode("utf-8", "replace")


class Inbox:
    """What has come through a connection, and is not yet a whole message."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._come = bytearray()

    def receive(self) -> bool:
        """Take in what is there, waiting for something; False where the other side has closed."""
        try:
            come = self._connection.recv(BYTES_AT_ONCE)
        except ConnectionResetError:
            return False
        self._come += come
        return bool(come)

    def take(self, most: float = float("inf")) -> dict[str, Any] | None:
        """The next message if it is whole, its buffers under `buffers`.

        Raises
        ------
        TooLargeError
            When it has more than `most` bytes.
        """
        if len(self._come) < HEAD.size:
            return None
        length, behind = HEAD.unpack_from(self._come)
        if length + behind > most:
            raise TooLargeError
        end = HEAD.size + length + behind
        if len(self._come) < end:
            return None
        message, sizes = json.loads(self._come[HEAD.size : HEAD.size + length])
        message["buffers"], place = [], HEAD.size + length
        for size in sizes:
            message["buffers"].append(bytes(self._come[place : place + size]))
            place += size
        del self._come[:end]
        return dict(message)
