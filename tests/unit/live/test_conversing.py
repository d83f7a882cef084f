"""A conversation over HTTP: messages, files, and what is learnt of the turns."""

from __future__ import annotations

import threading

import pytest
from live import LIMIT_S, until

from sigmic_jupyter import ValidationError


def said(task):
    return [(message["role"], message["content"]) for message in task.conversation]


def turn_rows(task):
    return [message["rows"] for message in task.conversation if message["role"] == "user"]


def test_an_attached_task_has_what_was_said_before(client, tmp_path):
    """All messages with their files, and for each the steps that came of it."""
    (tmp_path / "notes.txt").write_text("A note.")
    first = client.run("Think about this", files=[("first.txt", b"First.")]).wait(LIMIT_S)
    first.send("And now?", files=[tmp_path / "notes.txt"])
    first.wait(LIMIT_S)

    task = client.attach(first.task_id).wait(LIMIT_S)

    assert said(task) == said(first)
    assert len(said(task)) == 4
    assert task.result == first.result
    for each in (first, task):
        assert [message["files"] for message in each.conversation[::2]] == [
            ["first.txt"],
            ["notes.txt"],
        ]
    assert sorted(turn_rows(task)[0]) == sorted(turn_rows(first)[0])


def at_work(client, transport):
    """A task that is in the middle of its first turn, and what lets it go on."""
    gate = threading.Event()
    task = client.run(
        "Think about this",
        auto_execute=False,
        policy=lambda _call: "once" if gate.wait(LIMIT_S) else None,
        transport=transport,
    )
    until(task, "pending_approvals", bool)
    return task, gate


@pytest.mark.parametrize("transport", ["auto", "stream"])
def test_a_message_to_a_task_that_runs(client, transport):
    """It waits, and its answer is told apart from the one before."""
    task, gate = at_work(client, transport)

    task.send("And what files are there?")

    assert [message["waits"] for message in task.conversation] == [False, True]
    gate.set()
    task.wait(LIMIT_S)
    (_, asked), (_, first), (_, second), (_, answer) = said(task)
    assert (asked, second) == ("Think about this", "And what files are there?")
    assert answer == task.result
    assert answer.startswith("You asked before: “Think about this”.")
    assert answer not in first
    assert turn_rows(task)[0]


def test_polling_loses_nothing_of_two_answers(client):
    """Nobody tells them apart then, and the last message has both."""
    task, gate = at_work(client, "poll")

    task.send("And what files are there?")
    gate.set()
    task.wait(LIMIT_S)

    assert [role for role, _ in said(task)] == ["user", "user", "assistant"]
    assert "You asked before: “Think about this”." in task.result


def test_what_the_service_would_not_take_is_not_sent(client, service):
    """The limits are checked before anything is sent."""
    task = client.run("Hello").wait(LIMIT_S)
    before = len(service.requests)

    with pytest.raises(ValidationError, match="more than the 20"):
        task.send("Look", files=[(f"{n}.txt", b"") for n in range(21)])
    with pytest.raises(ValidationError, match="is empty"):
        task.send(" ")

    assert [r for r in service.requests[before:] if r.method == "POST"] == []
    assert len(said(task)) == 2


def test_the_front_end_is_told_each_answer_once(client):
    """The newest one is the trait `content`, so it is no message for the browser."""
    task = client.run("Hello").wait(LIMIT_S)

    assert [message["role"] for message in task.get_state("conversation")["conversation"]] == [
        "user"
    ]
    assert [role for role, _ in said(task)] == ["user", "assistant"]
