"""Bad weather as a table: what befalls a request, and what a person is told of it.

Each name is that of a row in `docs/reliability.md`.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, TypeVar

from faults import (
    after,
    answer_with,
    change,
    reset_after,
    reset_before,
    reset_within,
    rewrite,
    stall,
    trickle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fault_proxy import Exchange, FaultProxy

__all__ = ["COVERED", "LASTING", "PASSING", "UNNOTICED", "Weather", "covers"]

T = TypeVar("T")

PAGE = "<!DOCTYPE html><html><title>Bad gateway</title></html>"
ASKED_S = 7.0
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Weather:
    """One kind of bad weather.

    Attributes:
        name: Its row in the documentation.
        fault: What befalls a request; None: nobody listens.
        kind: Of the problem that is told.
        says: What its message has.
        hint: What its hint has, where it was a task that was asked for.
        arrives: Whether the service deals with a request all the same.
        may_arrive: Whether nobody can know that.
        asks_s: How long the service asks to wait.
        timeout_s: How long a client is to wait for it.
    """

    name: str
    fault: Callable[[Exchange], None] | None = None
    kind: str = ""
    says: str = ""
    hint: str = "a task that runs goes on meanwhile"
    arrives: bool = False
    may_arrive: bool = True
    asks_s: float = 0.0
    timeout_s: float = 30.0

    def __str__(self) -> str:
        return self.name

    @contextmanager
    def over(self, proxy: FaultProxy, method: str, path: str) -> Iterator[None]:
        """Let it befall all requests that match until the block ends."""
        if self.fault is None:
            with proxy.down():
                yield
            return
        rule = proxy.rule(method, path, self.fault, times=None)
        try:
            yield
        finally:
            proxy.drop(rule)


def _stall(exchange: Exchange) -> None:
    # Nobody sets it: the client gives up, and the daemon thread ends with the process.
    stall(threading.Event())(exchange)


def _refusal(status: int, message: str, code: str, **headers: str) -> Callable[[Exchange], None]:
    body = json.dumps({"success": False, "error": {"message": message, "code": code}})
    return answer_with(status, body, content_type="application/json", **headers)


def _busy(asked: Callable[[], str]) -> Callable[[Exchange], None]:
    def busy(exchange: Exchange) -> None:
        _refusal(429, "Slow down", "RATE_LIMITED", Retry_After=asked())(exchange)

    return busy


def _in_a_while(*, wrong: timedelta = timedelta()) -> str:
    return format_datetime(datetime.now(UTC) + wrong + timedelta(seconds=ASKED_S), usegmt=True)


def _clock_wrong(exchange: Exchange) -> None:
    """By the service's clock it is tomorrow."""
    dates = {"Date": format_datetime(datetime.now(UTC) + A_DAY, usegmt=True)}
    answer_with(503, PAGE, Retry_After=_in_a_while(wrong=A_DAY), **dates)(exchange)


def _nulls(body: dict[str, Any]) -> None:
    body["data"] = dict.fromkeys(body["data"])


def _wrong_types(body: dict[str, Any]) -> None:
    body["data"] = {name: [{"no": 1}] for name in body["data"]}


BROKE = "The connection to the service broke"
CUT_OFF = "The service's answer is no JSON, or is cut off"
STRANGE = "The service's answer is not as documented"
HTML = "Instead of the service something answered with an HTML page"
REDIRECT = "The service answered with a redirect, which is not followed with a key"
ELSEWHERE = "whether a proxy or a login page answers in its place"
WAIT = f"Wait {ASKED_S:.0f} s, then try again"

# What goes over by itself.
PASSING = (
    Weather(
        "connection refused",
        None,
        "connection",
        "The service could not be reached",
        may_arrive=False,
    ),
    Weather("reset before the answer", reset_before, "connection", BROKE),
    Weather("reset within the answer", reset_within, "connection", BROKE, arrives=True),
    Weather(
        "stalled answer",
        _stall,
        "connection",
        "The service did not answer within the time limit",
        arrives=True,
        timeout_s=0.5,
    ),
    Weather(
        "truncated JSON",
        rewrite(lambda body: body[: len(body) // 2]),
        "unexpected_response",
        CUT_OFF,
        ELSEWHERE,
        arrives=True,
    ),
    Weather(
        "doubled JSON",
        rewrite(lambda body: body + body),
        "unexpected_response",
        CUT_OFF,
        ELSEWHERE,
        arrives=True,
    ),
    Weather(
        "wrong types", change(_wrong_types), "unexpected_response", STRANGE, ELSEWHERE, arrives=True
    ),
    Weather("nulls", change(_nulls), "unexpected_response", STRANGE, ELSEWHERE, arrives=True),
    Weather("HTML page", answer_with(200, PAGE), "unexpected_response", HTML, ELSEWHERE),
    Weather(
        "429 with seconds",
        _busy(lambda: f"{ASKED_S:.0f}"),
        "rate_limit",
        "Slow down",
        WAIT,
        may_arrive=False,
        asks_s=ASKED_S,
    ),
    Weather(
        "429 with a date",
        _busy(_in_a_while),
        "rate_limit",
        "Slow down",
        "then try again",
        may_arrive=False,
        asks_s=ASKED_S - 2,
    ),
    Weather(
        "429 with nonsense",
        _busy(lambda: "soon, perhaps"),
        "rate_limit",
        "Slow down",
        "Wait a moment, then try again",
        may_arrive=False,
    ),
    Weather(
        "redirect elsewhere",
        answer_with(307, Location="http://127.0.0.1:9/api/v1/tasks"),
        "unexpected_response",
        REDIRECT,
        ELSEWHERE,
    ),
    Weather("500", answer_with(500, ""), "server", "The service answered with an empty body"),
    Weather("502", after(answer_with(502, PAGE)), "server", HTML, arrives=True),
    Weather("503", answer_with(503, PAGE, Retry_After="7"), "server", HTML, WAIT, asks_s=ASKED_S),
    Weather("504", after(answer_with(504, PAGE)), "server", HTML, arrives=True),
    Weather("clock wrong by a day", _clock_wrong, "server", HTML, WAIT, asks_s=ASKED_S),
)

# What needs a person.
LASTING = (
    Weather(
        "401 in the middle of a run",
        _refusal(401, "Expired", "INVALID_TOKEN"),
        "authentication",
        "Expired",
        "The short-lived token is wrong or has expired: get a new one.",
        may_arrive=False,
    ),
    Weather(
        "404 after a time",
        _refusal(404, "Gone", "NOT_FOUND"),
        "not_found",
        "Gone",
        "Check the id or path; client.tasks() lists the tasks of this key.",
        may_arrive=False,
    ),
)

# What nobody needs to know of.
UNNOTICED = (
    Weather("slow answer", trickle, arrives=True),
    Weather("reset after the answer", reset_after, arrives=True),
)

# The rows that tests see to.
COVERED = {row.name for row in (*PASSING, *LASTING, *UNNOTICED)}


def covers(*names: str) -> Callable[[T], T]:
    """Mark a test that sees to further rows."""

    def mark(test: T) -> T:
        COVERED.update(names)
        return test

    return mark
