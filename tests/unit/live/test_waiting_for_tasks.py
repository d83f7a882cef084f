"""Waiting for tasks over HTTP, in a process without a kernel."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest
from live import LIMIT_S, waiting

from sigmic_jupyter import (
    ApprovalNeeded,
    TaskFailed,
    TaskNotFinished,
    as_completed,
    wait,
)


def test_run_to_result(client):
    """A task is waited for, and its answer is a value."""
    task = client.run("Hello")

    assert task.wait(LIMIT_S) is task
    assert task.result == task.content
    assert task.status == "completed"


def test_await_in_the_callers_loop(client):
    """`await task` works in any event loop, for several tasks at once."""

    async def both():
        return await asyncio.gather(client.run("Hello"), client.run("Think"))

    first, second = asyncio.run(both())

    assert (first.status, second.status) == ("completed", "completed")


def test_result_before_the_end(client):
    """Without an answer there is no result, and the error says what to do."""
    task = waiting(client)

    with pytest.raises(TaskNotFinished, match=r"task\.wait\(\)"):
        _ = task.result
    task.cancel()


def test_result_of_a_failed_task(client):
    """The service's reason is in the error; what was written is kept."""
    task = client.run("Please fail").wait(LIMIT_S)

    with pytest.raises(TaskFailed, match="Sandbox stopped"):
        _ = task.result
    assert task.content


def test_a_wait_that_takes_too_long(client):
    """A `TimeoutError` says how the task stands, and it goes on."""
    task = waiting(client)

    with pytest.raises(TimeoutError, match="still waiting for approval of run_python"):
        task.wait(0.01, on_approval="wait")
    task.approve(always=True)
    assert task.wait(LIMIT_S).status == "completed"


def test_a_closed_widget_stops_following(client):
    """After `close` who waits is released, and nothing is asked any more."""
    task = waiting(client)
    released = threading.Event()

    def wait():
        with pytest.raises(TaskNotFinished):
            task.wait(LIMIT_S, on_approval="wait")
        released.set()

    thread = threading.Thread(target=wait)
    thread.start()

    task.close()

    assert released.wait(LIMIT_S)
    thread.join()
    assert client.get(task.task_id).status == "awaiting_approval"


def test_several_in_order_of_their_end(client):
    """`as_completed` yields each task when it is final, `wait` tells them apart."""
    go_on = threading.Event()

    def when_told(_call):
        go_on.wait(LIMIT_S)
        return "always"

    slow = client.run("Think about this", auto_execute=False, policy=when_told)
    quick = client.run("Hello")

    first = next(as_completed([slow, quick], timeout=LIMIT_S))
    some = wait([slow, quick], LIMIT_S, return_when="FIRST_COMPLETED")
    go_on.set()
    everything = wait([slow, quick], LIMIT_S)

    assert first is quick
    assert some == ({quick}, {slow})
    assert everything == ({slow, quick}, set())
    assert [task.status for task in as_completed([slow, quick])] == ["completed", "completed"]


def test_wait_returns_when_one_fails(client):
    """`FIRST_EXCEPTION` does not wait for the rest."""
    waits = waiting(client)
    fails = client.run("Please fail")

    with pytest.raises(ApprovalNeeded):
        wait([waits, fails], LIMIT_S)
    fails.wait(LIMIT_S)
    done, not_done = wait([waits, fails], LIMIT_S, return_when="FIRST_EXCEPTION")

    assert (done, not_done) == ({fails}, {waits})
    waits.cancel()


def test_where_nobody_can_answer(client):
    """In a plain script a call that waits raises, with the calls, and the task goes on waiting."""
    task = client.run("Think about this", auto_execute=False)

    with pytest.raises(ApprovalNeeded) as caught:
        task.wait(LIMIT_S)

    assert [call.call_id for call in caught.value.calls] == [
        approval["call_id"] for approval in task.pending_approvals
    ]
    assert task.status == "awaiting_approval"
    task.cancel()


def test_await_where_nobody_can_answer(client):
    """The same while awaiting."""

    async def wait_for_it(task):
        await task

    task = client.run("Think about this", auto_execute=False)
    with pytest.raises(ApprovalNeeded):
        asyncio.run(wait_for_it(task))
    task.cancel()


def test_a_policy_answers_where_nobody_is(client):
    """What a policy decides needs nobody, so nothing is raised."""
    task = client.run("Think about this", auto_execute=False, policy={"*": "once"})

    assert task.wait(LIMIT_S).status == "completed"
    assert {decision["by"]["name"] for decision in task.decisions} == {"*"}


@pytest.mark.parametrize("on_approval", ["ask", 1])
def test_an_unknown_way_to_wait_is_named(client, on_approval):
    """A mistake in `on_approval` is an error at the call."""
    task = client.run("Hello")

    with pytest.raises(ValueError, match="on_approval"):
        task.wait(LIMIT_S, on_approval=on_approval)


def test_interpreter_exit_with_a_running_task_is_silent():
    """A program that ends while a task runs says nothing and returns 0."""
    code = (
        "from sigmic_jupyter import simulator\n"
        "client = simulator.start().client()\n"
        "task = client.run('Write a long report')\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
