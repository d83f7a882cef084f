"""Whole runs over HTTP: what the stream tells is what polling tells."""

from __future__ import annotations

import asyncio

import pytest
from fault_proxy import FaultProxy
from faults import answer_with
from scripted_service import Watch, is_growing

from sigmic_jupyter import simulator
from sigmic_jupyter.service import AsyncClient, close_shared_http, shared_http
from sigmic_jupyter.service.models import Outcome

MESSAGES = ("Hello", "Write a report", "Think about it", "Fail", "Upload it")
LONG = MESSAGES[1:3]
INTERVAL_S = 0.05


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=100) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(service):
    with FaultProxy(service.base_url) as running:
        yield running


@pytest.fixture
async def client(service, proxy):
    yield AsyncClient(service.api_key, base_url=proxy.base_url, http=shared_http())
    await close_shared_http()


def break_after(count):
    """A stream that breaks after so many bytes."""

    def broken(exchange):
        response = exchange.forward()
        read, left = response.read1, count

        def read1():
            nonlocal left
            if left <= 0:
                raise OSError("cut")
            piece = read(left)
            left -= len(piece)
            return piece

        response.read1 = read1
        exchange.answer(response)

    return broken


async def follow(client, task_id, *, decide=False, **options):
    """Follow a task to its end; with `decide` every call that waits is approved."""
    watch = Watch(client, task_id, interval_s=INTERVAL_S, **options).start()
    decided = set()
    while decide and not (watch.tasks and watch.tasks[-1].is_final):
        seen = len(watch.seen)
        await watch.until(lambda w, seen=seen: len(w.seen) > seen)
        for approval in watch.tasks[-1].pending_approvals if watch.tasks else ():
            if approval.call_id not in decided:
                decided.add(approval.call_id)
                await client.approve_tool_call(task_id, approval.call_id, Outcome.PROCEED_ONCE)
                watch.follower.nudge()
    await watch.end()
    return watch


@pytest.mark.parametrize("message", MESSAGES)
async def test_it_tells_what_polling_tells(client, message):
    """Byte for byte, with text that only grows and no difference."""
    task_id = (await client.create_task(message)).id
    streamed, polled = await asyncio.gather(
        follow(client, task_id), follow(client, task_id, transport="poll")
    )

    assert streamed.tasks[-1] == polled.tasks[-1] == await client.get_task(task_id)
    assert is_growing(streamed.contents)
    assert streamed.differences == []
    # A short task may be over before its stream begins.
    assert streamed.routes == [("stream", False)] or message not in LONG


async def test_secrets_are_masked_alike(client):
    """Wherever chunks are cut, the stream's text is masked as that of GET."""
    secrets = {"TOKEN": "hunter2-and/more+of=it", "OTHER": "päss wörd"}
    task_id = (await client.create_task("A leaky agent", secrets=secrets)).id
    streamed, polled = await asyncio.gather(
        follow(client, task_id), follow(client, task_id, transport="poll")
    )

    assert streamed.tasks[-1] == polled.tasks[-1]
    assert streamed.differences == []
    assert is_growing(streamed.contents)
    assert not any(value in repr(streamed.seen) for value in secrets.values())


async def test_calls_are_decided_on(client):
    """Each call waits as GET says, and goes on when it is decided."""
    task_id = (await client.create_task("Upload it", auto_execute=False)).id
    watch = await follow(client, task_id, decide=True)

    calls = watch.tasks[-1].output.tool_calls
    assert len(calls) == 5
    assert all(call.status == "success" for call in calls if call.tool_name != "web_fetch")
    assert watch.differences == []


@pytest.mark.parametrize("count", [0, 1, 100, 1000, 10_000, 20_000])
async def test_a_connection_that_breaks(client, proxy, count):
    """Wherever the first one does, all of a long answer comes, once."""
    proxy.rule("GET", "*/stream", break_after(count))
    task_id = (await client.create_task("Write a report")).id
    watch = await follow(client, task_id)

    assert watch.tasks[-1] == await client.get_task(task_id)
    assert is_growing(watch.contents)
    assert watch.differences == []


async def test_a_gateway_without_streams(client, proxy):
    """Its page is no stream, and the task is polled."""
    proxy.rule("GET", "*/stream", answer_with(200, "<html>"))
    task_id = (await client.create_task("Hello")).id
    watch = await follow(client, task_id)

    assert watch.routes == [("poll", True)]
    assert watch.tasks[-1] == await client.get_task(task_id)


async def test_a_follow_up(client):
    """The next turn is streamed after the first, and both are there."""
    task_id = (await client.create_task("Hello")).id
    watch = await follow(client, task_id)
    first = watch.tasks[-1]
    await client.send_message(task_id, "And now?")
    watch.start(stale=first)
    await watch.end()

    assert watch.tasks[-1] == await client.get_task(task_id)
    assert watch.content.startswith(first.output.content)
    assert len(watch.content) > len(first.output.content)
    assert watch.differences == []
