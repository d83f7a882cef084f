"""What an answer leaves out though it must be there stays as it was. Pure.

A service in trouble answers with nulls, and a gateway with what it had. Nothing that was received
may get lost by that, nor may a call that waits seem to be decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sigmic_jupyter.follow.timeline import known_calls
from sigmic_jupyter.service.models import CallStatus, Output, TaskStatus

if TYPE_CHECKING:
    from sigmic_jupyter.service.models import Task, Thought

__all__ = ["without_gaps"]


def without_gaps(task: Task, before: Task, content: str, thoughts: tuple[Thought, ...]) -> Task:
    """Complete an answer by what was known before.

    Args:
        task: The answer.
        before: The one before it, without gaps.
        content: The text that is known.
        thoughts: The thoughts that are known.
    """
    if task.output is None and before.output is not None:
        known = replace(before.output, content=content, thoughts=thoughts)
        task = replace(task, output=known)
    if task.status == TaskStatus.AWAITING_APPROVAL and not _waits(task):
        task = replace(task, pending_approvals=before.pending_approvals)
    if not (task.message and task.created_at and task.started_at):
        task = replace(
            task,
            message=task.message or before.message,
            created_at=task.created_at or before.created_at,
            started_at=task.started_at or before.started_at,
        )
    return _with_words(task, before) if task.pending_approvals else task


def _waits(task: Task) -> bool:
    return any(call.status == CallStatus.AWAITING_APPROVAL for call in known_calls(task))


def _with_words(task: Task, before: Task) -> Task:
    """Keep what the agent said of the calls that wait on: a person decides by it."""
    output = task.output if task.output is not None else Output()
    left_out = {approval.call_id for approval in task.pending_approvals}
    left_out -= {call.call_id for call in output.tool_calls}
    known = before.output.tool_calls if before.output is not None and left_out else ()
    words = tuple(call for call in known if call.call_id in left_out)
    if not words:
        return task
    return replace(task, output=replace(output, tool_calls=(*output.tool_calls, *words)))
