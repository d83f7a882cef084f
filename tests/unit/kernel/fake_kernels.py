"""A kernel's insides as far as comms.py touches them, with a real session."""

from __future__ import annotations

import asyncio
import collections
import itertools
import types
from typing import TYPE_CHECKING, Any

import zmq
from jupyter_client.session import Session

from sigmic_jupyter.kernel.comms import Comms

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

COMM_ID = "a-comm"
CLICK = {"id": "1", "command": "cancel"}


class Loop:
    """Runs work where it is submitted, so that a test sees at once what came of it.

    `broken` refuses work, `holds` keeps it until `release`.
    """

    def __init__(self) -> None:
        self.broken = False
        self.holds = False
        self.held: list[Coroutine[Any, Any, None]] = []

    def start(self) -> None:
        """Nothing to start."""

    def submit(self, work: Coroutine[Any, Any, None]) -> None:
        if self.broken:
            raise RuntimeError("can't start new thread")
        self.held.append(work)
        if not self.holds:
            self.release()

    def release(self) -> None:
        while self.held:
            asyncio.run(self.held.pop(0))


class Stream:
    """A ZMQStream: hands what arrives to its callback."""

    def __init__(self, receive: Callable[[list[zmq.Frame]], Any]) -> None:
        self._recv_callback = receive
        self._recv_copy = False
        self.arriving: list[list[zmq.Frame]] = []

    def on_recv(self, callback: Callable[[list[zmq.Frame]], Any], *, copy: bool) -> None:
        self._recv_callback, self._recv_copy = callback, copy

    def receive(self, frames: list[zmq.Frame]) -> None:
        self._recv_callback(frames)

    def flush(self) -> None:
        while self.arriving:
            self.receive(self.arriving.pop(0))


class Kernel:
    """What ipykernel 6 and 7 have in common."""

    def __init__(self) -> None:
        self.session = Session(key=b"secret")
        self.normal: list[list[zmq.Frame]] = []
        self.statuses: list[tuple[str, str]] = []
        self.shell_stream = Stream(self.normal.append)

    def _publish_status(self, status: str, channel: str, parent: Any) -> None:
        assert channel == "shell"
        self.statuses.append((status, parent["header"]["msg_id"]))


class Kernel7(Kernel):
    """Its own thread reads the channel."""

    def __init__(self) -> None:
        super().__init__()
        io_loop = types.SimpleNamespace(add_callback=lambda callback, *args: callback(*args))
        self.shell_channel_thread = types.SimpleNamespace(io_loop=io_loop)


class Kernel6(Kernel):
    """The main thread reads the channel into a queue."""

    def __init__(self) -> None:
        super().__init__()
        self.shell_channel_thread = None
        self.msg_queue = types.SimpleNamespace(_queue=collections.deque())
        numbers = itertools.count()
        self.shell_stream = Stream(
            lambda frames: self.msg_queue._queue.append(
                (next(numbers), self.normal.append, (frames,))
            )
        )

    def finish_cell(self) -> None:
        """Handle what has waited, as the kernel does after the cell."""
        while self.msg_queue._queue:
            _number, dispatch, args = self.msg_queue._queue.popleft()
            dispatch(*args)


class Desk:
    """A kernel, what `Comms` does with it, and what the handler got."""

    def __init__(self, kernel: Any) -> None:
        self.kernel = kernel
        self.loop = Loop()
        self.handled: list[tuple[Any, list[bytes]]] = []
        self.comms = Comms(lambda: kernel, self.loop)
        self.comms.deliver(COMM_ID, self.handle)

    def handle(self, content: Any, buffers: list[Any]) -> None:
        self.handled.append((content, bytes_of(buffers)))


def bytes_of(frames: Iterable[Any]) -> list[bytes]:
    return [bytes(frame) for frame in frames]


def message(
    session: Session,
    content: Any,
    *,
    msg_type: str = "comm_msg",
    comm_id: str = COMM_ID,
    method: str = "custom",
    buffers: tuple[bytes, ...] = (),
) -> tuple[str, list[zmq.Frame]]:
    """The id and the frames of a message from the browser."""
    data = {"method": method, "content": content}
    made = session.msg(msg_type, {"comm_id": comm_id, "data": data})
    frames = [b"identity", *session.serialize(made), *buffers]
    return made["header"]["msg_id"], [zmq.Frame(frame) for frame in frames]
