"""Faults of a download, for `FaultProxy.rule`."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from fault_proxy import Exchange

CONTENT = b"region,revenue\r\nn\xc3\xb6rd,12\r\n" + b"south,34\r\n" * 20_000
HALF = CONTENT[: len(CONTENT) // 2]


def begin(exchange: Exchange, length: int | None = None) -> Callable[[bytes], object]:
    """Answer with a head, and write to the body; without a length it ends with the connection."""
    headers = {"Content-Type": "text/plain", "Connection": "close"}
    if length is not None:
        headers["Content-Length"] = str(length)
    exchange._handler.begin(200, headers)
    exchange.cut()
    return exchange._handler.wfile.write


def half(exchange: Exchange) -> None:
    """Half of what the head promises."""
    begin(exchange, len(CONTENT))(HALF)


def more_than_all(exchange: Exchange) -> None:
    """More than the file has, and less than the head promises."""
    begin(exchange, 3 * len(CONTENT))(2 * CONTENT)


def reset(exchange: Exchange) -> None:
    """Half of it, then the connection is reset."""
    half(exchange)
    at_once = struct.pack("ii", 1, 0)
    exchange._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)


def half_unannounced(exchange: Exchange) -> None:
    """Half of it, and only the listed size tells."""
    begin(exchange)(HALF)


def another_file(exchange: Exchange) -> None:
    """All of a file that has another size than was listed."""
    begin(exchange, len(HALF))(HALF)


def endless(exchange: Exchange) -> None:
    """Bytes until the client goes."""
    write = begin(exchange)
    while True:
        write(CONTENT)


def stuck(until: threading.Event) -> Callable[[Exchange], None]:
    """Half of it, then nothing until `until` is set."""

    def fault(exchange: Exchange) -> None:
        half(exchange)
        exchange.struck()
        until.wait(30)

    return fault
