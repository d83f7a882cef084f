"""What the simulator sends has the structure of the bodies in contract/api."""

import json
import re

import pytest

# Their keys are for the caller to choose.
OPEN_OBJECTS = {"args", "env"}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def kinds(value, at=""):
    """All (place, type) pairs of a JSON value; list items share a place."""
    name = at.rpartition(".")[2]
    if isinstance(value, dict) and name not in OPEN_OBJECTS:
        inner = [kinds(item, f"{at}.{key}") for key, item in value.items()]
        return {(at, "object")}.union(*inner)
    if isinstance(value, list):
        return {(at, "list")}.union(*(kinds(item, f"{at}[]") for item in value))
    if isinstance(value, str) and INSTANT.fullmatch(value):
        return {(at, "instant")}
    return {(at, type(value).__name__)}


def load(contract, *names):
    return [json.loads((contract / f"{name}.json").read_text()) for name in names]


def allowed(examples):
    return set().union(*map(kinds, examples))


@pytest.fixture
def tasks(contract):
    return load(contract, "task-pending", "task-awaiting-approval", "task-failed")


def body(api, path):
    return api.request("GET", path).json()


def test_pending(start, contract):
    """A pending task has exactly the documented keys and types."""
    api = start(speed=0.1)
    (example,) = load(contract, "task-pending")
    assert kinds(body(api, f"/tasks/{api.create()}")) == kinds(example)


def test_awaiting_approval(api, contract):
    """A task that waits has exactly the documented keys and types."""
    task_id = api.create("think", autoExecute=False, env={"TENANT": "acme"})
    api.decide_next(task_id, "proceed_once")
    api.waiting(task_id)
    (example,) = load(contract, "task-awaiting-approval")
    assert kinds(body(api, f"/tasks/{task_id}")) == kinds(example)


def test_failed(api, tasks):
    """A failed task has documented keys and types only, and all that every task has."""
    task_id = api.create("Fail", systemPrompt="Be brief.")
    api.until(task_id, "failed")
    actual = kinds(body(api, f"/tasks/{task_id}"))
    assert actual - allowed(tasks) == set()
    assert kinds(tasks[2]) - actual == set()


def test_list(start, contract):
    """The list has exactly the documented keys and types."""
    api = start()
    api.until(api.create(), "completed")
    (example,) = load(contract, "task-list")
    assert kinds(body(api, "/tasks")) == kinds(example)


def test_artifacts(api, contract):
    """The files have exactly the documented keys and types."""
    (example,) = load(contract, "artifacts")
    task_id = api.create(files=[("a.csv", b"a")])
    assert kinds(body(api, f"/tasks/{task_id}/artifacts")) == kinds(example)


def test_error(api, contract):
    """An error has exactly the documented keys and types."""
    (example,) = load(contract, "error")
    assert kinds(body(api, "/tasks/none")) == kinds(example)
    assert api.request("GET", "/tasks", headers={}).json() == example


def test_stream(api, contract):
    """The events that the simulator sends are among the documented ones, key by key."""
    text = (contract / "stream.txt").read_text()
    pairs = re.findall(r"^event: (\w+)\ndata: (.*)$", text, re.MULTILINE)
    documented = {
        f"{name}{at}:{kind}" for name, data in pairs for at, kind in kinds(json.loads(data))
    }
    task_id = api.create("Hello", files=[("a.txt", b"a")], autoExecute="false")
    with api.stream(task_id) as live:
        api.decide_next(task_id, "proceed_once")
        events = list(live)
    with api.stream(task_id) as saved:
        events += saved
    sent = {f"{name}{at}:{kind}" for name, data in events for at, kind in kinds(data)}
    assert sent - documented == set()
    assert {name for name, _ in events} == {
        *("history_message", "history_done", "status", "thought", "content"),
        *("tool_call", "tool_result", "done"),
    }
