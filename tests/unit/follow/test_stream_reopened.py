"""A stream that says nothing, too little, or not the end is not believed."""

from __future__ import annotations

import asyncio

import pytest
from scripted_service import LIMIT_S, QUICK_S, SLOW_S, Watch, begun, finished, is_growing, reached

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def beats_often(monkeypatch, service):
    """Heartbeats come every 10 ms, and each is a time to compare."""

    def begin():
        service.heartbeat_s = 0.01
        monkeypatch.setattr("sigmic_jupyter.follow.listener.HEARTBEAT_S", 0.0)

    return begin


async def test_a_silent_stream_is_opened_again(service):
    """After so many seconds without a byte, and all that came meanwhile is there."""
    watch = Watch(service.client, interval_s=SLOW_S, silence_s=0.05)
    await begun(service, watch)
    subscriptions, service.feed._subscriptions = service.feed._subscriptions, set()
    service.say("unheard")
    await watch.until(lambda w: w.content == "unheard")
    await finished(service, watch)

    assert service.streams >= 2
    assert subscriptions
    assert service.open == 0


async def test_heartbeats_keep_a_stream_open(service):
    """A stream that only beats is not silent."""
    service.heartbeat_s = 0.01
    watch = Watch(service.client, interval_s=SLOW_S, silence_s=0.2)
    await begun(service, watch)
    await reached(lambda: len(service.pieces) > 40)
    await finished(service, watch)

    assert service.streams == 1


async def test_after_a_stream_is_opened_again_get_is_asked(service, watch):
    """When one ends, since it may be the task's end, and when the next has caught up."""
    await begun(service, watch)
    gets = service.gets
    service.feed.publish(None)
    await reached(lambda: service.streams == 2)
    await watch.settle()

    assert service.gets == gets + 2


async def test_an_end_that_the_stream_does_not_tell(service, watch, beats_often):
    """When nothing happens GET is asked now and then, so following ends with the task."""
    beats_often()
    await begun(service, watch)
    service.task.phase = "completed"
    await watch.end()

    assert watch.tasks[-1].status == "completed"
    assert service.open == 0


async def test_a_stream_that_leaves_things_out_is_opened_again(service, watch, beats_often):
    """GET knows more, and still more at the next heartbeat: this connection is of no use."""
    beats_often()
    await begun(service, watch)
    service.write("never told, but there")
    await watch.until(lambda w: w.content)
    await reached(lambda: service.streams >= 2)
    await finished(service, watch)


async def test_a_stream_that_ends_too_early_is_opened_again(service, watch):
    """Its end alone means nothing; what came meanwhile comes once."""
    await begun(service, watch)
    service.say("one ")
    await watch.until(lambda w: w.content)
    service.feed.publish(None)
    service.say("two ")
    await watch.until(lambda w: w.content == "one two ")
    service.say("three")
    await watch.until(lambda w: w.content == "one two three")
    await finished(service, watch)

    assert is_growing(watch.contents)
    assert watch.routes == [("stream", False)]


async def test_what_the_mask_withholds_is_not_left_out(service, watch, beats_often):
    """GET may be a few characters ahead of the stream, whose end may become a secret."""
    beats_often()
    await begun(service, watch)
    service.write("sig")
    await watch.until(lambda w: w.content == "sig")
    beats = len(service.pieces)
    await reached(lambda: len(service.pieces) > beats + 5)

    assert service.streams == 1


async def test_a_stream_that_breaks_when_nothing_happens_is_opened_again(service, watch):
    """Time after time: it was of use as long as it was alive."""
    service.heartbeat_s = 0.005
    await begun(service, watch)
    for _ in range(5):
        beats, streams = len(service.pieces), service.streams
        await reached(lambda beats=beats: len(service.pieces) > beats + 5)
        service.feed.publish(None)
        await reached(lambda streams=streams: service.streams > streams)
        await watch.settle()

    assert watch.routes == [("stream", False)]


async def test_a_task_that_has_ended_needs_no_stream(service, watch):
    """None is opened where the first answer is the last."""
    service.begin()
    service.journal.finish("completed")
    updates = watch.follower.updates()
    assert (await anext(updates)).task.is_final
    await watch.settle()
    await updates.aclose()

    assert service.streams == 0


async def test_a_task_that_ends_before_its_stream_begins(service, watch):
    """GET is asked whether it has ended; that is no failure of the stream."""
    service.begin()
    watch.start()

    def end(path):
        if path == "stream":
            service.journal.finish("completed")

    service.answer = end
    await watch.end()

    assert watch.tasks[-1] == await service.truth()
    assert watch.routes == []


async def test_a_stream_that_never_tells_what_happens_is_given_up(service, beats_often):
    """It beats and catches up, which is no more than polling does."""
    watch = Watch(service.client, interval_s=QUICK_S)
    beats_often()
    await begun(service, watch)
    service.feed.publish = lambda _: None
    listener = watch.follower._run._listener
    async with asyncio.timeout(LIMIT_S):
        while not listener.has_given_up:
            service.write(service.journal.turn.content + "a line of text\n")
            await watch.until(lambda w: w.content == service.journal.turn.content)
            beats = len(service.pieces)
            await reached(lambda beats=beats: len(service.pieces) > beats or listener.has_given_up)
    streams = service.streams
    await finished(service, watch)

    assert service.streams == streams
    assert is_growing(watch.contents)
