"""A decision goes out only if the call is still what was seen, by the task's newest state."""

from __future__ import annotations

import asyncio
import threading

import pytest
from fakes import WAITS, decide, task

from sigmic_jupyter.follow.items import Route, Snapshot, Trouble
from sigmic_jupyter.service.errors import (
    AuthenticationError,
    CallChanged,
    ServerError,
    ValidationError,
)
from sigmic_jupyter.service.models import Approval, Outcome
from sigmic_jupyter.widget.digest import digest_of
from sigmic_jupyter.widget.policy import policy_of

RUNS = task("running", calls=[("c1", "executing")])
OTHER = {"n": "other"}
CHANGED = task("awaiting_approval", pending=[Approval("c1", "tool", OTHER)])
OTHER_DIGEST = digest_of("c1", "tool", OTHER)
DOWN = ServerError("down", http_status=503)


def told(traits):
    return [(d["outcome"], d["by"]["kind"], d["state"]) for d in traits["decisions"]]


def approved(service):
    return [sent for sent in service.sent if sent[0] == "approve"]


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


async def test_a_look_while_the_button_is_down_is_the_decision_s(service, session):
    """What comes by the stream meanwhile counts too, so no other is needed."""
    session._take(Route("stream"))
    session.look_ahead()
    service.hold("approve")
    deciding = asyncio.create_task(decide(session))
    await service.arrived("approve")

    assert service.reads == 2
    service.release("approve")
    await deciding


async def test_what_that_look_finds_is_refused(service, session):
    """A call that had changed by then, before anybody told."""
    session._take(Route("stream"))
    service.task = CHANGED
    session.look_ahead()

    with pytest.raises(CallChanged):
        await decide(session)
    assert service.sent == []


@pytest.mark.parametrize("transport", ["poll", "stream"])
async def test_a_look_ahead_needs_a_stream_that_is_heard(service, session, monkeypatch, transport):
    """Else nobody would tell of a change between that look and the click."""
    looks = []
    monkeypatch.setattr(session._deciding._fresh, "ahead", lambda: looks.append("look"))
    session._take(Route(transport))
    session._take(Trouble(DOWN, 1, 1.0))
    assert session.connection.state == "retrying"
    session.look_ahead()
    if transport == "poll":
        session._take(Snapshot(WAITS))
        session.look_ahead()
    assert looks == []

    service.task = CHANGED
    with pytest.raises(CallChanged):
        await decide(session)
    assert service.sent == []


async def test_nothing_is_looked_at_where_nothing_waits(session, monkeypatch):
    """A button that is held down after all was decided asks for nothing."""
    looks = []
    monkeypatch.setattr(session._deciding._fresh, "ahead", lambda: looks.append("look"))
    session._take(Route("stream"))
    session.look_ahead()
    await decide(session)
    session.look_ahead()
    assert looks == ["look"]


async def test_doubles_are_refused_from_the_click_on(service, traits, session):
    """While the task is being read again, a second click, and a third with another outcome."""
    service.hold("get")
    first = asyncio.create_task(decide(session))
    await service.arrived("get")

    for outcome in (Outcome.PROCEED_ONCE, Outcome.CANCEL):
        with pytest.raises(ValidationError, match="decided already"):
            await decide(session, outcome=outcome)
    await traits.until(lambda _: told(traits) == [("proceed_once", "person", "sending")])
    assert service.sent == []
    service.release("get")
    await first
    assert approved(service) == [("approve", "c1", "proceed_once")]


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
