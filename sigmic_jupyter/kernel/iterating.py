"""Taking in one thread what the background loop produces; clicks are delivered meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import queue
from contextlib import aclosing
from typing import TYPE_CHECKING, TypeVar

from sigmic_jupyter.kernel.loop import IN_OBSERVER, background
from sigmic_jupyter.kernel.waiting import block

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

__all__ = ["iterate"]

T = TypeVar("T")

# How many items may wait for the thread that takes them: network and disk work at the same time.
AHEAD = 8


def iterate(source: AsyncGenerator[T, None]) -> Generator[T, None, None]:
    """Take what an asynchronous generator yields on the background loop, item by item.

    It is a few items ahead, never more. When the iteration is closed or interrupted it is
    cancelled; so close it, as with `contextlib.closing`.

    Raises:
        RuntimeError: Called on the loop's own thread, where it would wait for itself.
        BaseException: What the generator raised, after all it had yielded.
    """
    arrived: queue.SimpleQueue[tuple[T, ...]] = queue.SimpleQueue()
    taken: list[tuple[T, ...]] = []
    room = asyncio.Semaphore(AHEAD)

    async def produce() -> None:
        async with aclosing(source):
            async for item in source:
                await room.acquire()
                arrived.put((item,))

    def has_come(pause_s: float) -> bool:
        with contextlib.suppress(queue.Empty):
            taken.append(arrived.get(timeout=pause_s))
        return bool(taken)

    loop = background()
    if loop.is_current():
        raise RuntimeError(IN_OBSERVER)
    producing = loop.submit(produce())
    producing.add_done_callback(lambda _: arrived.put(()))
    try:
        while block(has_come) and (came := taken.pop()):
            loop.call_soon(room.release)
            yield came[0]
        producing.result()
    finally:
        producing.cancel()
