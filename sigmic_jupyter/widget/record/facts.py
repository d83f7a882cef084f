"""What a record says of a task as a whole, before it is HTML or Markdown. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sigmic_jupyter.service.models import FINAL_STATUSES
from sigmic_jupyter.widget.files import byte_count, type_of
from sigmic_jupyter.widget.record.text import name
from sigmic_jupyter.widget.record.times import (
    date_time,
    duration,
    instant,
    span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

__all__ = [
    "File",
    "Mark",
    "attach",
    "files",
    "is_final",
    "problem_title",
    "standing",
    "status",
    "timing",
]

STATUSES = {
    "": ("·", "quiet", "Not connected"),
    "pending": ("·", "quiet", "Pending"),
    "running": ("…", "busy", "Running"),
    "awaiting_approval": ("!", "waiting", "Waiting for approval"),
    "completed": ("✓", "good", "Completed"),
    "failed": ("✕", "bad", "Failed"),
    "cancelled": ("\N{EN DASH}", "quiet", "Cancelled"),
}

PROBLEMS = {
    "task_failed": "The service reported an error",
    "configuration": "The settings are not complete",
    "authentication": "The service did not accept the API key",
    "permission": "This API key may not see the task",
    "not_found": "The service knows no such task",
    "validation": "The service did not accept the request",
    "rate_limit": "The service asks for fewer requests",
    "server": "The service has a problem",
    "connection": "The service cannot be reached",
    "unexpected_response": "The service answered in a way that is not understood",
}


class Mark(NamedTuple):
    """A sign, what it means (`good`, `bad`, `waiting`, `busy` or `quiet`), and the word for it."""

    sign: str
    tone: str
    word: str


class File(NamedTuple):
    """A file that the task made: where it is, what it is, how large."""

    path: str
    kind: str
    size: str


def is_final(traits: Mapping[str, Any]) -> bool:
    """Whether nothing more happens by itself."""
    return traits.get("status") in FINAL_STATUSES


def status(traits: Mapping[str, Any]) -> Mark:
    """The task's status; one that this version does not know reads as the service words it."""
    word = traits.get("status") or ""
    return Mark(*STATUSES.get(word, ("·", "quiet", name(word))))


def timing(traits: Mapping[str, Any]) -> str:
    """When it ran in UTC, how long it worked, and how long it waited for a person."""
    begun, created = traits.get("started_at"), traits.get("created_at")
    end = traits.get("completed_at") if is_final(traits) else None
    when = span(begun or created, end)
    start, finish = instant(begun), instant(end)
    if start is None or finish is None:
        return f"{when}." if when else ""
    waited = _waited(traits.get("timeline") or (), start, finish)
    worked = f"Worked {duration(max(0.0, (finish - start).total_seconds() - waited))}"
    if waited >= 1:
        worked += f", waited {duration(waited)} for a person"
    return f"{when}. {worked}."


def standing(traits: Mapping[str, Any]) -> str:
    """Whether the record is of a finished task or a snapshot, and of when; then comes `attach`."""
    if is_final(traits):
        return "A record of the finished task. To follow it, fetch its files or go on:"
    known = [(at, text) for text in _times(traits) if (at := instant(text)) is not None]
    of = f" of {date_time(max(known)[1])} UTC" if known else ""
    return f"A snapshot{of}: the task was not finished then. To follow it:"


def attach(traits: Mapping[str, Any]) -> str:
    """The code that follows the task."""
    return f"attach({json.dumps(name(traits.get('task_id') or ''), ensure_ascii=False)})"


def problem_title(kind: Any) -> str:
    """What kind of problem the trait `error` holds, in words."""
    return PROBLEMS.get(kind, "Something went wrong in this notebook")


def files(traits: Mapping[str, Any]) -> list[File]:
    """The files of the task."""
    return [
        File(
            name(file["path"]),
            type_of(file["path"], file.get("mime_type")).label,
            byte_count(file.get("size")),
        )
        for file in traits.get("artifacts") or ()
    ]


def _waited(rows: Iterable[Mapping[str, Any]], start: datetime, end: datetime) -> float:
    """Seconds in which at least one call waited for a person; spans that overlap count once."""
    spans = sorted(
        (begun, instant(row.get("resumed_at")) or instant(row.get("settled_at")) or end)
        for row in rows
        if (begun := instant(row.get("waiting_at"))) is not None
    )
    waited, reached = 0.0, start
    for begun, until in spans:
        first, last = max(begun, reached), min(until, end)
        waited += max(0.0, (last - first).total_seconds())
        reached = max(reached, last)
    return waited


def _times(traits: Mapping[str, Any]) -> Iterator[Any]:
    for key in ("created_at", "started_at", "completed_at", "updated_at"):
        yield traits.get(key)
    yield (traits.get("connection") or {}).get("since")
    for row in traits.get("timeline") or ():
        for key in ("first_seen_at", "settled_at", "waiting_at", "resumed_at"):
            yield row.get(key)
    for decision in traits.get("decisions") or ():
        yield decision.get("decided_at")
        yield decision.get("confirmed_at")
