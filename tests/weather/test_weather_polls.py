"""Bad weather while a task is asked for: what is told of it, what is kept, and how it goes on."""

from __future__ import annotations

import pytest
from journeys import LIMIT_S, finish, kept, until
from weathers import LASTING, PASSING, UNNOTICED, covers

from sigmic_jupyter import APIError

ASKED = "*/api/v1/tasks/*"


def told(problem, row):
    """Whether a person is told what it is, and what to do."""
    return (
        problem is not None
        and problem["kind"] == row.kind
        and row.says in problem["message"]
        and row.hint in problem["hint"]
    )


@pytest.mark.parametrize("row", PASSING, ids=str)
def test_it_passes(row, world):
    """It is told, nothing is lost, nothing is decided meanwhile, and it goes on by itself."""
    task = world.begun(timeout_s=row.timeout_s)
    before = kept(task)
    del world.pauses[:]
    with row.over(world.proxy, "GET", ASKED):
        until(task, "connection", lambda c: c["state"] == "retrying" and told(c["reason"], row))
        with pytest.raises(APIError, match=row.says) as caught:
            task.approve()
        assert "Nothing was sent: the call still waits." in str(caught.value)
        assert task.connection["next_try_at"] is not None
        assert kept(task) == before
        assert world.counted("POST", "/approve") == 0
    assert row.asks_s <= world.pauses[0] < row.asks_s + 2.1

    until(task, "connection", lambda c: c["state"] == "live" and c["reason"] is None)
    task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1
    assert world.counted("POST", "/tasks") == 1


@pytest.mark.parametrize("row", UNNOTICED, ids=str)
def test_nobody_notices(row, world):
    """All the way every request meets it, and there is nothing to tell."""
    states = set()
    with row.over(world.proxy, "GET", ASKED), row.over(world.proxy, "POST", "*"):
        task = world.begun()
        task.observe(lambda change: states.add(change["new"]["state"]), "connection")
        task.approve()
        finish(task, world.direct)
    assert states <= {"live", "ended"}
    assert world.counted("POST", "/approve") == 1
    assert world.counted("POST", "/tasks") == 1


@pytest.mark.parametrize("row", LASTING, ids=str)
def test_it_lasts(row, world):
    """It says what to do; all that was received stays, and following goes on when asked to."""
    task = world.begun()
    before = kept(task)
    with row.over(world.proxy, "GET", ASKED):
        until(task, "connection", lambda c: c["state"] == "stopped")
        assert told(task.error, row)
        with pytest.raises(APIError, match=row.says):
            task.wait(LIMIT_S, on_approval="wait")
        with pytest.raises(APIError, match=row.says):
            task.approve()
        with pytest.raises(APIError, match=row.says):
            task.refresh()
        assert kept(task) == before
    assert world.counted("POST", "/approve") == 0

    task.refresh()
    until(task, "connection", lambda c: c["state"] == "live")
    assert task.error is None
    task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1


@covers("service restarting")
def test_the_service_restarts(world):
    """Refused, then not ready, then there again: known as it goes, and over by itself."""
    row = next(row for row in PASSING if row.name == "503")
    task = world.begun()
    before = kept(task)
    with row.over(world.proxy, "GET", ASKED):
        with world.proxy.down():
            until(task, "connection", lambda c: (c["reason"] or {}).get("kind") == "connection")
        until(task, "connection", lambda c: (c["reason"] or {}).get("kind") == "server")
        assert kept(task) == before
    until(task, "connection", lambda c: c["state"] == "live")
    task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1
