"""One task as Server-Sent Events."""

import asyncio
from collections.abc import AsyncIterator

from sigmic_jupyter.simulator import views
from sigmic_jupyter.simulator.feed import Event
from sigmic_jupyter.simulator.responses import encoded
from sigmic_jupyter.simulator.session import Session

__all__ = ["events"]

_HEARTBEAT = b":heartbeat\n\n"


async def events(session: Session, heartbeat_s: float) -> AsyncIterator[bytes]:
    """The saved conversation, then, if the task works, what it has so far and all that follows.

    Args:
        session: the task's session.
        heartbeat_s: after how many seconds without an event a comment keeps the connection alive.
    """
    with session.feed.subscribe() as subscription:
        # Taken in one breath with the subscription: nothing is missed, and nothing comes twice.
        opening, ends_here = views.opening_events(session.task), session.task.is_final
        for event in opening:
            yield _encoded(event)
        while not ends_here:
            try:
                async with asyncio.timeout(heartbeat_s):
                    following = await subscription.get()
            except TimeoutError:
                yield _HEARTBEAT
                continue
            if following is None:
                return
            yield _encoded(following)


def _encoded(event: Event) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (event.name.encode(), encoded(event.data))
