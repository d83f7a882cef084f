"""Points in time as the service writes them: ISO 8601 in UTC with milliseconds."""

from datetime import UTC, datetime

__all__ = ["instant", "now"]


def instant(at: datetime) -> str:
    """Write a time as the service does, `2026-01-26T15:50:54.870Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def now() -> datetime:
    """The time by this process's clock, in UTC."""
    return datetime.now(UTC)
