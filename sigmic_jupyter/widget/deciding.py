"""Takes decisions to the service: a person's and a policy's, each call's once."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import itertools
import logging
import random
import traceback
from typing import TYPE_CHECKING

from sigmic_jupyter.follow import instant, now
from sigmic_jupyter.kernel import in_thread
from sigmic_jupyter.service.errors import ConfigurationError, SigmicError
from sigmic_jupyter.service.retry import backoff_s, is_transient
from sigmic_jupyter.widget.approvals import Ledger
from sigmic_jupyter.widget.problems import problem_of
from sigmic_jupyter.widget.wire import DecidedBy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sigmic_jupyter.follow import Timeline
    from sigmic_jupyter.service.models import Outcome, ToolCall
    from sigmic_jupyter.widget.policy import Decider
    from sigmic_jupyter.widget.wire import Decision

__all__ = ["Deciding"]

log = logging.getLogger("sigmic_jupyter")

POLICIES_AT_ONCE = 4


class Deciding:
    """The decisions on one task's calls. It belongs to the background loop.

    Args:
        send: Sends a decision to the service; once it returns, answers that were asked for before
            do not count any more.
        look: Reads the task and observes it.
        changed: Called when `decisions` or `undecided` has changed; `urgent` if a person waits.
        decider: The policy, None for none.

    Attributes:
        undecided: The calls that wait for a person. Replaced as a whole, to be read anywhere.
        policy_errors: How the policy failed, by call.
    """

    def __init__(
        self,
        *,
        send: Callable[[str, Outcome], Awaitable[None]],
        look: Callable[[], Awaitable[None]],
        changed: Callable[..., None],
        decider: Decider | None,
    ) -> None:
        self.undecided: tuple[ToolCall, ...] = ()
        self.policy_errors: dict[str, str] = {}
        self._send = send
        self._look = look
        self._changed = changed
        self._decider = decider
        self._ledger = Ledger()
        self._sending: set[asyncio.Task[None]] = set()
        self._asked: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(POLICIES_AT_ONCE)

    @property
    def decisions(self) -> list[Decision]:
        """What was decided, one for each call."""
        return self._ledger.decisions

    def observe(self, timeline: Timeline, status: str, at: str) -> None:
        """Take note of a snapshot; the policy is asked about calls that newly wait."""
        self._ledger.observe(timeline, status, at)
        waiting = self._ledger.waiting
        for call_id in self._asked.keys() - waiting.keys():
            del self._asked[call_id]
        if self._decider is not None:
            for call_id, call in waiting.items():
                if call_id not in self._asked:
                    asked = asyncio.create_task(self._ask(self._decider, call))
                    asked.add_done_callback(lambda _: self._tell())
                    self._asked[call_id] = asked
        self._list_undecided()

    def close(self) -> None:
        """Ask the policy no more. What is being sent is sent to its end."""
        for asked in self._asked.values():
            asked.cancel()

    async def decide(self, call_id: str, outcome: Outcome, by: DecidedBy) -> None:
        """Send a decision, once, and wait for what became of it.

        Raises:
            ValidationError: No such call waits, or it is decided already.
            APIError: The decision did not get through; the call still waits.
        """
        self._ledger.open(call_id, outcome, by, instant(now()))
        urgent = by.kind == "person"
        self._tell(urgent=urgent)
        sending = asyncio.create_task(self._deliver(call_id, outcome))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)
        try:
            # Whoever asked may be interrupted; the request may have arrived all the same.
            await asyncio.shield(sending)
        finally:
            self._tell(urgent=urgent)

    async def _deliver(self, call_id: str, outcome: Outcome) -> None:
        try:
            await self._send(call_id, outcome)
        except Exception as error:
            problem = problem_of(error)
            if isinstance(error, SigmicError) and not is_transient(error):
                self._ledger.failed(call_id, problem)
                raise
            # Never sent again blindly: the answer may be all that was lost.
            self._ledger.unclear(call_id, problem)
            await self._clear_up(call_id)
            if self._ledger.state_of(call_id) == "failed":
                raise
        else:
            self._ledger.sent(call_id)

    async def _clear_up(self, call_id: str) -> None:
        """Look until the task tells whether the call still waits."""
        for attempt in itertools.count(1):
            try:
                await self._look()
            except SigmicError as error:
                if not is_transient(error):
                    self._ledger.failed(call_id, problem_of(error))
                    raise
                wait_s = backoff_s(
                    attempt,
                    retry_after_s=getattr(error, "retry_after_s", None),
                    random=random.random(),  # noqa: S311 - spreads retries
                )
                await asyncio.sleep(wait_s)
            else:
                return

    async def _ask(self, decider: Decider, call: ToolCall) -> None:
        async with self._slots:
            try:
                # Of its own, since it is the user's code: it may block, and change what it gets.
                own = copy.deepcopy(call)
                verdict = await in_thread(lambda: decider(own))
            except asyncio.CancelledError:
                raise
            except BaseException as error:
                log.debug("the policy failed call_id=%s", call.call_id, exc_info=True)
                self.policy_errors[call.call_id] = _where(error)
                return
            if verdict is not None:
                # What stands in the way is in the ledger: decided by somebody else, or not sent.
                with contextlib.suppress(SigmicError):
                    by = DecidedBy("policy", verdict.name)
                    await self.decide(call.call_id, verdict.outcome, by)

    def _tell(self, *, urgent: bool = False) -> None:
        self._list_undecided()
        self._changed(urgent=urgent)

    def _list_undecided(self) -> None:
        asking = {call_id for call_id, asked in self._asked.items() if not asked.done()}
        self.undecided = tuple(
            call for call in self._ledger.open_calls() if call.call_id not in asking
        )


def _where(error: BaseException) -> str:
    """How a policy failed, without the text of its exception, which can hold anything."""
    if isinstance(error, ConfigurationError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {last.name}, line {last.lineno}"
