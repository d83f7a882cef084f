"""Asks for a task, time after time: at once when somebody wants it, else after a pause."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

from sigmic_jupyter.follow.cadence import next_interval_s
from sigmic_jupyter.follow.items import Trouble
from sigmic_jupyter.service.retry import backoff_s

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigmic_jupyter.follow.items import Source
    from sigmic_jupyter.service.errors import APIError
    from sigmic_jupyter.service.models import Task

__all__ = ["Polls"]


class Polls:
    """One request at a time.

    Args:
        source: Whom to ask.
        task_id: The task.
        interval_s: A fixed pause in seconds; None lets the cadence follow what happens.
        jitter: Returns a number from 0 to 1 that spreads retries.
        wake: Called when there is an answer, or one is wanted.

    Attributes:
        attempt: How many requests have failed in a row.
        next_at: When the pause ends, by the event loop's clock.
    """

    def __init__(
        self,
        source: Source,
        task_id: str,
        *,
        interval_s: float | None,
        jitter: Callable[[], float],
        wake: Callable[[], None],
    ) -> None:
        self.attempt = 0
        self.next_at = -math.inf
        self._source = source
        self._task_id = task_id
        self._fixed_s = interval_s
        self._interval_s: float | None = None
        self._jitter = jitter
        self._wake = wake
        self._wanted = self._asked = self._answered = 0
        self._request: asyncio.Task[Task] | None = None

    @property
    def is_asking(self) -> bool:
        """Whether a request is under way, or its answer not yet taken."""
        return self._request is not None

    @property
    def is_wanted(self) -> bool:
        """Whether a request is wanted that was not made yet."""
        return self._asked != self._wanted

    @property
    def is_awaited(self) -> bool:
        """Whether what is known is older than what somebody wanted to know."""
        return self._answered != self._wanted

    def want(self) -> None:
        """Ask at once, and quickly for a while."""
        self._interval_s = None
        self.attempt = 0
        self._wanted += 1
        self._wake()

    def ask(self) -> None:
        """Make the request."""
        self._asked = self._wanted
        self._request = asyncio.ensure_future(self._source.get_task(self._task_id))
        self._request.add_done_callback(lambda _: self._wake())

    def answer(self) -> Task | None:
        """Take the answer, None if there is none yet.

        Raises:
            APIError: The service did not answer, or not with the task.
        """
        if self._request is None or not self._request.done():
            return None
        request, self._request = self._request, None
        task = request.result()
        self._answered = self._asked
        return task

    def rest(self, *, changed: bool, waiting: bool) -> None:
        """Pause after an answer.

        Args:
            changed: Whether it had something new.
            waiting: Whether a call waits for approval.
        """
        self.attempt = 0
        pause_s = self._fixed_s
        if pause_s is None:
            pause_s = next_interval_s(self._interval_s, changed=changed, waiting=waiting)
            self._interval_s = pause_s
        self.next_at = _now() + pause_s

    def fail(self, error: APIError) -> Trouble:
        """Pause after a request that failed, as long as the service asks for."""
        self.attempt += 1
        pause_s = backoff_s(self.attempt, retry_after_s=error.retry_after_s, random=self._jitter())
        self.next_at = _now() + pause_s
        return Trouble(error, self.attempt, pause_s)

    async def close(self) -> None:
        """Give up a request that is under way; the next time begins afresh."""
        request, self._request = self._request, None
        self.attempt, self.next_at = 0, -math.inf
        if request is not None:
            request.cancel()
            await asyncio.gather(request, return_exceptions=True)


def _now() -> float:
    return asyncio.get_running_loop().time()
