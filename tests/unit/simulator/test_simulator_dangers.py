"""What the simulator's agent does that a person had better see."""

import base64
import json
from urllib.parse import quote

import pytest

from sigmic_jupyter.simulator.scenarios import expiring, uploading

SECRETS = {"TOKEN": 'se"cret/\\+ ü %', "SHORT": "abcdefgh"}


def test_changed_call(api):
    """A waiting call that changes is told with its new arguments, and those are what runs."""
    task_id = api.create(autoExecute=False)
    (before,) = api.waiting(task_id)
    seen_at = api.get(task_id)["output"]["updatedAt"]
    api.simulator.change_call(task_id, before["callId"], {"path": "uploads"})
    assert api.waiting(task_id) == [before | {"args": {"path": "uploads"}}]
    assert api.get(task_id)["output"]["updatedAt"] > seen_at
    api.decide_next(task_id, "proceed_once")
    (call,) = api.until(task_id, "completed")["output"]["toolCalls"]
    assert (call["args"], call["output"]) == ({"path": "uploads"}, "(empty)")


def test_changed_tool(api):
    """The tool of a waiting call can change as well; one that does not exist fails."""
    task_id = api.create(autoExecute=False)
    (before,) = api.waiting(task_id)
    api.simulator.change_call(task_id, before["callId"], tool_name="format_disk")
    assert api.decide_next(task_id, "proceed_once") == before | {"toolName": "format_disk"}
    (call,) = api.until(task_id, "completed")["output"]["toolCalls"]
    assert (call["status"], call["output"]) == ("error", "There is no tool format_disk")


def test_changed_call_is_streamed(api):
    """Who streams the task is told as well."""
    task_id = api.create(autoExecute=False)
    (pending,) = api.waiting(task_id)
    with api.stream(task_id) as events:
        for name, _ in events:
            if name == "tool_call":
                break
        api.simulator.change_call(task_id, pending["callId"], {"path": "uploads"})
        name, data = next(events)
    assert (name, data["args"]) == ("tool_call", {"path": "uploads"})


@pytest.mark.parametrize("call_id", ["call_001", "call_999"])
def test_only_what_waits_changes(api, call_id):
    """A call that is decided, or that does not exist, cannot change."""
    task_id = api.create(autoExecute=False)
    api.decide_next(task_id, "cancel")
    with pytest.raises(LookupError, match="No such tool call waits"):
        api.simulator.change_call(task_id, call_id, {})
    with pytest.raises(LookupError, match="Task not found"):
        api.simulator.change_call("none", call_id, {})


def test_half_of_a_surrogate_pair(api):
    """Arguments that UTF-8 cannot carry are told in JSON's own way, also in the stream."""
    task_id = api.create(autoExecute=False)
    (pending,) = api.waiting(task_id)
    args = {"path": "ü\ud800"}
    api.simulator.change_call(task_id, pending["callId"], args)
    assert api.waiting(task_id)[0]["args"] == args
    with api.stream(task_id) as events:
        assert next(data for name, data in events if name == "tool_call")["args"] == args


def test_expired(start):
    """The task ends while its call waits; the call is decided no more, and never runs."""
    api = start(speed=20)
    task_id = api.create("expire", autoExecute=False)
    (pending,) = api.waiting(task_id)
    task = api.until(task_id, "failed")
    assert task["error"] == expiring.ERROR
    assert [call["status"] for call in task["output"]["toolCalls"]] == ["awaiting_approval"]
    assert "pendingApprovals" not in task
    assert api.decide(task_id, pending["callId"], "proceed_once").status_code == 404
    api.data("POST", f"/tasks/{task_id}/messages", json={"message": "Again"})
    assert [call["callId"] for call in api.waiting(task_id)] == ["call_002"]
    assert api.get(task_id)["output"]["toolCalls"][0]["status"] == "cancelled"


def test_in_time(start):
    """A decision in time is one like any other."""
    api = start(speed=20)
    task_id = api.create("expire", autoExecute=False)
    api.decide_next(task_id, "proceed_once")
    content = api.until(task_id, "completed")["output"]["content"]
    assert content == "You decided in time: the call was success.\n"


@pytest.mark.parametrize(
    "encode",
    [
        str,
        json.dumps,
        lambda value: quote(value, safe=""),
        lambda value: base64.b64encode(value.encode()).decode(),
        lambda value: base64.urlsafe_b64encode(f"user:{value}".encode()).decode(),
    ],
    ids=["raw", "json", "address", "base64", "credentials"],
)
def test_leaks(api, encode):
    """Key, secrets and environment are given away in every form, in every place."""
    task_id = api.create("leak", secrets=SECRETS, env={"TENANT": "a tenant"})
    task = api.until(task_id, "failed")
    output = task["output"]
    write, printing, failing, unknown = output["toolCalls"]
    for value in (*SECRETS.values(), "a tenant", api.simulator.api_key):
        form = encode(value)
        assert form in output["content"]
        assert form in output["thoughts"][0]["description"]
        assert form in write["args"]["content"]
        assert form in failing["output"]
        assert form in task["error"]
        assert value in write["description"]
        assert value in unknown["toolName"]
        assert value in next(iter(unknown["args"]))
        assert (value in printing["output"]) == (value != api.simulator.api_key)


def test_upload(api):
    """Two calls wait at once, then three; the command and the edit do what they say."""
    task_id = api.create("Upload it", autoExecute=False)
    command, fetch = api.waiting(task_id, 2)
    assert command["args"]["command"] == uploading.COMMAND
    assert fetch["args"]["max_bytes"] == 9007199254740993
    assert json.dumps(fetch["args"]["timeout_s"]) == "1.0"
    assert {"\u202e", "\u202c", "\u200b"} < set(uploading.COMMAND)
    assert uploading.COMMAND.count("\n") > 40
    for pending in (command, fetch):
        api.decide(task_id, pending["callId"], "proceed_once")
    write, edit, read = api.waiting(task_id, 3)
    for pending in (write, edit, read):
        api.decide(task_id, pending["callId"], "proceed_once")
    calls = api.until(task_id, "completed")["output"]["toolCalls"]
    assert [call["status"] for call in calls] == ["success", "error", *["success"] * 3]
    assert calls[0]["output"].endswith(
        "would send downloads/summary.md to https://files.ex\u0430mple.org/reports/2026-q1/"
    )
    assert "North leads by 8 %." in api.download(task_id, "downloads/summary.md").text
