from __future__ import annotations

import asyncio
import sys

import pytest
from fakes import decide, task

from sigmic_jupyter.service.errors import AuthenticationError, ServerError, ValidationError
from sigmic_jupyter.service.models import Outcome

WAITING = (("c1", "awaiting_approval"),)


def waits(traits):
    return [approval["call_id"] for approval in traits.get("pending_approvals", [])]


def decided(traits):
    return [(d["call_id"], d["outcome"], d["by"]["kind"], d["state"]) for d in traits["decisions"]]


async def test_a_task_is_published_to_its_end(service, traits, start):
    """The final state is published before those who wait are released."""
    session = start()
    await traits.until(lambda t: t.get("status") == "running")
    service.task = task("completed", content="done")

    await asyncio.wait_for(session.settled.wait_async(), 5)

    assert (traits["status"], traits["content"]) == ("completed", "done")
    assert traits["connection"]["state"] == "ended"
    assert traits["connection"]["transport"] == "poll"


async def test_a_snapshot_is_one_message(service, traits, start):
    """Whatever number of traits a snapshot changes, it is published once."""
    service.task = task("running", content="text", calls=[("c1", "success")])
    start()
    await traits.until(lambda t: "content" in t)

    assert [sorted(p) for p in traits.published if "content" in p] == [
        sorted(
            {
                *("status", "message", "content", "timeline", "tool_calls", "pending_approvals"),
                *("created_at", "started_at", "completed_at", "updated_at"),
                *("decisions", "error", "connection", "conversation"),
            }
        )
    ]


async def test_a_decision_is_sent_once_and_confirmed_by_the_task(service, traits, start):
    """It is sending, sent, and confirmed when the task's own state shows it."""
    service.task = task("awaiting_approval", calls=WAITING)
    session = start()
    await traits.until(waits)

    await decide(session)

    assert decided(traits) == [("c1", "proceed_once", "person", "sent")]
    assert waits(traits) == ["c1"]
    service.task = task("running", calls=[("c1", "executing")])
    await traits.until(lambda t: not waits(t))
    assert decided(traits) == [("c1", "proceed_once", "person", "confirmed")]
    assert service.sent == [("approve", "c1", "proceed_once")]


async def test_clicks_are_quick_while_a_call_waits(service, traits, start):
    """Running cells give way sooner then, until the task itself says that it waits no more."""
    before_s = sys.getswitchinterval()
    service.task = task("awaiting_approval", calls=WAITING)
    session = start()
    await traits.until(waits)
    await decide(session)
    until_confirmed_s = sys.getswitchinterval()
    service.task = task("running", calls=[("c1", "executing")])
    await traits.until(lambda t: not waits(t))

    assert until_confirmed_s < before_s
    assert sys.getswitchinterval() == pytest.approx(before_s)


async def test_a_second_decision_on_the_same_call_is_refused(service, traits, start):
    """While one is under way, and after it, another one sends nothing."""
    service.task = task("awaiting_approval", calls=WAITING)
    session = start()
    await traits.until(waits)
    service.hold("approve")
    first = asyncio.create_task(decide(session))
    await service.arrived("approve")

    with pytest.raises(ValidationError, match="decided already"):
        await decide(session, "c1", Outcome.CANCEL)

    service.release("approve")
    await first
    with pytest.raises(ValidationError, match="decided already"):
        await decide(session, "c1", Outcome.CANCEL)
    assert service.sent == [("approve", "c1", "proceed_once")]


async def test_a_decision_on_what_does_not_wait_is_refused(service, traits, start):
    """A call that nobody asks about can't be decided."""
    session = start()
    await traits.until(lambda t: "status" in t)

    with pytest.raises(ValidationError, match="No call c9 waits"):
        await decide(session, "c9")
    assert service.sent == []


async def test_a_decision_that_did_not_get_through_can_be_tried_again(service, traits, start):
    """It says why, the call still waits, and a second try replaces it."""
    service.task = task("awaiting_approval", calls=WAITING)
    session = start()
    await traits.until(waits)
    service.fails["approve"] = ServerError("The service did not answer", http_status=503)

    with pytest.raises(ServerError):
        await decide(session)

    assert decided(traits) == [("c1", "proceed_once", "person", "failed")]
    assert traits["decisions"][0]["error"]["http_status"] == 503
    await decide(session, "c1", Outcome.CANCEL)
    assert decided(traits) == [("c1", "cancel", "person", "sent")]


async def test_a_lost_answer_is_looked_up_not_repeated(service, traits, start):
    """Where the task shows that the call no longer waits, the decision counts."""
    service.task = task("awaiting_approval", calls=WAITING)
    session = start()
    await traits.until(waits)
    service.hold("approve")
    deciding = asyncio.create_task(decide(session))
    await service.arrived("approve")
    service.fails["approve"] = ServerError("gone", http_status=502)
    service.task = task("running", calls=[("c1", "executing")])
    service.release("approve")

    await deciding

    assert decided(traits) == [("c1", "proceed_once", "person", "confirmed")]
    assert service.sent == [("approve", "c1", "proceed_once")]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (task("running", calls=[("c1", "executing")]), ("c1", None, "elsewhere", "confirmed")),
        (task("running", calls=[("c1", "cancelled")]), ("c1", "cancel", "elsewhere", "confirmed")),
        (task("cancelled", calls=[("c1", "cancelled")]), ("c1", "cancel", "stop", "confirmed")),
        (task("cancelled", calls=WAITING), ("c1", "cancel", "stop", "confirmed")),
    ],
    ids=["approved elsewhere", "rejected elsewhere", "stopped", "stopped while it waited"],
)
async def test_a_call_that_stops_waiting_by_itself_is_recorded(
    service, traits, start, after, expected
):
    """What somebody else decided, or a stop, is in the record as that."""
    service.task = task("awaiting_approval", calls=WAITING)
    start()
    await traits.until(waits)

    service.task = after

    await traits.until(lambda t: t["decisions"])
    assert decided(traits) == [expected]
    assert waits(traits) == []


async def test_trouble_is_shown_and_goes_by(service, traits, start, monkeypatch):
    """While the service is out of reach, the connection says since when and when it tries again."""
    monkeypatch.setattr("sigmic_jupyter.follow.polls.backoff_s", lambda *_, **__: 0.005)
    start()
    await traits.until(lambda t: "status" in t)
    service.task = ServerError("down", http_status=503)

    await traits.until(lambda t: t["connection"]["state"] == "retrying")

    connection = traits["connection"]
    assert connection["next_try_at"] >= connection["since"]
    assert connection["reason"]["http_status"] == 503
    assert traits["status"] == "running"
    service.task = task("completed")
    await traits.until(lambda t: t["connection"]["state"] == "ended")


async def test_a_refusal_stops_following_and_releases_who_waits(service, traits, start):
    """With a bad key it stops, says so, and nobody waits for ever; refresh begins again."""
    service.task = AuthenticationError("no", http_status=401, code="INVALID_API_KEY")
    session = start()

    await asyncio.wait_for(session.settled.wait_async(), 5)

    assert traits["connection"]["state"] == "stopped"
    assert traits["error"]["kind"] == "authentication"
    assert session.failure is service.task
    service.task = task("completed")
    await session.refresh()
    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert (traits["status"], traits["error"], session.failure) == ("completed", None, None)


async def test_an_unforeseen_exception_releases_who_waits(service, traits, start, caplog):
    """A bug is logged and shown by its type alone, and nobody waits for ever."""
    service.task = RuntimeError("sigmic_secret")
    session = start()

    await asyncio.wait_for(session.settled.wait_async(), 5)

    assert traits["error"]["kind"] == "internal"
    assert "RuntimeError" in traits["error"]["message"]
    assert "sigmic_secret" not in str(traits)
    assert "following stopped" in caplog.text


async def test_a_failed_task_says_why(service, traits, start):
    """The service's own message is the error."""
    service.task = task("failed", content="partial", error="memory limit exceeded")
    start()

    await traits.until(lambda t: t.get("error"))

    assert traits["error"]["kind"] == "task_failed"
    assert traits["error"]["message"] == "memory limit exceeded"
    assert traits["content"] == "partial"


async def test_a_follow_up_follows_again(service, traits, start):
    """After a message to a finished task the new turn is followed to its end."""
    service.task = task("completed", content="one")
    session = start()
    await asyncio.wait_for(session.settled.wait_async(), 5)

    await session.send("and now", ())
    assert not session.settled.is_set()
    service.task = task("completed", content="one\n\ntwo")

    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert traits["content"] == "two"
    assert service.sent == [("message", "and now", ())]
