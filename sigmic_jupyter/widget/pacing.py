"""How often messages go to browsers: Jupyter's server drops for good what exceeds its limit."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Pacer", "Turns", "pacer"]

# Less than 200 a second: on the way to the browser they bunch.
ALL_S = 0.0055
# Where more is wanted for longer than a second, messages that tell more come half as often.
CROWDED_ALL_S = 2 * ALL_S
CROWDED_AFTER_S = 1.0
# What comes now and then comes soon. What does not stop is read while it grows: 5 steps in two
# seconds look as live as twenty, and cost a page less than half.
TOGETHER_S = 0.005
BRISK_S = 0.1
STEADY_S = 0.4
BRISK_MESSAGES = 10
REST_S = 0.5


class Pacer:
    """Gives turns to many senders in the order in which they asked.

    At most 182 a second, and 91 as long as somebody has always to wait.

    It belongs to one event loop.
    """

    def __init__(self) -> None:
        self._queue: deque[Callable[[], None]] = deque()
        self._free_s = 0.0
        self._waited_since_s = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def ask(self, turn: Callable[[], None]) -> None:
        """Call `turn` when it may send one message: at once where nobody else wants to."""
        self._queue.append(turn)
        if self._timer is None:
            self._waited_since_s = asyncio.get_running_loop().time()
            self._serve()

    async def room(self, messages: int) -> None:
        """Wait until so many messages may go another way."""
        for _ in range(messages):
            taken = asyncio.Event()
            self.ask(taken.set)
            await taken.wait()

    def _serve(self) -> None:
        self._timer = None
        loop = asyncio.get_running_loop()
        while self._queue:
            now_s = loop.time()
            if now_s < self._free_s:
                self._timer = loop.call_at(self._free_s, self._serve)
                return
            is_crowded = now_s > self._waited_since_s + CROWDED_AFTER_S
            self._free_s = now_s + (CROWDED_ALL_S if is_crowded else ALL_S)
            self._queue.popleft()()


class Turns:
    """The turns of one sender: at most 10 a second, and 5 in two seconds when it never rests.

    What it sends is what is new by then.

    Args:
        pacer: Shares out the turns of all senders.
        send: Sends one message with all that is new, or none.
    """

    def __init__(self, pacer: Pacer, send: Callable[[], None]) -> None:
        self._pacer = pacer
        self._send = send
        self._last_s = float("-inf")
        # Messages since the sender rested.
        self._messages = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def ask(self) -> None:
        """Something is new: at once where the last message is long enough ago, else soon."""
        if not self._idle.is_set():
            return
        self._idle.clear()
        loop = asyncio.get_running_loop()
        next_s = self._last_s + (BRISK_S if self._messages <= BRISK_MESSAGES else STEADY_S)
        # Also what is to go at once: a request that is about to be made goes before it.
        loop.call_at(max(next_s, loop.time() + TOGETHER_S), self._pacer.ask, self._take)

    async def over(self) -> None:
        """Wait until everything that was new has been sent."""
        await self._idle.wait()

    def _take(self) -> None:
        now_s = asyncio.get_running_loop().time()
        self._messages = self._messages + 1 if now_s < self._last_s + REST_S else 1
        self._last_s = now_s
        self._idle.set()
        self._send()


_pacers: WeakKeyDictionary[asyncio.AbstractEventLoop, Pacer] = WeakKeyDictionary()


def pacer() -> Pacer:
    """The one pacer of the running event loop."""
    return _pacers.setdefault(asyncio.get_running_loop(), Pacer())
