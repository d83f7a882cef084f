"""Waiting for something from a thread or from any event loop."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Settled"]

# A wait without a limit cannot be interrupted on every platform; a series of short ones can.
INTERRUPTIBLE_S = 0.2


class Settled:
    """A flag that is set when something has come to its end, and cleared when it goes on.

    Thread-safe. Blocking waits can be interrupted; awaiting works in any loop.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._event = threading.Event()
        self._callbacks: list[Callable[[], None]] = []

    def is_set(self) -> bool:
        """Whether it has come to its end."""
        return self._event.is_set()

    def set(self) -> None:
        """Release everybody who waits."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def clear(self) -> None:
        """It goes on: later waits wait again."""
        with self._lock:
            self._event.clear()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Block until it is set; False if that took longer than `timeout_s` seconds."""
        deadline = None if timeout_s is None else time.monotonic() + timeout_s
        while not self._event.is_set():
            left = INTERRUPTIBLE_S if deadline is None else deadline - time.monotonic()
            if left <= 0:
                return False
            self._event.wait(min(left, INTERRUPTIBLE_S))
        return True

    async def wait_async(self) -> None:
        """Wait in the running event loop, whichever it is."""
        loop = asyncio.get_running_loop()
        released: asyncio.Future[None] = loop.create_future()

        def release() -> None:
            if not released.done():
                released.set_result(None)

        def callback() -> None:
            try:
                loop.call_soon_threadsafe(release)
            except RuntimeError:
                return  # that loop is closed: nobody waits there any more

        with self._lock:
            if self._event.is_set():
                return
            self._callbacks.append(callback)
        try:
            await released
        finally:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)
