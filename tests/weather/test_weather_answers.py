"""Answers that say strange things of a task: nothing gets lost by them, and nothing is made up."""

from __future__ import annotations

import pytest
from fault_proxy import FaultProxy
from faults import answer_with, change
from journeys import LARGE, LIMIT_S, finish, kept, until
from weathers import covers

from sigmic_jupyter import APIError


def edited(edit):
    """Change a task's data, as something new."""

    def edit_data(body):
        edit(body["data"])
        if body["data"].get("output"):
            body["data"]["output"]["updatedAt"] = "2020-01-01T00:00:00.000Z"

    return change(edit_data)


def shrink(data):
    output = data["output"]
    output["content"] = output["content"][:10]
    output["thoughts"] = []
    output["toolCalls"] = []


def to_null(data):
    for name in data.keys() - {"id", "status"}:
        data[name] = None


def to_null_within(data):
    data["output"] = dict.fromkeys(data["output"])


def list_twice(data):
    data["output"]["toolCalls"] *= 2
    data["pendingApprovals"] *= 2


@covers("output shrinking", "duplicate call ids")
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(shrink, id="output shrinking"),
        pytest.param(to_null, id="nulls"),
        pytest.param(to_null_within, id="nulls in the output"),
        pytest.param(list_twice, id="duplicate call ids"),
    ],
)
def test_answers_that_leave_out(edit, world):
    """While they come all that was received stays as it is, and it can be decided on."""
    task = world.begun()
    before, seen = kept(task), []
    task.observe(lambda change: seen.append(change["name"]), list(before))
    rule = world.proxy.rule("GET", f"*/{task.task_id}", edited(edit), times=None)
    rule.wait(3)
    task.refresh()
    assert kept(task) == before
    assert seen == []
    assert task.decisions == []
    assert task.connection["state"] == "live"
    task.approve()
    world.proxy.drop(rule)
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1


@covers("output replaced")
def test_output_replaced(world):
    """What the service says now is shown; rows and calls that were seen stay."""

    def replace(data):
        data["output"] |= {"content": "Another text.", "toolCalls": []}

    task = world.begun()
    rule = world.proxy.rule("GET", f"*/{task.task_id}", edited(replace), times=None)
    until(task, "content", lambda content: content == "Another text.")
    assert [call["tool_name"] for call in task.tool_calls] == ["list_directory"]
    assert len(task.timeline) == 2
    world.proxy.drop(rule)
    until(task, "content", lambda content: content.startswith("0: "))
    task.approve()
    finish(task, world.direct)


@covers("the end without output")
def test_at_the_end_without_output(world):
    """The last answer says that it is over, and nothing else: what was received stays."""

    def end(data):
        data |= {"status": "completed", "output": None, "pendingApprovals": None}

    task = world.begun()
    before = kept(task)
    world.proxy.rule("GET", f"*/{task.task_id}", change(lambda body: end(body["data"])), times=None)
    assert task.wait(LIMIT_S, on_approval="wait").result == before["content"]
    assert [row["subject"] for row in task.timeline if row["kind"] == "thought"] == ["Thinking 0"]


@covers("two different calls of one id")
def test_two_calls_of_one_id(world):
    """Two that differ wait as one: neither is shown as the other, and none can be decided on."""

    def add_another(data):
        data["pendingApprovals"] += [data["pendingApprovals"][0] | {"args": {"path": "/"}}]

    says = "two different calls that wait as call_001"
    task = world.begun()
    before = kept(task)
    rule = world.proxy.rule("GET", f"*/{task.task_id}", edited(add_another), times=None)
    until(task, "connection", lambda c: c["state"] == "retrying" and says in c["reason"]["message"])
    with pytest.raises(APIError, match=says):
        task.approve()
    assert kept(task) == before
    world.proxy.drop(rule)
    until(task, "connection", lambda c: c["state"] == "live")
    task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1


@covers("unknown statuses")
def test_unknown_statuses(world):
    """They are shown as they came, and following goes on."""

    def rename(data):
        data["status"] = "hibernating"
        data["output"]["toolCalls"][0]["status"] = "pondering"
        data["pendingApprovals"] = []

    task = world.begun()
    rule = world.proxy.rule("GET", f"*/{task.task_id}", edited(rename), times=None)
    until(task, "status", lambda status: status == "hibernating")
    assert task.tool_calls[0]["status"] == "pondering"
    assert task.connection["state"] == "live"
    assert task.pending_approvals == []
    world.proxy.drop(rule)
    until(task, "pending_approvals", bool)
    task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1


@covers("20 MB answers")
def test_20_mb_at_once(world):
    """They are shown whole, and do not stand in the way of a decision."""

    def grow(data):
        data["output"]["content"] += "x" * 20_000_000

    task = world.begun()
    world.proxy.rule("GET", f"*/{task.task_id}", edited(grow))
    until(task, "content", lambda content: len(content) > 20_000_000)
    task.approve()
    finish(task, world.direct)
    assert world.counted("POST", "/approve") == 1


def test_20_mb_event(world):
    """It is one of many."""
    task = world.client().run(LARGE, interval=5, transport="stream")
    task.wait(LIMIT_S)
    assert task.content == world.direct.get(task.task_id).output.content
    assert len(task.content.encode()) > 20_000_000


@pytest.fixture(scope="module")
def elsewhere(service):
    """Another address that answers."""
    with FaultProxy(service.base_url) as running:
        yield running


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(status, elsewhere, world):
    """Whatever is asked or done, nothing goes elsewhere, least of all the key."""
    task = world.begun(transport="auto")
    fault = answer_with(status, Location=f"{elsewhere.base_url}/api/v1/tasks/{task.task_id}")
    rules = [
        world.proxy.rule(method, "*", fault, times=None) for method in ("GET", "POST", "DELETE")
    ]
    for act in (task.refresh, task.approve, task.cancel, lambda: task.send("On")):
        with pytest.raises(APIError, match="a redirect, which is not followed with a key"):
            act()
    with pytest.raises(APIError, match="a redirect, which is not followed with a key"):
        world.client().run("Go")
    assert elsewhere.received == []
    for rule in rules:
        world.proxy.drop(rule)
    task.approve()
    finish(task, world.direct)
