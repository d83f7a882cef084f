"""What following by stream takes for true of the service, in one place. Pure.

GET is the truth: where one of these is wrong, what the stream built differs from it, and the task
is followed by polling. Two more need no code: catching up tells the running turn from its
beginning, and what the stream has told is in what GET answers soon after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sigmic_jupyter.service.events import ContentEvent, HistoryMessageEvent, StatusEvent
    from sigmic_jupyter.service.models import Thought

__all__ = ["HEARTBEAT_S", "LONGEST_SEPARATOR", "Earlier", "Proof", "begins_turn", "increment"]

HEARTBEAT_S = 15.0  # documented
# What stands between the texts of two turns, where GET tells those of all turns as one.
LONGEST_SEPARATOR = 16


def increment(event: ContentEvent) -> str:
    """Assumed: a chunk's `text` is what is added, not the text so far."""
    return event.text


def begins_turn(event: StatusEvent) -> bool:
    """Assumed: with this a message is taken up that was sent while the task ran.

    It may also come within a turn: then GET shows that the text simply goes on.
    """
    return event.status == "processing"


class Proof:
    """Whether GET has borne out what `increment` assumes; until then it is asked again and again.

    Else text that is made up in a wrong way would stand there up to the task's end.
    """

    def __init__(self) -> None:
        self._chunks = 0
        self._first = 0
        self._is_given = False

    @property
    def is_missing(self) -> bool:
        """Whether chunks were put together, and GET has not shown the same text."""
        return self._chunks > 1 and not self._is_given

    def hear(self, text: str) -> None:
        """A chunk was added."""
        self._chunks += 1
        if self._chunks == 1:
            self._first = len(text)

    def take(self, content: str, start: int | None) -> None:
        """GET agrees; `start` is where in its text the running turn begins."""
        if self._chunks > 1 and start is not None and len(content) > start + self._first:
            self._is_given = True

    def connect(self) -> None:
        """Chunks are told anew, and may be cut otherwise."""
        self._chunks = 0


class Earlier:
    """The turns before the running one, as the history of a connection tells them.

    Assumed: what GET answers either begins with all that they said, or has the running turn alone.

    Attributes:
        has_answers: Whether there were such turns.
    """

    def __init__(self) -> None:
        self.has_answers = False
        self._texts: list[str] = []
        self._thoughts: tuple[Thought, ...] = ()

    def add(self, message: HistoryMessageEvent) -> None:
        """Take the history's next message."""
        if message.role == "assistant":
            self.has_answers = True
            self._texts += [message.content] if message.content else []
            self._thoughts += message.thoughts

    def text_places(self, content: str) -> Iterable[int]:
        """Where in GET's content the running turn's text may begin."""
        if not self._texts or content[: len(self._texts[0])] != self._texts[0][: len(content)]:
            return (0,)  # it has the running turn alone
        end = 0
        for text in self._texts:
            begin = content.find(text, end, end + LONGEST_SEPARATOR + len(text))
            if begin < 0:
                return ()  # it has not all of the earlier turns yet
            end = begin + len(text)
        return range(end, end + LONGEST_SEPARATOR + 1)

    def thought_places(self, thoughts: tuple[Thought, ...]) -> Iterable[int]:
        """Where in GET's thoughts the running turn's may begin; the history may lack thoughts."""
        count = len(self._thoughts)
        return range(count if thoughts[:count] == self._thoughts else 0, len(thoughts))
