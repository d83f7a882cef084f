"""A task as it is by GET's newest answer and by what the stream has told since. Pure.

Answers and events come in any order, since they take different ways. Text never goes back, and
nothing comes twice. What GET says counts: where the stream told something else, `difference` says
so, and only GET is believed until a new connection begins.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sigmic_jupyter.follow.assumed import (
    LONGEST_SEPARATOR,
    Earlier,
    Proof,
    begins_turn,
    increment,
)
from sigmic_jupyter.follow.calls import Calls
from sigmic_jupyter.follow.gaps import without_gaps
from sigmic_jupyter.follow.track import ContradictionError, Track
from sigmic_jupyter.service.events import (
    ContentEvent,
    DoneEvent,
    ErrorEvent,
    HistoryDoneEvent,
    HistoryMessageEvent,
    StatusEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
)
from sigmic_jupyter.service.models import Output, TaskStatus

if TYPE_CHECKING:
    from sigmic_jupyter.service.events import Event
    from sigmic_jupyter.service.models import Task

__all__ = ["Draft"]

# Of the end of a text, which may become a secret, the stream withholds a little more than GET.
LONGEST_WITHHELD = 8


class Draft:
    """What is known of one task.

    Attributes:
        base: GET's newest answer, None before the first.
        heard: How many events were heard.
        news: How many of them told something that was not known.
        changed: Whether there is something new since the last snapshot.
        questions: How many things came up that GET must answer.
        has_ended: Whether by the connection's word nothing runs any more; GET is to confirm that.
        difference: What the stream told otherwise than GET; None if nothing.
    """

    def __init__(self) -> None:
        self.base: Task | None = None
        self.heard = 0
        self.news = 0
        self.changed = False
        self.questions = 0
        self.has_ended = False
        self.difference: str | None = None
        self._text = Track[str]("".join, is_telling=lambda text: bool(text.strip()))
        self._thoughts = Track(lambda lists: tuple(chain.from_iterable(lists)))
        self._calls = Calls()
        self._proof = Proof()
        self._earlier = Earlier()
        self._runs = False
        self._is_told = False  # of the running turn, by this connection

    @property
    def is_open(self) -> bool:
        """Whether a question is left that GET has not answered."""
        return self.base is None or self._open() > 0

    @property
    def is_behind(self) -> bool:
        """Whether GET, or an earlier connection, has told more than the present connection."""
        return self._text.behind > LONGEST_WITHHELD or self._thoughts.behind > 0

    @property
    def is_lost(self) -> bool:
        """Whether only a new connection can tell where what is heard belongs."""
        return self._text.is_lost or self._thoughts.is_lost

    def ask(self) -> None:
        """Something came up that GET must answer."""
        self.questions += 1

    def connect(self) -> None:
        """A connection begins, and will tell all of the running turn."""
        self.difference = None
        self.has_ended = self._is_told = False
        self._earlier = Earlier()
        self._begin_turn(None)
        self._proof.connect()

    def hear(self, event: Event) -> None:
        """Take the connection's next event."""
        self.heard += 1
        before, is_new = self._open(), False
        try:
            is_new = self._hear(event)
        except ContradictionError:
            self.difference = "the text" if isinstance(event, ContentEvent) else "the thoughts"
        if is_new:
            self.news += 1
            self.changed = True
        if self.difference is not None or self._open() > before:
            self.ask()

    def take(self, task: Task, asked_at: int) -> None:
        """Take GET's answer.

        Args:
            task: The answer.
            asked_at: The value of `heard` when it was asked for.
        """
        if self.base is not None:
            task = without_gaps(task, self.base, self._text.whole, self._thoughts.whole)
        self.base = task
        exact = task.is_final or self.difference is not None
        difference = self._take(task, asked_at, exact=exact)
        if difference is None:
            content = task.output.content if task.output is not None else ""
            self._proof.take(content, self._text.start)
        elif self.difference is None:
            self.difference = difference
            self._take(task, asked_at, exact=True)

    def snapshot(self) -> Task:
        """The task as it is known now.

        Raises:
            ValueError: GET has not answered yet.
        """
        if self.base is None:
            raise ValueError("nothing is known of the task yet")
        self.changed = False
        base = self.base
        if base.is_final or self.difference is not None:
            return base
        if not self.heard:
            return self._unshortened(base)
        output = base.output if base.output is not None else Output()
        waiting = self._calls.waiting
        return replace(
            base,
            status=self._status(base.status, waits=bool(waiting)),
            output=replace(
                output,
                content=self._text.whole,
                thoughts=self._thoughts.whole,
                tool_calls=self._calls.all,
            ),
            pending_approvals=waiting,
        )

    def _unshortened(self, base: Task) -> Task:
        """A task that runs, with what an earlier answer had beyond this one, which may be older."""
        output = base.output
        if output is None:
            return base
        content, thoughts = self._text.whole, self._thoughts.whole
        if (len(content), len(thoughts)) == (len(output.content), len(output.thoughts)):
            return base
        return replace(base, output=replace(output, content=content, thoughts=thoughts))

    def _take(self, task: Task, asked_at: int, *, exact: bool) -> str | None:
        """Take an answer, and return what the stream told otherwise."""
        output = task.output if task.output is not None else Output()
        agreements = {
            "the text": self._text.take(output.content, exact=exact),
            "the thoughts": self._thoughts.take(output.thoughts, exact=exact),
            "a tool call": self._calls.take(task, asked_at, exact=exact),
        }
        return next((what for what, agrees in agreements.items() if not agrees), None)

    def _open(self) -> int:
        """How many questions GET has not answered."""
        begins = self._runs and self.base is not None and self.base.status == TaskStatus.PENDING
        return self._calls.open + sum(
            (
                begins,
                self.has_ended,
                self._text.is_open,
                self._thoughts.is_open,
                self._proof.is_missing,
            )
        )

    def _hear(self, event: Event) -> bool:
        """Take an event and tell whether something is new; what GET doesn't tell is left out."""
        match event:
            case HistoryMessageEvent():
                self._earlier.add(event)
            case HistoryDoneEvent():
                self._begin_turn(None if self._earlier.has_answers else 0)
                self.has_ended = not event.is_streaming
            case StatusEvent() if begins_turn(event):
                return self._begin_next_turn()
            case ContentEvent():
                return self._hear_text(increment(event))
            case ThoughtEvent():
                self._goes_on(is_told=True)
                return self._thoughts.hear((event.thought,))
            case ToolCallEvent():
                self._goes_on()
                return self._calls.hear(event.call, self.heard)
            case ToolResultEvent():
                self._goes_on()
                return self._calls.hear_result(event, self.heard)
            case DoneEvent() | ErrorEvent():
                self.has_ended = True
            case _:  # subagents, of which GET has nothing; heartbeats; what is not known
                pass
        return False

    def _hear_text(self, text: str) -> bool:
        if not text:
            return False
        self._goes_on(is_told=True)
        self._proof.hear(text)
        return self._text.hear(text)

    def _begin_turn(self, start: int | None) -> None:
        """What follows is the running turn from its beginning."""
        self._text.begin(self._earlier.text_places, start)
        self._thoughts.begin(self._earlier.thought_places, start)

    def _begin_next_turn(self) -> bool:
        """On the same connection. Told before anything else, it is the turn that begins anyway."""
        if self._is_told:
            self._is_told = False
            self._text.begin_next(LONGEST_SEPARATOR)
            self._thoughts.begin_next(0)
        return self._goes_on()

    def _goes_on(self, *, is_told: bool = False) -> bool:
        """The agent works. Returns whether that is new."""
        is_new = not self._runs
        self._runs, self.has_ended = True, False
        self._is_told |= is_told
        return is_new

    def _status(self, status: str, *, waits: bool) -> str:
        if waits:
            return TaskStatus.AWAITING_APPROVAL.value
        is_past = status == TaskStatus.AWAITING_APPROVAL or (
            status == TaskStatus.PENDING and self._runs
        )
        return TaskStatus.RUNNING.value if is_past else status
