"""What the service makes of a decision that went out, answered or not."""

from __future__ import annotations

import asyncio

import pytest
from fakes import WAITS, decide, task

from sigmic_jupyter.service.errors import (
    NotFoundError,
    RateLimitError,
    ServerError,
    ValidationError,
)
from sigmic_jupyter.service.models import Approval

RUNS = task("running", calls=[("c1", "executing")])
OTHER = {"n": "other"}
CHANGED = task("awaiting_approval", pending=[Approval("c1", "tool", OTHER)])
DOWN = ServerError("down", http_status=503)
NO_CALL = NotFoundError("No such tool call waits", http_status=404)


def told(traits):
    return [(d["outcome"], d["by"]["kind"], d["state"]) for d in traits["decisions"]]


def approved(service):
    return [sent for sent in service.sent if sent[0] == "approve"]


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
