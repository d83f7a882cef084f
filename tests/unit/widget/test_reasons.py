"""Why a call was rejected is told the agent in a message, once the task can take one."""

from __future__ import annotations

import asyncio

import pytest
from fakes import decide, task

from sigmic_jupyter.service.errors import (
    NotFoundError,
    RateLimitError,
    ServerError,
    ValidationError,
)
from sigmic_jupyter.service.models import Outcome

WAITS = task("awaiting_approval", calls=[("c1", "awaiting_approval"), ("c2", "awaiting_approval")])
REJECTED = [("c1", "cancelled"), ("c2", "cancelled")]
GOES_ON = task("running", calls=REJECTED)
DONE = task("completed", content="one", calls=REJECTED)
DOWN = ServerError("down", http_status=503)
TEXT = "I rejected your call of tool: Keep the archive."


def reasons(traits):
    return [(d["reason"] or {}).get("state") for d in traits["decisions"]]


def messages(service):
    return [sent[1] for sent in service.sent if sent[0] == "message"]


def reject(session, call_id="c1", reason="Keep the archive."):
    return decide(session, call_id, Outcome.CANCEL, reason=reason)


@pytest.fixture
async def session(service, traits, start):
    """One that follows a task in which two calls wait."""
    service.task = WAITS
    made = start()
    await traits.until(lambda t: t.get("pending_approvals"))
    return made


async def test_a_reason_follows_when_the_task_has_ended_its_turn(service, traits, session):
    """It waits, goes out once, and the new turn is followed before anybody is released."""
    await reject(session)
    assert (reasons(traits), traits["decisions"][0]["state"]) == (["waiting"], "sent")
    service.task = GOES_ON
    await traits.until(lambda t: t["status"] == "running")
    assert (reasons(traits)[0], messages(service)) == ("waiting", [])

    service.hold("message")
    service.task = DONE
    await service.arrived("message")
    assert reasons(traits)[0] == "sending"
    assert not session.settled.is_set()
    service.task = task("running", content="one", calls=REJECTED)
    service.release("message")
    await traits.until(lambda t: reasons(t)[0] == "sent")
    assert (traits["status"], session.settled.is_set()) == ("running", False)

    service.task = task("completed", content="one\n\ntwo", calls=REJECTED)
    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert (messages(service), traits["content"]) == ([TEXT], "two")
    statuses = [p["connection"]["state"] for p in traits.published if "connection" in p]
    assert statuses.count("ended") == 1


async def test_several_reasons_are_one_message(service, traits, session):
    """Each says which call it is about."""
    await reject(session, "c1", "Keep the archive.\nThe auditors need it.")
    await reject(session, "c2", "  Not on a Sunday. ")
    service.task = DONE

    await traits.until(lambda t: reasons(t) == ["sent", "sent"])
    assert "".join(messages(service)) == (
        "I rejected your call of tool: Keep the archive.\nThe auditors need it.\n\n"
        "I rejected your call of tool: Not on a Sunday."
    )
    service.task = task("completed", content="two")
    await asyncio.wait_for(session.settled.wait_async(), 5)


async def test_a_failed_task_takes_a_message(service, traits, session):
    """It is restored by it, so the reason is sent."""
    await reject(session)
    service.task = task("failed", calls=REJECTED, error="out of memory")

    await traits.until(lambda t: reasons(t)[0] == "sent")
    assert messages(service) == [TEXT]


@pytest.mark.parametrize("stop", ["here", "elsewhere"])
async def test_a_stopped_task_is_not_set_going_again(service, traits, session, stop):
    """After Stop the reason is dropped, and no message is sent."""
    await reject(session)
    if stop == "here":
        await session.cancel()
        assert reasons(traits) == ["dropped"]
    service.task = task("cancelled", calls=REJECTED)

    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert (reasons(traits)[0], messages(service)) == ("dropped", [])


async def test_a_stop_that_comes_too_late_still_drops_it(service, traits, session):
    """Whoever clicked on Stop when the task had just ended does not want it to go on."""
    await reject(session)
    service.hold("cancel")
    service.fails["cancel"] = ValidationError("The task is completed already", http_status=400)
    stop = asyncio.create_task(session.cancel())
    await service.arrived("cancel")
    service.task = DONE
    await traits.until(lambda t: t["status"] == "completed")
    assert not session.settled.is_set()
    service.release("cancel")
    with pytest.raises(ValidationError):
        await stop

    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert (reasons(traits)[0], messages(service)) == ("dropped", [])


async def test_a_stop_that_did_not_get_through_drops_nothing(service, traits, session):
    """The task goes on, and is told at its end."""
    await reject(session)
    service.fails["cancel"] = DOWN
    with pytest.raises(ServerError):
        await session.cancel()
    service.task = DONE

    await traits.until(lambda t: reasons(t)[0] == "sent")
    assert messages(service) == [TEXT]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValidationError("too long", http_status=400), "too long"),
        (RateLimitError("slow", http_status=429), "slow"),
    ],
)
async def test_a_refused_message_ends_it(service, traits, session, error, message):
    """The decision says why the agent was not told, and what to do; nothing is sent again."""
    await reject(session)
    service.fails["message"] = error
    service.task = DONE

    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert (reasons(traits)[0], messages(service)) == ("failed", [TEXT])
    shown = traits["decisions"][0]
    assert (shown["state"], shown["reason"]["error"]["message"]) == ("confirmed", message)
    assert "task.send(" in shown["reason"]["error"]["hint"]
    assert session.failure is None


@pytest.mark.parametrize("error", [DOWN, RuntimeError("unforeseen")], ids=["503", "unforeseen"])
async def test_a_lost_answer_may_have_begun_a_turn(service, traits, session, error):
    """It is not repeated; what is followed is whatever the task does."""
    await reject(session)
    service.hold("message")
    service.fails["message"] = error
    service.task = DONE
    await service.arrived("message")
    service.task = task("running", content="one", calls=REJECTED)
    service.release("message")

    await traits.until(lambda t: reasons(t)[0] == "failed")
    assert not session.settled.is_set()
    shown = traits["decisions"][0]["reason"]["error"]
    assert shown["message"].startswith("It is not known whether the reason arrived")
    assert "task.send(" in shown["hint"]
    service.task = task("completed", content="one two", calls=REJECTED)
    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert (messages(service), traits["content"]) == ([TEXT], "one two")


async def test_a_lost_message_that_did_not_arrive_holds_nobody_for_long(
    service, traits, session, monkeypatch
):
    """The task stays as it was, and after a while that is its end."""
    monkeypatch.setattr("sigmic_jupyter.follow.run.STALE_AFTER_FOLLOW_UP_S", 0.05)
    await reject(session)
    service.fails["message"] = DOWN
    service.task = DONE

    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert (reasons(traits)[0], traits["status"], messages(service)) == (
        "failed",
        "completed",
        [TEXT],
    )


async def test_a_decision_that_did_not_get_through_tells_no_reason(service, traits, session):
    """The call expired, and nobody rejected it."""
    service.fails["approve"] = ValidationError("no", http_status=400)
    with pytest.raises(ValidationError):
        await reject(session)
    assert reasons(traits) == ["waiting"]
    service.task = task("completed")

    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert (reasons(traits), messages(service)) == ([None, None], [])


async def test_who_was_overtaken_by_another_rejection_tells_no_reason(service, traits, session):
    """The call was rejected elsewhere a moment before, for whatever reason."""
    service.hold("approve")
    rejecting = asyncio.create_task(reject(session))
    await service.arrived("approve")
    service.task = GOES_ON
    await traits.until(lambda t: t["status"] == "running")
    service.fails["approve"] = NotFoundError("No such tool call waits", http_status=404)
    service.release("approve")
    with pytest.raises(ValidationError, match="decided already"):
        await rejecting
    service.task = DONE

    await asyncio.wait_for(session.settled.wait_async(), 5)
    (ours,) = (d for d in traits["decisions"] if d["call_id"] == "c1")
    assert (ours["by"]["kind"], ours["reason"]) == ("elsewhere", None)
    assert messages(service) == []


async def test_what_a_person_sends_meanwhile_is_followed(service, traits, session):
    """The reason is refused, but a follow-up has begun a new turn: nobody is released before."""
    await reject(session)
    service.hold("message")
    service.task = DONE
    await service.arrived("message")
    let_go = service.hold_no_more("message")
    await session.send("and plot it", ())
    service.task = task("running", content="one", calls=REJECTED)
    service.fails["message"] = ValidationError("one at a time", http_status=400)
    let_go()

    await traits.until(lambda t: reasons(t)[0] == "failed")
    await traits.until(lambda t: t["status"] == "running")
    assert not session.settled.is_set()
    service.task = task("completed", content="one\n\ntwo", calls=REJECTED)
    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert traits["content"] == "two"


async def test_a_closed_widget_sends_no_reason(service, session):
    """As its documentation says."""
    await reject(session)
    session.close()
    service.task = DONE

    await session.refresh()
    assert messages(service) == []


async def test_following_that_had_stopped_is_taken_up_for_a_reason(service, traits, session):
    """The task ended out of sight; when it is seen again, the agent is told."""
    await reject(session)
    service.task = ValidationError("broken", http_status=400)
    await traits.until(lambda t: t["connection"]["state"] == "stopped")
    service.task = DONE

    await session.refresh()
    await traits.until(lambda t: reasons(t)[0] == "sent")
    assert messages(service) == [TEXT]
