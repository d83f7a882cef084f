"""A list of tasks as a table, for a page of them and for viewers without widgets. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmic_jupyter.widget.record import facts, styles
from sigmic_jupyter.widget.record.elements import NO_MATH, element, join, void
from sigmic_jupyter.widget.record.tables import Column, code, marked, muted, table
from sigmic_jupyter.widget.record.text import first_line, grouped, name
from sigmic_jupyter.widget.record.times import age, date_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sigmic_jupyter.service import TaskSummary

__all__ = ["tasks_html", "tasks_plain"]

COLUMNS = (
    Column("Status", nowrap=True),
    Column("Task", wide=True),
    Column("Messages", align="right", nowrap=True),
    Column("Last activity", align="right", nowrap=True),
)
PLAIN_MESSAGE = 60


def tasks_html(tasks: Sequence[TaskSummary], now: datetime, *, title: str) -> str:
    """Tasks as a table of HTML that stands for itself: inline styles, nothing loaded.

    Args:
        tasks: The rows, in this order.
        now: What ages are counted to; it is said, since the table may be read later.
        title: Which tasks these are.
    """
    rows = [
        (
            marked(_status(task)),
            join(first_line(task.message), void("br"), muted(code(name(task.id)))),
            _count(task),
            muted(age(task.last_activity_at, now)),
        )
        for task in tasks
    ]
    head = element("strong", title[:1].upper() + title[1:], style=styles.STRONG)
    as_of = muted(f" as of {date_time(now.isoformat())} UTC")
    parts = [
        element("div", element("p", head, as_of, style=styles.LINE_OF_TEXT), style=styles.HEADER)
    ]
    if rows:
        parts.append(element("div", table(COLUMNS, rows), style=styles.SECTION))
    return str(element("div", *parts, style=styles.FRAME, **NO_MATH))


def tasks_plain(tasks: Sequence[TaskSummary], now: datetime) -> str:
    """Tasks as lines of text: status, messages, age, id, message."""
    rows = [
        (
            _status(task).word,
            _messages(task),
            age(task.last_activity_at, now),
            name(task.id),
            first_line(task.message, PLAIN_MESSAGE),
        )
        for task in tasks
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    return "\n".join("  ".join([*(map(str.ljust, row, widths)), row[-1]]).rstrip() for row in rows)


def _status(task: TaskSummary) -> facts.Mark:
    return facts.status({"status": task.status})


def _messages(task: TaskSummary) -> str:
    count = task.message_count
    return "" if count is None else grouped(count, "message", "messages")


def _count(task: TaskSummary) -> str:
    return "" if task.message_count is None else f"{task.message_count:,}"
