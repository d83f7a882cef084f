"""A task id → what is heard of the task, one item after the other, by polling."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sigmic_jupyter.follow.cadence import next_interval_s
from sigmic_jupyter.service.errors import APIError
from sigmic_jupyter.service.retry import backoff_s, is_transient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sigmic_jupyter.service.models import Task

__all__ = ["Follower", "Snapshot", "Source", "Trouble"]

# How long the same answer as before a follow-up is taken for a service that has not caught up.
STALE_AFTER_FOLLOW_UP_S = 10.0


class Source(Protocol):
    """Where a task comes from: `AsyncClient`, or a fake."""

    async def get_task(self, task_id: str) -> Task:
        """Fetch the task as it is now."""


@dataclass(frozen=True)
class Snapshot:
    """The task has something new, or the service answers again after trouble."""

    task: Task


@dataclass(frozen=True)
class Trouble:
    """The service could not be asked; the next try comes by itself after `pause_s` seconds."""

    error: APIError
    attempt: int
    pause_s: float


class Follower:
    """Follows one task until it is final.

    Args:
        source: Where to ask for the task.
        task_id: The task.
        interval_s: A fixed number of seconds between two polls; None lets the cadence follow what
            happens, from 0.4 s after a change to 5 s when nothing changes.
        jitter: Returns a number from 0 to 1 that spreads retries.
    """

    def __init__(
        self,
        source: Source,
        task_id: str,
        *,
        interval_s: float | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._source = source
        self._task_id = task_id
        self._fixed_s = interval_s
        self._jitter = jitter
        self._interval_s: float | None = None
        self._attempt = 0
        self._nudged = asyncio.Event()

    def nudge(self) -> None:
        """Ask at once, and quickly for a while: something was just done to the task."""
        self._interval_s = None
        self._attempt = 0
        self._nudged.set()

    async def updates(self, *, stale: Task | None = None) -> AsyncIterator[Snapshot | Trouble]:
        """Yield what is new until the task is final.

        Args:
            stale: The final snapshot after which a follow-up was sent. As long as the service still
                answers just that, the task is taken as not yet running again.

        Yields:
            A `Snapshot` when something changed, a `Trouble` for each try that failed.

        Raises:
            APIError: The service refuses for good, as with a bad key (401), without permission
                (403) or where there is no such task (404).
        """
        previous = stale
        deadline: float | None = None  # counted from the first answer: there may be trouble before
        self._attempt = 0
        while True:
            self._nudged.clear()
            try:
                task = await self._source.get_task(self._task_id)
            except APIError as error:
                if not is_transient(error):
                    raise
                self._attempt += 1
                pause_s = backoff_s(
                    self._attempt, retry_after_s=error.retry_after_s, random=self._jitter()
                )
                yield Trouble(error, self._attempt, pause_s)
            else:
                changed = previous is None or differs(previous, task)
                if changed or self._attempt:
                    yield Snapshot(task)
                now_s = asyncio.get_running_loop().time()
                deadline = deadline or now_s + STALE_AFTER_FOLLOW_UP_S
                if task.is_final and (stale is None or changed or now_s > deadline):
                    return
                previous, self._attempt = task, 0
                pause_s = self._next_pause_s(task, changed=changed)
            await self._pause(pause_s)

    def _next_pause_s(self, task: Task, *, changed: bool) -> float:
        if self._fixed_s is not None:
            return self._fixed_s
        self._interval_s = next_interval_s(
            self._interval_s, changed=changed, waiting=bool(task.pending_approvals)
        )
        return self._interval_s

    async def _pause(self, pause_s: float) -> None:
        try:
            async with asyncio.timeout(pause_s):
                await self._nudged.wait()
        except TimeoutError:
            return


def differs(previous: Task, task: Task) -> bool:
    """Whether a snapshot has something new, told without comparing all of its output."""
    return _mark(previous) != _mark(task) or (
        # Without `updatedAt` there is no short cut.
        task.output is not None and task.output.updated_at is None and previous != task
    )


def _mark(task: Task) -> tuple[object, ...]:
    return (
        task.status,
        task.output.updated_at if task.output is not None else None,
        task.pending_approvals,
        task.error,
        task.completed_at,
    )
