"""Times, durations and sizes as they read; the twin of js/src/format.ts, but in UTC. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

__all__ = ["age", "between", "clock", "date_time", "duration", "instant", "span"]

# Not by strftime, which follows the process's locale.
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

MINUTE_S = 60
HOUR_S = 3_600
DAY_S = 86_400
FRACTION_BELOW_S = 9.95


def instant(value: Any) -> datetime | None:
    """A time of the service's, None where it is unknown or not a time."""
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:  # the first or last day that a datetime can hold
        return None


def between(start: Any, end: Any) -> float | None:
    """Seconds from one known time to another, never negative; None where either is unknown."""
    first, last = instant(start), instant(end)
    if first is None or last is None:
        return None
    return max(0.0, (last - first).total_seconds())


def clock(value: Any) -> str:
    """`15:51:09`, empty where the time is unknown."""
    at = instant(value)
    return f"{at:%H:%M:%S}" if at else ""


def date_time(value: Any) -> str:
    """`26 January 2026, 15:50:54`, empty where the time is unknown."""
    at = instant(value)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M:%S}" if at else ""


def span(start: Any, end: Any) -> str:
    """`26 January 2026, 15:50:54 to 15:52:46 UTC`, or what is known of it."""
    first, last = instant(start), instant(end)
    if first is None or last is None:
        known = date_time(start) or date_time(end)
        return f"{known} UTC" if known else ""
    until = clock(end) if first.date() == last.date() else date_time(end)
    return f"{date_time(start)} to {until} UTC"


def duration(seconds: float) -> str:
    """`0.4 s`, `48 s`, `1 min 12 s`, `2 h 5 min`."""
    tenths = round(seconds, 1)
    if tenths == 0:
        return "< 0.1 s"
    if seconds < FRACTION_BELOW_S:
        return f"{tenths:g} s"
    total = round(seconds)
    hours, minutes = divmod(total // MINUTE_S, MINUTE_S)
    if total >= HOUR_S:
        return f"{hours:,} h {minutes} min"
    return f"{minutes} min {total % MINUTE_S} s" if minutes else f"{total} s"


def age(value: Any, now: datetime) -> str:
    """`this minute`, `2 min ago`, `3 hr ago`, `24 Jan 2026, 17:02`; empty where it is unknown."""
    at = instant(value)
    if at is None:
        return ""
    seconds = int(max(0.0, (now - at).total_seconds()))
    if seconds >= DAY_S:
        month = MONTHS[at.month - 1]
        # As the browser's en-GB has it.
        short = "Sept" if month == "September" else month[:3]
        return f"{at.day} {short} {at.year}, {at:%H:%M}"
    if seconds >= HOUR_S:
        return f"{seconds // HOUR_S} hr ago"
    return f"{seconds // MINUTE_S} min ago" if seconds >= MINUTE_S else "this minute"
