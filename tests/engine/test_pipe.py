"""Messages of a worker and a notebook's process."""

import socket

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


def test_half_of_a_character_and_what_json_has_no_word_for_are_sent_all_the_same(ends):
    ours, theirs = ends
    pipe.send(theirs, {"type": "\ud83d", "content": {"path": ends.__class__}})
    inbox = pipe.Inbox(ours)
    assert inbox.receive()
    assert inbox.take() == {"type": "?", "content": {"path": "<class 'tuple'>"}, "buffers": []}


def test_the_end_of_the_other_side_is_heard(ends):
    ours, theirs = ends
    theirs.close()
    assert not pipe.Inbox(ours).receive()
