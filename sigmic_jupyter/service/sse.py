"""The bytes of a Server-Sent Events stream → messages, wherever the bytes are cut. Pure."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

__all__ = ["Comment", "Decoder", "Message"]

# Not str.splitlines, which also splits at characters that JSON text may hold.
_LINE_END = re.compile(r"\r\n|\r|\n")


class Message(NamedTuple):
    """One message: the event's name and its data, of several lines where it had several."""

    event: str
    data: str


class Comment(NamedTuple):
    """A line for nobody, by which a server shows that it is there."""

    text: str


class Decoder:
    """Takes a stream piece by piece.

    What the stream leaves unfinished at its end is no message, as the standard has it.

    Source: the HTML standard, server-sent events; docs.sigmic.ai, streaming.
    """

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._after_cr = False
        self._line: list[str] = []
        self._begun = 0
        self._event = ""
        self._data: list[str] = []
        self._held = 0

    @property
    def unfinished(self) -> int:
        """How many characters are held of a message that has not ended yet."""
        return self._begun + self._held

    def feed(self, chunk: bytes) -> list[Message | Comment]:
        """Take the next bytes and return what they complete."""
        items = (self._take(line) for line in self._lines(self._utf8.decode(chunk)))
        return [item for item in items if item is not None]

    def _lines(self, text: str) -> list[str]:
        if not text:
            return []
        if self._after_cr:
            # The line ended with the CR; this LF belongs to it.
            text = text.removeprefix("\n")
        self._after_cr = text.endswith("\r")
        first, *more = _LINE_END.split(text)
        self._line.append(first)
        self._begun += len(first)
        if not more:
            return []
        line, self._line = "".join(self._line), [more.pop()]
        self._begun = len(self._line[0])
        return [line, *more]

    def _take(self, line: str) -> Message | Comment | None:
        if not line:
            return self._dispatch()
        if line.startswith(":"):
            return Comment(line[1:])
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            self._event = value
        elif name == "data":
            self._data.append(value)
            self._held += len(value) + 1  # the line break
        return None

    def _dispatch(self) -> Message | None:
        event, data = self._event or "message", self._data
        self._event, self._data, self._held = "", [], 0
        return Message(event, "\n".join(data)) if data else None
