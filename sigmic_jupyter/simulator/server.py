"""A simulator: the application, served by a thread of this process."""

import asyncio
import atexit
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self

import uvicorn

from sigmic_jupyter.client import Client
from sigmic_jupyter.simulator.app import create_app
from sigmic_jupyter.simulator.auth import checked_key, masked, new_key
from sigmic_jupyter.simulator.clock import Pace
from sigmic_jupyter.simulator.errors import ApiError
from sigmic_jupyter.simulator.recorder import ReceivedRequest, RequestLog
from sigmic_jupyter.simulator.scenarios import Script
from sigmic_jupyter.simulator.store import Store

__all__ = ["LOOPBACK", "Simulator", "start"]

LOOPBACK = "127.0.0.1"
_MAX_PORT = 65535
_START_LIMIT_S = 10.0
_STOP_LIMIT_S = 5.0
_CHANGE_LIMIT_S = 5.0


class Simulator:
    """A running stand-in for the Sigmic service: a scripted agent with real tools.

    Made by `start()`. It ends with `stop()`, with the `with` block, or with the process, and takes
    its temporary files with it.

    Attributes:
        base_url: for `SIGMIC_BASE_URL` or `Client(base_url=…)`.
        api_key: the one key it accepts, for `SIGMIC_API_KEY` or `Client(api_key=…)`.
        speed: by what all delays are divided.
    """

    def __init__(
        self,
        *,
        speed: float,
        host: str,
        port: int,
        api_key: str | None,
        script: Script | None = None,
        history: int = 0,
    ) -> None:
        pace = Pace(speed)
        if history < 0:
            raise ValueError(f"history must be 0 or more, not {history}")
        self.api_key = new_key() if api_key is None else checked_key(api_key)
        self.speed = speed
        listener = _listen(host, port)
        self.base_url = _url(host, listener.getsockname()[1])
        self._log = RequestLog()
        self._root = Path(tempfile.mkdtemp(prefix="sigmic-simulator-"))
        self._store = Store(self._root, pace, api_key=self.api_key, script=script)
        self._store.remember(history)
        app = create_app(self._store, api_key=self.api_key, log=self._log)
        self._server = _Server(app)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(listener)), name="sigmic-simulator", daemon=True
        )
        self._thread.start()
        atexit.register(self.stop)
        self._loop = self._server.accepting.result(_START_LIMIT_S)

    def __repr__(self) -> str:
        key = masked(self.api_key)
        return f"Simulator(base_url={self.base_url!r}, api_key={key!r}, speed={self.speed!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def requests(self) -> list[ReceivedRequest]:
        """All requests received so far, oldest first: a copy, from any thread."""
        return self._log.snapshot()

    def client(self, **options: Any) -> Client:
        """A `sigmic_jupyter.Client` that talks to this simulator.

        Args:
            options: further options of `Client`.
        """
        return Client(api_key=self.api_key, base_url=self.base_url, **options)

    def change_call(
        self,
        task_id: str,
        call_id: str,
        args: Mapping[str, Any] | None = None,
        *,
        tool_name: str | None = None,
    ) -> None:
        """Let a call that waits ask for something else; call it from any thread.

        When it returns, the API tells the new arguments, and those are what would run.

        Args:
            task_id: the task.
            call_id: a call that waits.
            args: all its arguments from now on; None leaves them.
            tool_name: its tool from now on; None leaves it.

        Raises:
            LookupError: no such call waits.
        """

        async def change() -> None:
            self._store.get(task_id).agent.change(call_id, args, tool_name)

        try:
            asyncio.run_coroutine_threadsafe(change(), self._loop).result(_CHANGE_LIMIT_S)
        except ApiError as error:
            raise LookupError(error.message) from None

    def stop(self) -> None:
        """Stop serving, end what runs, and remove the temporary files. Again: nothing happens."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._begin_stop)
            self._thread.join(_STOP_LIMIT_S)
        atexit.unregister(self.stop)

    def _begin_stop(self) -> None:
        for session in self._store:
            session.begin_close()
        self._server.should_exit = True

    async def _serve(self, listener: socket.socket) -> None:
        try:
            await self._server.serve(sockets=[listener])
        finally:
            for session in self._store:
                await session.close()
            shutil.rmtree(self._root, ignore_errors=True)


def start(
    speed: float = 1.0,
    *,
    port: int = 0,
    api_key: str | None = None,
    script: Script | None = None,
    history: int = 0,
) -> Simulator:
    """Start a local stand-in for the Sigmic service: a scripted agent with real tools.

    It has the service's HTTP API and needs neither network nor account. The agent follows a
    script, so it understands nothing; what its tools do, they really do, in a temporary directory.
    `sigmic_jupyter.simulator.scenarios` says which message plays which script.

    Args:
        speed: 1.0 is about as quick as a real agent; all delays are divided by it.
        port: the TCP port on 127.0.0.1; 0 takes a free one.
        api_key: `sigmic_` and 64 hex digits; a random one if left out.
        script: what the agent plays for each message, instead of what the message chooses.
        history: how many tasks there were before, all ended, 38 minutes apart.

    Returns:
        A simulator that accepts connections. Each call starts another, independent one.

    Raises:
        ValueError: an argument is out of its range.
        OSError: the port cannot be had.
    """
    return Simulator(
        speed=speed, host=LOOPBACK, port=port, api_key=api_key, script=script, history=history
    )


class _Server(uvicorn.Server):
    """Uvicorn that tells when it accepts connections.

    Attributes:
        accepting: its event loop, from then on.
    """

    def __init__(self, app: Any) -> None:
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self.accepting: Future[asyncio.AbstractEventLoop] = Future()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        self.accepting.set_result(asyncio.get_running_loop())


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _MAX_PORT:
        raise ValueError(f"port must be from 0 to {_MAX_PORT}, not {port}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's algorithm off; else each answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        reason = f"Cannot listen on {host}, port {port}: {error.strerror}. Choose another port"
        raise OSError(error.errno, reason) from None
    return listener


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
