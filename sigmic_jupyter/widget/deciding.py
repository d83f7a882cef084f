"""Takes decisions to the service: a person's and a policy's, each call's once."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import itertools
import random
from typing import TYPE_CHECKING

from sigmic_jupyter.follow import instant, now
from sigmic_jupyter.kernel import Haste
from sigmic_jupyter.service.errors import NotFoundError, SigmicError
from sigmic_jupyter.service.retry import backoff_s, is_transient
from sigmic_jupyter.widget.consulting import Consultant
from sigmic_jupyter.widget.fresh import FreshLook
from sigmic_jupyter.widget.problems import may_have_arrived, problem_of
from sigmic_jupyter.widget.reasons import checked_reason
from sigmic_jupyter.widget.wire import DecidedBy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from sigmic_jupyter.follow import Timeline
    from sigmic_jupyter.service.models import Outcome, ToolCall
    from sigmic_jupyter.widget.approvals import Ledger
    from sigmic_jupyter.widget.entry import Entry
    from sigmic_jupyter.widget.policy import Decider, Verdict

__all__ = ["Deciding"]

# A page that draws what is told keeps a machine busy for about so long.
NEWS_S = 0.03


class Deciding:
    """The decisions on one task's calls. It belongs to the background loop.

    Args:
        ledger: Has the decisions.
        send: Sends a decision to the service; once it returns, answers that were asked for before
            do not count any more.
        look: Reads the task and observes it.
        changed: Called when decisions or `undecided` have changed.
        decider: The policy, None for none.

    Attributes:
        undecided: The calls that wait for a person. Replaced as a whole, to be read anywhere.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        send: Callable[[str, Outcome], Awaitable[None]],
        look: Callable[[], Awaitable[None]],
        changed: Callable[[], None],
        decider: Decider | None,
    ) -> None:
        self.undecided: tuple[ToolCall, ...] = ()
        self._ledger = ledger
        self._send = send
        self._fresh = FreshLook(look)
        self._changed = changed
        self._consultant = (
            None
            if decider is None
            else Consultant(decider, decide=self._take_verdict, changed=self._tell)
        )
        self._delivering: set[asyncio.Task[None]] = set()
        self._haste = Haste()
        self._is_closed = False

    @property
    def policy_errors(self) -> Mapping[str, str]:
        """How the policy failed, by call."""
        return self._consultant.errors if self._consultant is not None else {}

    def observe(self, timeline: Timeline, status: str, at: str) -> None:
        """Take note of a snapshot; the policy is asked about calls that newly wait."""
        self._ledger.observe(timeline, status, at)
        self._haste.set(wanted=bool(self._ledger.waiting) and not self._is_closed)
        if self._consultant is not None and not self._is_closed:
            self._consultant.consult(
                (call, self._ledger.digest_of(call)) for call in self._ledger.waiting.values()
            )
        self._list_undecided()

    def close(self) -> None:
        """Ask the policy no more. What was decided is sent to its end."""
        self._is_closed = True
        self._haste.set(wanted=False)
        if self._consultant is not None:
            self._consultant.close()

    def look_ahead(self) -> None:
        """Somebody is about to decide: begin to look, so that the decision waits for no look."""
        if self.undecided:
            self._fresh.ahead()

    async def decide(
        self,
        call_id: str,
        outcome: Outcome,
        by: DecidedBy,
        *,
        digest: str,
        reason: str | None = None,
    ) -> None:
        """Take a decision, send it once if it still holds, and wait for what became of it.

        Args:
            call_id: A call that waits.
            outcome: What is decided.
            by: Who decides.
            digest: Of the call as it was seen.
            reason: Why it is rejected, for the agent.

        Raises:
            CallChanged: The call is not any more what was seen. Nothing was sent.
            ValidationError: No such call waits, it is decided already, the task is being stopped,
                or the reason can't be sent. Nothing was sent.
            APIError: The decision did not get through; the call still waits.
        """
        reason = checked_reason(reason, outcome)
        # The request goes before the news of it, and is often answered before them.
        news = asyncio.get_running_loop().call_later(NEWS_S, self._changed)
        try:
            entry = self._ledger.open(
                call_id, outcome, by, instant(now()), digest=digest, reason=reason
            )
            self._list_undecided()
            delivering = asyncio.create_task(self._deliver(entry, outcome))
            self._delivering.add(delivering)
            delivering.add_done_callback(self._delivering.discard)
            # Whoever asked may be interrupted; the request may have arrived all the same.
            await asyncio.shield(delivering)
        finally:
            news.cancel()
            self._tell()

    @contextlib.contextmanager
    def stopping(self) -> Iterator[None]:
        """While the service is asked to stop the task, and after it agreed, nothing is decided.

        Decisions that have gone out stand. Where stopping failed, decisions are possible again.
        """
        accepted = False
        self._ledger.stop_begins()
        self._tell()
        try:
            yield
            accepted = True
        except SigmicError as error:
            if not is_transient(error):
                # Such as: it has ended. A message would set it going against the will to stop.
                self._ledger.drop_reasons()
            raise
        finally:
            if accepted:
                self._ledger.drop_reasons()
            self._ledger.stop_ends(accepted=accepted)
            self._tell()

    async def _deliver(self, entry: Entry, outcome: Outcome) -> None:
        try:
            await self._fresh.latest()
        except Exception as error:
            entry.check()
            unsent = _unsent(error)
            entry.failed(problem_of(unsent))
            raise unsent from error
        # From here to the request nothing else can happen.
        entry.post()
        try:
            await self._send(entry.decision.call_id, outcome)
        except Exception as error:
            await self._find_out(entry, error)
            if entry.has_failed:
                raise
        else:
            entry.sent()

    async def _find_out(self, entry: Entry, error: Exception) -> None:
        """Learn what became of a decision that the service did not take."""
        problem = problem_of(error)
        if may_have_arrived(error):
            # Never sent again blindly: the answer may be all that was lost.
            entry.unclear(problem)
        elif isinstance(error, NotFoundError):
            self._ledger.turned_away(entry, problem)
        else:
            entry.failed(problem)
        self._tell()
        await self._clear_up(entry)
        entry.check()

    async def _clear_up(self, entry: Entry) -> None:
        """Look until the task tells whether the call still waits."""
        for attempt in itertools.count(1):
            if not entry.is_sending:
                return
            try:
                await self._fresh()
            except SigmicError as error:
                if not is_transient(error):
                    entry.failed(problem_of(error))
                    raise
                wait_s = backoff_s(
                    attempt,
                    retry_after_s=getattr(error, "retry_after_s", None),
                    random=random.random(),  # noqa: S311 - spreads retries
                )
                await asyncio.sleep(wait_s)

    async def _take_verdict(self, call_id: str, digest: str, verdict: Verdict) -> None:
        # What stands in the way is in the ledger: decided by somebody else, or not sent.
        with contextlib.suppress(SigmicError):
            by = DecidedBy("policy", verdict.name)
            await self.decide(call_id, verdict.outcome, by, digest=digest)

    def _tell(self) -> None:
        self._list_undecided()
        self._changed()

    def _list_undecided(self) -> None:
        asking = self._consultant.asking if self._consultant is not None else ()
        self.undecided = tuple(
            call for call in self._ledger.open_calls() if call.call_id not in asking
        )


def _unsent(error: Exception) -> Exception:
    """Say that the decision has not gone out."""
    if not isinstance(error, SigmicError):
        return error
    told = copy.copy(error)  # others may wait for the same look
    told.hint = " ".join(filter(None, ("Nothing was sent: the call still waits.", error.hint)))
    return told
