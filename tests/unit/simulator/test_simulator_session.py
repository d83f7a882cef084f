import asyncio
from datetime import UTC, datetime

import pytest

from sigmic_jupyter.simulator.clock import Pace, instant, next_instant
from sigmic_jupyter.simulator.records import FollowUp, NewTask, Task
from sigmic_jupyter.simulator.session import Session
from sigmic_jupyter.simulator.workspace import Workspace

NOON = datetime(2026, 1, 26, 12, 0, 0, 123_456, tzinfo=UTC)


@pytest.fixture
def session(tmp_path):
    request = NewTask("Hello", auto_execute=False)
    task = Task("task", "session", "conversation", "key", request, NOON, NOON)
    return Session(task, Workspace(tmp_path / "session"), Pace(100), api_key="key")


async def until_waiting(session):
    with session.feed.subscribe() as events:
        while session.task.status != "awaiting_approval":
            await asyncio.wait_for(events.get(), timeout=10)


async def test_cancel_while_executing(session):
    """Cancelling settles a call that runs, and nothing changes it afterwards."""
    session.start()
    await until_waiting(session)
    session.agent.decide("call_001", "proceed_once")
    session.cancel()
    await session.close()
    (call,) = session.task.calls
    assert (session.task.status, call.status, call.output) == (
        "cancelled",
        "cancelled",
        "Cancelled: the task was stopped.",
    )


async def test_follow_up_after_cancel(session):
    """A message sets a cancelled task running again; the rest of the old turn stays undone."""
    session.start()
    await until_waiting(session)
    session.cancel()
    session.send(FollowUp("Go on"))
    await until_waiting(session)
    assert [call.status for call in session.task.calls] == ["cancelled", "awaiting_approval"]
    assert session.task.turns[0].content == ""
    session.begin_close()
    await session.close()


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        (NOON, NOON.replace(second=5), "2026-01-26T12:00:05.123Z"),
        (NOON, NOON, "2026-01-26T12:00:00.124Z"),
        (NOON, NOON.replace(microsecond=0), "2026-01-26T12:00:00.124Z"),
    ],
)
def test_instants_differ(last, now, expected):
    """A new instant differs from the last one when written, whatever the clock says."""
    assert instant(next_instant(last, now)) == expected
