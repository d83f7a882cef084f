"""What a task's stream tells, as frozen values. Pure.

Every connection has three phases: a `HistoryMessageEvent` for each saved message, one
`HistoryDoneEvent`, then, if the task runs, what happened so far and what happens, up to a
`DoneEvent`. There are no event ids: who connects again hears it all again.

Source: docs.sigmic.ai, streaming and tasks/stream.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import replace

from sigmic_jupyter.service.decode import convert, parse_json
from sigmic_jupyter.service.mask import Mask, MaskedStream
from sigmic_jupyter.service.masked import masked
from sigmic_jupyter.service.models import Thought, ToolCall
from sigmic_jupyter.service.sse import Comment, Decoder, Message

__all__ = [
    "ContentEvent",
    "DoneEvent",
    "ErrorEvent",
    "Event",
    "EventDecoder",
    "HeartbeatEvent",
    "HistoryDoneEvent",
    "HistoryMessageEvent",
    "StatusEvent",
    "SubagentEndEvent",
    "SubagentStartEvent",
    "SubagentThoughtEvent",
    "SubagentToolEvent",
    "ThoughtEvent",
    "ToolCallEvent",
    "ToolResultEvent",
    "UnknownEvent",
]


class AttachedFile(msgspec.Struct, frozen=True, rename="camel"):
    """A file that came with a message."""

    name: str = ""
    path: str | None = None


class HistoryMessageEvent(msgspec.Struct, frozen=True, rename="camel"):
    """A message of the saved conversation; `role` is `user` or `assistant`."""

    role: str
    content: str = ""
    id: str | None = None
    created_at: str | None = None
    attached_files: tuple[AttachedFile, ...] = ()
    thoughts: tuple[Thought, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()


class HistoryDoneEvent(msgspec.Struct, frozen=True, rename="camel"):
    """The saved conversation is complete; if nothing `is_streaming`, the stream ends here."""

    is_streaming: bool
    message_count: int | None = None


class StatusEvent(msgspec.Struct, frozen=True, rename="camel"):
    """How the service fares: `connecting`, `processing` or `retrying`."""

    status: str
    message: str | None = None


class ThoughtEvent(msgspec.Struct, frozen=True):
    """A new thought."""

    thought: Thought


class ContentEvent(msgspec.Struct, frozen=True, rename="camel"):
    """A piece of the answer.

    Assumed: `text` is what is added, and `is_partial` is false at the end of a block. The task
    itself is the truth.
    """

    text: str
    is_partial: bool = True


class ToolCallEvent(msgspec.Struct, frozen=True):
    """A tool call that is new or has a new status."""

    call: ToolCall


class ToolResultEvent(msgspec.Struct, frozen=True, rename="camel"):
    """What a tool call gave."""

    call_id: str
    status: str
    output: str | None = None


class SubagentStartEvent(msgspec.Struct, frozen=True, rename="camel"):
    """An agent of the agent's own begins."""

    agent_name: str
    display_name: str | None = None
    description: str | None = None
    objective: str | None = None


class SubagentThoughtEvent(msgspec.Struct, frozen=True, rename="camel"):
    """What a subagent thinks."""

    agent_name: str
    text: str = ""


class SubagentToolEvent(msgspec.Struct, frozen=True, rename="camel"):
    """A subagent uses a tool."""

    agent_name: str
    status: str
    tool_name: str | None = None
    output: str | None = None


class SubagentEndEvent(msgspec.Struct, frozen=True, rename="camel"):
    """A subagent is done."""

    agent_name: str
    terminate_reason: str | None = None
    result: str | None = None


class ErrorEvent(msgspec.Struct, frozen=True, rename="camel"):
    """Something went wrong. Assumed: these are its fields."""

    message: str
    code: str | None = None


class DoneEvent(msgspec.Struct, frozen=True, rename="camel"):
    """The agent has answered."""

    final_response: str | None = None


class HeartbeatEvent(msgspec.Struct, frozen=True):
    """Nothing is new and the connection lives; sent every 15 seconds."""


class UnknownEvent(msgspec.Struct, frozen=True):
    """An event that this version does not know or cannot read.

    Attributes:
        type: The event's name.
        data: Its parsed JSON, or its text where that is no JSON.
    """

    type: str
    data: Any


Event: TypeAlias = (
    HistoryMessageEvent
    | HistoryDoneEvent
    | StatusEvent
    | ThoughtEvent
    | ContentEvent
    | ToolCallEvent
    | ToolResultEvent
    | SubagentStartEvent
    | SubagentThoughtEvent
    | SubagentToolEvent
    | SubagentEndEvent
    | ErrorEvent
    | DoneEvent
    | HeartbeatEvent
    | UnknownEvent
)


class EventDecoder:
    """The bytes of a stream → events, wherever the bytes are cut.

    A text that comes in pieces (the answer's, a subagent's thoughts) may end in the middle of a
    secret. What may become one is withheld until that is known; so a piece may be empty, and what
    is left at the end is a piece more.

    Args:
        mask: What no event may repeat.
    """

    def __init__(self, mask: Mask) -> None:
        self._decoder = Decoder()
        self._mask = mask
        self._content = MaskedStream(mask)
        self._thoughts: dict[str, MaskedStream] = {}

    @property
    def unfinished(self) -> int:
        """How many characters are held of an event that has not ended yet."""
        return self._decoder.unfinished

    def feed(self, chunk: bytes) -> list[Event]:
        """Take the next bytes and return the events that they complete."""
        return [event for item in self._decoder.feed(chunk) for event in self._masked(_read(item))]

    def flush(self) -> list[Event]:
        """Return what was withheld: nothing more follows."""
        thoughts = [event for name in [*self._thoughts] for event in self._end_of_thoughts(name)]
        rest = self._content.flush()
        return [*thoughts, ContentEvent(rest)] if rest else thoughts

    def _masked(self, event: Event) -> list[Event]:
        match event:
            case ContentEvent():
                return [replace(event, text=self._content.feed(event.text))]
            case SubagentThoughtEvent(name):
                thoughts = self._thoughts.setdefault(name, MaskedStream(self._mask))
                text = thoughts.feed(event.text)
                return [SubagentThoughtEvent(self._mask.text(name), text)]
            case SubagentEndEvent(name):
                return [*self._end_of_thoughts(name), masked(event, self._mask.text)]
            case DoneEvent():
                return [*self.flush(), masked(event, self._mask.text)]
            case _:
                return [masked(event, self._mask.text)]

    def _end_of_thoughts(self, name: str) -> list[Event]:
        thoughts = self._thoughts.pop(name, None)
        rest = thoughts.flush() if thoughts is not None else ""
        return [SubagentThoughtEvent(self._mask.text(name), rest)] if rest else []


def _read(item: Message | Comment) -> Event:
    if isinstance(item, Comment):
        return HeartbeatEvent()
    try:
        data = _unwrap(item.event, parse_json(item.data))
    except ValueError:
        return UnknownEvent(item.event, item.data)
    reader = _READERS.get(item.event)
    try:
        return reader(data) if reader else UnknownEvent(item.event, data)
    except msgspec.ValidationError:
        return UnknownEvent(item.event, data)


def _unwrap(event: str, data: Any) -> Any:
    """A tool call is documented bare and wrapped; assumed: others may come wrapped too."""
    is_wrapped = isinstance(data, dict) and data.keys() == {"type", "data"}
    return data["data"] if is_wrapped and data["type"] == event else data


_READERS: dict[str, Callable[[Any], Event]] = {
    "history_message": lambda data: convert(data, HistoryMessageEvent),
    "history_done": lambda data: convert(data, HistoryDoneEvent),
    "status": lambda data: convert(data, StatusEvent),
    "thought": lambda data: ThoughtEvent(convert(data, Thought)),
    "content": lambda data: convert(data, ContentEvent),
    "tool_call": lambda data: ToolCallEvent(convert(data, ToolCall)),
    "tool_result": lambda data: convert(data, ToolResultEvent),
    "subagent_start": lambda data: convert(data, SubagentStartEvent),
    "subagent_thought": lambda data: convert(data, SubagentThoughtEvent),
    "subagent_tool": lambda data: convert(data, SubagentToolEvent),
    "subagent_end": lambda data: convert(data, SubagentEndEvent),
    "error": lambda data: convert(data, ErrorEvent),
    "done": lambda data: convert(data, DoneEvent),
}
