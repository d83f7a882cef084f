"""What can befall a request on its way: faults for `FaultProxy.rule`.

Each says with `struck` when it has done what a test may want to wait for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fault_proxy import LIMIT_S

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from fault_proxy import Exchange

__all__ = [
    "after",
    "answer_with",
    "break_at",
    "change",
    "delay",
    "hold",
    "lose_answer",
    "refuse",
    "regroup",
    "reset_after",
    "reset_before",
    "reset_within",
    "rewrite",
    "stall",
    "trickle",
]


def refuse(exchange: Exchange) -> None:
    """The request never reaches the service; the connection is cut."""
    exchange.cut()
    exchange.struck()


def lose_answer(exchange: Exchange) -> None:
    """The service gets the request and deals with it; the connection is cut before its answer."""
    exchange.forward()
    exchange.cut()
    exchange.struck()


def delay(until: threading.Event) -> Callable[[Exchange], None]:
    """The request reaches the service only when `until` is set."""

    def delayed(exchange: Exchange) -> None:
        exchange.struck()
        until.wait(LIMIT_S)
        exchange.relay()

    return delayed


def hold(until: threading.Event) -> Callable[[Exchange], None]:
    """The service deals with the request; its answer, as it was then, comes when `until` is set."""

    def held(exchange: Exchange) -> None:
        response = exchange.forward()
        exchange.struck()
        until.wait(LIMIT_S)
        exchange.answer(response)

    return held


def answer_with(
    status: int, body: str = "", *, content_type: str = "text/html", **headers: str
) -> Callable[[Exchange], None]:
    """Somebody on the way answers instead of the service, as gateways do.

    Args:
        status: the HTTP status.
        body: the body.
        content_type: the body's media type.
        headers: further headers, with `_` for `-`.
    """
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answered(exchange: Exchange) -> None:
        exchange.answer_with(status, body.encode(), {"Content-Type": content_type, **named})
        exchange.struck()

    return answered


def after(fault: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
    """The service deals with the request; then something else happens to its answer."""

    def happened(exchange: Exchange) -> None:
        exchange.forward()
        fault(exchange)

    return happened


def reset_before(exchange: Exchange) -> None:
    """The request never reaches the service; the connection is reset."""
    exchange.reset()
    exchange.struck()


def reset_within(exchange: Exchange) -> None:
    """The connection is reset in the middle of the service's answer."""
    response = exchange.forward()
    body = response.read()
    exchange.answer_in(response, [body[: len(body) // 2]])
    exchange.reset()
    exchange.struck()


def reset_after(exchange: Exchange) -> None:
    """The connection is reset as soon as the service has answered, though it was to be kept."""
    exchange.relay()
    exchange.reset()
    exchange.struck()


def trickle(exchange: Exchange) -> None:
    """The service's answer comes byte by byte."""
    response = exchange.forward()
    body = response.read()
    exchange.answer_in(response, (body[at : at + 1] for at in range(len(body))))
    exchange.struck()


def stall(until: threading.Event) -> Callable[[Exchange], None]:
    """In the middle of the service's answer nothing more comes."""

    def stalled(exchange: Exchange) -> None:
        response = exchange.forward()
        body = response.read()

        def half() -> Iterator[bytes]:
            yield body[: len(body) // 2]
            exchange.struck()
            until.wait(LIMIT_S)

        exchange.answer_in(response, half())
        exchange.cut()

    return stalled


def rewrite(edit: Callable[[bytes], bytes]) -> Callable[[Exchange], None]:
    """The service's answer comes changed."""

    def rewritten(exchange: Exchange) -> None:
        response = exchange.forward()
        body = edit(response.read())
        exchange.answer_with(response.status, body, {"Content-Type": "application/json"})
        exchange.struck()

    return rewritten


def change(edit: Callable[[dict[str, Any]], Any]) -> Callable[[Exchange], None]:
    """The JSON that the service answers is edited; where `edit` returns something, replaced."""

    def edited(body: bytes) -> bytes:
        document = json.loads(body)
        replaced = edit(document)
        return json.dumps(document if replaced is None else replaced).encode()

    return rewrite(edited)


def regroup(
    group: Callable[[Iterator[bytes]], Iterator[bytes]],
) -> Callable[[Exchange], None]:
    """What the service answers comes in other pieces; the first is on its way when it strikes."""

    def regrouped(exchange: Exchange) -> None:
        response = exchange.forward()
        exchange.struck()
        exchange.answer_in(response, group(iter(response.read1, b"")))

    return regrouped


def break_at(mark: bytes) -> Callable[[Exchange], None]:
    """The connection is reset behind the first place where the service's answer has a mark."""

    def broken(exchange: Exchange) -> None:
        def to_the_mark() -> Iterator[bytes]:
            for piece in iter(response.read1, b""):
                before, found, _ = piece.partition(mark)
                yield before + found
                if found:
                    raise ConnectionError

        response = exchange.forward()
        try:
            exchange.answer_in(response, to_the_mark())
        except ConnectionError:
            exchange.reset()
        exchange.struck()

    return broken
