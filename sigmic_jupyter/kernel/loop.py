"""One background event loop for the process. The only file that starts threads.

Never the kernel's own loop: that one stands still while a cell runs, and the agent doesn't.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import contextvars
import functools
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

__all__ = ["IN_OBSERVER", "BackgroundLoop", "background", "in_thread"]

# A wait without a limit cannot be interrupted on every platform; a series of short ones can.
INTERRUPTIBLE_S = 0.2
EXIT_S = 2.0
IN_OBSERVER = (
    "This would wait for itself: an observer runs on the thread that follows all tasks. Start a "
    "thread of your own there."
)

T = TypeVar("T")


class BackgroundLoop:
    """An event loop on a daemon thread, started when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._context = contextvars.Context()
        self._closers: list[Callable[[], Awaitable[None]]] = []

    def on_stop(self, closer: Callable[[], Awaitable[None]]) -> None:
        """Have something awaited on the loop before it ends, once, such as closing connections."""
        if closer not in self._closers:
            self._closers.append(closer)

    def start(self) -> None:
        """Start the thread now rather than with the first work."""
        self._running()

    def is_current(self) -> bool:
        """Whether the caller is on the loop's own thread."""
        return threading.current_thread() is self._thread

    def submit(self, work: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Start work on the loop, from any thread."""
        loop = self._running()
        # Not in the caller's context: work would publish as if its cell were running for ever, and
        # nbclient, which stores what the running cell publishes, would lose all later updates.
        return self._context.copy().run(asyncio.run_coroutine_threadsafe, work, loop)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do work on the loop and wait for its result; an interrupt ends both.

        Raises:
            RuntimeError: Called on the loop's own thread, where it would wait for itself.
        """
        if self.is_current():
            work.close()
            raise RuntimeError(IN_OBSERVER)
        future = self.submit(work)
        try:
            while True:
                try:
                    return future.result(INTERRUPTIBLE_S)
                except concurrent.futures.TimeoutError:
                    if future.done():  # the work itself raised a TimeoutError
                        return future.result()
        except BaseException:
            future.cancel()
            raise

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call something on the loop, from any thread; nothing where the loop has ended."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(callback)

    def stop(self) -> None:
        """End all work, then the thread. Work submitted later starts a new loop."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._end_work(), loop)
        thread.join(EXIT_S)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._loop.is_closed():
                self._loop = asyncio.new_event_loop()
                self._context = _context_to_publish_in()
                self._thread = threading.Thread(
                    target=self._context.copy().run,
                    args=(_serve, self._loop),
                    name="sigmic-loop",
                    daemon=True,
                )
                self._thread.start()
            return self._loop

    async def _end_work(self) -> None:
        loop = asyncio.get_running_loop()
        others = asyncio.all_tasks(loop) - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for closer in self._closers:
            await closer()
        await loop.shutdown_asyncgens()
        loop.call_soon(loop.stop)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()


def _context_to_publish_in() -> contextvars.Context:
    """An empty context, so that each message belongs to whichever cell runs when it is sent.

    ipykernel 7.0 alone raises a LookupError there and needs the context of a cell.
    """
    ipykernel = sys.modules.get("ipykernel")
    if getattr(ipykernel, "version_info", ())[:2] == (7, 0):
        return contextvars.copy_context()
    return contextvars.Context()


@functools.cache
def _background(_process: int) -> BackgroundLoop:
    loop = BackgroundLoop()
    atexit.register(loop.stop)
    return loop


def background() -> BackgroundLoop:
    """The process's loop; a forked child gets one of its own."""
    return _background(os.getpid())


async def in_thread(function: Callable[[], T]) -> T:
    """Call something that may block, on a daemon thread of its own.

    Neither the resolver of host names, which shares the loop's usual threads, nor the end of the
    process has to wait for it.
    """
    loop = asyncio.get_running_loop()
    outcome: concurrent.futures.Future[T] = concurrent.futures.Future()
    outcome.set_running_or_notify_cancel()  # whoever gives up waiting does not end the call

    def call() -> None:
        try:
            outcome.set_result(function())
        except BaseException as error:  # noqa: BLE001 - the caller's, SystemExit too
            outcome.set_exception(error)

    threading.Thread(target=call, name="sigmic-call", daemon=True).start()
    return await asyncio.wrap_future(outcome, loop=loop)
