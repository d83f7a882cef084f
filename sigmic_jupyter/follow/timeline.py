"""Successive snapshots of a task → one timeline in order of arrival, with times. Pure.

The service lists thoughts and tool calls apart and without times. What the two lists gain from one
snapshot to the next tells the order, and the clock of whoever looks tells the times. A time that
nobody saw stays None: a task that was attached late has no invented times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sigmic_jupyter.service.models import SETTLED_CALL_STATUSES, CallStatus, ToolCall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sigmic_jupyter.service.models import Task, Thought

__all__ = [
    "Row",
    "ThoughtRow",
    "Timeline",
    "ToolCallRow",
    "advance",
    "known_calls",
]

# Of a call that waited and is not listed any more nothing else is known.
NO_LONGER_WAITING = "decided"


class ThoughtRow(msgspec.Struct, frozen=True, tag_field="kind", tag="thought"):
    """A thought. It is settled when something came after it; times are ISO 8601 in UTC."""

    id: str
    first_seen_at: str | None
    settled_at: str | None
    subject: str
    description: str


class ToolCallRow(msgspec.Struct, frozen=True, tag_field="kind", tag="tool_call"):
    """A tool call, with the span in which it waited for a person; the call itself is in `calls`."""

    id: str
    first_seen_at: str | None
    settled_at: str | None
    call_id: str
    waiting_at: str | None
    resumed_at: str | None


Row = ThoughtRow | ToolCallRow


class Timeline(msgspec.Struct, frozen=True):
    """What has been seen of a task so far.

    Attributes:
        rows: In order of arrival.
        calls: The newest state of each tool call, in order of arrival. Calls that a later answer of
            the service no longer has (a follow-up may start a new list) are kept.
        witnessed: Whether the task was seen from its start, so that the first snapshot has times.
        turn_thoughts: How many rows of thoughts belong to the service's present list.
    """

    rows: tuple[Row, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    witnessed: bool = True
    turn_thoughts: int = 0

    def call(self, call_id: str) -> ToolCall | None:
        """The newest state of a tool call, None if there is no such call."""
        return next((call for call in self.calls if call.call_id == call_id), None)


def advance(timeline: Timeline, task: Task, at: str) -> Timeline:
    """Add what a snapshot has that was not seen before.

    Args:
        timeline: What was seen so far; `Timeline(witnessed=False)` for a task that was attached.
        task: The newest snapshot.
        at: When it was taken, ISO 8601 in UTC.

    Returns:
        The timeline with new rows at its end, and with what changed in the others.
    """
    seen_at = at if timeline.witnessed else None
    thoughts = task.output.thoughts if task.output is not None else ()
    calls = known_calls(task)
    rows, turn_thoughts = _with_thoughts(timeline, thoughts, seen_at)
    rows = _with_calls(timeline, rows, calls, seen_at, at)
    first_open = max(len(timeline.rows) - 1, 0)
    settled_at = at if timeline.rows else seen_at
    return Timeline(
        rows=_settle(rows, first_open, settled_at, final=task.is_final),
        calls=_merge(timeline.calls, calls),
        turn_thoughts=turn_thoughts,
    )


def known_calls(task: Task) -> tuple[ToolCall, ...]:
    """The calls of the output; what waits, and with which arguments, `pendingApprovals` says."""
    calls = {call.call_id: call for call in (task.output.tool_calls if task.output else ())}
    for approval in task.pending_approvals:
        known = calls.get(approval.call_id)
        calls[approval.call_id] = ToolCall(
            call_id=approval.call_id,
            tool_name=approval.tool_name,
            status=CallStatus.AWAITING_APPROVAL,
            args=approval.args,
            output=known.output if known else None,
            description=known.description if known else None,
        )
    return tuple(calls.values())


def _with_thoughts(
    timeline: Timeline, thoughts: tuple[Thought, ...], seen_at: str | None
) -> tuple[tuple[Row, ...], int]:
    places = [i for i, row in enumerate(timeline.rows) if isinstance(row, ThoughtRow)]
    turn = places[len(places) - timeline.turn_thoughts :]
    if not _continues([timeline.rows[place] for place in turn], thoughts):
        turn = []  # a new turn's list: what was seen before it stays
    rows = list(timeline.rows)
    for place, thought in zip(turn, thoughts, strict=False):
        rows[place] = msgspec.structs.replace(
            rows[place], subject=thought.subject, description=thought.description
        )
    for number, thought in enumerate(thoughts[len(turn) :], start=len(places)):
        rows.append(
            ThoughtRow(f"thought-{number}", seen_at, None, thought.subject, thought.description)
        )
    return tuple(rows), len(thoughts)


def _continues(seen: list[Row], thoughts: tuple[Thought, ...]) -> bool:
    """Whether a list goes on from what was seen; the last thought seen may still have grown."""
    return len(thoughts) >= len(seen) and all(
        isinstance(row, ThoughtRow)
        and (row.subject, row.description) == (thought.subject, thought.description)
        for row, thought in zip(seen[:-1], thoughts, strict=False)
    )


def _with_calls(
    timeline: Timeline,
    rows: tuple[Row, ...],
    calls: tuple[ToolCall, ...],
    seen_at: str | None,
    at: str,
) -> tuple[Row, ...]:
    before = {call.call_id: call for call in timeline.calls}
    now = {call.call_id: call for call in calls}
    updated = tuple(
        _update(row, before[row.call_id].status, now[row.call_id].status, at)
        if isinstance(row, ToolCallRow) and row.call_id in now
        else row
        for row in rows
    )
    return updated + tuple(
        _update(_new_row(call_id, seen_at), None, call.status, seen_at)
        for call_id, call in now.items()
        if call_id not in before
    )


def _new_row(call_id: str, seen_at: str | None) -> ToolCallRow:
    return ToolCallRow(f"call-{call_id}", seen_at, None, call_id, None, None)


def _update(row: ToolCallRow, before: str | None, now: str, at: str | None) -> ToolCallRow:
    """Note when a call began to wait, stopped waiting, and settled: the changes that were seen."""
    if before == now:
        return row
    if now == CallStatus.AWAITING_APPROVAL and row.waiting_at is None:
        row = msgspec.structs.replace(row, waiting_at=at)
    if before == CallStatus.AWAITING_APPROVAL and row.resumed_at is None:
        row = msgspec.structs.replace(row, resumed_at=at)
    if now in SETTLED_CALL_STATUSES and row.settled_at is None:
        row = msgspec.structs.replace(row, settled_at=at)
    return row


def _settle(
    rows: tuple[Row, ...], first_open: int, at: str | None, *, final: bool
) -> tuple[Row, ...]:
    """Settle thoughts that something followed in this snapshot, and everything when the task ended.

    Thoughts before `first_open` were followed by something in an earlier snapshot.
    """
    last = len(rows) - 1

    def settles(place: int, row: Row) -> bool:
        if row.settled_at is not None:
            return False
        if isinstance(row, ToolCallRow):
            return final and row.first_seen_at is not None
        return first_open <= place and (final or place < last)

    return tuple(
        msgspec.structs.replace(row, settled_at=at) if settles(place, row) else row
        for place, row in enumerate(rows)
    )


def _merge(known: Iterable[ToolCall], newest: Iterable[ToolCall]) -> tuple[ToolCall, ...]:
    """Keep calls that are not listed any more; of those, none waits any more."""
    kept = (
        msgspec.structs.replace(call, status=NO_LONGER_WAITING)
        if call.status == CallStatus.AWAITING_APPROVAL
        else call
        for call in known
    )
    return tuple({call.call_id: call for call in (*kept, *newest)}.values())
