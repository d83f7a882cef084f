"""A stream that says nothing, too little, or not the end is not believed."""

from __future__ import annotations

import asyncio

import pytest
from scripted_service import SLOW_S, Watch, begun, finished, is_growing, reached

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
    await asyncio.sleep(0.4)
    await finished(service, watch)

    assert service.streams == 1


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
