"""Bad weather while something is done: no task runs twice, and no decision is sent twice."""

from __future__ import annotations

import contextlib

import pytest
from journeys import INTERVAL_S, LIMIT_S, finish, until
from weathers import LASTING, PASSING, UNNOTICED

from sigmic_jupyter import APIError

NOTICED = (*PASSING, *LASTING)
# That it succeeded is all that needs to be said of a stop.
SAY_ENOUGH = [row for row in PASSING if row.name in {"wrong types", "nulls"}]
CREATED = "The task may run all the same: look at client.tasks() before you repeat it."
SENT = "See whether the agent takes it up before you send it again."
ACTED = "The request may have arrived all the same: look before you repeat it."
KINDS = {
    "AuthenticationError": "authentication",
    "ConnectionFailed": "connection",
    "NotFoundError": "not_found",
    "RateLimitError": "rate_limit",
    "ServerError": "server",
    "UnexpectedResponse": "unexpected_response",
}


def assert_told(error, row, advice):
    """Whoever did it hears what went wrong, and to look first where it may have arrived."""
    assert KINDS[type(error).__name__] == row.kind
    assert row.says in str(error)
    assert (advice in str(error)) is row.may_arrive
    assert row.may_arrive or row.hint in str(error)


@pytest.mark.parametrize("row", NOTICED, ids=str)
def test_creating(row, world):
    """A task is created once or not at all, and the error says where to look."""
    client = world.client(row.timeout_s)
    before = client.tasks().total
    with row.over(world.proxy, "POST", "*/tasks"), pytest.raises(APIError) as caught:
        client.run("Go", auto_execute=False)
    assert_told(caught.value, row, CREATED)

    page = client.tasks(limit=1)
    assert page.total - before == world.counted("POST", "/tasks") == row.arrives
    if row.arrives:
        task = client.attach(page.tasks[0].id, interval=INTERVAL_S, transport="poll")
        until(task, "pending_approvals", bool)
        task.approve()
        finish(task, world.direct)


@pytest.mark.parametrize("row", NOTICED, ids=str)
def test_deciding(row, world):
    """The task tells whether it got through; what did not can be decided again, once."""
    task = world.begun(timeout_s=row.timeout_s)
    arrived = contextlib.nullcontext() if row.arrives else pytest.raises(APIError, match=row.says)
    with row.over(world.proxy, "POST", "*/approve"), arrived:
        task.approve()
    assert world.counted("POST", "/approve") == row.arrives
    if not row.arrives:
        (decision,) = task.decisions
        assert (decision["state"], decision["error"]["kind"]) == ("failed", row.kind)
        assert row.says in decision["error"]["message"]
        until(task, "connection", lambda c: c["state"] == "live")
        task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1
    assert [decision["state"] for decision in task.decisions] == ["confirmed"]


@pytest.mark.parametrize("row", NOTICED, ids=str)
def test_sending(row, world):
    """A message arrives once or not at all: a task that runs again has it."""
    task = world.begun(timeout_s=row.timeout_s)
    task.approve()
    content = task.wait(LIMIT_S).content
    lost = contextlib.nullcontext() if row.arrives else pytest.raises(APIError, match=row.says)
    with row.over(world.proxy, "POST", "*/messages"), lost as caught:
        task.send("And now?")
    assert world.counted("POST", "/messages") == row.arrives
    if caught is not None:
        assert (SENT in str(caught.value)) is row.may_arrive
        assert task.content == content
        task.refresh()
        assert task.wait(LIMIT_S).status == "completed"
        task.send("And now?")
    until(task, "pending_approvals", bool)
    task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/messages") == 1
    assert world.counted("POST", "/approve") == 2


@pytest.mark.parametrize("row", [row for row in NOTICED if row not in SAY_ENOUGH], ids=str)
def test_stopping(row, world):
    """The task tells whether it was stopped, and can be stopped again where it was not."""
    task = world.begun(timeout_s=row.timeout_s)
    with row.over(world.proxy, "DELETE", "*"), pytest.raises(APIError) as caught:
        task.cancel()
    assert_told(caught.value, row, ACTED)
    if not row.arrives:
        until(task, "connection", lambda c: c["state"] == "live")
        assert task.status == "awaiting_approval"
        task.cancel()
    assert task.wait(LIMIT_S, on_approval="wait").status == "cancelled"
    assert world.counted("POST", "/approve") == 0


@pytest.mark.parametrize("row", UNNOTICED, ids=str)
def test_nobody_notices(row, world):
    """What is done is done once."""
    with row.over(world.proxy, "POST", "*"):
        task = world.begun()
        task.approve()
        task.wait(LIMIT_S)
        task.send("And now?")
        until(task, "pending_approvals", bool)
        task.approve()
        finish(task, world.direct)
    assert [world.counted("POST", end) for end in ("/tasks", "/messages", "/approve")] == [1, 1, 2]
