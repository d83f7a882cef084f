"""A real kernel in another process, spoken to by the raw Jupyter protocol."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, Any, Self

import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Kernel", "Message"]

START_S = 60.0
STOP_S = 5.0
# How long anything that is to come may take; each wait ends as soon as it has come.
ANSWER_S = 30.0

Message = dict[str, Any]


class Kernel:
    """One kernel and its only client. A context manager; messages are kept as they come.

    Args:
        python: The path of a Python that has ipykernel.
    """

    def __init__(self, python: str) -> None:
        self._exits = contextlib.ExitStack()
        folder = self._exits.enter_context(tempfile.TemporaryDirectory(prefix="kernel-"))
        file, self._connection = write_connection_file(
            f"{folder}/connection.json",
            ip=f"{folder}/socket",
            key=secrets.token_hex().encode(),
            transport="ipc",
        )
        self.messages: list[Message] = []
        self._session = Session(key=self._connection["key"].encode())
        self._log = self._exits.enter_context(open(f"{folder}/log", "w+b"))  # noqa: PTH123, SIM115
        self._process = subprocess.Popen(
            [python, "-m", "ipykernel_launcher", "-f", file],
            cwd=folder,
            env=os.environ | {"IPYTHONDIR": folder, "JPY_PARENT_PID": str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        self._exits.callback(self._stop)
        context = self._exits.enter_context(zmq.Context())
        self._sockets = {
            name: self._exits.enter_context(context.socket(kind))
            for name, kind in (("shell", zmq.DEALER), ("control", zmq.DEALER), ("iopub", zmq.SUB))
        }
        self._poller = zmq.Poller()
        for name, socket in self._sockets.items():
            socket.linger = 0
            if name == "iopub":
                socket.subscribe(b"")
            socket.connect(f"ipc://{folder}/socket-{self._connection[f'{name}_port']}")
            self._poller.register(socket, zmq.POLLIN)

    def __enter__(self) -> Self:
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            # What a kernel publishes before the subscription has reached it is lost: ask again.
            request = self.send("kernel_info_request", {})
            with contextlib.suppress(TimeoutError):
                self.wait_idle(request, 0.5)
                return self
        raise TimeoutError(f"no kernel after {START_S:.0f} s\n{self.log()}")

    def __exit__(self, *_: object) -> None:
        self._exits.close()

    def send(self, msg_type: str, content: Mapping[str, Any], **more: Any) -> str:
        """Send a request and return its id; see `make` and `post`."""
        channel = more.pop("channel", "shell")
        request, frames = self.make(msg_type, content, **more)
        self.post(frames, channel=channel)
        return request

    def make(
        self,
        msg_type: str,
        content: Mapping[str, Any],
        *,
        subshell: str | None = None,
        buffers: Sequence[bytes] = (),
    ) -> tuple[str, list[bytes]]:
        """A signed request: its id and its frames, the signature second."""
        message = self._session.msg(msg_type, content)
        if subshell is not None:
            message["header"]["subshell_id"] = subshell
        return message["header"]["msg_id"], [*self._session.serialize(message), *buffers]

    def post(self, frames: Sequence[bytes], *, channel: str = "shell") -> None:
        """Send frames as they are."""
        self._sockets[channel].send_multipart(list(frames))

    def execute(self, code: str) -> str:
        """Start or queue a cell and return its id."""
        return self.send("execute_request", {"code": code, "silent": False, "stop_on_error": False})

    def run(self, code: str) -> str:
        """Run a cell and return what it printed, or its error."""
        return self.output(self.execute(code))

    def output(self, request: str) -> str:
        """Wait for a cell's end and return what it printed, or its error."""
        self.wait_idle(request)
        self.wait(lambda m: m["msg_type"] == "execute_reply", parent=request)
        parts: list[str] = []
        for message in self.about(request):
            if message["msg_type"] == "stream":
                parts.append(message["content"]["text"])
            elif message["msg_type"] == "error":
                parts.append(f"{message['content']['ename']}: {message['content']['evalue']}")
        return "".join(parts).strip()

    def subshell(self) -> str | None:
        """Make a subshell and return its id, None where this kernel has none."""
        info = self.wait(lambda m: m["msg_type"] == "kernel_info_reply")["content"]
        if "kernel subshells" not in info.get("supported_features", ()):
            return None
        request = self.send("create_subshell_request", {}, channel="control")
        reply = self.wait(lambda m: m["msg_type"] == "create_subshell_reply", parent=request)
        return str(reply["content"]["subshell_id"])

    def interrupt(self) -> None:
        """Interrupt the running cell, as the stop button does."""
        self._process.send_signal(signal.SIGINT)

    def about(self, request: str) -> list[Message]:
        """What came with this request as parent, in order of arrival."""
        return [m for m in self.messages if m["parent_header"].get("msg_id") == request]

    def states(self, request: str) -> list[str]:
        """The states of the kernel that were published for a request."""
        return [
            m["content"]["execution_state"]
            for m in self.about(request)
            if m["msg_type"] == "status"
        ]

    def wait_idle(self, request: str, timeout_s: float = ANSWER_S) -> None:
        """Wait until the kernel says that it is done with a request."""
        self.wait(
            lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle",
            parent=request,
            timeout_s=timeout_s,
        )

    def wait(
        self,
        wanted: Callable[[Message], bool],
        *,
        parent: str | None = None,
        timeout_s: float = ANSWER_S,
    ) -> Message:
        """Wait for a message, which may have come already.

        Raises:
            TimeoutError: It did not come.
        """
        deadline = time.monotonic() + timeout_s
        looked_at = 0
        while True:
            for message in self.messages[looked_at:]:
                if parent in (None, message["parent_header"].get("msg_id")) and wanted(message):
                    return message
            looked_at = len(self.messages)
            left_s = deadline - time.monotonic()
            if left_s <= 0 or self._process.poll() is not None:
                raise TimeoutError(f"no such message within {timeout_s} s\n{self.log()}")
            self._receive(left_s)

    def log(self) -> str:
        """What the kernel's process wrote."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def _receive(self, timeout_s: float) -> None:
        for socket, _event in self._poller.poll(timeout_s * 1000):
            _identities, parts = self._session.feed_identities(socket.recv_multipart())
            self.messages.append(self._session.deserialize(parts))

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
