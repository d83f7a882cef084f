"""Whatever comes in whichever order: text never goes back, nothing comes twice, the end is true."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmic_jupyter.follow.draft import Draft
from sigmic_jupyter.service.events import (
    ContentEvent,
    HistoryDoneEvent,
    HistoryMessageEvent,
    StatusEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
)
from sigmic_jupyter.service.models import Output, Task, Thought, ToolCall

if TYPE_CHECKING:
    from sigmic_jupyter.service.events import Event

PIECES = st.text(alphabet="ab \né👩\u0301", min_size=1, max_size=4)
RANKS = ("pending", "awaiting_approval", "executing", "success")


@dataclass
class Turn:
    text: str = ""
    thoughts: list[Thought] = field(default_factory=list)
    calls: dict[str, ToolCall] = field(default_factory=dict)


class World:
    """A service as it is documented, with what is on its way to the one who follows."""

    def __init__(self, separator: str = "\n\n") -> None:
        self.draft = Draft()
        self.shown: list[Task] = []
        self._separator = separator
        self._turns = [Turn()]
        self._coming: deque[Event] = deque()
        self._answers: deque[tuple[Task, int]] = deque()
        self._past = [self._task()]
        self._answered = 0
        self.connect()

    def play(self, steps: list[tuple[str, Any]]) -> None:
        """Have things happen, as long as the stream is not found to be wrong."""
        for name, value in steps:
            getattr(self, name)(value)
            self._look()
            if self.draft.difference is not None:
                break

    def finish(self) -> Task:
        """Have the task end, and GET say so."""
        self.hear(len(self._coming))
        self._look()
        task = msgspec.structs.replace(self._task(), status="completed")
        self.draft.take(task, self.draft.heard)
        self._look()
        return task

    # What happens at the service.

    def say(self, text: str) -> None:
        self._turns[-1].text += text
        self._tell(ContentEvent(text))

    def think(self, subject: str) -> None:
        self._turns[-1].thoughts.append(Thought(subject))
        self._tell(ThoughtEvent(Thought(subject)))

    def go_on(self, number: int) -> None:
        """A call begins, or goes on to its next status."""
        turn, call_id = self._turns[-1], f"{len(self._turns)}-{number}"
        before = turn.calls.get(call_id)
        rank = 0 if before is None else min(RANKS.index(before.status) + 1, 3)
        output = "out" if rank == 3 else None
        call = ToolCall(call_id, "run", RANKS[rank], {"n": number}, output)
        turn.calls[call_id] = call
        ended = ToolResultEvent(call_id, call.status, output)
        self._tell(ended if rank == 3 else ToolCallEvent(call))

    def turn(self, _: object) -> None:
        """A message is taken up that was sent meanwhile."""
        self._turns.append(Turn())
        self._tell(StatusEvent("processing"))

    # What happens on the way.

    def connect(self, _: object = None) -> None:
        """The connection breaks, and another one tells everything again."""
        self.draft.connect()
        self._coming.clear()
        for turn in self._turns[:-1]:
            answer = HistoryMessageEvent("assistant", turn.text, thoughts=tuple(turn.thoughts))
            self._coming += [HistoryMessageEvent("user", "?"), answer]
        turn = self._turns[-1]
        self._coming += [HistoryMessageEvent("user", "?"), HistoryDoneEvent(is_streaming=True)]
        self._coming += [StatusEvent("processing"), *map(ThoughtEvent, turn.thoughts)]
        self._coming += map(ToolCallEvent, turn.calls.values())
        self._coming += [ContentEvent(turn.text)] if turn.text else []

    def hear(self, count: int) -> None:
        for _ in range(min(count, len(self._coming))):
            self.draft.hear(self._coming.popleft())

    def ask(self, age: int) -> None:
        """GET is asked, and answers with a state of some age, but never older than before."""
        self._answered = max(self._answered, len(self._past) - 1 - age)
        self._answers.append((self._past[self._answered], self.draft.heard))

    def answer(self, _: object) -> None:
        if self._answers:
            self.draft.take(*self._answers.popleft())

    def _tell(self, event: Event) -> None:
        self._coming.append(event)
        self._past.append(self._task())

    def _task(self) -> Task:
        turns = self._turns
        output = Output(
            content=self._separator.join(turn.text for turn in turns if turn.text),
            thoughts=tuple(thought for turn in turns for thought in turn.thoughts),
            tool_calls=tuple(call for turn in turns for call in turn.calls.values()),
        )
        return Task("t", "running", output=output)

    def _look(self) -> None:
        if self.draft.base is not None:
            self.shown.append(self.draft.snapshot())


SMALL = st.integers(0, 9)
FIRST_TURN = st.one_of(
    st.tuples(st.just("say"), PIECES),
    st.tuples(st.just("think"), st.sampled_from("xyz")),
    st.tuples(st.just("go_on"), st.integers(0, 2)),
    st.tuples(st.just("connect"), SMALL),
    st.tuples(st.just("hear"), SMALL),
    st.tuples(st.just("ask"), SMALL),
    st.tuples(st.just("answer"), SMALL),
)
SEVERAL_TURNS = st.one_of(FIRST_TURN, st.tuples(st.just("turn"), SMALL))


def is_monotone(before, after):
    thoughts = before.output.thoughts
    return (
        after.output.content.startswith(before.output.content)
        and after.output.thoughts[: len(thoughts)] == thoughts
    )


def ranks(task):
    return {call.call_id: RANKS.index(call.status) for call in task.output.tool_calls}


@settings(max_examples=100, deadline=None)
@given(st.lists(FIRST_TURN, max_size=40))
def test_the_first_turn_only_grows(steps):
    """Answers of any age, cuts and events in any order make no difference and take nothing back."""
    world = World()
    world.play(steps)
    task = world.finish()

    assert world.draft.difference is None
    assert world.shown[-1] == task
    assert all(is_monotone(before, after) for before, after in pairwise(world.shown))
    for before, after in pairwise(world.shown):
        assert all(rank <= ranks(after)[call_id] for call_id, rank in ranks(before).items())


@settings(max_examples=100, deadline=None)
@given(st.lists(SEVERAL_TURNS, max_size=40), st.sampled_from(["\n\n", "\n", "", " --- "]))
def test_several_turns_grow_unless_a_difference_is_noted(steps, separator):
    """Where a later turn begins is learned from GET; where that is ambiguous, it is noted."""
    world = World(separator)
    world.play(steps)
    has_differed = world.draft.difference is not None
    task = world.finish()

    assert world.shown[-1] == task
    assert has_differed or all(is_monotone(*pair) for pair in pairwise(world.shown[:-1]))


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12), st.data())
def test_an_event_that_comes_twice_is_noted(pieces, data):
    """A chunk told twice makes another text; at the latest the end shows it."""
    twice = data.draw(st.integers(0, len(pieces) - 1))
    world = World()
    world.play([("ask", 0), ("answer", 0)])
    for piece in pieces[: twice + 1]:
        world.say(piece)
    world.hear(99)
    world.draft.hear(ContentEvent(pieces[twice]))
    for piece in pieces[twice + 1 :]:
        world.say(piece)
    task = world.finish()

    assert world.draft.difference == "the text"
    assert world.shown[-1] == task
