"""A task id → what is heard of the task, one item after the other, by stream or by polling."""

from __future__ import annotations

import asyncio
import math
import random
from typing import TYPE_CHECKING

from sigmic_jupyter.follow.draft import Draft
from sigmic_jupyter.follow.listener import Listener
from sigmic_jupyter.follow.polls import Polls
from sigmic_jupyter.follow.run import Run
from sigmic_jupyter.service.calls import STREAM_SILENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from sigmic_jupyter.follow.items import OpenStream, Source, Transport, Update
    from sigmic_jupyter.service.models import Task

__all__ = ["Follower"]


class Follower:
    """Follows one task until it is final.

    Args:
        source: Where to ask for the task.
        task_id: The task.
        open_stream: Opens the task's event stream; None leaves polling alone.
        transport: `auto` takes the stream where it works; `poll` and `stream` force one. Whichever
            it is, what GET answers is the truth.
        interval_s: A fixed number of seconds between two polls; None lets the cadence follow what
            happens, from 0.4 s after a change to 5 s when nothing changes.
        silence_s: After how many seconds without a byte a stream is opened anew.
        jitter: Returns a number from 0 to 1 that spreads retries.
    """

    def __init__(
        self,
        source: Source,
        task_id: str,
        *,
        open_stream: OpenStream | None = None,
        transport: Transport = "auto",
        interval_s: float | None = None,
        silence_s: float = STREAM_SILENCE_S,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._source = source
        self._task_id = task_id
        self._open_stream = None if transport == "poll" else open_stream
        self._is_forced = transport == "stream"
        self._silence_s = silence_s
        self._jitter = jitter
        self._woken = asyncio.Event()
        self._polls = Polls(
            source, task_id, interval_s=interval_s, jitter=jitter, wake=self._woken.set
        )
        self._run: Run | None = None

    def nudge(self) -> None:
        """Ask at once, and quickly for a while: something was just done to the task.

        Until the answer is there nothing is told that was heard before.
        """
        self._polls.want()

    async def look(self) -> Task:
        """Ask now, and return the newest state, which `updates` does not yield again.

        Raises:
            APIError: The service did not answer, or not with the task.
        """
        run = self._run
        heard = run.heard if run is not None else 0
        task = await self._source.get_task(self._task_id)
        return task if run is None else run.look(task, heard)

    async def updates(self, *, stale: Task | None = None) -> AsyncGenerator[Update, None]:
        """Yield what is new until the task is final.

        Close it (`contextlib.aclosing`) where it is left before its end.

        Args:
            stale: The final snapshot after which a follow-up was sent. As long as the service still
                answers just that, the task is taken as not yet running again.

        Yields:
            A `Snapshot` when something changed, a `Trouble` for each try that failed, a `Route`
            when news come another way than before.

        Raises:
            APIError: The service refuses for good, as with a bad key (401), without permission
                (403) or where there is no such task (404).
        """
        draft = Draft()
        listener = self._listener(draft)
        run = self._run = Run(draft, self._polls, listener, stale)
        try:
            while not run.is_over:
                self._woken.clear()
                for update in run.due():
                    yield update
                if not run.is_over:
                    await self._rest(run.due_at())
        finally:
            self._run = None
            if listener is not None:
                if listener.has_given_up:
                    self._open_stream = None
                await listener.close()
            await self._polls.close()

    def _listener(self, draft: Draft) -> Listener | None:
        if self._open_stream is None:
            return None
        return Listener(
            self._open_stream,
            self._task_id,
            draft,
            is_forced=self._is_forced,
            silence_s=self._silence_s,
            jitter=self._jitter,
            is_reachable=lambda: self._polls.attempt == 0,
            wake=self._woken.set,
        )

    async def _rest(self, until: float) -> None:
        try:
            async with asyncio.timeout_at(None if until == math.inf else until):
                await self._woken.wait()
        except TimeoutError:
            return
