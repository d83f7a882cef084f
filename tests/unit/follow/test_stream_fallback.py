"""Where the stream does not work the task is polled, and the reason is told."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from scripted_service import QUICK_S, SLOW_S, Watch, begun, finished, reached

pytestmark = pytest.mark.usefixtures("quick")


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (404, {}, b'{"success": false, "error": {"message": "no", "code": "NOT_FOUND"}}'),
        (405, {}, b""),
        (501, {}, b""),
        (403, {}, b""),
        (200, {"Content-Type": "text/html"}, b"<html>"),
        (200, {"Content-Type": "application/json"}, b'{"success": true, "data": {}}'),
        (302, {"Location": "/login"}, b""),
    ],
)
async def test_where_there_is_no_stream_it_polls(service, status, headers, body):
    """It tries once, says why it polls, and never tries again."""
    service.answer = lambda end: (
        httpx.Response(status, headers=headers, content=body) if end == "stream" else None
    )
    watch = Watch(service.client, interval_s=QUICK_S).start()
    service.begin()
    await watch.until(lambda w: w.routes)
    service.say("text")
    await watch.until(lambda w: w.content == "text")
    await finished(service, watch)
    assert (watch.routes, service.streams) == ([("poll", True)], 1)

    service.begin("More")
    await watch.start(stale=watch.tasks[-1]).until(lambda w: w.tasks[-1].status == "running")
    await finished(service, watch)
    assert service.streams == 1


@pytest.mark.parametrize("status", [429, 500, 503, 408])
async def test_after_failures_in_a_row_it_polls(service, status):
    """Trouble that may pass is given three chances."""
    service.answer = lambda end: httpx.Response(status) if end == "stream" else None
    service.begin()
    watch = Watch(service.client, interval_s=QUICK_S).start()
    await reached(lambda: service.streams >= 3)
    await watch.settle()
    await finished(service, watch)

    assert service.streams == 3
    assert watch.routes == [("poll", True)]


async def test_a_forced_stream_is_tried_for_ever(service):
    """Polling helps out meanwhile."""
    service.answer = lambda end: httpx.Response(404) if end == "stream" else None
    service.begin()
    watch = Watch(service.client, transport="stream", interval_s=QUICK_S).start()
    service.say("polled")
    await reached(lambda: service.streams >= 6)
    await watch.until(lambda w: w.content == "polled")
    service.answer = lambda _: None
    await watch.until(lambda w: w.is_streaming)
    await finished(service, watch)


async def test_forced_polling_never_streams(service):
    """No stream is opened, and no route is told."""
    service.begin()
    watch = Watch(service.client, transport="poll", interval_s=QUICK_S).start()
    service.say("text")
    await watch.until(lambda w: w.content == "text")
    await finished(service, watch)

    assert (service.streams, watch.routes) == (0, [])


async def test_heartbeats_alone_are_no_stream(service):
    """As long as a connection has told nothing else, it polls, and gives such a stream up."""

    async def beat():
        while True:
            yield b":heartbeat\n\n"
            await asyncio.sleep(0.01)

    headers = {"Content-Type": "text/event-stream"}
    service.answer = lambda end: (
        httpx.Response(200, headers=headers, content=beat()) if end == "stream" else None
    )
    service.begin()
    watch = Watch(service.client, interval_s=QUICK_S, silence_s=0.2).start()
    service.say("polled")
    await watch.until(lambda w: w.content == "polled" and w.routes)
    await finished(service, watch)

    assert watch.routes == [("poll", True)]


async def test_a_defect_in_reading_the_stream_does_not_end_it(service, monkeypatch, caplog):
    """It is logged, and polling goes on."""

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("sigmic_jupyter.follow.draft.increment", broken)
    watch = Watch(service.client, interval_s=QUICK_S)
    await begun(service, watch)
    service.say("text")
    await watch.until(lambda w: w.content == "text")
    await finished(service, watch)

    assert watch.routes == [("stream", False), ("poll", True)]
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("tell", "what"),
    [
        (lambda s: s.tell("content", text="made up"), "the text"),
        (lambda s: s.tell("thought", subject="made up", description=""), "the thoughts"),
        (lambda s: s.tell("tool_result", callId="c", status="error", output="no"), "a tool call"),
    ],
)
async def test_at_the_end_a_difference_is_noted(service, watch, tell, what):
    """The truth is shown, with the reason, and the next turn is polled."""
    await begun(service, watch)
    service.say("one")
    call = service.call("c")
    service.think("two")
    await watch.until(lambda w: w.content and w.tasks[-1].output.thoughts)
    service.journal.settle(call, "success", "out")
    tell(service)
    await watch.settle()
    await finished(service, watch)

    assert watch.routes == [("stream", False), ("poll", True)]
    assert what in watch.differences[0]


async def test_chunks_that_are_no_increments_are_found_out(service, watch):
    """At the second chunk GET is asked, which shows that the stream tells something else."""
    watch = Watch(service.client, interval_s=QUICK_S)
    await begun(service, watch)
    for text in ("Hello", "Hello, wor", "Hello, world"):
        service.write(text)
        service.tell("content", text=text)
        await watch.settle()
    await watch.until(lambda w: w.content == "Hello, world")
    assert watch.routes[-1] == ("poll", True)
    await finished(service, watch)


async def test_a_difference_that_is_heard_is_corrected_at_once(service, watch):
    """Nothing is shown any more until GET has answered; that is shown, though it said so before."""
    await begun(service, watch)
    service.say("one ")
    await watch.until(lambda w: w.content)
    watch.follower.nudge()
    await watch.settle()
    service.tell("content", text="made up")
    await watch.until(lambda w: w.content == "one made up")
    service.feed.publish(None)  # the next connection catches up behind what is shown
    await reached(lambda: service.streams == 2)
    await watch.settle()
    service.gate.clear()
    shown = len(watch.tasks)
    service.tell("thought", subject="made up")
    service.tell("content", text="something else")
    await watch.settle()
    assert (watch.routes[-1], len(watch.tasks)) == (("poll", True), shown)

    service.gate.set()
    await watch.until(lambda w: w.content == "one ")
    assert watch.tasks[-1].output.thoughts == ()
    watch.follower.nudge()
    await watch.settle()
    assert len(watch.tasks) == shown + 1


async def test_a_forced_stream_starts_from_the_same_answer_again(service):
    """Also where GET says what it said before the difference, nothing that was made up is left."""
    watch = Watch(service.client, transport="stream", interval_s=SLOW_S)
    await begun(service, watch)
    service.say("one ")
    await watch.until(lambda w: w.content)
    watch.follower.nudge()
    await watch.settle()
    service.tell("content", text="made up")
    await watch.until(lambda w: w.content == "one made up")
    service.feed.publish(None)
    await reached(lambda: service.streams == 2)
    await watch.settle()
    service.tell("content", text="something else")
    await reached(lambda: service.streams == 3)
    await watch.settle()
    service.think("on")
    await watch.until(lambda w: w.tasks[-1].output.thoughts)

    assert watch.content == "one "


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("content", {"text": "made up"}),
        ("tool_result", {"callId": "c", "status": "error", "output": "made up"}),
    ],
)
async def test_a_forced_stream_goes_on_after_a_difference(service, name, data):
    """The truth of GET is taken, and the next connection starts from it."""
    watch = Watch(service.client, transport="stream", interval_s=SLOW_S)
    await begun(service, watch)
    service.say("one ")
    service.journal.settle(service.call("c"), "success", "out")
    await watch.until(lambda w: w.content and w.tasks[-1].output.tool_calls)
    service.tell(name, **data)
    service.say("two ")
    await watch.until(lambda w: ("poll", True) in w.routes and w.is_streaming)
    await watch.settle()
    streams = service.streams
    service.say("three ")
    await watch.until(lambda w: w.content == "one two three ")
    watch.follower.nudge()
    await watch.settle()

    assert watch.routes == [("stream", False), ("poll", True), ("stream", False)]
    assert service.streams == streams == 2
    assert watch.tasks[-1].output == (await service.truth()).output
    await finished(service, watch)


async def test_failures_that_are_not_in_a_row_are_forgiven(service, watch):
    """A connection that brings news makes up for those before it that did not."""
    await begun(service, watch)
    for number in range(5):
        service.cuts += [0, 0]
        service.feed.publish(None)
        await reached(lambda: not service.cuts)
        await watch.until(lambda w: w.is_streaming)
        await watch.settle()
        service.say(str(number))
        await watch.until(lambda w, number=number: w.content.endswith(str(number)))
    await finished(service, watch)

    assert watch.is_streaming


async def test_failures_are_forgiven_while_the_service_is_not_reachable(service, monkeypatch):
    """Where GET fails too, the stream is not to blame."""
    monkeypatch.setattr("sigmic_jupyter.follow.polls.backoff_s", lambda *_, **__: QUICK_S)
    watch = Watch(service.client, interval_s=QUICK_S)
    await begun(service, watch)
    service.answer = lambda _: httpx.Response(503)
    service.feed.publish(None)
    await reached(lambda: service.streams > 8)
    service.answer = lambda _: None
    await watch.until(lambda w: w.is_streaming)
    await finished(service, watch)


async def test_failures_are_forgiven_while_the_task_waits_for_its_turn(service, monkeypatch):
    """A task that has not begun may have no stream yet; it is tried again before long."""
    monkeypatch.setattr("sigmic_jupyter.follow.listener.backoff_s", lambda *_, **__: SLOW_S)
    monkeypatch.setattr("sigmic_jupyter.follow.listener.LONGEST_PAUSE_WHILE_PENDING_S", QUICK_S)
    service.answer = lambda end: httpx.Response(503) if end == "stream" else None
    watch = Watch(service.client, interval_s=SLOW_S).start()
    await reached(lambda: service.streams > 5)
    service.answer = lambda _: None
    await watch.until(lambda w: w.is_streaming)
    service.begin()
    await watch.until(lambda w: w.tasks[-1].status == "running")
    await finished(service, watch)
