"""What the simulator received, for tests to look at."""

import json
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sigmic_jupyter.simulator.clock import utc_now

__all__ = ["ReceivedRequest", "Recorder", "RequestLog"]


@dataclass(frozen=True)
class ReceivedRequest:
    """A request that a simulator received, for tests to look at.

    Attributes:
        method: `GET`, `POST` or `DELETE`.
        path: without the query.
        json: the body, where it was JSON. It may hold secrets, so the repr leaves it out.
        at: when it came, in UTC.
    """

    method: str
    path: str
    json: Any = field(repr=False)
    at: datetime


class RequestLog:
    """A list that one thread writes and others read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[ReceivedRequest] = []

    def append(self, request: ReceivedRequest) -> None:
        """Add a request."""
        with self._lock:
            self._requests.append(request)

    def snapshot(self) -> list[ReceivedRequest]:
        """All requests so far, oldest first."""
        with self._lock:
            return list(self._requests)


class Recorder:
    """ASGI middleware: logs every request before it is answered."""

    def __init__(self, app: ASGIApp, *, log: RequestLog) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Log the request, and hand it on unchanged."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body: Any = None
        if "json" in Headers(scope=scope).get("content-type", ""):
            messages = await _whole_body(receive)
            body = _parsed(b"".join(message.get("body", b"") for message in messages))
            receive = _replayed(messages, receive)
        self._log.append(ReceivedRequest(scope["method"], scope["path"], body, utc_now()))
        await self._app(scope, receive, send)


async def _whole_body(receive: Receive) -> list[Message]:
    messages = [await receive()]
    while messages[-1].get("more_body", False):
        messages.append(await receive())
    return messages


def _replayed(messages: list[Message], receive: Receive) -> Receive:
    remaining = iter(messages)

    async def replay() -> Message:
        for message in remaining:
            return message
        return await receive()

    return replay


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
