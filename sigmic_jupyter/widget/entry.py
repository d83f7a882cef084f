"""One decision on one call, from the click to what became of it."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from sigmic_jupyter.service.errors import SigmicError
from sigmic_jupyter.widget.wire import Decision, Problem

__all__ = ["Entry"]

UNDER_WAY = ("sending", "sent")
DOUBT = "It is not known whether it arrived; the task is being asked."


class Entry(msgspec.Struct, eq=False):
    """A decision as the ledger has it. It belongs to the background loop.

    Attributes:
        decision: What is told of it.
        digest: Of the call that was decided on.
        replaced: The confirmed decision that stood in its place, None where there was none.
        is_out: Whether it may have taken effect at the service, or may yet.
        doubt: Why the service gave no clear answer, None where it did or has not been asked.
        refusal: Why the decision does not count any more, None while it does.
    """

    decision: Decision
    digest: str
    replaced: Entry | None = None
    is_out: bool = False
    doubt: Problem | None = None
    refusal: SigmicError | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether it stands in the way of another decision on the call."""
        return self.refusal is None and self.decision.state in UNDER_WAY

    @property
    def is_sending(self) -> bool:
        """Whether the service has yet to take it."""
        return self.refusal is None and self.decision.state == "sending"

    @property
    def has_failed(self) -> bool:
        """Whether it did not get through, and may be taken again."""
        return self.decision.state == "failed"

    def check(self) -> None:
        """Raise why it does not count any more, where it does not."""
        if self.refusal is not None:
            raise self.refusal

    def post(self) -> None:
        """Let it go out, unless it does not count any more: then this raises why."""
        self.check()
        self.is_out = True

    def sent(self) -> None:
        """The service took it; its own later state is still to confirm it."""
        if self.is_sending:
            self.decision = replace(self.decision, state="sent")

    def failed(self, problem: Problem) -> None:
        """It did not get through, and may be taken again."""
        if self.is_under_way:
            self.decision = replace(self.decision, state="failed", error=problem)

    def unclear(self, problem: Problem) -> None:
        """Nobody knows whether it got through: what is observed next tells."""
        if self.is_sending:
            self.doubt = problem
            told = replace(problem, message=DOUBT, hint=None)
            self.decision = replace(self.decision, error=told)

    def turned_away(self, problem: Problem) -> None:
        """The service knows no such call that waits: what is observed next tells why."""
        if self.is_sending:
            self.doubt = problem
            self.is_out = False

    def confirm(self, at: str) -> None:
        """The task's own state shows it."""
        self.decision = replace(self.decision, state="confirmed", confirmed_at=at, error=None)

    @property
    def reason_waits(self) -> bool:
        """Whether it has a reason that nobody has been told."""
        return self.decision.reason is not None and self.decision.reason.state == "waiting"

    def tell_reason(
        self,
        state: Literal["sending", "sent", "failed", "dropped"],
        error: Problem | None = None,
    ) -> None:
        """Note what becomes of its reason."""
        if self.decision.reason is not None:
            told = replace(self.decision.reason, state=state, error=error)
            self.decision = replace(self.decision, reason=told)
