"""Tells the agent why a person rejected its calls.

The service takes no reason with a decision, so reasons go as a message, once the task can take one.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sigmic_jupyter.service.errors import SigmicError, ValidationError
from sigmic_jupyter.service.mask import SHARED_MASK
from sigmic_jupyter.service.models import Outcome, TaskStatus
from sigmic_jupyter.widget.digest import whole
from sigmic_jupyter.widget.problems import may_have_arrived, problem_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sigmic_jupyter.widget.approvals import Ledger
    from sigmic_jupyter.widget.wire import Decision, Problem

__all__ = ["Reasons", "checked_reason"]

log = logging.getLogger("sigmic_jupyter")

# Assumed: the documentation does not say when a task takes a message.
TAKES_MESSAGES = frozenset({TaskStatus.COMPLETED, TaskStatus.FAILED})
LONGEST_REASON = 10_000


class Reasons:
    """Sends the reasons of confirmed rejections, all that wait in one message, once.

    Args:
        ledger: Has the decisions, and notes what becomes of their reasons.
        send: Sends a message to the task.
        changed: Called when decisions have changed.

    Attributes:
        turn: Held while a message is on its way that begins a turn. Who stops the task holds it
            too: a stop must not be followed by a message from before it.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        send: Callable[[str], Awaitable[None]],
        changed: Callable[[], None],
    ) -> None:
        self.turn = asyncio.Lock()
        self._ledger = ledger
        self._send = send
        self._changed = changed

    async def tell(self) -> bool:
        """Send the reasons that wait, if the task can take a message.

        Returns:
            Whether a new turn of the task may have begun.
        """
        async with self.turn:
            entries = self._ledger.reasons_to_tell()
            if not entries or self._ledger.task_status not in TAKES_MESSAGES:
                return False
            for entry in entries:
                entry.tell_reason("sending")
            self._changed()
            error = await self._delivered(message_of([entry.decision for entry in entries]))
            is_lost = error is not None and may_have_arrived(error)
            for entry in entries:
                if error is None:
                    entry.tell_reason("sent")
                else:
                    entry.tell_reason("failed", _problem(error, is_lost=is_lost))
            self._changed()
            return error is None or is_lost

    async def _delivered(self, message: str) -> Exception | None:
        try:
            await self._send(message)
        except Exception as error:  # whatever it is, it is told beside the decision
            if not isinstance(error, SigmicError):
                log.exception("reasons were not sent")
            return error
        return None


def checked_reason(reason: str | None, outcome: Outcome) -> str | None:
    """A reason as it can be sent; None where nothing is said.

    Raises:
        ValidationError: It is too long, or nothing is rejected.
    """
    text = whole(reason or "").strip()
    if not text:
        return None
    if outcome is not Outcome.CANCEL:
        raise ValidationError(
            "A reason goes with a rejection only", hint="To say more, use task.send(…)."
        )
    if len(text) > LONGEST_REASON:
        raise ValidationError(
            f"The reason has {len(text):,} characters", hint=f"Keep to {LONGEST_REASON:,}."
        )
    return SHARED_MASK.text(text)  # it stands among the decisions, and so it is sent as well


def message_of(decisions: list[Decision]) -> str:
    """What the agent is told: which call, and why it was rejected, for each."""
    return "\n\n".join(
        f"I rejected your call of {whole(decision.tool_name)}: {decision.reason.text}"
        for decision in decisions
        if decision.reason is not None
    )


def _problem(error: Exception, *, is_lost: bool) -> Problem:
    problem = problem_of(error)
    if is_lost:
        return replace(
            problem,
            message=f"It is not known whether the reason arrived: {problem.message}",
            hint="See whether the agent goes on; if it does not, use task.send(…).",
        )
    return replace(problem, hint="Nothing was sent again: use task.send(…).")
