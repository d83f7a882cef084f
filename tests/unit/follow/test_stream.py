"""What the stream tells is shown at once, and costs what is new."""

from __future__ import annotations

import asyncio

import pytest
from scripted_service import SLOW_S, Watch, begun, finished, is_growing

pytestmark = pytest.mark.usefixtures("quick")


async def test_text_is_there_at_once(service, watch):
    """A chunk after a pause waits for no clock, and costs no request."""
    await begun(service, watch)
    for text in ("one ", "two "):  # the second has GET bear the first out
        service.say(text)
    await watch.until(lambda w: w.content == "one two ")
    await watch.settle()
    gets = service.gets

    service.say("three")
    await watch.settle()

    assert watch.content == "one two three"
    assert service.gets == gets


async def test_what_comes_together_is_told_together(service, watch, monkeypatch):
    """The first of many chunks is shown at once, the others all together a little later."""
    await begun(service, watch)
    before = len(watch.contents)
    monkeypatch.setattr("sigmic_jupyter.follow.run.TOGETHER_S", 0.2)
    for _ in range(50):
        service.say("x")
        await asyncio.sleep(0)
    await watch.until(lambda w: w.content == "x" * 50)

    assert len(watch.contents) - before <= 4


async def test_slow_consumers_get_the_newest_state(service):
    """What comes while an update is dealt with comes as one."""
    watch = Watch(service.client, interval_s=SLOW_S)
    updates = watch.follower.updates()
    async with asyncio.timeout(10):
        assert (await anext(updates)).task.status == "pending"
        assert (await anext(updates)).transport == "stream"
        service.begin()
        for number in range(100):
            service.say(f"{number} ")
            await asyncio.sleep(0)
        contents = []
        while not contents or not contents[-1].endswith("99 "):
            contents.append((await anext(updates)).task.output.content)
    await updates.aclose()

    assert len(contents) <= 4
    assert service.open == 0


async def test_long_answers_cost_few_requests(service, watch):
    """However much comes, GET is asked at the start, once for proof, and at the end."""
    await begun(service, watch)
    before = service.gets
    for number in range(300):
        service.think(str(number))
        call = service.call(str(number))
        service.journal.settle(call, "success", "out")
        service.say(f"{number}\n")
        await asyncio.sleep(0)
    await finished(service, watch)

    assert service.gets - before <= 4
    assert is_growing(watch.contents)


async def test_thoughts_and_calls_come_by_stream(service, watch):
    """They are there before GET is asked, and unchanged lists stay the same objects."""
    await begun(service, watch)
    gets = service.gets
    service.think("one")
    call = service.call("c", a=1)
    await watch.until(lambda w: w.tasks[-1].output.tool_calls)
    assert [t.subject for t in watch.tasks[-1].output.thoughts] == ["one"]
    service.journal.settle(call, "success", "out")
    await watch.until(lambda w: w.tasks[-1].output.tool_calls[0].output == "out")
    service.say("text")
    await watch.until(lambda w: w.content)

    assert service.gets == gets
    before, after = (task.output for task in watch.tasks[-2:])
    assert after.tool_calls is before.tool_calls
    assert after.thoughts is before.thoughts
    await finished(service, watch)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("subagent_start", {"agentName": "a"}),
        ("subagent_thought", {"agentName": "a", "text": "t"}),
        ("subagent_tool", {"agentName": "a", "status": "end", "toolName": "t", "output": "o"}),
        ("subagent_end", {"agentName": "a", "result": "r"}),
        ("status", {"status": "retrying"}),
        ("something_new", {"a": 1}),
        ("content", {"no": "text"}),
        ("content", {"text": ""}),
        ("tool_result", {"callId": "unknown", "status": "success", "output": "o"}),
    ],
)
async def test_other_events_change_nothing(service, watch, name, data):
    """What GET has nothing for, and what nobody knows, is passed over."""
    await begun(service, watch)
    service.say("one ")
    service.tell(name, **data)
    service.say("two")
    await watch.until(lambda w: w.content == "one two")
    await finished(service, watch)

    assert watch.routes == [("stream", False)]


async def test_a_call_told_twice_is_one(service, watch):
    """Also when it is told once more what it was before."""
    await begun(service, watch)
    call = service.call("c", a=1)
    service.journal.settle(call, "success", "out")
    service.tell("tool_result", callId="c", status="success", output="out")
    service.tell("tool_call", callId="c", toolName="run", status="executing", args={"a": 1})
    await watch.until(lambda w: w.tasks[-1].output.tool_calls)
    await watch.settle()
    (shown,) = watch.tasks[-1].output.tool_calls
    assert (shown.status, shown.output) == ("success", "out")
    await finished(service, watch)

    assert watch.routes == [("stream", False)]


async def test_closing_closes_the_stream(service, watch):
    """Nothing is left open or running."""
    before = asyncio.all_tasks()
    await begun(service, watch)
    assert service.open == 1
    await watch.stop()

    assert service.open == 0
    assert asyncio.all_tasks() == before
