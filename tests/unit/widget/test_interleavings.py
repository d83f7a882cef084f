"""Whatever comes in whatever order, a call gets one request at most, and only for what was seen."""

from __future__ import annotations

import asyncio
from unittest import mock

import pytest
from deciding_world import CALLS, World
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmic_jupyter.service.models import Outcome

ONCE, REJECT = Outcome.PROCEED_ONCE, Outcome.CANCEL

STEPS = {
    "approve": lambda world: world.click("c1", ONCE),
    "reject": lambda world: world.click("c1", REJECT),
    "approve the other": lambda world: world.click("c2", ONCE),
    "approve something else": lambda world: world.click("c1", ONCE, on="something else"),
    "a policy approves": lambda world: world.click("c1", ONCE, "policy"),
    "a double click": lambda world: [world.click("c1", ONCE), world.click("c1", ONCE)],
    "approve all": lambda world: [world.click(call_id, ONCE) for call_id in CALLS],
    "read": lambda world: world.read(),
    "fail to read": lambda world: world.read(fails=True),
    "take": lambda world: world.take(),
    "take slowly": lambda world: world.take(is_slow=True),
    "apply": lambda world: world.apply(),
    "refuse": lambda world: world.take(applies=False),
    "lose the request": lambda world: world.take(applies=False, is_heard=False),
    "lose the answer": lambda world: world.take(is_heard=False),
    "poll": lambda world: world.poll(),
    "change": lambda world: world.change("c1"),
    "approved elsewhere": lambda world: world.settle("c1", "executing"),
    "rejected elsewhere": lambda world: world.settle("c1", "cancelled"),
    "complete": lambda world: world.end("completed"),
    "stop": lambda world: world.stop(),
    "stopped": lambda world: world.stopped(),
    "not stopped": lambda world: world.stopped(fails=True),
}


async def play(names):
    """Take the steps one after the other, then answer all that is open."""
    world = World()
    for name in names:
        STEPS[name](world)
        await world.rest()
    await world.come_to_rest()
    return world


def left_open(world):
    """The calls that wait, and the states of decisions on them."""
    states = {d.call_id: d.state for d in world.ledger.decisions}
    return {call_id: states.get(call_id) for call_id in world.ledger.waiting}


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*STEPS, "read"]), min_size=5, max_size=30))
def test_one_request_for_one_question(names):
    """And nothing stays in between: at the end each call is decided, or can be decided on."""

    async def to_the_end():
        world = await play(names)
        assert "sending" not in [decision.state for decision in world.ledger.decisions]
        is_open = {call.call_id for call in world.ledger.open_calls()}
        assert is_open == {
            call_id for call_id, state in left_open(world).items() if state != "sent"
        }
        for call_id in is_open:
            world.click(call_id, ONCE)
        await world.rest()
        await world.come_to_rest()
        assert [state for state in left_open(world).values() if state != "sent"] == []
        assert world.broken == []
        for result in world.results:
            result.result()  # what is no refusal comes out here

    with mock.patch("sigmic_jupyter.widget.deciding.backoff_s", return_value=0):
        asyncio.run(to_the_end())


@pytest.mark.parametrize(
    ("names", "posts", "state"),
    [
        (["a double click", "read", "take"], 1, "confirmed"),
        (["approve", "a policy approves", "reject", "read", "take"], 1, "confirmed"),
        (["approve", "read", "approve", "reject", "take", "approve"], 1, "confirmed"),
        (["approve", "fail to read", "approve", "approve", "read", "take"], 1, "confirmed"),
        (["approve", "change", "read", "approve", "read", "take"], 1, "confirmed"),
        (["approve", "change", "poll", "approve", "read", "read", "take"], 1, "confirmed"),
        (["approve", "read", "lose the answer", "approve", "read"], 1, "confirmed"),
        (
            ["approve", "read", "lose the request", "read", "approve", "read", "take"],
            2,
            "confirmed",
        ),
        (["approve", "read", "refuse", "approve", "read", "take"], 2, "confirmed"),
        (["approve", "read", "take slowly", "approve", "poll", "approve"], 1, "sent"),
        (["approve", "approved elsewhere", "read"], 0, "confirmed"),
        (["approve", "approved elsewhere", "poll", "approve", "read"], 0, "confirmed"),
        (["approve", "stop", "read", "approve", "stopped"], 0, "confirmed"),
        (["approve", "stop", "not stopped", "read", "approve", "read", "take"], 1, "confirmed"),
        (["approve", "read", "stop", "take", "stopped"], 1, "confirmed"),
        (["approve", "complete", "read", "approve"], 0, "confirmed"),
        (["stop", "approve", "read", "not stopped"], 0, None),
        (["stop", "not stopped", "approve", "read", "take"], 1, "confirmed"),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, list) else "",
)
async def test_the_cases_that_are_named(names, posts, state, monkeypatch):
    """The ones that are known to happen, each with the number of its requests."""
    monkeypatch.setattr("sigmic_jupyter.widget.deciding.backoff_s", lambda *_, **__: 0)
    world = await play(names)

    assert [post.call_id for post in world.all_posts].count("c1") == posts
    assert world.broken == []
    assert [d.state for d in world.ledger.decisions if d.call_id == "c1"] == [state] * (
        state is not None
    )
