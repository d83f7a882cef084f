"""GET is asked when a question comes up, and what is shown waits for it where it must."""

from __future__ import annotations

import httpx
import pytest
from scripted_service import QUICK_S, SLOW_S, Watch, begun, finished, reached

from sigmic_jupyter.follow import Trouble
from sigmic_jupyter.service.errors import AuthenticationError

pytestmark = pytest.mark.usefixtures("quick")


async def test_a_call_waits_as_soon_as_get_says_so(service, watch):
    """A person decides on what GET tells, with the agent's words; until then it is pending."""
    await begun(service, watch)
    service.gate.clear()
    call = service.call("c", "awaiting_approval", path="a")
    await watch.until(lambda w: w.tasks[-1].output.tool_calls)
    await watch.settle()
    (shown,) = watch.tasks[-1].output.tool_calls
    assert (shown.status, watch.tasks[-1].pending_approvals) == ("pending", ())

    service.gate.set()
    await watch.until(lambda w: w.tasks[-1].pending_approvals)

    task = watch.tasks[-1]
    assert (task.status, task.output.tool_calls[0].description) == ("awaiting_approval", "Why c")
    service.journal.execute(call)
    await watch.until(lambda w: not w.tasks[-1].pending_approvals)
    assert watch.tasks[-1].status == "running"


async def test_a_waiting_call_that_changes_is_shown_at_once(service, watch):
    """Its new arguments are shown when they are heard, and GET is asked."""
    await begun(service, watch)
    call = service.call("c", "awaiting_approval", path="a")
    await watch.until(lambda w: w.tasks[-1].pending_approvals)
    await watch.settle()
    gets = service.gets
    service.gate.clear()
    service.journal.change(call, tool_name="run", args={"path": "b"})
    await watch.until(lambda w: w.tasks[-1].pending_approvals[0].args == {"path": "b"})

    await watch.settle()
    assert service.gets == gets + 1
    service.gate.set()


async def test_a_waiting_call_is_what_the_newest_answer_says(service, watch):
    """Also where the stream told something else of it before, and nothing of the change."""
    await begun(service, watch)
    call = service.call("c", "awaiting_approval", path="a")
    await watch.until(lambda w: w.tasks[-1].pending_approvals)
    call.args = {"path": "b"}
    service.journal._stamp()
    service.task.output_updated_at = service.task.last_activity_at
    watch.follower.nudge()
    await watch.until(lambda w: w.tasks[-1].pending_approvals[0].args == {"path": "b"})


async def test_a_call_that_get_lists_no_more_does_not_wait(service, watch):
    """It was decided elsewhere, whatever the stream told before."""
    await begun(service, watch)
    service.call("c", "awaiting_approval")
    await watch.until(lambda w: w.tasks[-1].pending_approvals)

    def without(data):
        data["status"] = "running"
        del data["pendingApprovals"], data["output"]["toolCalls"]

    service.body = without
    watch.follower.nudge()
    await watch.until(lambda w: not w.tasks[-1].pending_approvals)
    assert watch.tasks[-1].output.tool_calls == ()


async def test_get_is_asked_for_a_call_that_nobody_told(service, watch):
    """A result alone has neither name nor arguments."""
    await begun(service, watch)
    gets = service.gets
    service.tell("tool_result", callId="unknown", status="success", output="out")
    await watch.settle()

    assert service.gets == gets + 1


async def test_the_start_is_asked_for_when_the_task_begins(service, watch):
    """The stream tells that it runs, GET since when."""
    await begun(service, watch)
    await watch.until(lambda w: w.tasks[-1].started_at)


async def test_after_a_nudge_nothing_older_is_told(service, watch):
    """What was heard waits for an answer that was asked for after something was done."""
    await begun(service, watch)
    service.gate.clear()
    watch.follower.nudge()
    before = len(watch.seen)
    service.say("heard")
    await watch.settle()
    assert len(watch.seen) == before

    service.gate.set()
    await watch.until(lambda w: w.content == "heard")


async def test_a_look_tells_what_was_heard_since(service, watch):
    """An answer that is older than what was heard takes nothing back."""
    await begun(service, watch)
    service.say("one ")
    await watch.until(lambda w: w.content)
    service.body = lambda data: data["output"].update(content="one ", updatedAt="later")
    service.say("two ")
    await watch.until(lambda w: w.content == "one two ")

    assert (await watch.follower.look()).output.content == "one two "


async def test_a_look_that_sees_the_end_ends_it(service, watch):
    """Following ends, though the stream does not."""
    await begun(service, watch)
    service.task.phase = "completed"

    assert (await watch.follower.look()).status == "completed"
    await watch.end()


async def test_a_look_without_following(service):
    """Before and after, it is what GET answers."""
    assert await Watch(service.client).follower.look() == await service.truth()


async def test_a_done_that_get_does_not_confirm_yet(service, watch, monkeypatch):
    """GET decides: it is asked until it says that the task is final."""
    monkeypatch.setattr("sigmic_jupyter.follow.polls.next_interval_s", lambda *_, **__: QUICK_S)
    watch = Watch(service.client)
    await begun(service, watch)
    service.tell("done", finalResponse="")
    gets = service.gets
    await reached(lambda: service.gets >= gets + 5)
    assert watch.tasks[-1].status == "running"
    await finished(service, watch)


async def test_trouble_is_told_while_the_stream_goes_on(service, monkeypatch):
    """GET fails, which is told; what is heard is shown all the same, and it asks again."""
    monkeypatch.setattr("sigmic_jupyter.follow.polls.backoff_s", lambda *_, **__: 0.05)
    watch = Watch(service.client, interval_s=SLOW_S)
    await begun(service, watch)
    service.answer = lambda end: httpx.Response(503) if end != "stream" else None
    service.say("one ")
    service.say("two ")  # has GET asked
    await watch.until(lambda w: any(isinstance(u, Trouble) for u in w.seen))
    service.say("three")
    await watch.until(lambda w: w.content == "one two three")
    service.answer = lambda _: None
    await finished(service, watch)


async def test_questions_do_not_shorten_what_the_service_asks_for(service, watch):
    """After 429 it waits, whatever the stream brings; a nudge is a person's, and asks at once."""
    await begun(service, watch)
    headers = {"Retry-After": "300"}
    service.answer = lambda end: httpx.Response(429, headers=headers) if end == "t" else None
    service.call("a", "awaiting_approval")
    await watch.until(lambda w: any(isinstance(u, Trouble) for u in w.seen))
    gets = service.gets
    service.call("b", "awaiting_approval")
    service.tell("done")
    await watch.settle()
    assert service.gets == gets

    service.answer = lambda _: None
    watch.follower.nudge()
    await watch.until(lambda w: len(w.tasks[-1].pending_approvals) == 2)


async def test_a_refusal_stops_it(service, watch):
    """A key that is not good any more ends following, and the stream."""
    await begun(service, watch)
    service.answer = lambda end: httpx.Response(401) if end != "stream" else None
    watch.follower.nudge()

    with pytest.raises(AuthenticationError):
        await watch.end()
    assert service.open == 0
