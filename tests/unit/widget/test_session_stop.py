"""A click and Stop at once: what went out stands, what did not is withdrawn."""

from __future__ import annotations

import asyncio

import pytest
from fakes import decide, task

from sigmic_jupyter.service.errors import ServerError, ValidationError
from sigmic_jupyter.widget.policy import policy_of

CALLS = [("c1", "awaiting_approval"), ("c2", "awaiting_approval")]
WAITS = task("awaiting_approval", calls=CALLS)
STOPPED = task("cancelled", calls=[("c1", "cancelled"), ("c2", "cancelled")])
DOWN = ServerError("down", http_status=503)
OVER = ValidationError("The task is completed already", http_status=400)


def told(traits):
    return [(d["call_id"], d["by"]["kind"], d["state"]) for d in traits["decisions"]]


@pytest.fixture
async def session(service, traits, start):
    """One that has seen two calls wait, and asks again only where something is done."""
    service.task = WAITS
    made = start(interval_s=60)
    await traits.until(lambda t: t.get("pending_approvals"))
    return made


async def test_a_click_that_has_not_gone_out_is_withdrawn(service, traits, session):
    """The task is still being looked at when Stop comes: nothing of the click is sent."""
    service.hold("get")
    click = asyncio.create_task(decide(session))
    await service.arrived("get")
    stop = asyncio.create_task(session.cancel())
    await service.arrived("cancel")
    service.task = STOPPED
    service.release("get")

    with pytest.raises(ValidationError, match="The task is being stopped"):
        await click
    await stop
    assert service.sent == [("cancel",)]
    assert told(traits) == [("c1", "stop", "confirmed"), ("c2", "stop", "confirmed")]


async def test_the_card_is_open_again_at_once(service, traits, session):
    """What is withdrawn is not shown as being sent."""
    service.hold("get")
    click = asyncio.create_task(decide(session))
    await service.arrived("get")
    await traits.until(lambda _: told(traits) == [("c1", "person", "sending")])
    service.hold("cancel")
    stop = asyncio.create_task(session.cancel())
    await service.arrived("cancel")

    assert told(traits) == []
    service.release("cancel")
    service.release("get")
    await asyncio.gather(click, stop, return_exceptions=True)


async def test_no_click_counts_while_the_task_is_being_stopped(service, traits, session):
    """From the click on Stop on, and after the service agreed, until the task has ended."""
    service.hold("cancel")
    stop = asyncio.create_task(session.cancel())
    await service.arrived("cancel")

    with pytest.raises(ValidationError, match="The task is being stopped"):
        await decide(session)
    service.release("cancel")
    await stop
    with pytest.raises(ValidationError, match="The task is being stopped"):
        await decide(session)
    assert service.sent == [("cancel",)]
    assert traits["status"] == "awaiting_approval"
    service.task = STOPPED
    await session.refresh()
    assert told(traits) == [("c1", "stop", "confirmed"), ("c2", "stop", "confirmed")]


@pytest.mark.parametrize("error", [DOWN, OVER, RuntimeError("unforeseen")])
async def test_a_stop_that_failed_lets_decide_again(service, session, error):
    """The call still waits, and a click on it counts."""
    service.fails["cancel"] = error

    with pytest.raises(type(error)):
        await session.cancel()

    await decide(session)
    assert service.sent == [("cancel",), ("approve", "c1", "proceed_once")]


async def test_an_interrupted_stop_lets_decide_again(service, session):
    """Whoever interrupts `task.cancel()` has not stopped the task for certain."""
    service.hold("cancel")
    stop = asyncio.create_task(session.cancel())
    await service.arrived("cancel")
    stop.cancel()
    await asyncio.gather(stop, return_exceptions=True)

    await decide(session)
    assert service.sent == [("cancel",), ("approve", "c1", "proceed_once")]


async def test_of_two_stops_one_is_enough(service, session):
    """The first was taken, the second is refused: nothing is decided any more."""
    await session.cancel()
    service.fails["cancel"] = OVER
    with pytest.raises(ValidationError, match="completed already"):
        await session.cancel()

    with pytest.raises(ValidationError, match="The task is being stopped"):
        await decide(session)


async def test_a_click_that_went_out_before_stands(service, traits, session):
    """Its answer comes, and what became of the call is told by the task."""
    service.hold("approve")
    click = asyncio.create_task(decide(session))
    await service.arrived("approve")
    await session.cancel()
    assert told(traits) == [("c1", "person", "sending")]
    service.release("approve")
    await click

    assert told(traits) == [("c1", "person", "sent")]
    service.task = task("cancelled", calls=[("c1", "executing"), ("c2", "awaiting_approval")])
    await session.refresh()
    assert told(traits) == [("c1", "person", "confirmed"), ("c2", "stop", "confirmed")]


@pytest.mark.parametrize("sent", ["here", "elsewhere"])
async def test_after_a_stop_a_new_turn_can_be_decided_on(service, session, sent):
    """A follow-up sets the task running again, and its calls wait for decisions as ever."""
    await session.cancel()
    service.task = STOPPED
    await session.refresh()
    if sent == "here":
        await session.send("go on", ())
    service.task = task("awaiting_approval", calls=[("c3", "awaiting_approval")])
    await session.refresh()

    await decide(session, "c3")
    assert service.sent[-1] == ("approve", "c3", "proceed_once")


async def test_a_follow_up_after_a_stop_that_nobody_saw_end(service, session):
    """The service agreed to stop, and the next thing heard is the new turn."""
    await session.cancel()
    await session.send("go on", ())

    await decide(session)
    assert service.sent[-1] == ("approve", "c1", "proceed_once")


async def test_a_policy_decides_nothing_on_a_task_that_is_being_stopped(service, traits, start):
    """Its verdict comes too late, and is not sent."""
    service.hold("cancel")
    session = start(interval_s=60, decider=policy_of({"*": "once"}))
    await traits.until(lambda t: "status" in t)
    stop = asyncio.create_task(session.cancel())
    await service.arrived("cancel")
    service.task = WAITS
    await session.refresh()
    await traits.until(lambda _: len(session.undecided) == 2)
    service.release("cancel")
    await stop

    assert service.sent == [("cancel",)]
    assert traits["decisions"] == []
