"""What was decided on calls that wait: each once, recorded, confirmed by the task's own state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sigmic_jupyter.service.errors import CallChanged, ValidationError
from sigmic_jupyter.service.models import FINAL_STATUSES, CallStatus, Outcome, TaskStatus
from sigmic_jupyter.widget.entry import Entry
from sigmic_jupyter.widget.problems import problem_of
from sigmic_jupyter.widget.settling import bears_out, ending
from sigmic_jupyter.widget.wire import DecidedBy, Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigmic_jupyter.follow import Timeline
    from sigmic_jupyter.service.errors import SigmicError
    from sigmic_jupyter.service.models import ToolCall
    from sigmic_jupyter.widget.called import Called
    from sigmic_jupyter.widget.wire import Problem

__all__ = ["Ledger", "waiting_calls"]


def waiting_calls(timeline: Timeline, status: str) -> dict[str, ToolCall]:
    """The calls that wait for a person, by id: what a decision may be about."""
    if status in FINAL_STATUSES:
        return {}
    return {
        call.call_id: call for call in timeline.calls if call.status == CallStatus.AWAITING_APPROVAL
    }


class Ledger:
    """What was decided about which call, by whom, and what became of it.

    Not thread-safe: it belongs to the background loop, and each method leaves it consistent. For
    each call one entry counts; whoever holds one that counts no more finds its `refusal` set.

    Args:
        called: What the wire has of a call.

    Attributes:
        waiting: The calls that wait by the newest truth, by id.
        task_status: The task's status by the newest truth.
    """

    def __init__(self, called: Callable[[ToolCall], Called]) -> None:
        self.waiting: dict[str, ToolCall] = {}
        self.task_status = ""
        self._called = called
        self._entries: dict[str, Entry] = {}
        self._stops = 0
        self._is_stopped = False

    @property
    def decisions(self) -> list[Decision]:
        """One for each call, in the order in which they were taken."""
        return [entry.decision for entry in self._entries.values()]

    def open_calls(self) -> list[ToolCall]:
        """The calls that wait and that nobody has decided."""
        return [
            call
            for call_id, call in self.waiting.items()
            if call_id not in self._entries or not self._entries[call_id].is_under_way
        ]

    def digest_of(self, call: ToolCall) -> str:
        """What a decision on the call is bound to."""
        return self._called(call).digest

    def open(
        self,
        call_id: str,
        outcome: Outcome,
        by: DecidedBy,
        at: str,
        *,
        digest: str,
        reason: str | None = None,
    ) -> Entry:
        """Take a decision, once.

        Args:
            call_id: A call that waits by the newest truth.
            outcome: What is decided.
            by: Who decides.
            at: When, ISO 8601 in UTC.
            digest: Of the call as whoever decides has seen it.
            reason: Why the call is rejected, for the agent.

        Raises:
            CallChanged: The call is not any more what was seen. Nothing was changed.
            ValidationError: No such call waits, it is decided already, or the task is being
                stopped. Nothing was changed.
        """
        call, before = self.waiting.get(call_id), self._entries.get(call_id)
        if before is not None and (call is None or before.is_under_way):
            raise _settled(before.decision)
        if call is None:
            raise ValidationError(
                f"No call {call_id} waits for approval",
                hint="task.pending_approvals lists the calls that wait.",
            )
        if self._stops or self._is_stopped:
            raise _stopping()
        if digest != self.digest_of(call):
            raise _changed(call_id)
        told = None if reason is None else Reason(reason, "waiting")
        entry = self._entry(call, outcome, by, "sending", at, reason=told)
        if before is not None and before.decision.state == "confirmed":
            entry.replaced = before
        self._put(entry)
        return entry

    def stop_begins(self) -> None:
        """The task is to be stopped: what has not gone out does not count, and nothing new does."""
        self._stops += 1
        for entry in list(self._entries.values()):
            if entry.is_sending and not entry.is_out:
                self._withdraw(entry, _stopping())

    def stop_ends(self, *, accepted: bool) -> None:
        """The service took the stop, or decisions are possible again."""
        self._stops -= 1
        self._is_stopped = self._is_stopped or accepted
        self._is_stopped = self._is_stopped and self.task_status not in FINAL_STATUSES

    def turn_begins(self, status: str) -> None:
        """A message has set the task running again."""
        self.task_status = status
        self._is_stopped = False

    def observe(self, timeline: Timeline, status: str, at: str) -> None:
        """Compare with a new snapshot: what no longer waits was decided, by us or elsewhere."""
        before, self.waiting = self.waiting, waiting_calls(timeline, status)
        self.task_status = status
        for call_id, call in before.items():
            if call_id not in self.waiting:
                self._settle(timeline.call(call_id) or call, at)
        for call_id, call in self.waiting.items():
            if call_id in self._entries:
                self._look_again(self._entries[call_id], call)
        if status in FINAL_STATUSES:
            self._is_stopped = False
        if status == TaskStatus.CANCELLED:
            self.drop_reasons()

    def reasons_to_tell(self) -> list[Entry]:
        """The confirmed rejections whose reasons wait."""
        return [
            entry
            for entry in self._entries.values()
            if entry.reason_waits and entry.decision.state == "confirmed"
        ]

    def drop_reasons(self) -> None:
        """No reason that waits is told any more."""
        for entry in self._entries.values():
            if entry.reason_waits:
                entry.tell_reason("dropped")

    def turned_away(self, entry: Entry, problem: Problem) -> None:
        """The service knows no such call that waits: what is observed next tells why.

        Where that was observed already, it was taken for this decision's doing, and was not.
        """
        if entry.decision.state != "confirmed":
            entry.turned_away(problem)
            return
        rejected = Outcome.CANCEL if entry.decision.outcome is Outcome.CANCEL else None
        reason = None if entry.reason_waits else entry.decision.reason
        entry.decision = replace(
            entry.decision, outcome=rejected, by=DecidedBy("elsewhere"), reason=reason
        )
        entry.refusal = _settled(entry.decision)

    def _look_again(self, entry: Entry, call: ToolCall) -> None:
        """Compare a decision with its call, which still waits."""
        if not entry.is_under_way:
            return
        if self.digest_of(call) == entry.digest:
            if entry.doubt is not None:
                entry.failed(entry.doubt)
        elif not entry.is_out:
            self._withdraw(entry, _changed(call.call_id))
        elif entry.doubt is not None or not entry.is_sending:
            # It went out for what was, and now there is another question.
            entry.failed(problem_of(_changed(call.call_id)))

    def _settle(self, call: ToolCall, at: str) -> None:
        """Record what became of a call that waits no more."""
        ours = self._entries.get(call.call_id)
        if ours is not None and not ours.is_under_way:
            ours = None
        status = self.task_status
        if ours is not None and ours.is_out and bears_out(call.status, status, ours.decision):
            ours.confirm(at)
            return
        outcome, by = ending(call.status, status)
        entry = self._entry(call, outcome, by, "confirmed", at, confirmed_at=at)
        if ours is not None:
            ours.refusal = _settled(entry.decision)
        self._put(entry)

    def _withdraw(self, entry: Entry, refusal: SigmicError) -> None:
        """It has not gone out and never will: as if it had not been taken."""
        entry.refusal = refusal
        del self._entries[entry.decision.call_id]
        if entry.replaced is not None:
            self._put(entry.replaced)

    def _entry(
        self, call: ToolCall, outcome: Outcome | None, by: DecidedBy, *state: Any, **more: Any
    ) -> Entry:
        called = self._called(call)
        decided = (call.call_id, call.tool_name, called.args, called.args_json, outcome, by)
        return Entry(Decision(*decided, *state, **more), called.digest)

    def _put(self, entry: Entry) -> None:
        # To the end: the order is that of the decisions that count.
        self._entries.pop(entry.decision.call_id, None)
        self._entries[entry.decision.call_id] = entry


def _changed(call_id: str) -> CallChanged:
    return CallChanged(f"The call {call_id} changed after it was shown")


def _stopping() -> ValidationError:
    return ValidationError(
        "The task is being stopped",
        hint="Nothing was sent. If the task goes on all the same, decide then.",
    )


def _settled(decision: Decision) -> ValidationError:
    """Why nothing can be decided on a call any more."""
    what = {
        "stop": "was cancelled with its task",
        "expired": "is not waiting any more: its task ended",
    }.get(decision.by.kind, "is decided already")
    return ValidationError(
        f"The call {decision.call_id} {what}",
        hint="Look at task.decisions for what became of it.",
    )
