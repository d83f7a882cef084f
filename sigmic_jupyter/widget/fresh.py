"""Looks at the newest truth, shared by all who need one at the same time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["FreshLook"]


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

    async def __call__(self) -> None:
        """Wait for a look that begins after this call.

        Raises:
            APIError: The service did not answer, or refuses.
        """
        if self._next is None:
            self._next = asyncio.create_task(self._look_after(self._current))
        # Others may wait for the same one.
        await asyncio.shield(self._next)

    async def _look_after(self, previous: asyncio.Task[None] | None) -> None:
        if previous is not None:
            await asyncio.wait([previous])
        self._current, self._next = self._next, None
        await self._look()
