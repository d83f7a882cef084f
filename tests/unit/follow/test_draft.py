"""What is known of a task by answers and events, case by case."""

from __future__ import annotations

import msgspec
import pytest

from sigmic_jupyter.follow.assumed import Earlier, Proof
from sigmic_jupyter.follow.draft import Draft
from sigmic_jupyter.service.events import (
    ContentEvent,
    ErrorEvent,
    HistoryDoneEvent,
    HistoryMessageEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
)
from sigmic_jupyter.service.models import Approval, Output, Task, Thought, ToolCall

WAITS = ToolCall("c", "run", "awaiting_approval", {"n": 1})
RUNS = msgspec.structs.replace(WAITS, status="executing")
ENDED = msgspec.structs.replace(WAITS, status="success", output="out")


def told(content="", *calls, thoughts=()):
    pending = tuple(
        Approval(call.call_id, call.tool_name, call.args)
        for call in calls
        if call.status == "awaiting_approval"
    )
    output = Output(content, thoughts=thoughts, tool_calls=calls)
    return Task("t", "running", output=output, pending_approvals=pending)


@pytest.fixture
def draft():
    """Of a task that runs, on a connection that has caught up."""
    draft = Draft()
    draft.take(told(), 0)
    connect(draft)
    return draft


def connect(draft, *events):
    draft.connect()
    for event in (HistoryMessageEvent("user"), HistoryDoneEvent(is_streaming=True), *events):
        draft.hear(event)


def test_an_error_that_is_not_the_end_leaves_no_question(draft):
    """When the agent goes on, there is nothing to ask GET about."""
    draft.hear(ErrorEvent("trying again"))
    assert draft.is_open
    draft.hear(ThoughtEvent(Thought("on")))
    assert not draft.is_open


def test_what_was_heard_after_it_was_asked_for_stands(draft):
    """An answer that lists a call no more may be older than the news that it runs."""
    draft.hear(ToolCallEvent(WAITS))
    draft.take(told("", WAITS), draft.heard)
    asked_at = draft.heard
    draft.hear(ToolCallEvent(RUNS))
    draft.take(told("more"), asked_at)

    assert draft.snapshot().output.tool_calls == (RUNS,)
    draft.take(told("more and more"), draft.heard)
    assert draft.snapshot().output.tool_calls == ()


def test_after_a_difference_nothing_that_was_heard_counts(draft):
    """What the next connection tells is put on GET's word alone."""
    draft.hear(ContentEvent("made up"))
    draft.hear(ToolCallEvent(RUNS))
    draft.hear(ToolResultEvent("c", "error", "made up"))
    draft.take(told("true", RUNS), draft.heard)
    assert draft.difference == "the text"
    assert draft.snapshot() == told("true", RUNS)
    connect(draft, ToolCallEvent(RUNS), ContentEvent("true"))

    assert draft.snapshot().output == told("true", RUNS).output


def test_a_call_that_waits_keeps_the_task_waiting(draft):
    """An answer that knows of the call says running; the status is that of the calls."""
    draft.hear(ToolCallEvent(WAITS))
    draft.take(told("", WAITS), draft.heard)

    assert draft.snapshot().status == "awaiting_approval"
    draft.hear(ToolCallEvent(RUNS))
    assert draft.snapshot().status == "running"


def test_a_question_about_an_unknown_call_is_answered_once(draft):
    """Where GET does not know the call either, it is not asked again and again."""
    draft.hear(ToolResultEvent("unknown", "success", "out"))
    assert draft.is_open
    draft.take(told(), draft.heard)
    assert not draft.is_open


def test_increments_are_borne_out_by_more_than_the_first():
    """Only what is put together of two chunks, and is in GET's text too, proves it."""
    proof = Proof()
    proof.hear("one ")
    proof.take("before one two", start=7)
    proof.hear("two")
    assert proof.is_missing
    proof.take("before one ", start=7)
    proof.take("before one two", start=None)
    assert proof.is_missing
    proof.take("before one t", start=7)
    assert not proof.is_missing


def test_a_new_connection_proves_anew():
    """Its first chunk is all that was said, so that there is nothing put together yet."""
    proof = Proof()
    proof.hear("one ")
    proof.hear("two")
    proof.connect()
    assert not proof.is_missing
    proof.hear("one two")
    proof.hear(" three")
    proof.take("one two", start=0)
    assert proof.is_missing


def earlier(*answers):
    history = Earlier()
    for text, *subjects in answers:
        history.add(HistoryMessageEvent("user", "question", thoughts=(Thought("none"),)))
        thoughts = tuple(map(Thought, subjects))
        history.add(HistoryMessageEvent("assistant", text, thoughts=thoughts))
    return history


@pytest.mark.parametrize(
    ("answers", "content", "first"),
    [
        ([], "text", 0),
        ([("",)], "text", 0),
        ([("one",)], "one", 3),
        ([("one",)], "one\n\ntwo", 3),
        ([("one",), ("two",)], "one\n\ntwo\n\nthree", 8),
        ([("one",), ("",), ("two",)], "one - two - three", 9),
        ([("one",), ("two",)], "three", 0),
        ([("one",), ("two",)], "one\n\n", None),
        ([("one",)], "on", None),
    ],
)
def test_where_a_later_turn_may_begin(answers, content, first):
    """After all earlier texts, or at the beginning, or nowhere as yet."""
    places = [*earlier(*answers).text_places(content)]

    assert next(iter(places), None) == first


@pytest.mark.parametrize(
    ("answers", "subjects", "places"),
    [
        ([("", "a", "b")], "ab", []),
        ([("", "a"), ("", "b")], "abcd", [2, 3]),
        ([("", "a", "b")], "cd", [0, 1]),
        ([("one",)], "ab", [0, 1]),
    ],
)
def test_where_the_thoughts_of_a_later_turn_may_begin(answers, subjects, places):
    """After the earlier ones, where the history has them."""
    thoughts = tuple(map(Thought, subjects))

    assert [*earlier(*answers).thought_places(thoughts)] == places
