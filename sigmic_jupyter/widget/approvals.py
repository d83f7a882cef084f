"""Decisions on calls that wait: each taken once, recorded, confirmed by the task's own state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sigmic_jupyter.service.errors import ValidationError
from sigmic_jupyter.service.models import CallStatus, Outcome, TaskStatus
from sigmic_jupyter.widget.wire import DecidedBy, Decision

if TYPE_CHECKING:
    from sigmic_jupyter.follow import Timeline
    from sigmic_jupyter.service.models import ToolCall
    from sigmic_jupyter.widget.wire import Problem

__all__ = ["Ledger", "waiting_calls"]

UNDER_WAY = ("sending", "sent")


def waiting_calls(timeline: Timeline, status: str) -> dict[str, ToolCall]:
    """The calls that wait for a person, by id: what a decision may be about."""
    if status in {TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED}:
        return {}
    return {
        call.call_id: call for call in timeline.calls if call.status == CallStatus.AWAITING_APPROVAL
    }


class Ledger:
    """What was decided about which call, by whom, and what became of it.

    Not thread-safe: it belongs to the background loop.
    """

    def __init__(self) -> None:
        self._decisions: dict[str, Decision] = {}
        self._waiting: dict[str, ToolCall] = {}

    @property
    def decisions(self) -> list[Decision]:
        """One for each call, in the order in which they were taken."""
        return list(self._decisions.values())

    def open(self, call_id: str, outcome: Outcome, by: DecidedBy, at: str) -> Decision:
        """Take a decision, once.

        Args:
            call_id: A call that waits by the newest truth.
            outcome: What is decided.
            by: Who decides.
            at: When, ISO 8601 in UTC.

        Raises:
            ValidationError: No such call waits, or it is decided already. Nothing was changed.
        """
        earlier = self._decisions.get(call_id)
        if earlier is not None and earlier.state != "failed":
            raise ValidationError(
                f"The call {call_id} is decided already.",
                hint="Look at task.decisions for what became of it.",
            )
        call = self._waiting.get(call_id)
        if call is None:
            raise ValidationError(
                f"No call {call_id} waits for approval.",
                hint="task.pending_approvals lists the calls that wait.",
            )
        # A second try goes to the end: the order is that of the decisions that count.
        self._decisions.pop(call_id, None)
        decision = Decision(call_id, call.tool_name, call.args, outcome, by, "sending", at)
        self._decisions[call_id] = decision
        return decision

    def sent(self, call_id: str) -> None:
        """The service took the decision; its own later state is still to confirm it."""
        if self._decisions[call_id].state == "sending":
            self._change(call_id, state="sent")

    def failed(self, call_id: str, problem: Problem) -> None:
        """The decision did not get through, and may be tried again."""
        if self._decisions[call_id].state == "sending":
            self._change(call_id, state="failed", error=problem)

    def observe(self, timeline: Timeline, status: str, at: str) -> None:
        """Compare with a new snapshot: what no longer waits was decided, by us or elsewhere."""
        waiting = waiting_calls(timeline, status)
        for call_id, call in self._waiting.items():
            if call_id not in waiting:
                self._settle(timeline.call(call_id) or call, status, at)
        self._waiting = waiting

    def _settle(self, call: ToolCall, status: str, at: str) -> None:
        decision = self._decisions.get(call.call_id)
        cancelled = call.status == CallStatus.CANCELLED or status == TaskStatus.CANCELLED
        if (
            decision is not None
            and decision.state in UNDER_WAY
            and cancelled == (decision.outcome is Outcome.CANCEL)
        ):
            self._change(call.call_id, state="confirmed", confirmed_at=at)
            return
        by = DecidedBy("stop" if status == TaskStatus.CANCELLED else "elsewhere")
        outcome = Outcome.CANCEL if cancelled else None
        self._decisions[call.call_id] = Decision(
            call.call_id, call.tool_name, call.args, outcome, by, "confirmed", at, confirmed_at=at
        )

    def _change(self, call_id: str, **fields: object) -> None:
        self._decisions[call_id] = msgspec.structs.replace(self._decisions[call_id], **fields)
