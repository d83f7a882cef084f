"""A snapshot and its timeline → the values of traits. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sigmic_jupyter.follow import ToolCallRow
from sigmic_jupyter.widget.approvals import waiting_calls
from sigmic_jupyter.widget.wire import PendingApproval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sigmic_jupyter.follow import Timeline
    from sigmic_jupyter.service.models import Task, ToolCall
    from sigmic_jupyter.widget.called import Called

__all__ = ["pending_approvals", "traits_of"]


def traits_of(
    task: Task,
    timeline: Timeline,
    called: Callable[[ToolCall], Called],
    policy_errors: Mapping[str, str],
) -> dict[str, Any]:
    """The traits that a snapshot and the timeline determine, not yet plain JSON.

    Args:
        task: The newest snapshot.
        timeline: What has been seen so far.
        called: What the wire has of a call.
        policy_errors: How the policy failed, by call.
    """
    return {
        "status": task.status,
        "message": task.message,
        "content": task.output.content if task.output is not None else "",
        "timeline": timeline.rows,
        "tool_calls": [_tool_call(call, called(call)) for call in timeline.calls],
        "pending_approvals": pending_approvals(task, timeline, called, policy_errors),
        "created_at": task.created_at,
        "started_at": task.started_at,
        "completed_at": task.completed_at,
        "updated_at": task.output.updated_at if task.output is not None else None,
    }


def pending_approvals(
    task: Task,
    timeline: Timeline,
    called: Callable[[ToolCall], Called],
    policy_errors: Mapping[str, str],
) -> list[PendingApproval]:
    """The calls that wait for approval, as the cards show them."""
    waiting_at = {
        row.call_id: row.waiting_at for row in timeline.rows if isinstance(row, ToolCallRow)
    }
    return [
        PendingApproval(
            call_id=call.call_id,
            tool_name=call.tool_name,
            args=called(call).args,
            args_json=called(call).args_json,
            description=call.description,
            waiting_at=waiting_at[call.call_id],
            policy_error=policy_errors.get(call.call_id),
        )
        for call in waiting_calls(timeline, task.status).values()
    ]


def _tool_call(call: ToolCall, called: Called) -> dict[str, Any]:
    # A dict, since encoding would use the service's names (`callId`).
    return msgspec.structs.asdict(call) | {"args": called.args, "args_json": called.args_json}
