"""Answers that have less than those before them: nothing that was told gets lost."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sigmic_jupyter.follow.draft import Draft
from sigmic_jupyter.service.models import Approval, Output, Task, Thought, ToolCall

THOUGHTS = (Thought("one"), Thought("two"))
WAITS = ToolCall("c", "run", "awaiting_approval", {"n": 1})
BEFORE = Task(
    "t",
    "awaiting_approval",
    output=Output("one two", thoughts=THOUGHTS, tool_calls=(WAITS,)),
    pending_approvals=(Approval("c", "run", {"n": 1}),),
)


@pytest.fixture
def draft():
    """Of a task that is polled."""
    draft = Draft()
    draft.take(BEFORE, 0)
    return draft


def test_a_shorter_answer_may_be_older(draft):
    """While the task runs, text and thoughts never go back."""
    draft.take(replace(BEFORE, output=Output("one", thoughts=THOUGHTS[:1])), 0)

    shown = draft.snapshot().output
    assert (shown.content, shown.thoughts) == ("one two", THOUGHTS)


@pytest.mark.parametrize("status", ["running", "completed"])
def test_another_answer_is_another(draft, status):
    """What is replaced is replaced."""
    draft.take(replace(BEFORE, status=status, output=Output("three")), 0)
    assert draft.snapshot().output.content == "three"


def test_at_the_end_the_shorter_answer_counts(draft):
    """Nothing newer will come."""
    ended = Task("t", "completed", output=Output("one"))
    draft.take(ended, 0)
    assert draft.snapshot() == ended


@pytest.mark.parametrize("status", ["running", "completed"])
def test_no_output_says_nothing_of_it(draft, status):
    """It is absent only before anything ran."""
    draft.take(Task("t", status), 0)
    assert draft.snapshot().output == BEFORE.output


def test_a_task_that_waits_waits_for_something(draft):
    """An answer that does not say for what leaves it at what was known."""
    draft.take(Task("t", "awaiting_approval", output=Output("one two three")), 0)
    assert draft.snapshot().pending_approvals == BEFORE.pending_approvals

    draft.take(Task("t", "running", output=Output("one two three")), 0)
    assert draft.snapshot().pending_approvals == ()
