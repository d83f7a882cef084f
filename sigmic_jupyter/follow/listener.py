"""Keeps a task's event stream open, and lets a draft hear it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from sigmic_jupyter.follow.assumed import HEARTBEAT_S
from sigmic_jupyter.follow.items import Route
from sigmic_jupyter.service.errors import APIError, ConnectionFailed, UnexpectedResponse
from sigmic_jupyter.service.events import HeartbeatEvent, HistoryDoneEvent
from sigmic_jupyter.service.models import TaskStatus
from sigmic_jupyter.service.retry import backoff_s, is_transient

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigmic_jupyter.follow.draft import Draft
    from sigmic_jupyter.follow.items import OpenStream
    from sigmic_jupyter.service.events import Event

__all__ = ["Listener"]

log = logging.getLogger("sigmic_jupyter")

REOPEN_S = 0.4
# GET is to tell first whether the task has ended.
REOPEN_AFTER_END_S = 5.0
# Connections in a row that brought nothing.
MOST_FAILURES = 3
# A task that still waits for its turn has no stream yet.
LONGEST_PAUSE_WHILE_PENDING_S = 5.0


class Listener:
    """One connection after another, until it is closed or the stream turns out not to work.

    Args:
        open_stream: Opens the stream of a task.
        task_id: The task.
        draft: Hears the events.
        is_forced: Whether to keep trying whatever happens.
        silence_s: After how many seconds without a byte a connection is dead.
        jitter: Returns a number from 0 to 1 that spreads retries.
        is_reachable: Whether the service answers; where it does not, the stream is not to blame.
        wake: Called when there is something to look at.

    Attributes:
        route: How news come; None until the stream was tried.
        is_live: Whether what happens is heard.
        has_given_up: Whether the stream is not tried any more.
    """

    def __init__(
        self,
        open_stream: OpenStream,
        task_id: str,
        draft: Draft,
        *,
        is_forced: bool,
        silence_s: float,
        jitter: Callable[[], float],
        is_reachable: Callable[[], bool],
        wake: Callable[[], None],
    ) -> None:
        self.route: Route | None = None
        self.is_live = False
        self.has_given_up = False
        self._open_stream = open_stream
        self._task_id = task_id
        self._draft = draft
        self._is_forced = is_forced
        self._silence_s = silence_s
        self._jitter = jitter
        self._is_reachable = is_reachable
        self._wake = wake
        self._connections = 0
        self._has_beaten = False
        self._compare_at = 0.0
        self._is_behind = False
        self._leaves_out = False
        self._failures = 0
        self._chances = MOST_FAILURES
        self._limit: asyncio.Timeout | None = None  # of the present connection
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Open the stream, unless that was done."""
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Close the connection."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def check(self) -> None:
        """After GET has answered: whether what was heard still holds."""
        difference = self._draft.difference
        if difference is not None and not self._is_forced and not self.has_given_up:
            self._give_up(f"The event stream told {difference} in another way than the task itself")
        elif self._flaw() is not None and self._limit is not None:
            self._limit.reschedule(asyncio.get_running_loop().time())
            self._limit = None

    def _give_up(self, note: str) -> None:
        self.is_live, self.has_given_up = False, True
        self.route = Route("poll", note)
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        try:
            await self._keep_open()
        except Exception:  # polling goes on whatever is wrong here
            log.exception("the stream failed task_id=%s", self._task_id)
            self._give_up("Reading the event stream failed")
        finally:
            self._wake()

    async def _keep_open(self) -> None:
        while not self.has_given_up:
            news = self._draft.news
            error = await self._connection()
            if self.is_live:
                self.is_live = False
                self._draft.ask()
            if self._has_worked(news):
                self._failures, self._chances = 0, MOST_FAILURES
                pause_s = REOPEN_AFTER_END_S if self._draft.has_ended else REOPEN_S
            elif self._draft.has_ended and not self._failures:
                self._failures, pause_s = 1, REOPEN_AFTER_END_S
            else:
                pause_s = self._fail(error)
            self._wake()
            await asyncio.sleep(pause_s)

    def _fail(self, error: APIError) -> float:
        """A connection was of no use; returns how long to wait, in seconds."""
        self._failures += 1
        asked_s, random = error.retry_after_s, self._jitter()
        pause_s = backoff_s(self._failures, retry_after_s=asked_s, random=random)
        note = f"The event stream does not work: {error.message}"
        self.route = Route("poll", note)
        if self._is_forced:
            return pause_s
        is_pending = (task := self._draft.base) is not None and task.status == TaskStatus.PENDING
        if is_pending:
            pause_s = min(pause_s, LONGEST_PAUSE_WHILE_PENDING_S)
        elif self._is_reachable():
            self._chances -= 1
        if _is_lasting(error) or self._chances == 0:
            self._give_up(note)
        return pause_s

    def _has_worked(self, news: int) -> bool:
        """Whether the connection was of use, though it ended; `news` is the count before it."""
        return self._flaw() is None and (self._has_beaten or self._draft.news > news)

    async def _connection(self) -> APIError:
        """Hear one connection to its end, and tell what ended it."""
        self._draft.connect()
        self._connections += 1
        self._has_beaten = self._is_behind = self._leaves_out = False
        self._compare_at = asyncio.get_running_loop().time() + HEARTBEAT_S
        try:
            return ConnectionFailed(await self._listen())
        except TimeoutError:
            return ConnectionFailed(self._flaw() or f"It was silent for {self._silence_s:g} s")
        except APIError as error:
            return error
        finally:
            self._limit = None

    async def _listen(self) -> str:
        loop = asyncio.get_running_loop()
        async with (
            asyncio.timeout(self._silence_s) as limit,
            self._open_stream(self._task_id) as events,
        ):
            self._limit = limit
            async for event in events:
                if isinstance(event, HeartbeatEvent):
                    self._beat(loop.time())
                else:
                    self._hear(event)
                    self._compare(loop.time())
                self._wake()
                if (flaw := self._flaw()) is not None:
                    return flaw
                # A connection that only beats, before it has told anything, is none.
                if self.is_live or not isinstance(event, HeartbeatEvent):
                    limit.reschedule(loop.time() + self._silence_s)
        return "It ended before the task did"

    def _hear(self, event: Event) -> None:
        self._draft.hear(event)
        if isinstance(event, HistoryDoneEvent):
            self.is_live = event.is_streaming
            if self.is_live:
                self.route = Route("stream")
            if self._connections > 1:
                self._draft.ask()

    def _beat(self, now: float) -> None:
        """Nothing has happened for a while: compare with GET, which may know better."""
        self._has_beaten |= self.is_live
        if self._compare(now):
            was_behind, self._is_behind = self._is_behind, self._draft.is_behind
            self._leaves_out = was_behind and self._is_behind

    def _compare(self, now: float) -> bool:
        """Ask GET now and then, whatever is told; whether it is time to."""
        is_due = self.is_live and now >= self._compare_at
        if is_due:
            self._compare_at = now + HEARTBEAT_S
            self._draft.ask()
        return is_due

    def _flaw(self) -> str | None:
        """Why the present connection is of no more use, None if it is."""
        if self._draft.difference is not None:
            return f"It told {self._draft.difference} in another way than before"
        if self._draft.is_lost:
            return "The task was told anew"
        return "It left out what happened" if self._leaves_out else None


def _is_lasting(error: APIError) -> bool:
    """Whether the stream will not work at the next try either; a page or JSON is no stream."""
    return isinstance(error, UnexpectedResponse) or not is_transient(error)
