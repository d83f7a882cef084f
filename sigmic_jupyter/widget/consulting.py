"""Asks the user's policy about calls that wait."""

from __future__ import annotations

import asyncio
import copy
import logging
import traceback
from typing import TYPE_CHECKING, NamedTuple

from sigmic_jupyter.kernel import in_thread
from sigmic_jupyter.service.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from sigmic_jupyter.service.models import ToolCall
    from sigmic_jupyter.widget.policy import Decider, Verdict

__all__ = ["Consultant"]

log = logging.getLogger("sigmic_jupyter")

POLICIES_AT_ONCE = 4


class _Asked(NamedTuple):
    digest: str
    task: asyncio.Task[None]


class Consultant:
    """Asks a policy about each call once, and anew if the call has changed.

    Args:
        decider: The policy.
        decide: Takes a verdict on a call, with the digest of the call that the policy was given.
        changed: Called when a question has been answered.

    Attributes:
        errors: How the policy failed, by call.
    """

    def __init__(
        self,
        decider: Decider,
        *,
        decide: Callable[[str, str, Verdict], Awaitable[None]],
        changed: Callable[[], None],
    ) -> None:
        self.errors: dict[str, str] = {}
        self._decider = decider
        self._decide = decide
        self._changed = changed
        self._asked: dict[str, _Asked] = {}
        self._slots = asyncio.Semaphore(POLICIES_AT_ONCE)

    @property
    def asking(self) -> set[str]:
        """The calls on which the policy has not answered yet."""
        return {call_id for call_id, asked in self._asked.items() if not asked.task.done()}

    def consult(self, waiting: Iterable[tuple[ToolCall, str]]) -> None:
        """Ask about what newly waits, and forget what does not wait any more.

        Args:
            waiting: All calls that wait, each with its digest.
        """
        calls = {call.call_id: (call, digest) for call, digest in waiting}
        for call_id, asked in list(self._asked.items()):
            if call_id not in calls or calls[call_id][1] != asked.digest:
                # What it still answers is refused: it is about another call, or one that is over.
                del self._asked[call_id]
                self.errors.pop(call_id, None)
        for call_id, (call, digest) in calls.items():
            if call_id not in self._asked:
                task = asyncio.create_task(self._ask(call, digest))
                task.add_done_callback(lambda _: self._changed())
                self._asked[call_id] = _Asked(digest, task)

    def close(self) -> None:
        """Ask no more."""
        for asked in self._asked.values():
            asked.task.cancel()

    async def _ask(self, call: ToolCall, digest: str) -> None:
        async with self._slots:
            try:
                # Of its own, since it is the user's code: it may block, and change what it gets.
                own = copy.deepcopy(call)
                verdict = await in_thread(lambda: self._decider(own))
            except asyncio.CancelledError:
                raise
            except BaseException as error:
                log.debug("the policy failed call_id=%s", call.call_id, exc_info=True)
                asked = self._asked.get(call.call_id)
                if asked is not None and asked.digest == digest:
                    self.errors[call.call_id] = _where(error)
                return
            if verdict is not None:
                await self._decide(call.call_id, digest, verdict)


def _where(error: BaseException) -> str:
    """How a policy failed, without the text of its exception, which can hold anything."""
    if isinstance(error, ConfigurationError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {last.name}, line {last.lineno}"
