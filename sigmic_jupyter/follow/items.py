"""What is heard of a followed task, and where it comes from. Types only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import msgspec

from sigmic_jupyter.service.errors import APIError
from sigmic_jupyter.service.models import Task

if TYPE_CHECKING:
    from sigmic_jupyter.service.events import Event

__all__ = ["OpenStream", "Route", "Snapshot", "Source", "Transport", "Trouble", "Update"]

Transport: TypeAlias = Literal["auto", "poll", "stream"]
"""`"auto"` is the event stream where it works, polling where it doesn't; the others force one."""

# `AsyncClient.stream_task`, or a fake: a task id → the task's events, while it is open.
OpenStream: TypeAlias = Callable[[str], AbstractAsyncContextManager[AsyncIterator["Event"]]]


class Source(Protocol):
    """Where a task comes from: `AsyncClient`, or a fake."""

    async def get_task(self, task_id: str) -> Task:
        """Fetch the task as it is now."""


class Snapshot(msgspec.Struct, frozen=True):
    """The task has something new, or the service answers again after trouble."""

    task: Task


class Trouble(msgspec.Struct, frozen=True):
    """The service could not be asked; the next try comes by itself after `pause_s` seconds."""

    error: APIError
    attempt: int
    pause_s: float


class Route(msgspec.Struct, frozen=True):
    """From now on news come this way; before the first, by polling.

    Attributes:
        transport: What carries the news.
        note: Why it is not the event stream, for people; None where that was not tried.
    """

    transport: Literal["poll", "stream"]
    note: str | None = None


Update: TypeAlias = Snapshot | Trouble | Route
