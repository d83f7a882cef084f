"""Live events from one task to those who stream it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias

__all__ = ["Event", "Feed", "Subscription"]


class Event(NamedTuple):
    """One Server-Sent Event: the type's name and its data, which is JSON."""

    name: str
    data: dict[str, Any]


# None says that nothing more will come.
Subscription: TypeAlias = asyncio.Queue[Event | None]


class Feed:
    """Hands every event to every subscriber, in order."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()

    @contextmanager
    def subscribe(self) -> Iterator[Subscription]:
        """A queue of all events from now on."""
        subscription: Subscription = asyncio.Queue()
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    def publish(self, event: Event | None) -> None:
        """Tell all subscribers; None ends their streams."""
        for subscription in self._subscriptions:
            subscription.put_nowait(event)
