"""Bad weather on the event stream: all of the task is told, by another connection or by polling."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest
from faults import break_at, regroup
from journeys import LIMIT_S, TEXT, finish, kept, until
from weathers import LASTING, PASSING, covers

STREAM = "*/stream"
# Those that look at a whole answer wait for its end, which a stream has not.
ANSWERED = [
    row
    for row in (*PASSING, *LASTING)
    if row.name in {"reset before the answer", "502", "504"} or (row.fault and not row.arrives)
]


@covers("no event stream")
@pytest.mark.parametrize("row", ANSWERED, ids=str)
def test_no_stream(row, world):
    """It says why not, and the task is polled."""
    with row.over(world.proxy, "GET", STREAM):
        task = world.begun(transport="auto")
        until(task, "connection", lambda c: c["note"] and row.says in c["note"])
        assert (task.connection["state"], task.connection["transport"]) == ("live", "poll")
        task.approve()
        finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1


@pytest.mark.parametrize("row", [row for row in ANSWERED if row.kind != "unexpected_response"][:1])
def test_a_stream_that_comes_late(row, world):
    """What did not work at first is tried again."""
    rule = world.proxy.rule("GET", STREAM, row.fault)
    task = world.begun(transport="auto")
    rule.wait()
    until(task, "connection", lambda c: c["transport"] == "stream" and c["note"] is None)
    task.approve()
    finish(task, world.direct)


def by_ones(pieces):
    """Each byte apart."""
    return (piece[at : at + 1] for piece in pieces for at in range(len(piece)))


def by_twos(pieces):
    """Two events together; what comes every 15 s takes along what has waited."""
    held = b""
    for piece in pieces:
        held += piece
        if held.count(b"\n\n") > 1:
            yield held
            held = b""
    yield held


@covers("stream cut within a character", "two events in one chunk")
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(break_at("🎉".encode()[:1]), id="stream cut within a character"),
        pytest.param(break_at("東".encode()[:2]), id="stream cut further within a character"),
        pytest.param(regroup(by_twos), id="two events in one chunk"),
        pytest.param(regroup(by_ones), id="an event in many chunks"),
    ],
)
def test_pieces(fault, world):
    """However the stream is cut, the text only grows, and is the service's in the end."""
    contents = [""]
    rule = world.proxy.rule("GET", STREAM, fault)
    task = world.begun(transport="auto")
    task.observe(lambda change: contents.append(change["new"]), "content")
    rule.wait()
    until(task, "connection", lambda c: c["transport"] == "stream")
    task.approve()
    finish(task, world.direct)
    assert all(after.startswith(before) for before, after in pairwise(contents))
    assert task.connection["note"] is None


@covers("stream that never ends")
def test_a_stream_that_never_ends(world):
    """It beats on after the task's end: the task is over, and the connection is closed."""
    gone = threading.Event()

    def for_ever(pieces):
        yield from pieces
        try:
            while not gone.wait(0.01):
                yield b":heartbeat\n\n"
        finally:
            gone.set()

    world.proxy.rule("GET", STREAM, regroup(for_ever))
    task = world.begun(transport="stream")
    until(task, "connection", lambda c: c["transport"] == "stream")
    task.approve()
    finish(task, world.direct)
    assert gone.wait(LIMIT_S)


@covers("stream that leaves out what happens")
@pytest.mark.parametrize("noise", [b":heartbeat\n\n", b"event: ping\ndata: {}\n\n"])
def test_a_stream_that_leaves_out_what_happens(noise, world, monkeypatch):
    """However much else it tells, the task is asked for now and then all the same."""
    monkeypatch.setattr("sigmic_jupyter.follow.listener.HEARTBEAT_S", 0.05)

    def deaf(pieces):
        while b"history_done" not in (piece := next(pieces)):
            yield piece
        yield piece
        while True:
            yield noise
            threading.Event().wait(0.01)

    world.proxy.rule("GET", STREAM, regroup(deaf), times=None)
    task = world.begun(transport="stream")
    task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1


@covers("event that never ends")
def test_an_event_that_never_ends(world, monkeypatch):
    """It is given up before it fills the memory; what was told stays, and the task is polled."""
    monkeypatch.setattr("sigmic_jupyter.service.client.LARGEST_ANSWER", 10 * len(TEXT.encode()))

    def endless(pieces):
        yield from (next(pieces), next(pieces))
        while True:
            yield b"data: " + b"x" * 1000

    world.proxy.rule("GET", STREAM, regroup(endless))
    task = world.begun(transport="auto")
    before = kept(task)
    until(task, "connection", lambda c: c["note"] and "does not end" in c["note"])
    assert kept(task) == before
    task.approve()
    finish(task, world.direct)
