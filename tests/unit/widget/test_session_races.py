"""What happens at the wrong moment: answers lost, overtaken or late, and interrupted callers."""

from __future__ import annotations

import asyncio

import pytest
from fakes import WAITS, decide, task

from sigmic_jupyter.service.errors import (
    AuthenticationError,
    NotFoundError,
    ServerError,
    ValidationError,
)
from sigmic_jupyter.service.models import Approval, Outcome
from sigmic_jupyter.widget.policy import policy_of

RUNS = task("running", calls=[("c1", "executing")])
CANCELLED = task("running", calls=[("c1", "cancelled")])
DOWN = ServerError("down", http_status=503)


def states(traits):
    return [(d["call_id"], d["outcome"], d["by"]["kind"], d["state"]) for d in traits["decisions"]]


@pytest.fixture
def quick(monkeypatch):
    """Tries again at once."""
    for module in ("widget.deciding", "follow.polls"):
        monkeypatch.setattr(f"sigmic_jupyter.{module}.backoff_s", lambda *_, **__: 0.005)


async def deciding(service, traits, session, outcome=Outcome.PROCEED_ONCE):
    """A decision whose request is held at the service."""
    service.task = WAITS
    await traits.until(lambda t: t.get("pending_approvals"))
    service.hold("approve")
    decision = asyncio.create_task(decide(session, "c1", outcome))
    await service.arrived("approve")
    return decision


async def test_an_interrupted_caller_does_not_interrupt_the_decision(service, traits, start):
    """Whoever asked may give up; the request goes on and is recorded."""
    decision = await deciding(service, traits, start())

    decision.cancel()
    await asyncio.gather(decision, return_exceptions=True)
    service.release("approve")
    service.task = RUNS

    await traits.until(lambda t: states(t) == [("c1", "proceed_once", "person", "confirmed")])
    assert len(service.sent) == 1


@pytest.mark.parametrize("error", [DOWN, RuntimeError("unforeseen")], ids=["503", "unforeseen"])
@pytest.mark.parametrize(
    ("truth", "state"), [(WAITS, "failed"), (RUNS, "confirmed")], ids=["still waits", "got through"]
)
@pytest.mark.usefixtures("quick")
async def test_a_lost_answer_stays_open_until_the_task_tells(
    service, traits, start, *, error, truth, state
):
    """While the service can't be asked either, nothing is claimed and nothing is sent again."""
    session = start()
    decision = await deciding(service, traits, session)
    service.fails["approve"], service.task = error, DOWN
    service.release("approve")

    await traits.until(lambda t: t["connection"]["state"] == "retrying")
    assert states(traits) == [("c1", "proceed_once", "person", "sending")]
    assert session.undecided == ()
    service.task = truth
    result = await asyncio.gather(decision, return_exceptions=True)

    assert result == [error if state == "failed" else None]
    assert states(traits) == [("c1", "proceed_once", "person", state)]
    assert len(service.sent) == 1
    assert [call.call_id for call in session.undecided] == ["c1"] * (state == "failed")


@pytest.mark.parametrize(
    ("outcome", "truth", "recorded"),
    [(Outcome.PROCEED_ONCE, RUNS, None), (Outcome.CANCEL, CANCELLED, "cancel")],
)
async def test_the_same_decided_elsewhere_is_not_ours(
    service, traits, start, *, outcome, truth, recorded
):
    """The task shows what ours wants while it is on its way, but the service did not take ours."""
    session = start()
    decision = await deciding(service, traits, session, outcome)
    service.task = truth
    await session.refresh()
    service.fails["approve"] = NotFoundError("No such tool call waits", http_status=404)
    service.release("approve")

    with pytest.raises(ValidationError, match="decided already"):
        await decision

    assert states(traits) == [("c1", recorded, "elsewhere", "confirmed")]
    assert len(service.sent) == 1


async def test_an_answer_from_before_a_follow_up_does_not_end_it(service, traits, start):
    """A poll under way while the message is sent can't end the new turn with the old status."""
    session = start()
    await traits.until(lambda t: t.get("status") == "running")
    polling, answer = asyncio.Event(), asyncio.Event()
    real = service.get_task

    async def held(_task_id):
        polling.set()
        await answer.wait()
        service.get_task = real
        return task("completed", content="old")

    service.get_task = held
    await polling.wait()
    await session.send("go on", ())
    answer.set()
    service.task = task("completed", content="new")

    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert traits["content"] == "new"
    assert "old" not in [p.get("content") for p in traits.published]


async def test_a_call_that_waits_again_is_decided_again(service, traits, start):
    """A decision holds for once: the same id waiting again is a new question."""
    service.task = WAITS
    session = start()
    await traits.until(lambda t: t.get("pending_approvals"))
    await decide(session)
    service.task = RUNS
    await traits.until(lambda t: not t["pending_approvals"])

    service.task = WAITS
    await traits.until(lambda t: t["pending_approvals"])

    assert [call.call_id for call in session.undecided] == ["c1"]
    await decide(session, "c1", Outcome.CANCEL)
    assert states(traits) == [("c1", "cancel", "person", "sent")]


async def test_a_call_that_ran_before_the_stop_was_not_cancelled(service, traits, start):
    """Stopping the task afterwards does not rewrite what was approved."""
    service.task = WAITS
    session = start()
    await traits.until(lambda t: t.get("pending_approvals"))
    await decide(session)

    service.task = task("cancelled", calls=[("c1", "success")])

    await traits.until(lambda t: t["status"] == "cancelled")
    assert states(traits) == [("c1", "proceed_once", "person", "confirmed")]


async def test_what_waits_and_with_what_the_list_of_approvals_says(service, traits, start):
    """It counts whatever the call's own entry says; off the list it waits no more."""
    approval = Approval("c1", "tool", {"n": "as asked"})
    service.task = task("awaiting_approval", calls=[("c1", "pending")], pending=[approval])
    start()
    await traits.until(lambda t: t.get("pending_approvals"))
    assert traits["pending_approvals"][0]["args"] == {"n": "as asked"}

    service.task = task("running", content="on")

    await traits.until(lambda t: not t["pending_approvals"])
    assert states(traits) == [("c1", None, "elsewhere", "confirmed")]


async def test_a_policy_that_exits_harms_nobody(service, traits, start):
    """`sys.exit` in a policy asks the person; the loop and the task go on."""

    def leave(_call):
        raise SystemExit(1)

    service.task = WAITS
    session = start(decider=policy_of(leave))
    await traits.until(
        lambda t: t.get("pending_approvals") and t["pending_approvals"][0]["policy_error"]
    )

    assert traits["pending_approvals"][0]["policy_error"].startswith("SystemExit in leave")
    assert [call.call_id for call in session.undecided] == ["c1"]


async def test_a_policy_gets_arguments_of_its_own(service, traits, start):
    """What a policy does to the call it gets is not shown to anybody."""

    def meddle(call):
        call.args.clear()

    service.task = WAITS
    session = start(decider=policy_of(meddle))
    await traits.until(lambda _: session.undecided)

    assert traits["pending_approvals"][0]["args"] == {"n": "c1"}


async def test_a_publication_that_fails_releases_who_waits(service, start, monkeypatch, caplog):
    """Whatever goes wrong on the way to the browser, nobody waits for ever."""
    session = start()

    def fail(_changes):
        raise OSError("no channel")

    monkeypatch.setattr(session._news, "_publish", fail)
    service.task = task("completed")

    await asyncio.wait_for(session.settled.wait_async(), 5)
    assert "the end was not shown" in caplog.text


async def test_a_closed_session_does_nothing_more(service, traits, start):
    """After `close` nothing is published, asked of a policy, or followed again."""
    asked = []
    session = start(decider=policy_of(asked.append))
    await traits.until(lambda t: "status" in t)
    session.close()
    published = len(traits.published)
    service.task = WAITS

    await session.refresh()
    await session.send("more", ())
    await asyncio.sleep(0.02)

    assert (asked, len(traits.published), session.settled.is_set()) == ([], published, True)


async def test_after_a_follow_up_the_old_result_is_not_the_new_one(service, traits, start):
    """The status that the service answers with is there at once."""
    service.task = task("completed", content="one")
    session = start()
    await asyncio.wait_for(session.settled.wait_async(), 5)

    await session.send("and now", ())

    assert traits["status"] == "running"


async def test_a_refresh_that_succeeds_forgets_the_failure(service, traits, start):
    """A finished task that could not be read, and then can, is just finished."""
    service.task = task("completed")
    session = start()
    await asyncio.wait_for(session.settled.wait_async(), 5)
    await session.send("on", ())
    service.task = AuthenticationError("expired", http_status=401)
    await traits.until(lambda t: t["connection"]["state"] == "stopped")
    service.task = task("completed", content="two")

    await session.refresh()

    await traits.until(lambda t: t["connection"]["state"] == "ended")
    assert (session.failure, traits["error"], traits["content"]) == (None, None, "two")


async def test_a_refresh_says_whether_it_got_through(service, traits, start):
    """Asking now is answered by what became of it, and following goes on by itself."""
    session = start()
    await traits.until(lambda t: "status" in t)
    service.task = DOWN

    with pytest.raises(ServerError):
        await session.refresh()

    service.task = task("completed")
    await session.refresh()
    assert traits["status"] == "completed"
