"""What is transient, and how long to wait before the next try. Pure.

Nothing in this folder retries by itself: creating a task twice would run two agents. Whoever asks
for what may be asked twice (a task, a list) decides with these functions.
"""

from __future__ import annotations

import math
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from sigmic_jupyter.service.errors import (
    ConnectionFailed,
    RateLimitError,
    ServerError,
    UnexpectedResponse,
)

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["backoff_s", "is_transient", "parse_retry_after"]

FIRST_BACKOFF_S = 1.0
LONGEST_BACKOFF_S = 30.0
LONGEST_RETRY_AFTER_S = 300.0


def is_transient(error: BaseException) -> bool:
    """Whether the same request may succeed later.

    A gateway in trouble answers with a page of its own, so an answer that makes no sense counts. A
    service that lacks a feature (501) will lack it at the next try too.
    """
    if isinstance(error, ServerError):
        return error.http_status != HTTPStatus.NOT_IMPLEMENTED
    return isinstance(error, (ConnectionFailed, RateLimitError, UnexpectedResponse))


def backoff_s(attempt: int, *, retry_after_s: float | None = None, random: float) -> float:
    """How long to wait before the next try.

    Args:
        attempt: How many tries have failed in a row, from 1.
        retry_after_s: Seconds that the service asks for; honoured up to 300.
        random: A number from 0 to 1 that spreads the tries of many clients.

    Returns:
        Seconds: half to all of 1, 2, 4, … up to 30, and never less than the service asks for.
    """
    doublings = min(max(attempt, 1) - 1, 10)  # 2**10 is far over the cap, and no overflow
    longest_s = min(FIRST_BACKOFF_S * (1 << doublings), LONGEST_BACKOFF_S)
    asked_s = min(retry_after_s or 0.0, LONGEST_RETRY_AFTER_S)
    return max(longest_s * (0.5 + random / 2), asked_s)


def parse_retry_after(
    value: str | None, now: datetime, *, answered_at: str | None = None
) -> float | None:
    """Read a `Retry-After` header.

    Args:
        value: Seconds or an HTTP date, as sent; None if the header is absent.
        now: The present time, with a time zone.
        answered_at: The answer's `Date` header. A date is counted from it where it is there: the
            clock of this machine may be wrong.

    Returns:
        Seconds from now, 0 for a time that is past, None for what makes no sense.
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        moment = _moment(value)
        since = (_moment(answered_at) if answered_at is not None else None) or now
        seconds = math.nan if moment is None else (moment - since).total_seconds()
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _moment(http_date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(http_date)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
