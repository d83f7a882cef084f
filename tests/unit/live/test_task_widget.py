"""A task over HTTP, from Python: run, attach, decide, list."""

from __future__ import annotations

import inspect

import pytest
from live import LIMIT_S, until, waiting

import sigmic_jupyter
from sigmic_jupyter import (
    APIError,
    AuthenticationError,
    Client,
    ConfigurationError,
    NotFoundError,
    TaskCancelled,
    ValidationError,
)


def test_cancel_while_a_call_waits(client):
    """Cancelling ends the task and settles the open call."""
    task = waiting(client)

    task.cancel()

    assert task.wait(LIMIT_S).status == "cancelled"
    assert task.pending_approvals == []
    assert task.decisions[-1]["by"] == {"kind": "stop"}
    with pytest.raises(TaskCancelled):
        _ = task.result


def test_reject_lets_the_agent_go_on(client):
    """A rejected call is cancelled, and the task goes on without it."""
    task = waiting(client)
    call_id = task.pending_approvals[0]["call_id"]

    task.reject()

    until(task, "tool_calls", lambda calls: calls[0]["status"] == "cancelled")
    assert task.decisions[0]["call_id"] == call_id
    with pytest.raises(ValidationError, match="decided already"):
        task.approve(call_id)
    task.cancel()


def test_no_id_and_nothing_waits(client):
    """Without a call that waits, deciding is a mistake that is named."""
    task = client.run("Hello").wait(LIMIT_S)

    with pytest.raises(ValueError, match="No call waits"):
        task.approve()


def test_attach_to_a_finished_task(client):
    """A task that ended earlier is shown whole, without invented times."""
    done = client.run("Think").wait(LIMIT_S)

    task = client.attach(done.task_id).wait(LIMIT_S)

    assert task.content == done.content
    assert [row["id"] for row in task.timeline if row["kind"] == "tool_call"] == [
        row["id"] for row in done.timeline if row["kind"] == "tool_call"
    ]
    assert {row["first_seen_at"] for row in task.timeline} == {None}


def test_attach_to_what_is_not_there(client):
    """An unknown id shows in the widget, and waiting for it raises."""
    task = client.attach("no-such-task")

    with pytest.raises(NotFoundError) as caught:
        task.wait(LIMIT_S)
    assert caught.value.http_status == 404
    assert task.error["kind"] == "not_found"
    assert task.connection["state"] == "stopped"


def test_a_bad_key_is_an_error_at_the_call(service):
    """The service's refusal is raised where the task was to be created, without the key."""
    key = "sigmic_" + "0" * 64

    with pytest.raises(AuthenticationError) as caught:
        Client(key, service.base_url).run("Hello")
    assert key not in str(caught.value)


def test_no_key_says_how_to_get_going(monkeypatch):
    """Without a key nothing is sent, and the error names the ways out."""
    monkeypatch.delenv("SIGMIC_API_KEY", raising=False)

    with pytest.raises(ConfigurationError, match=r"SIGMIC_API_KEY.*simulator\.start\(\)"):
        sigmic_jupyter.run("Hello")


def test_a_default_client_uses_the_environment(service, monkeypatch):
    """`run` and `attach` take key and address from the environment."""
    monkeypatch.setenv("SIGMIC_API_KEY", service.api_key)
    monkeypatch.setenv("SIGMIC_BASE_URL", service.base_url)

    done = sigmic_jupyter.run("Hello").wait(LIMIT_S)

    assert sigmic_jupyter.attach(done.task_id).wait(LIMIT_S).content == done.content


def test_a_follow_up_continues(client):
    """A second message is followed in the same task."""
    task = client.run("Hello").wait(LIMIT_S)
    first = task.content

    task.send("And what files are there?")
    task.wait(LIMIT_S)

    assert task.result.startswith("You asked before: “Hello”.")
    said = [(message["role"], message["content"]) for message in task.conversation]
    assert said == [
        ("user", "Hello"),
        ("assistant", first),
        ("user", "And what files are there?"),
        ("assistant", task.result),
    ]


def test_an_observer_that_fails_ends_nothing(client, caplog):
    """An exception in a callback of the user's is logged, and following goes on."""
    task = client.run("Hello")

    def fail(_change):
        raise RuntimeError("the user's own")

    task.observe(fail, "status")

    assert task.wait(LIMIT_S).status == "completed"
    assert "an observer failed" in caplog.text


def test_a_browser_cannot_change_the_task(client):
    """What comes from the front end about a trait is ignored."""
    task = client.run("Hello").wait(LIMIT_S)

    task.set_state({"status": "failed", "pending_approvals": [{"call_id": "x"}]})

    assert (task.status, task.pending_approvals) == ("completed", [])


def test_the_state_has_no_key(client, service):
    """Neither what goes to the browser nor any repr has the key."""
    task = client.run("Hello").wait(LIMIT_S)

    assert service.api_key not in str(task.get_state())
    assert service.api_key not in f"{task!r} {client!r} {vars(task)} {vars(client)}"


def test_listing_and_getting(client):
    """`tasks` lists what was run, newest first, and `get` fetches one."""
    task = client.run("Hello").wait(LIMIT_S)

    page = client.tasks(limit=1)

    assert [row.id for row in page.tasks] == [task.task_id]
    assert client.get(task.task_id).status == "completed"


def test_a_wrong_argument_creates_nothing(client):
    """What the service would not take is refused before any request."""
    before = client.tasks(limit=1).total

    with pytest.raises(APIError):
        client.run("")
    with pytest.raises(ConfigurationError):
        client.run("Hello", policy="yes")
    for interval in (0, -1, float("nan"), "2"):
        with pytest.raises(ConfigurationError, match="interval is"):
            client.run("Hello", interval=interval)
    assert client.tasks(limit=1).total == before


def test_signatures_name_the_arguments():
    """Shift+Tab on `run` shows the arguments of `Client.run`."""
    assert list(inspect.signature(sigmic_jupyter.run).parameters)[:3] == [
        "message",
        "files",
        "env",
    ]
