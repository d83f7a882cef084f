"""A proxy between client and service that lets go wrong what a test asks for.

Real HTTP over real sockets on loopback. Without a rule it only forwards, answers as they come.
"""

from __future__ import annotations

import http.client
import os
import socket
import struct
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Fault = Callable[["Exchange"], None]

__all__ = ["Exchange", "FaultProxy", "Rule"]

LIMIT_S = 30.0
STOP_CHECK_S = 0.02
RESET_AT_CLOSE = struct.pack("ii", 1, 0)
OF_ONE_CONNECTION = {"connection", "keep-alive", "transfer-encoding"}


@dataclass
class Rule:
    """Which requests a fault befalls.

    Attributes:
        method: `GET`, `POST` or `DELETE`.
        path: a pattern of the path, such as `*/approve`.
        fault: what is done with them.
        left: how many more; None for all.
        struck: how often it has struck.
    """

    method: str
    path: str
    fault: Fault
    left: int | None
    struck: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def wait(self, count: int = 1) -> None:
        """Wait until the fault has struck `count` times."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.struck >= count, LIMIT_S), self

    def strike(self) -> None:
        """Count, and release who waits."""
        with self._changed:
            self.struck += 1
            self._changed.notify_all()

    def takes(self, method: str, path: str) -> bool:
        """Whether a request is one of the rule's; it is counted."""
        if self.left == 0 or method != self.method or not fnmatchcase(path, self.path):
            return False
        if self.left is not None:
            self.left -= 1
        return True


class FaultProxy:
    """Stands before the service at `service_url` until the `with` block ends.

    Attributes:
        base_url: what the client is told instead of the service's.
        received: the method and path of each request, oldest first.
    """

    def __init__(self, service_url: str) -> None:
        self.service = urlsplit(service_url).netloc
        self.received: list[tuple[str, str]] = []
        self._rules: list[Rule] = []
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listen(0)
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    @contextmanager
    def down(self) -> Iterator[None]:
        """As if the machine had no such service: open connections end, new ones are refused."""
        self._close()
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            with suppress(OSError):  # it has ended by itself
                connection.shutdown(socket.SHUT_RDWR)
        try:
            yield
        finally:
            self._listen(self._server.server_port)

    def rule(self, method: str, path: str, fault: Fault, *, times: int | None = 1) -> Rule:
        """Let a fault befall the next `times` requests that match; of several rules the oldest."""
        rule = Rule(method, path, fault, times)
        with self._lock:
            self._rules.append(rule)
        return rule

    def drop(self, rule: Rule) -> None:
        """Let a fault befall no more requests."""
        with self._lock:
            self._rules.remove(rule)

    def rule_for(self, method: str, path: str) -> Rule:
        """The rule that a request meets; where there is none, one that only forwards."""
        with self._lock:
            self.received.append((method, path))
            for rule in self._rules:
                if rule.takes(method, path):
                    return rule
        return Rule(method, path, Exchange.relay, 1)

    @contextmanager
    def connection(self, client: socket.socket) -> Iterator[None]:
        """Know a client's connection as long as it is open."""
        with self._lock:
            self._open.add(client)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(client)

    def _listen(self, port: int) -> None:
        self._server = _Server(("127.0.0.1", port), _Handler, self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=[STOP_CHECK_S])
        self._thread.start()

    def _close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Exchange:
    """One request on its way, and what a fault can do with it."""

    def __init__(self, handler: _Handler, service: str, rule: Rule) -> None:
        self.struck = rule.strike
        self.is_stream = handler.path.endswith("/stream")
        self._handler = handler
        self._service = http.client.HTTPConnection(service, timeout=LIMIT_S)
        # Read to its end in any case: a connection that is closed before would be reset.
        self._body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._service.close()

    def relay(self) -> None:
        """Let the service answer."""
        self.answer(self.forward())

    def forward(self) -> http.client.HTTPResponse:
        """Give the request to the service; it has dealt with it when this returns."""
        handler = self._handler
        headers = _of_message(dict(handler.headers.items()))
        self._service.request(handler.command, handler.path, self._body, headers)
        return self._service.getresponse()

    def answer(self, response: http.client.HTTPResponse) -> None:
        """Give the service's answer to the client, piece by piece as it comes."""
        self.answer_in(response, iter(response.read1, b""))

    def answer_in(self, response: http.client.HTTPResponse, pieces: Iterable[bytes]) -> None:
        """Give the service's answer to the client in pieces of the test's own making.

        Where their iterator raises, the answer stays unfinished.
        """
        headers = _of_message(dict(response.getheaders()))
        is_chunked = "content-length" not in {name.lower() for name in headers}
        if is_chunked:
            headers["Transfer-Encoding"] = "chunked"
        self._handler.begin(response.status, headers)
        for piece in pieces:
            self._handler.wfile.write(
                b"%x\r\n%s\r\n" % (len(piece), piece) if is_chunked else piece
            )
        if is_chunked:
            self._handler.wfile.write(b"0\r\n\r\n")

    def answer_with(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Answer in the service's place."""
        self._handler.begin(status, {**headers, "Content-Length": str(len(body))})
        self._handler.wfile.write(body)

    def cut(self) -> None:
        """Close the client's connection without another byte."""
        self._handler.close_connection = True

    def reset(self) -> None:
        """Let the client's connection be reset rather than closed."""
        self.cut()
        connection = self._handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
        os.close(connection.detach())


class _Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def handle(self) -> None:
        with self.server.proxy.connection(self.connection):
            super().handle()

    def do_GET(self) -> None:
        proxy = self.server.proxy
        rule = proxy.rule_for(self.command, urlsplit(self.path).path)
        with Exchange(self, proxy.service, rule) as exchange:
            try:
                rule.fault(exchange)
            except (OSError, http.client.HTTPException):
                exchange.cut()  # what the service does to a connection, the client gets

    do_POST = do_DELETE = do_GET  # noqa: N815 - http.server calls them by these names


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type, proxy: FaultProxy) -> None:
        super().__init__(address, handler)
        self.proxy = proxy

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client may go at any time."""


def _of_message(headers: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in headers.items() if k.lower() not in OF_ONE_CONNECTION}
