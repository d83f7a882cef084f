"""What the service's own answers leave open: how long, how large, whether something was done."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from sigmic_jupyter.service import (
    ConnectionFailed,
    RateLimitError,
    ServerError,
    UnexpectedResponse,
    ValidationError,
    transport,
)
from sigmic_jupyter.service import (
    client as client_module,
)
from sigmic_jupyter.service.events import EventDecoder
from sigmic_jupyter.service.mask import SHARED_MASK
from sigmic_jupyter.service.retry import parse_retry_after

NOW = datetime(2026, 1, 26, 15, 50, 54, tzinfo=UTC)
LOOK = "look at client.tasks() before you repeat it"
PAGE = {"text": "<html>", "headers": {"Content-Type": "text/html"}}


@pytest.mark.parametrize("wrong", [timedelta(), timedelta(days=1), timedelta(days=-1)])
def test_a_date_is_counted_by_the_services_clock(wrong):
    """However wrong that of this machine is."""
    answered_at = format_datetime(NOW, usegmt=True)
    until = format_datetime(NOW + timedelta(seconds=7), usegmt=True)
    assert parse_retry_after(until, NOW + wrong, answered_at=answered_at) == 7.0
    assert parse_retry_after(until, NOW, answered_at="nonsense") == 7.0
    assert parse_retry_after("9", NOW + wrong, answered_at=answered_at) == 9.0


@pytest.mark.parametrize(
    ("status", "answer", "refusal"),
    [
        (500, {"text": ""}, (ServerError, True)),
        (503, PAGE | {"headers": {"Retry-After": "7"}}, (ServerError, True)),
        (502, {"json": {"success": False, "error": "no"}}, (ServerError, True)),
        (200, PAGE, (UnexpectedResponse, True)),
        (201, {"json": {"success": True, "data": {}}}, (UnexpectedResponse, True)),
        (501, PAGE, (ServerError, False)),
        (429, PAGE, (RateLimitError, False)),
        (400, {"json": {"success": False, "error": "no"}}, (ValidationError, False)),
    ],
)
async def test_an_act_whose_answer_is_lost(client, recorder, status, answer, refusal):
    """Who creates a task is told to look first, unless the service has surely refused."""
    error, looks = refusal
    recorder.answer(status, **answer)
    with pytest.raises(error) as caught:
        await client.create_task("Hello")
    assert (LOOK in str(caught.value)) is looks

    recorder.answer(status, **answer)
    with pytest.raises(error) as caught:
        await client.get_task("t")
    assert "repeat" not in str(caught.value)


async def test_an_answer_that_is_too_large(client, recorder, monkeypatch):
    """It is given up before it fills the memory."""
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 1000)
    recorder.answer(content=b"x" * 1001)
    with pytest.raises(UnexpectedResponse, match="larger than"):
        await client.get_task("t")
    recorder.answer(content=b"x" * 1000)
    with pytest.raises(UnexpectedResponse, match="no JSON"):
        await client.get_task("t")


async def test_an_event_that_does_not_end(client, recorder, monkeypatch):
    """The stream is given up before it fills the memory; one that only beats is not."""
    monkeypatch.setattr(client_module, "LARGEST_ANSWER", 1000)
    headers = {"Content-Type": "text/event-stream"}
    for endless in (b"data:\n" * 1100, b"data: " + b"x" * 1100):
        recorder.answer(content=endless, headers=headers)
        with pytest.raises(UnexpectedResponse, match="does not end"):
            async with client.stream_task("t") as events:
                assert [event async for event in events] == []
    recorder.answer(content=b":heartbeat\n" * 1000, headers=headers)
    async with client.stream_task("t") as events:
        assert len([event async for event in events]) == 1000


def test_what_is_held_of_an_event():
    """Up to its end, its data and the line that has begun."""
    decoder = EventDecoder(SHARED_MASK)
    held = []
    for chunk in (b"da", b"ta: ab", b"c\nda", b"ta: d\n", b"\n", b":be", b"at\n"):
        decoder.feed(chunk)
        held.append(decoder.unfinished)
    assert held == [2, 8, 6, 6, 0, 3, 0]


async def test_an_answer_that_only_trickles(client, recorder, monkeypatch):
    """However often a byte comes, an answer ends within a limit."""

    async def trickle():
        while True:
            await asyncio.sleep(0)
            yield b" "

    class Endless(httpx.AsyncByteStream):
        def __aiter__(self):
            return trickle()

    monkeypatch.setattr(transport, "LONGEST_ANSWER", 0.001)
    recorder.answer(stream=Endless())
    with pytest.raises(ConnectionFailed, match="time limit"):
        await client.get_task("t")


@pytest.mark.parametrize(("args", "is_ambiguous"), [({"n": 1}, False), ({"n": 2}, True)])
async def test_two_calls_of_one_id(client, recorder, args, is_ambiguous):
    """Two that wait and differ could not be decided on apart; told twice, one is one."""
    call = {"callId": "c1", "toolName": "run"}
    pending = [call | {"args": {"n": 1}}, call | {"args": args}]
    recorder.answer_data({"id": "t", "status": "awaiting_approval", "pendingApprovals": pending})
    if is_ambiguous:
        with pytest.raises(UnexpectedResponse, match="two different calls that wait as c1"):
            await client.get_task("t")
    else:
        assert len((await client.get_task("t")).pending_approvals) == 2
