"""Decisions from Python, over HTTP: bound to what the traits show, and with a reason."""

from __future__ import annotations

import pytest
from live import LIMIT_S, until, waiting

from sigmic_jupyter import CallChanged, ValidationError
from sigmic_jupyter.kernel import background
from sigmic_jupyter.widget.digest import digest_of_shown


@pytest.mark.parametrize("decide", ["approve", "reject"])
def test_what_the_trait_shows_is_what_is_decided_on(client, decide):
    """A call that is not what `pending_approvals` shows is refused, and shown as it is."""
    task = waiting(client)
    (shown,) = task.pending_approvals
    task.pending_approvals = [shown | {"args": {"path": "/etc/passwd"}}]

    with pytest.raises(CallChanged, match=f"The call {shown['call_id']} changed"):
        getattr(task, decide)()

    assert task.pending_approvals == [shown]
    assert task.decisions == []
    getattr(task, decide)()
    assert task.decisions[0]["args"] == shown["args"]
    task.cancel()


def test_what_the_trait_does_not_show_is_not_decided_on(client):
    """Nobody has seen it."""
    task = waiting(client)
    (shown,) = task.pending_approvals
    task.pending_approvals = []

    with pytest.raises(CallChanged):
        task.approve(shown["call_id"])
    task.cancel()


def test_a_refusal_comes_after_what_it_is_about(client, service, monkeypatch):
    """A browser has the call as it is now before it hears that it has changed."""
    task = waiting(client)
    sent = []
    monkeypatch.setattr(task, "_send", lambda message, **_: sent.append(message["content"]))
    (shown,) = task.pending_approvals
    click = {"command": "decide", "call_id": shown["call_id"], "outcome": "proceed_once"}
    service.change_call(task.task_id, shown["call_id"], args={"path": "/etc/passwd"})

    background().run(task._answer({"id": "1", "command": "hello", "revision": None}))
    background().run(task._answer({"id": "2", "digest": digest_of_shown(shown)} | click))

    assert "/etc/passwd" in str(sent[:-1])
    assert (sent[-1]["reply_to"], sent[-1]["error"]["kind"]) == ("2", "changed")
    task.cancel()


def test_a_reason_sets_the_agent_going_again(client):
    """It is sent when the agent has answered; the wait goes on to the end of what follows."""
    task = client.run(
        "Think about this",
        auto_execute=False,
        policy=lambda call: None if call.call_id == "call_001" else "once",
    )
    until(task, "pending_approvals", lambda rows: rows and rows[0]["policy_error"] is None)
    task.reject("call_001", "Keep the archive.")
    states = []
    task.observe(lambda change: states.append(change["new"]), "status")

    task.wait(LIMIT_S, on_approval="wait")

    assert task.decisions[0]["reason"] == {
        "text": "Keep the archive.",
        "state": "sent",
        "error": None,
    }
    assert states.count("completed") == 2
    assert states[-1] == "completed"


def test_a_reason_goes_with_a_rejection_that_can_be_sent(client):
    """One that is too long is refused before anything is decided."""
    task = waiting(client)

    with pytest.raises(ValidationError, match="10,001 characters"):
        task.reject(reason="x" * 10_001)

    assert task.decisions == []
    task.cancel()
