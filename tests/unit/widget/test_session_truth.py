"""A decision goes out only if the call is still what was seen, by the task's newest state."""

from __future__ import annotations

import asyncio
import threading

import pytest
from fakes import decide, task

from sigmic_jupyter.service.errors import (
    AuthenticationError,
    CallChanged,
    NotFoundError,
    RateLimitError,
    ServerError,
    ValidationError,
)
from sigmic_jupyter.service.models import Approval, Outcome
from sigmic_jupyter.widget.digest import digest_of
from sigmic_jupyter.widget.policy import policy_of

WAITS = task("awaiting_approval", calls=[("c1", "awaiting_approval")])
RUNS = task("running", calls=[("c1", "executing")])
OTHER = {"n": "other"}
CHANGED = task("awaiting_approval", pending=[Approval("c1", "tool", OTHER)])
OTHER_DIGEST = digest_of("c1", "tool", OTHER)
DOWN = ServerError("down", http_status=503)
NO_CALL = NotFoundError("No such tool call waits", http_status=404)


def told(traits):
    return [(d["outcome"], d["by"]["kind"], d["state"]) for d in traits["decisions"]]


def approved(service):
    return [sent for sent in service.sent if sent[0] == "approve"]


@pytest.fixture
async def session(service, traits, start):
    """One that has seen a call wait, and asks again only where something is done."""
    service.task = WAITS
    made = start(interval_s=60)
    await traits.until(lambda t: t.get("pending_approvals"))
    return made


async def test_a_call_that_is_not_what_was_seen_is_refused(service, traits, session):
    """At once, without a request; the card is published anew, and nothing counts as decided."""
    published = len(traits.published)

    with pytest.raises(CallChanged, match="The call c1 changed after it was shown"):
        await decide(session, digest=OTHER_DIGEST)

    assert (service.sent, service.reads, traits["decisions"]) == ([], 1, [])
    assert "pending_approvals" in traits.published[published]
    await decide(session)
    assert approved(service) == [("approve", "c1", "proceed_once")]


async def test_a_change_that_nobody_saw_yet_is_found_before_anything_is_sent(
    service, traits, session
):
    """The task is read once more after the click, and the card shows what it has become."""
    service.task = CHANGED

    with pytest.raises(CallChanged):
        await decide(session)

    assert (service.sent, service.reads, traits["decisions"]) == ([], 2, [])
    assert traits["pending_approvals"][0]["args"] == OTHER
    await decide(session, digest=OTHER_DIGEST)
    assert approved(service) == [("approve", "c1", "proceed_once")]
    assert traits["decisions"][0]["args"] == OTHER


@pytest.mark.parametrize(
    ("truth", "expected", "words"),
    [
        (RUNS, (None, "elsewhere", "confirmed"), "decided already"),
        (
            task("running", calls=[("c1", "cancelled")]),
            ("cancel", "elsewhere", "confirmed"),
            "decided already",
        ),
        (
            task("cancelled", calls=[("c1", "cancelled")]),
            ("cancel", "stop", "confirmed"),
            "cancelled with its task",
        ),
        (task("completed"), (None, "expired", "confirmed"), "its task ended"),
        (
            task("failed", calls=[("c1", "awaiting_approval")]),
            (None, "expired", "confirmed"),
            "its task ended",
        ),
        (
            task("completed", calls=[("c1", "success")]),
            (None, "elsewhere", "confirmed"),
            "decided already",
        ),
    ],
    ids=["approved", "rejected", "stopped", "expired", "expired but listed", "ran to the end"],
)
@pytest.mark.parametrize("outcome", [Outcome.PROCEED_ONCE, Outcome.CANCEL])
async def test_what_was_settled_before_is_not_taken_for_ours(
    service, traits, session, *, truth, expected, words, outcome
):
    """Nothing is sent, the click is refused, and the record says who it was, or nobody."""
    service.task = truth

    with pytest.raises(ValidationError, match=words):
        await decide(session, outcome=outcome)

    assert service.sent == []
    assert told(traits) == [expected]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (DOWN, "server"),
        (AuthenticationError("expired", http_status=401), "authentication"),
        (RuntimeError("unforeseen"), "internal"),
    ],
    ids=["503", "401", "unforeseen"],
)
async def test_without_the_newest_truth_nothing_is_sent(service, traits, session, error, kind):
    """The decision failed, says why and that nothing was sent, and can be taken again."""
    service.fails["get"] = error

    with pytest.raises(type(error)):
        await decide(session)

    assert service.sent == []
    assert told(traits) == [("proceed_once", "person", "failed")]
    shown = traits["decisions"][0]["error"]
    assert shown["kind"] == kind
    assert kind == "internal" or shown["hint"].startswith("Nothing was sent: the call still waits")
    assert [call.call_id for call in session.undecided] == ["c1"]
    await decide(session, outcome=Outcome.CANCEL)
    assert service.sent == [("approve", "c1", "cancel")]


async def test_decisions_at_the_same_time_share_one_look(service, traits, start):
    """Three calls are approved with one read more, and one request each."""
    names = ("c1", "c2", "c3")
    service.task = task("awaiting_approval", calls=[(name, "awaiting_approval") for name in names])
    session = start(interval_s=60)
    await traits.until(lambda t: t.get("pending_approvals"))
    service.hold("approve")
    deciding = [asyncio.create_task(decide(session, name)) for name in names]
    await service.arrived("approve")

    assert service.reads == 2
    service.release("approve")
    await asyncio.gather(*deciding)
    assert approved(service) == [("approve", name, "proceed_once") for name in names]


async def test_doubles_are_refused_from_the_click_on(service, traits, session):
    """While the task is being read again, a second click, and a third with another outcome."""
    service.hold("get")
    first = asyncio.create_task(decide(session))
    await service.arrived("get")

    for outcome in (Outcome.PROCEED_ONCE, Outcome.CANCEL):
        with pytest.raises(ValidationError, match="decided already"):
            await decide(session, outcome=outcome)
    assert told(traits) == [("proceed_once", "person", "sending")]
    assert service.sent == []
    service.release("get")
    await first
    assert approved(service) == [("approve", "c1", "proceed_once")]


async def test_a_lost_answer_is_told_while_the_task_is_asked(service, traits, session):
    """The decision is still being sent, and says that nobody knows whether it arrived."""
    service.hold("approve")
    deciding = asyncio.create_task(decide(session))
    await service.arrived("approve")
    service.fails["approve"], service.task = DOWN, RUNS
    service.hold("get")
    service.release("approve")
    await service.arrived("get")

    assert told(traits) == [("proceed_once", "person", "sending")]
    assert traits["decisions"][0]["error"] == {
        "kind": "server",
        "message": "It is not known whether it arrived; the task is being asked.",
        "hint": None,
        "http_status": 503,
        "code": None,
    }
    service.release("get")
    await deciding
    assert told(traits) == [("proceed_once", "person", "confirmed")]
    assert traits["decisions"][0]["error"] is None


@pytest.mark.parametrize(
    ("truth", "expected", "refusal"),
    [
        (RUNS, (None, "elsewhere", "confirmed"), "decided already"),
        (task("completed"), (None, "expired", "confirmed"), "its task ended"),
        (WAITS, ("proceed_once", "person", "failed"), "No such tool call waits"),
    ],
    ids=["decided elsewhere", "expired", "still waits"],
)
async def test_what_the_service_does_not_know_is_looked_up(
    service, traits, session, *, truth, expected, refusal
):
    """After a 404 the task tells whether somebody else decided or the call expired."""
    service.hold("approve")
    deciding = asyncio.create_task(decide(session))
    await service.arrived("approve")
    service.fails["approve"], service.task = NO_CALL, truth
    service.release("approve")

    with pytest.raises((ValidationError, NotFoundError), match=refusal):
        await deciding

    assert told(traits) == [expected]
    assert len(approved(service)) == 1


@pytest.mark.parametrize("error", [RateLimitError("slow", http_status=429), ValidationError("no")])
async def test_a_clear_refusal_needs_no_look(service, traits, session, error):
    """Where the service says that it did nothing, the decision has failed."""
    service.fails["approve"] = error

    with pytest.raises(type(error)):
        await decide(session)

    assert told(traits) == [("proceed_once", "person", "failed")]
    assert traits["decisions"][0]["error"]["message"] == error.message


async def test_another_question_after_the_answer_is_asked_anew(service, traits, session):
    """The service took the decision, and now the call waits with other arguments."""
    await decide(session)
    assert told(traits) == [("proceed_once", "person", "sent")]
    service.task = CHANGED

    await session.refresh()

    assert told(traits) == [("proceed_once", "person", "failed")]
    assert traits["decisions"][0]["error"]["kind"] == "changed"
    assert [call.args for call in session.undecided] == [OTHER]


async def test_a_decision_that_was_taken_goes_on_after_the_close(service, session):
    """Whoever clicked and then closed the widget has decided."""
    service.hold("get")
    deciding = asyncio.create_task(decide(session))
    await service.arrived("get")
    session.close()
    service.release("get")

    await deciding
    assert approved(service) == [("approve", "c1", "proceed_once")]


async def test_a_closed_widget_still_sends_nothing_that_changed(service, session):
    """The look counts although nobody is shown it."""
    service.hold("get")
    deciding = asyncio.create_task(decide(session))
    await service.arrived("get")
    session.close()
    service.task = CHANGED
    service.release("get")

    with pytest.raises(CallChanged):
        await deciding
    assert service.sent == []


async def test_a_decision_before_stays_on_record_when_the_next_is_withdrawn(
    service, traits, session
):
    """The same id waits again, is clicked on, and has changed: what was confirmed stays."""
    await decide(session)
    service.task = RUNS
    await session.refresh()
    service.task = WAITS
    await session.refresh()
    service.task = CHANGED

    with pytest.raises(CallChanged):
        await decide(session, outcome=Outcome.CANCEL)

    assert told(traits) == [("proceed_once", "person", "confirmed")]


async def test_a_policy_is_asked_anew_about_a_call_that_changed(service, traits, start):
    """What it decided on the call before is not sent."""
    asked, may_answer = [], threading.Event()

    def policy(call):
        asked.append(call.args)
        may_answer.wait(10)
        return "once" if call.args == OTHER else "always"

    service.task = WAITS
    start(interval_s=60, decider=policy_of(policy))
    await traits.until(lambda t: t.get("pending_approvals"))
    service.hold("get")
    may_answer.set()
    await service.arrived("get")
    service.task = CHANGED  # while the decision is on its way
    service.release("get")

    await traits.until(lambda t: told(t) == [("proceed_once", "policy", "sent")])
    assert asked == [{"n": "c1"}, OTHER]
    assert approved(service) == [("approve", "c1", "proceed_once")]
    assert traits["decisions"][0]["args"] == OTHER
