"""Looks at the newest truth, shared by all who need one at the same time."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["FreshLook"]

# Longer than a button is held down, and too short for anybody to look elsewhere meanwhile.
AHEAD_S = 0.3


class FreshLook:
    """Reads the task for whoever needs what is true from now on, once for all who come together.

    One read is under way at a time. Who comes meanwhile shares the next, since the answer to one
    that has begun may be older than the question.

    Args:
        look: Reads the task and observes it.
    """

    def __init__(self, look: Callable[[], Awaitable[None]]) -> None:
        self._look = look
        self._current: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None
        self._ahead: asyncio.Task[None] | None = None
        self._ahead_s = 0.0

    async def __call__(self) -> None:
        """Wait for a look that begins after this call.

        Raises:
            APIError: The service did not answer, or refuses.
        """
        # Others may wait for the same one.
        await asyncio.shield(self._begin())

    def ahead(self) -> None:
        """Begin a look for somebody who is about to need one."""
        self._ahead, self._ahead_s = self._begin(), time.monotonic()
        # What fails is asked again by who needs it, if anybody does.
        self._ahead.add_done_callback(lambda look: look.cancelled() or look.exception())

    async def latest(self) -> None:
        """Wait for a look that has just been begun ahead; else for one that begins now.

        Raises:
            APIError: The service did not answer, or refuses.
        """
        ahead = self._ahead
        if ahead is not None and time.monotonic() <= self._ahead_s + AHEAD_S:
            await asyncio.wait([ahead])
            if not ahead.cancelled() and ahead.exception() is None:
                return
        await self()

    def _begin(self) -> asyncio.Task[None]:
        if self._next is None:
            self._next = asyncio.create_task(self._look_after(self._current))
        return self._next

    async def _look_after(self, previous: asyncio.Task[None] | None) -> None:
        if previous is not None:
            await asyncio.wait([previous])
        self._current, self._next = self._next, None
        await self._look()
