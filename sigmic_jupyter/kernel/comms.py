"""Delivers clicks while a cell is running. The only file that touches ipykernel's insides.

A click is a message on the kernel's shell channel, where it waits behind the running cell. Ours are
taken out before:

    ipykernel ≥ 7  A thread of the kernel reads the channel and hands each message to its shell. A
                   filter in front of that takes ours, whatever runs.
    ipykernel 6    The main thread reads the channel into a queue. `pump`, called while the main
                   thread waits for a task, takes ours from there.
    elsewhere      Nothing is installed.

Ours are the custom messages of the comms that `deliver` was told of, if their signature is right.
All others, and ours too where anything is not as it is known here, go the kernel's own way, which
ends in the widget's `on_msg`. No message goes both ways.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import functools
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from sigmic_jupyter.kernel.loop import background

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sigmic_jupyter.kernel.loop import BackgroundLoop

__all__ = ["Comms", "Handler", "deliver", "forget", "pump"]

log = logging.getLogger("sigmic_jupyter")

STATUS_AFTER_S = 0.005

Handler: TypeAlias = Callable[[Any, list[Any]], None]


class Comms:
    """Takes the custom messages of some comms past the running cell.

    Args:
        find_kernel: Tells the kernel of this process, None where there is none.
        loop: Where handlers run.
    """

    def __init__(self, find_kernel: Callable[[], Any], loop: BackgroundLoop) -> None:
        self._find_kernel = find_kernel
        self._loop = loop
        self._lock = threading.Lock()
        self._handlers: dict[str, Handler] = {}
        self._kernel: Any = None
        self._publish_status: Callable[..., None]
        self._pumped = False
        self._looked_at = -1

    def deliver(self, comm_id: str, handler: Handler) -> None:
        """Have the custom messages of a comm handled while cells run."""
        self._handlers[comm_id] = handler
        kernel = self._find_kernel()
        with self._lock:
            if kernel is None or kernel is self._kernel:
                return
            self._kernel = kernel
            try:
                self._install()
            except Exception:
                log.debug("clicks wait for running cells: unknown kernel", exc_info=True)

    def forget(self, comm_id: str) -> None:
        """Leave the messages of a comm to the kernel."""
        self._handlers.pop(comm_id, None)

    def pump(self, *, flush: bool) -> bool:
        """Take what has arrived; does nothing unless on the main thread of an ipykernel 6.

        Args:
            flush: Read the channel too, where the kernel's own loop can't.

        Returns:
            Whether messages are taken only this way, so that whoever waits calls it again soon.
        """
        if not self._pumped or threading.current_thread() is not threading.main_thread():
            return False
        with _interrupts_held_back():
            try:
                if flush:
                    self._kernel.shell_stream.flush()
                self._take_from_queue()
            except Exception:
                self._pumped = False
                log.debug("clicks wait for running cells: unknown queue", exc_info=True)
        return self._pumped

    def _install(self) -> None:
        kernel = self._kernel
        self._pumped, self._looked_at = False, -1
        self._publish_status = kernel._publish_status  # noqa: SLF001
        if not callable(self._publish_status):
            return
        # In the context of this cell rather than in that of the kernel's thread: see loop.py.
        self._loop.start()
        if getattr(kernel, "shell_channel_thread", None) is not None:
            # A stream is only to be touched on the thread that reads it.
            kernel.shell_channel_thread.io_loop.add_callback(self._filter, kernel.shell_stream)
        else:
            self._pumped = isinstance(_waiting(kernel), collections.deque)

    def _filter(self, stream: Any) -> None:
        onward = getattr(stream, "_recv_callback", None)
        if not callable(onward) or getattr(stream, "_recv_copy", None) is not False:
            log.debug("clicks wait for running cells: unknown stream")
            return

        def receive(frames: list[Any]) -> Any:
            # What `onward` returns is a coroutine that the stream will run.
            return None if self._take(frames) else onward(frames)

        stream.on_recv(receive, copy=False)

    def _take_from_queue(self) -> None:
        waiting = _waiting(self._kernel)
        for item in tuple(waiting):
            match item:
                case (int() as number, _, (list() as frames,)) if number > self._looked_at:
                    self._looked_at = number
                    if self._take(frames):
                        waiting.remove(item)

    def _take(self, frames: list[Any]) -> bool:
        """Hand a message to its handler if it is ours; else leave it as it was."""
        try:
            if not self._is_ours(frames):
                return False
            handling = self._handle(frames)
            try:
                self._loop.submit(handling)
            except BaseException:
                handling.close()
                raise
        except Exception:
            log.debug("left to the kernel: unknown message", exc_info=True)
            return False
        return True

    def _is_ours(self, frames: list[Any]) -> bool:
        if not self._handlers:
            return False
        message = self._read(frames, content=False)
        if message["header"]["msg_type"] != "comm_msg":
            return False
        content = self._kernel.session.unpack(message["content"])
        data = content["data"]
        return (
            content["comm_id"] in self._handlers
            and data.get("method") == "custom"
            and "content" in data
        )

    def _read(self, frames: list[Any], *, content: bool) -> Any:
        """Check the signature, then decode. Reading the content too counts as the one delivery."""
        session = self._kernel.session
        _identities, parts = session.feed_identities(frames, copy=False)
        return session.deserialize(parts, content=content, copy=False)

    async def _handle(self, frames: list[Any]) -> None:
        try:
            message = self._read(frames, content=True)
        except Exception:  # sent twice: the kernel's own protection against replays
            log.exception("invalid message")
            return
        content = message["content"]
        handler = self._handlers.get(content["comm_id"])
        try:
            if handler is not None:
                handler(content["data"]["content"], message["buffers"])
        except Exception:
            log.exception("a handler failed comm_id=%s", content["comm_id"])
        # Nobody waits for these: what the handler has begun goes first.
        await asyncio.sleep(STATUS_AFTER_S)
        self._publish("busy", message)
        self._publish("idle", message)

    def _publish(self, status: str, message: Any) -> None:
        # The browser counts a message as under way until it hears "idle" with it as parent.
        try:
            self._publish_status(status, "shell", parent=message)
        except Exception:
            log.debug("status not published", exc_info=True)


def _waiting(kernel: Any) -> Any:
    """What waits behind the running cell in ipykernel 6; None if that is not as it is known."""
    return getattr(getattr(kernel, "msg_queue", None), "_queue", None)


@contextlib.contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Let an interrupt come after the body: within, it could lose a message that is half read."""
    came: list[tuple[int, Any]] = []
    before = signal.getsignal(signal.SIGINT)
    if not callable(before):
        yield
        return
    signal.signal(signal.SIGINT, lambda *interrupt: came.append(interrupt))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        before(*came[-1])


def _running_kernel() -> Any:
    """The kernel of this process, None where there is none. Nothing is imported to find out."""
    kernel_class = getattr(sys.modules.get("ipykernel.kernelbase"), "Kernel", None)
    try:
        if kernel_class is None or not kernel_class.initialized():
            return None
        kernel = kernel_class.instance()
        # A forked child has its parent's kernel in memory, and must leave the sockets alone.
        return kernel if kernel.session.pid == os.getpid() else None
    except Exception:
        log.debug("clicks wait for running cells: unknown kernel", exc_info=True)
        return None


@functools.cache
def _comms(_process: int) -> Comms:
    return Comms(_running_kernel, background())


def deliver(comm_id: str, handler: Handler) -> None:
    """Have the custom messages of a comm handled while cells run.

    Args:
        comm_id: The comm of a widget.
        handler: Takes the message's content and its buffers. It is called on the background loop's
            thread and must not block. Where nothing can be done for this kernel it is never called,
            so have the widget's `on_msg` do the same: each message reaches one of the two.
    """
    _comms(os.getpid()).deliver(comm_id, handler)


def forget(comm_id: str) -> None:
    """Leave the messages of a comm to the kernel again."""
    _comms(os.getpid()).forget(comm_id)


def pump(*, flush: bool) -> bool:
    """Handle what has arrived, for waits on the main thread; see `Comms.pump`."""
    return _comms(os.getpid()).pump(flush=flush)
