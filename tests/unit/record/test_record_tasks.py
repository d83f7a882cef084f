"""A list of tasks for viewers without widgets."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from sigmic_jupyter.service import TaskSummary
from sigmic_jupyter.widget.record import tasks_html, tasks_plain
from sigmic_jupyter.widget.record.times import age

AGES = json.loads((Path(__file__).parents[3] / "contract" / "ages.json").read_text())
NOW = datetime.fromisoformat(AGES["now"])
TASKS = [
    TaskSummary(
        "t-1",
        "awaiting_approval",
        "Reconcile the March ledger\nand more",
        last_activity_at="2026-01-26T15:50:00.000Z",
        message_count=1,
    ),
    TaskSummary("t-2", "sleeping", "<b>a\u202eb</b>"),
]


@pytest.mark.parametrize(("at", "expected"), AGES["ages"], ids=str)
def test_ages(at, expected):
    """As in the browser, in UTC."""
    assert age(at, NOW) == expected


def test_the_table_is_of_words():
    """Status in words, the first line, the id, the number of messages, the age, and as of when."""
    html = tasks_html(TASKS, NOW, title="tasks 1 to 2 of 2")

    for text in (
        "Tasks 1 to 2 of 2",
        "as of 26 January 2026, 15:52:00 UTC",
        "Waiting for approval",
        "Reconcile the March ledger<br>",
        ">t-1</code>",
        ">1</td>",
        "2 min ago",
        "sleeping",
    ):
        assert text in html
    assert "and more" not in html


def test_what_others_wrote_makes_no_element():
    """It is escaped, and what is hidden in it is shown."""
    html = tasks_html(TASKS, NOW, title="")

    assert "&lt;b&gt;a⟦U+202E⟧b&lt;/b&gt;" in html
    assert "<b>" not in html


def test_without_tasks_there_is_no_table():
    """Only what is to be said of it."""
    html = tasks_html([], NOW, title="no tasks")

    assert "No tasks" in html
    assert "<table" not in html
    assert tasks_plain([], NOW) == ""


def test_as_text_it_is_a_line_each():
    """The columns stand below each other, the message last."""
    assert tasks_plain(TASKS, NOW).splitlines() == [
        "Waiting for approval  1 message  2 min ago  t-1  Reconcile the March ledger",
        "sleeping                                    t-2  <b>a⟦U+202E⟧b</b>",
    ]
