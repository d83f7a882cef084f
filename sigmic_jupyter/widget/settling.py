"""What became of a call that waits no more, and by whom. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sigmic_jupyter.service.models import FINAL_STATUSES, CallStatus, Outcome, TaskStatus
from sigmic_jupyter.widget.wire import DecidedBy

if TYPE_CHECKING:
    from sigmic_jupyter.widget.wire import Decision

__all__ = ["Ending", "bears_out", "ending"]

RAN = frozenset({CallStatus.EXECUTING, CallStatus.SUCCESS, CallStatus.ERROR})


class Ending(NamedTuple):
    """What was decided on a call, as far as the service tells, and by whom."""

    outcome: Outcome | None
    by: DecidedBy


def ending(call_status: str, task_status: str) -> Ending:
    """How a call that waited came to its end without a decision of ours.

    A call that runs or ran was approved elsewhere, also if its task has ended since.
    """
    if call_status in RAN:
        return Ending(None, DecidedBy("elsewhere"))
    if task_status == TaskStatus.CANCELLED:
        return Ending(Outcome.CANCEL, DecidedBy("stop"))
    if call_status == CallStatus.CANCELLED:
        return Ending(Outcome.CANCEL, DecidedBy("elsewhere"))
    return Ending(None, DecidedBy("expired" if task_status in FINAL_STATUSES else "elsewhere"))


def bears_out(call_status: str, task_status: str, decision: Decision) -> bool:
    """Whether the task's own state confirms a decision of ours that went out.

    Where the state does not say what became of the call, a decision that the service took counts;
    one whose answer is still out counts unless the task ended, which may have been without it.
    """
    rejects = decision.outcome is Outcome.CANCEL
    if call_status in RAN:
        return not rejects
    if call_status == CallStatus.CANCELLED or task_status == TaskStatus.CANCELLED:
        return rejects
    return decision.state == "sent" or task_status not in FINAL_STATUSES
