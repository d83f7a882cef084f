"""The turns of a session: what was asked, and which answer and steps belong to it. Pure.

The service tells one text and two lists for all turns (assumed: see `follow/assumed.py`). Where one
turn ends and the next begins is known where a message was sent to a task that had ended, and from
the saved conversation that the event stream tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sigmic_jupyter.follow import ThoughtRow, Timeline
from sigmic_jupyter.follow.assumed import LONGEST_SEPARATOR
from sigmic_jupyter.widget.wire import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sigmic_jupyter.service.events import HistoryMessageEvent
    from sigmic_jupyter.service.models import Task, Thought

__all__ = ["Conversation"]


class _Turn(msgspec.Struct):
    """A message and the answer to it; `rows` of the timeline, None for those of no other turn."""

    message: str = ""
    files: tuple[str, ...] = ()
    created_at: str | None = None
    rows: tuple[str, ...] | None = None
    answer: str = ""
    answered_at: str | None = None
    has_ended: bool = False


class Conversation:
    """Keeps the turns of one task.

    Args:
        files: Names of the files that came with the first message, as far as they are known.

    Attributes:
        text: The answer to the message that the agent is at, or was at last.
    """

    def __init__(self, files: tuple[str, ...] = ()) -> None:
        self.text = ""
        self._files = files
        self._turns: list[_Turn] = []
        self._has_first = False
        self._is_final = False
        self._completed_at: str | None = None
        self._content = ""
        self._timeline = Timeline()

    @property
    def has_waiting(self) -> bool:
        """Whether a message waits until the agent has answered an earlier one."""
        return self._running() < len(self._turns) - 1

    def observe(self, task: Task, timeline: Timeline) -> None:
        """Take a newer state of the task."""
        if not self._has_first:
            self._has_first = True
            self._turns.insert(0, _Turn(task.message, self._files, task.created_at))
        self._is_final, self._completed_at = task.is_final, task.completed_at
        self._content = task.output.content if task.output is not None else ""
        self._timeline = timeline
        self._divide()

    def ask(self, message: str, files: tuple[str, ...], at: str) -> None:
        """The service took a message: it begins a turn, or waits until the one before has ended."""
        if self._is_final and self._turns and not self.has_waiting:
            self._end(self._turns[-1])
            self._is_final = False
        self._turns.append(_Turn(message, files, at))
        self._divide()

    def hear(self, messages: Iterable[HistoryMessageEvent]) -> None:
        """Take the saved conversation. What was told apart here, by what GET said, stays."""
        thoughts = 0
        for number, (asked, answers) in enumerate(_turns_of(messages)):
            if number == len(self._turns):
                if not asked.content:
                    break
                self._turns.append(_Turn())
            turn = self._turns[number]
            told = [thought for answer in answers for thought in answer.thoughts]
            thought_ids = self._thought_ids(told, thoughts)
            thoughts += len(thought_ids)
            if turn.has_ended:
                continue
            turn.message = asked.content or turn.message
            turn.created_at = asked.created_at or turn.created_at
            turn.files = tuple(file.name for file in asked.attached_files) or turn.files
            self._has_first = True
            if answers:
                turn.has_ended = True
                turn.answer = "".join(answer.content for answer in answers)
                turn.answered_at = answers[-1].created_at
                calls = [call for answer in answers for call in answer.tool_calls]
                turn.rows = (*thought_ids, *(f"call-{call.call_id}" for call in calls))
        self._divide()

    def settle(self) -> None:
        """The task has ended. If nobody told the turns apart, the last has what came of all."""
        running = self._running()
        for turn in self._turns[running:-1]:
            turn.has_ended, turn.answer, turn.rows = True, "", ()
        self._divide()

    def messages(self) -> list[Message]:
        """All messages; of a turn that is under way the answer is not among them."""
        return list(self._messages())

    def _messages(self) -> Iterator[Message]:
        running = self._running()
        for number, turn in enumerate(self._turns):
            is_running = number == running
            yield Message(
                role="user",
                content=turn.message,
                created_at=turn.created_at,
                files=list(turn.files),
                rows=None if is_running or turn.rows is None else list(turn.rows),
                waits=number > running,
            )
            is_last = is_running and number == len(self._turns) - 1
            answer = self.text if is_last and self._is_final else turn.answer
            if answer and (not is_running or (is_last and self._is_final)):
                at = self._completed_at if is_last else turn.answered_at
                yield Message(role="assistant", content=answer, created_at=at)

    def _running(self) -> int:
        """The first turn that has not ended; else the last."""
        last = len(self._turns) - 1
        return next((n for n, turn in enumerate(self._turns) if not turn.has_ended), last)

    def _divide(self) -> None:
        earlier = self._turns[: max(self._running(), 0)]
        self.text = _text_after([turn.answer for turn in earlier], self._content)

    def _end(self, turn: _Turn) -> None:
        taken = {row for each in self._turns if each is not turn for row in each.rows or ()}
        turn.rows = tuple(row.id for row in self._timeline.rows if row.id not in taken)
        turn.answer, turn.answered_at = self.text, self._completed_at
        turn.has_ended = True

    def _thought_ids(self, told: Sequence[Thought], first: int) -> tuple[str, ...]:
        """The rows of a turn's thoughts, if the timeline has them at that place or not at all."""
        rows = [row for row in self._timeline.rows if isinstance(row, ThoughtRow)]
        is_same = all(
            (row.subject, row.description) == (thought.subject, thought.description)
            for row, thought in zip(rows[first:], told, strict=False)
        )
        return tuple(f"thought-{first + n}" for n in range(len(told))) if is_same else ()


def _turns_of(
    messages: Iterable[HistoryMessageEvent],
) -> list[tuple[HistoryMessageEvent, list[HistoryMessageEvent]]]:
    """Each message of the user with those that the agent answered."""
    turns: list[tuple[HistoryMessageEvent, list[HistoryMessageEvent]]] = []
    for message in messages:
        if message.role == "user":
            turns.append((message, []))
        elif message.role == "assistant" and turns:
            turns[-1][1].append(message)
    return turns


def _text_after(answers: Iterable[str], content: str) -> str:
    """What follows the earlier answers in the service's text; all of it if they are not in it."""
    end = 0
    for answer in filter(None, answers):
        begin = content.find(answer, end, end + LONGEST_SEPARATOR + len(answer))
        if begin < 0:
            break
        end = begin + len(answer)
    return content[end:].lstrip("\n") if end else content
