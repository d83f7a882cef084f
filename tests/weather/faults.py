"""What can befall a request on its way: faults for `FaultProxy.rule`.

Each says with `struck` when it has done what a test may want to wait for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fault_proxy import LIMIT_S

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from fault_proxy import Exchange

__all__ = ["answer_with", "delay", "hold", "lose_answer", "refuse"]


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
