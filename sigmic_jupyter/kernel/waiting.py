"""Waiting for something from a thread or from any event loop; clicks are delivered meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import math
import queue
import threading
import time
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION
from typing import TYPE_CHECKING, Self

from sigmic_jupyter.kernel.comms import pump
from sigmic_jupyter.kernel.loop import IN_OBSERVER, background

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Settled", "block", "in_order", "wait_for"]

# A wait without a limit cannot be interrupted on every platform, and an event loop that sleeps
# does not notice an interrupt; a series of short waits can be interrupted.
INTERRUPTIBLE_S = 0.2
# How long a click may wait where it has to be fetched.
TICK_S = 0.05


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

    def when_set(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call something once when it is set, at once if it is; the result takes that back."""
        with self._lock:
            waits = not self._event.is_set()
            if waits:
                self._callbacks.append(callback)
        if not waits:
            callback()

        def take_back() -> None:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)

        return take_back

    def wait(
        self, timeout_s: float | None = None, *, check: Callable[[], None] | None = None
    ) -> bool:
        """Block until it is set.

        Args:
            timeout_s: How long at most, in seconds.
            check: Called several times a second; what it raises ends the wait.

        Returns:
            False if it took longer.
        """
        return block(self._event.wait, timeout_s, check)

    async def wait_async(self, *, check: Callable[[], None] | None = None) -> None:
        """Wait in the running event loop, whichever it is; `check` as for `wait`."""
        if self.is_set():
            return
        loop = asyncio.get_running_loop()
        released: asyncio.Future[None] = loop.create_future()

        def release() -> None:
            if not released.done():
                released.set_result(None)

        def callback() -> None:
            # A closed loop raises: nobody waits there any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(release)

        take_back = self.when_set(callback)
        try:
            while not released.done():
                # The loop that runs here reads the kernel's channel.
                await asyncio.wait([released], timeout=_tick(check, flush=False))
        finally:
            take_back()


def wait_for(
    flags: Iterable[Settled],
    timeout_s: float | None = None,
    *,
    return_when: str = ALL_COMPLETED,
    failed: Callable[[Settled], bool] | None = None,
    check: Callable[[], None] | None = None,
) -> tuple[set[Settled], set[Settled]]:
    """Block until some or all are set, as `concurrent.futures.wait` does.

    Args:
        flags: What to wait for.
        timeout_s: How long at most, in seconds.
        return_when: `ALL_COMPLETED`, `FIRST_COMPLETED` or `FIRST_EXCEPTION`.
        failed: Whether what came to its end has failed, for `FIRST_EXCEPTION`.
        check: Called several times a second; what it raises ends the wait.

    Returns:
        Those that were set, and the others.

    Raises:
        ValueError: `return_when` is none of the three.
    """
    if return_when not in (conditions := (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION)):
        raise ValueError(f"return_when is {return_when!r}, but must be one of {conditions}.")
    with _Arrivals(flags) as arrivals:
        done: set[Settled] = set()

        def enough(pause_s: float) -> bool:
            new = arrivals.collect(pause_s)
            done.update(new)
            return (
                not arrivals.pending
                or (return_when == FIRST_COMPLETED and bool(done))
                or (return_when == FIRST_EXCEPTION and failed is not None and any(map(failed, new)))
            )

        block(enough, timeout_s, check)
        return done, set(arrivals.pending)


def in_order(
    flags: Iterable[Settled],
    timeout_s: float | None = None,
    *,
    check: Callable[[], None] | None = None,
) -> Iterator[Settled]:
    """Yield each when it is set, in that order, as `concurrent.futures.as_completed` does.

    Args:
        flags: What to wait for; what is set already comes first.
        timeout_s: How long at most, in seconds from the first `next` on.
        check: Called several times a second; what it raises ends the wait.

    Raises:
        TimeoutError: It took longer.
    """
    deadline = _deadline(timeout_s)
    with _Arrivals(flags) as arrivals:
        total = len(arrivals.pending)
        while arrivals.pending:
            new: list[Settled] = []

            def arrived(pause_s: float, new: list[Settled] = new) -> bool:
                new += arrivals.collect(pause_s)
                return bool(new)

            if not block(arrived, max(0.0, deadline - time.monotonic()), check):
                raise TimeoutError(f"{len(arrivals.pending)} (of {total}) unfinished")
            yield from new


def block(
    wait: Callable[[float], bool],
    timeout_s: float | None = None,
    check: Callable[[], None] | None = None,
) -> bool:
    """Call `wait` with a number of seconds until it returns True; clicks are delivered meanwhile.

    Args:
        wait: Blocks no longer than it is told.
        timeout_s: How long at most, in seconds.
        check: Called several times a second; what it raises ends the wait.

    Returns:
        False if it took longer.

    Raises:
        RuntimeError: Called on the background loop's thread, where it would wait for itself.
    """
    if background().is_current():
        raise RuntimeError(IN_OBSERVER)
    deadline = _deadline(timeout_s)
    pause_s = 0.0
    while not wait(pause_s):
        pause_s = min(_tick(check, flush=True), deadline - time.monotonic())
        if pause_s <= 0:
            return False
    return True


class _Arrivals:
    """Flags in the order in which they are set, from entering on."""

    def __init__(self, flags: Iterable[Settled]) -> None:
        self.pending = dict.fromkeys(flags)  # a set in order of mention
        self._arrived: queue.SimpleQueue[Settled] = queue.SimpleQueue()
        self._exits = contextlib.ExitStack()

    def __enter__(self) -> Self:
        for flag in self.pending:
            self._exits.callback(flag.when_set(functools.partial(self._arrived.put, flag)))
        return self

    def __exit__(self, *_: object) -> None:
        self._exits.close()

    def collect(self, pause_s: float) -> list[Settled]:
        """Those that were set since the last call; waits for one at most `pause_s` seconds."""
        new: list[Settled] = []
        with contextlib.suppress(queue.Empty):
            new.append(self._arrived.get(timeout=pause_s))
            while True:
                new.append(self._arrived.get_nowait())
        for flag in new:
            del self.pending[flag]
        return new


def _deadline(timeout_s: float | None) -> float:
    return math.inf if timeout_s is None else time.monotonic() + timeout_s


def _tick(check: Callable[[], None] | None, *, flush: bool) -> float:
    """Do what is due during a wait; in how many seconds it is due again."""
    pumped = pump(flush=flush)
    if check is not None:
        check()
    return TICK_S if pumped else INTERRUPTIBLE_S
