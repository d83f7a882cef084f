"""Time as the service writes it, and the pace of the scripted agent."""

import asyncio
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

__all__ = ["Pace", "instant", "next_instant", "utc_now"]

_RESOLUTION = timedelta(milliseconds=1)


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def instant(time: datetime) -> str:
    """`time` as ISO 8601 in UTC with milliseconds: `2026-01-26T15:50:54.870Z`."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def next_instant(last: datetime, now: datetime) -> datetime:
    """`now`, or as little later as makes it differ from `last` when written.

    Pollers compare `updatedAt` as text, so two changes never carry the same time.
    """
    return max(now, last + _RESOLUTION)


@dataclass(frozen=True)
class Pace:
    """How quickly the scripted agent works.

    Attributes:
        speed: 1.0 is about as quick as a real agent; all delays are divided by it.
    """

    speed: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.speed) and self.speed > 0):
            raise ValueError(f"speed must be a number above 0, such as 1.0, not {self.speed!r}")

    def seconds(self, base_s: float) -> float:
        """A delay of `base_s` seconds at this speed, in seconds."""
        return base_s / self.speed

    async def pause(self, base_s: float) -> None:
        """Wait `base_s` seconds at this speed."""
        await asyncio.sleep(self.seconds(base_s))
