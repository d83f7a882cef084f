"""The saved conversation, as the event stream tells it at its beginning and goes on."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from sigmic_jupyter.follow.assumed import begins_turn
from sigmic_jupyter.service.errors import SigmicError
from sigmic_jupyter.service.events import (
    ContentEvent,
    HistoryDoneEvent,
    HistoryMessageEvent,
    StatusEvent,
    ThoughtEvent,
    ToolCallEvent,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sigmic_jupyter.follow import OpenStream
    from sigmic_jupyter.service import Event, Thought, ToolCall

__all__ = ["Heard", "History", "read_history"]

log = logging.getLogger("sigmic_jupyter")

# Who waits for the task also waits for this, but not long.
LIMIT_S = 10.0

Heard = list[HistoryMessageEvent]


class History:
    """What one connection after another tells of the conversation.

    Args:
        told: Called with the messages when a connection has told them all, and when the agent goes
            on to a message that waited.
    """

    def __init__(self, told: Callable[[Heard], None]) -> None:
        self._told = told
        self._connect()

    def listening(self, open_stream: OpenStream) -> OpenStream:
        """The same stream, listened to."""

        @asynccontextmanager
        async def opened(task_id: str) -> AsyncIterator[AsyncIterator[Event]]:
            async with open_stream(task_id) as events:
                self._connect()
                yield _Tapped(events, self.hear)

        return opened

    def hear(self, event: Event) -> None:
        """Take the connection's next event."""
        match event:
            case HistoryMessageEvent():
                self._messages.append(event)
            case HistoryDoneEvent():
                self._told(self._messages)
            case StatusEvent() if begins_turn(event) and (self._text or self._thoughts):
                # The message that is taken up is one that was sent from here, or is told later.
                self._messages += [self._answer(), HistoryMessageEvent("user")]
                self._told(self._messages)
                self._begin()
            case ContentEvent():
                self._text.append(event.text)
            case ThoughtEvent():
                self._thoughts.append(event.thought)
            case ToolCallEvent():
                self._calls[event.call.call_id] = event.call

    def _connect(self) -> None:
        self._messages: Heard = []
        self._begin()

    def _begin(self) -> None:
        """What follows is of one turn."""
        self._text: list[str] = []
        self._thoughts: list[Thought] = []
        self._calls: dict[str, ToolCall] = {}

    def _answer(self) -> HistoryMessageEvent:
        return HistoryMessageEvent(
            "assistant",
            "".join(self._text),
            thoughts=tuple(self._thoughts),
            tool_calls=tuple(self._calls.values()),
        )


async def read_history(open_stream: OpenStream, task_id: str) -> Heard | None:
    """Read the saved conversation; None where it can't be had, which is no error."""
    messages: Heard = []
    try:
        async with asyncio.timeout(LIMIT_S), open_stream(task_id) as events:
            async for event in events:
                if isinstance(event, HistoryMessageEvent):
                    messages.append(event)
                if isinstance(event, HistoryDoneEvent):
                    return messages
    except (SigmicError, TimeoutError) as error:
        log.info("no history task_id=%s error=%s", task_id, type(error).__name__)
    except Exception:  # the task itself is shown whatever is wrong here
        log.exception("no history task_id=%s", task_id)
    return None


class _Tapped:
    """An iterator that tells of each of its items before it gives it."""

    def __init__(self, events: AsyncIterator[Event], hear: Callable[[Event], None]) -> None:
        self._events = events
        self._hear = hear

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        event = await anext(self._events)
        self._hear(event)
        return event
