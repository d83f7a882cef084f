from __future__ import annotations

import asyncio

import pytest
from scripted_service import QUICK_S, reached

from sigmic_jupyter.follow import Follower, Snapshot, Trouble
from sigmic_jupyter.follow.run import differs
from sigmic_jupyter.service.errors import (
    AuthenticationError,
    ConnectionFailed,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UnexpectedResponse,
)
from sigmic_jupyter.service.models import Approval, Output, Task


class Slow:
    """A source whose answers come when they are told to."""

    def __init__(self):
        self.asked = asyncio.Queue()

    async def get_task(self, _task_id):
        answer = asyncio.get_running_loop().create_future()
        self.asked.put_nowait(answer)
        return await answer


class Scripted:
    """A source that answers with the items of a list, the last one for ever."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = 0
        self.was_asked = asyncio.Event()

    async def get_task(self, _task_id):
        self.asked += 1
        self.was_asked.set()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def task(status="running", updated_at="1", **fields):
    return Task(id="t", status=status, output=Output(updated_at=updated_at), **fields)


def follower(source, **options):
    return Follower(source, "t", interval_s=QUICK_S, jitter=lambda: 0.0, **options)


async def collect(source, **options):
    return await collect_updates(follower(source), **options)


async def collect_updates(follower, **options):
    async with asyncio.timeout(10):
        return [update async for update in follower.updates(**options)]


async def test_it_yields_what_changed_and_ends_at_a_final_status():
    """Unchanged answers are not told; the final one is, and ends it."""
    source = Scripted(task(), task(), task(updated_at="2"), task("completed", "3"))

    updates = await collect(source)

    assert updates == [
        Snapshot(task()),
        Snapshot(task(updated_at="2")),
        Snapshot(task("completed", "3")),
    ]


@pytest.mark.parametrize(
    "error",
    [
        ConnectionFailed("refused"),
        RateLimitError("slow down", http_status=429, retry_after_s=0.0),
        ServerError("oops", http_status=503),
        UnexpectedResponse("HTML", http_status=502),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_transient_trouble_is_told_and_goes_by(error, monkeypatch):
    """Each failed try is told, with when the next comes, and following goes on."""
    monkeypatch.setattr("sigmic_jupyter.follow.polls.backoff_s", lambda *_, **__: QUICK_S)
    source = Scripted(task(), error, error, task(), error, task("completed", "2"))

    updates = await collect(source)

    assert updates == [
        Snapshot(task()),
        Trouble(error, 1, QUICK_S),
        Trouble(error, 2, QUICK_S),
        Snapshot(task()),
        Trouble(error, 1, QUICK_S),
        Snapshot(task("completed", "2")),
    ]


@pytest.mark.parametrize("error_class", [AuthenticationError, PermissionDeniedError, NotFoundError])
async def test_a_refusal_stops_it(error_class):
    """401, 403 and 404 end following with the reason."""
    source = Scripted(task(), error_class("no"))

    with pytest.raises(error_class):
        await collect(source)
    assert source.asked == 2


async def test_a_nudge_ends_the_pause():
    """After a nudge the service is asked at once, however long the interval."""
    source = Scripted(task(), task("completed", "2"))
    slow = Follower(source, "t", interval_s=3600)
    updates = slow.updates()
    assert await anext(updates) == Snapshot(task())
    following = asyncio.ensure_future(anext(updates))
    await asyncio.sleep(0)

    slow.nudge()

    assert await asyncio.wait_for(following, 5) == Snapshot(task("completed", "2"))


async def test_after_a_nudge_trouble_is_counted_anew(monkeypatch):
    """A person who asks does not wait as long as the tries before made it."""
    monkeypatch.setattr("sigmic_jupyter.follow.polls.backoff_s", lambda *_, **__: 3600)
    follower = Follower(Scripted(ConnectionFailed("refused")), "t")
    updates = follower.updates()
    attempts = []
    async with asyncio.timeout(5):
        for _ in range(3):
            attempts.append((await anext(updates)).attempt)
            follower.nudge()
    await updates.aclose()

    assert attempts == [1, 1, 1]


async def test_after_a_nudge_it_asks_quickly_again(monkeypatch):
    """The cadence begins anew, though nothing has changed."""
    paused_before = []

    def interval(previous, **_):
        paused_before.append(previous)
        return QUICK_S if len(paused_before) != 2 else 3600

    monkeypatch.setattr("sigmic_jupyter.follow.polls.next_interval_s", interval)
    source = Scripted(task(), task(), task(), task("completed"))
    follower = Follower(source, "t")
    following = asyncio.ensure_future(collect_updates(follower))
    await reached(lambda: len(paused_before) == 2)
    follower.nudge()
    await following

    assert paused_before[:3] == [None, QUICK_S, None]


async def test_an_end_from_before_a_nudge_is_not_the_end():
    """What was asked for before something was done says nothing of what came of it."""
    source = Slow()
    follower = Follower(source, "t", interval_s=3600)
    updates = follower.updates()
    following = asyncio.ensure_future(anext(updates))
    before = await source.asked.get()
    follower.nudge()
    before.set_result(task("completed"))
    (await source.asked.get()).set_result(task("running", "2"))

    assert await asyncio.wait_for(following, 5) == Snapshot(task("running", "2"))
    await updates.aclose()


async def test_after_a_follow_up_the_old_end_is_not_the_new_one():
    """An answer that still shows the turn before does not end following."""
    old = task("completed", "1")
    source = Scripted(old, old, task("running", "2"), task("completed", "3"))

    updates = await collect(source, stale=old)

    assert updates == [Snapshot(task("running", "2")), Snapshot(task("completed", "3"))]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (task(), task(), False),
        (task(), task("failed"), True),
        (task(), task(updated_at="2"), True),
        (task(), task(pending_approvals=(Approval("c", "tool"),)), True),
        (task(updated_at=None), task(updated_at=None), False),
        (Task("t", "pending"), Task("t", "pending"), False),
        (
            task(updated_at=None),
            Task(id="t", status="running", output=Output(content="more")),
            True,
        ),
    ],
)
def test_differs(before, after, expected):
    """Status, `updatedAt` and what waits tell a change; without `updatedAt` everything does."""
    assert differs(before, after) is expected
