"""What was decided on calls that wait: each once, recorded, confirmed by the task's own state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sigmic_jupyter.follow import SETTLED_CALL_STATUSES
from sigmic_jupyter.service.errors import ValidationError
from sigmic_jupyter.service.models import FINAL_STATUSES, CallStatus, Outcome, TaskStatus
from sigmic_jupyter.widget.wire import DecidedBy, Decision

if TYPE_CHECKING:
    from sigmic_jupyter.follow import Timeline
    from sigmic_jupyter.service.models import ToolCall
    from sigmic_jupyter.widget.wire import Problem

__all__ = ["Ledger", "waiting_calls"]

UNDER_WAY = ("sending", "sent")


def waiting_calls(timeline: Timeline, status: str) -> dict[str, ToolCall]:
    """The calls that wait for a person, by id: what a decision may be about."""
    if status in FINAL_STATUSES:
        return {}
    return {
        call.call_id: call for call in timeline.calls if call.status == CallStatus.AWAITING_APPROVAL
    }


class Ledger:
    """What was decided about which call, by whom, and what became of it.

    Not thread-safe: it belongs to the background loop.

    Attributes:
        waiting: The calls that wait by the newest truth, by id.
    """

    def __init__(self) -> None:
        self.waiting: dict[str, ToolCall] = {}
        self._decisions: dict[str, Decision] = {}
        self._unclear: dict[str, Problem] = {}

    @property
    def decisions(self) -> list[Decision]:
        """One for each call, in the order in which they were taken."""
        return list(self._decisions.values())

    def open_calls(self) -> list[ToolCall]:
        """The calls that wait and that nobody has decided."""
        return [call for call_id, call in self.waiting.items() if not self._is_under_way(call_id)]

    def state_of(self, call_id: str) -> str | None:
        """The state of the decision on a call, None where there is none."""
        decision = self._decisions.get(call_id)
        return decision.state if decision is not None else None

    def open(self, call_id: str, outcome: Outcome, by: DecidedBy, at: str) -> None:
        """Take a decision, once.

        Args:
            call_id: A call that waits by the newest truth.
            outcome: What is decided.
            by: Who decides.
            at: When, ISO 8601 in UTC.

        Raises:
            ValidationError: No such call waits, or it is decided already. Nothing was changed.
        """
        call = self.waiting.get(call_id)
        if self._is_under_way(call_id) or (call is None and call_id in self._decisions):
            raise ValidationError(
                f"The call {call_id} is decided already",
                hint="Look at task.decisions for what became of it.",
            )
        if call is None:
            raise ValidationError(
                f"No call {call_id} waits for approval",
                hint="task.pending_approvals lists the calls that wait.",
            )
        # To the end: the order is that of the decisions that count.
        self._decisions.pop(call_id, None)
        self._decisions[call_id] = Decision(
            call_id, call.tool_name, call.args, outcome, by, "sending", at
        )

    def sent(self, call_id: str) -> None:
        """The service took the decision; its own later state is still to confirm it."""
        if self.state_of(call_id) == "sending":
            self._change(call_id, state="sent")

    def failed(self, call_id: str, problem: Problem) -> None:
        """The decision did not get through, and may be taken again."""
        if self.state_of(call_id) == "sending":
            self._change(call_id, state="failed", error=problem)

    def unclear(self, call_id: str, problem: Problem) -> None:
        """Nobody knows whether the decision got through: what is observed next tells."""
        self._unclear[call_id] = problem

    def observe(self, timeline: Timeline, status: str, at: str) -> None:
        """Compare with a new snapshot: what no longer waits was decided, by us or elsewhere."""
        before, self.waiting = self.waiting, waiting_calls(timeline, status)
        for call_id, call in before.items():
            if call_id not in self.waiting:
                self._settle(timeline.call(call_id) or call, status, at)
        unclear, self._unclear = self._unclear, {}
        for call_id, problem in unclear.items():
            self.failed(call_id, problem)

    def _settle(self, call: ToolCall, status: str, at: str) -> None:
        decision = self._decisions.get(call.call_id)
        stopped = status == TaskStatus.CANCELLED and call.status not in SETTLED_CALL_STATUSES
        cancelled = stopped or call.status == CallStatus.CANCELLED
        if (
            decision is not None
            and decision.state in UNDER_WAY
            and cancelled == (decision.outcome is Outcome.CANCEL)
        ):
            self._change(call.call_id, state="confirmed", confirmed_at=at)
            return
        by_stop = cancelled and status == TaskStatus.CANCELLED
        self._decisions.pop(call.call_id, None)
        self._decisions[call.call_id] = Decision(
            call.call_id,
            call.tool_name,
            call.args,
            Outcome.CANCEL if cancelled else None,
            DecidedBy("stop" if by_stop else "elsewhere"),
            "confirmed",
            at,
            confirmed_at=at,
        )

    def _is_under_way(self, call_id: str) -> bool:
        return self.state_of(call_id) in UNDER_WAY

    def _change(self, call_id: str, **fields: object) -> None:
        self._decisions[call_id] = msgspec.structs.replace(self._decisions[call_id], **fields)
