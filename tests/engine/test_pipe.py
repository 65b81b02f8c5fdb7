"""Messages of a worker and a notebook's process."""

import socket
from datetime import date

import numpy as np
import pytest

from analysis.engine import pipe


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def take_all(inbox):
    messages = []
    while (message := inbox.take()) is not None:
        messages.append(message)
    return messages


def test_messages_come_in_their_order_with_their_buffers(ends):
    ours, theirs = ends
    pipe.send(
        theirs, {"type": "一", "content": {"a": [1, None, 0.5]}}, [b"\x00\xff", memoryview(b"")]
    )
    pipe.send(theirs, {"type": "二"})
    inbox = pipe.Inbox(ours)
    assert inbox.take() is None
    assert inbox.receive()
    assert take_all(inbox) == [
        {"type": "一", "content": {"a": [1, None, 0.5]}, "buffers": [b"\x00\xff", b""]},
        {"type": "二", "buffers": []},
    ]


def test_a_message_comes_whole_however_it_is_cut(ends):
    ours, theirs = ends
    whole, copy = socket.socketpair()
    with whole, copy:
        pipe.send(whole, {"type": "長い" * 10}, [b"x" * 10])
        data = copy.recv(1 << 16)
    inbox = pipe.Inbox(ours)
    for place in range(len(data)):
        assert inbox.take() is None
        theirs.sendall(data[place : place + 1])
        assert inbox.receive()
    assert take_all(inbox) == [{"type": "長い" * 10, "buffers": [b"x" * 10]}]


def test_a_message_larger_than_may_be_read_is_not_waited_for(ends):
    ours, theirs = ends
    theirs.sendall(pipe.HEAD.pack(10, 5_000_000_000))
    inbox = pipe.Inbox(ours)
    assert inbox.receive()
    with pytest.raises(pipe.TooLargeError):
        inbox.take(1_000_000)


def test_half_of_a_character_is_sent_all_the_same(ends):
    ours, theirs = ends
    pipe.send(theirs, {"type": "\ud83d", "content": {"picture": b"\x89PNG"}})
    inbox = pipe.Inbox(ours)
    assert inbox.receive()
    assert inbox.take() == {"type": "?", "content": {"picture": "iVBORw=="}, "buffers": []}


def test_what_is_no_text_is_written_as_a_kernel_writes_it(ends):
    ours, theirs = ends
    shown = {"picture": b"\x89PNG", "number": np.int64(3), "array": np.array([1, 2]), "set": {1}}
    pipe.send(theirs, {"type": "一", "content": shown | {"day": date(2020, 1, 31)}})
    with pytest.warns(UserWarning, match="serialization failed"):
        pipe.send(theirs, {"type": "二", "content": float("nan")})
    inbox = pipe.Inbox(ours)
    assert inbox.receive()
    one, two = take_all(inbox)
    assert one["content"] == {
        "picture": "iVBORw==",
        "number": 3,
        "array": [1, 2],
        "set": [1],
        "day": "2020-01-31",
    }
    assert two["content"] == "nan"
    with pytest.raises(ValueError, match="clean for JSON"):
        pipe.send(theirs, {"type": "三", "content": object()})


def test_the_end_of_the_other_side_is_heard(ends):
    ours, theirs = ends
    theirs.close()
    assert not pipe.Inbox(ours).receive()
