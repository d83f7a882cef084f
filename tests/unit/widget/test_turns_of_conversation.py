"""Which answer and which steps belong to which message."""

from __future__ import annotations

import pytest
from fakes import task

from sigmic_jupyter.follow import Timeline, advance
from sigmic_jupyter.service.events import AttachedFile, HistoryMessageEvent
from sigmic_jupyter.service.models import Output, Task, Thought, ToolCall
from sigmic_jupyter.widget.conversation import Conversation

AT = "2026-01-26T15:51:00.000Z"


class World:
    """A conversation that observes the states of one task."""

    def __init__(self) -> None:
        self.conversation = Conversation()
        self.timeline = Timeline()

    def observe(self, status: str, content: str, thoughts=(), calls=()) -> None:
        output = Output(
            content=content,
            thoughts=tuple(Thought(subject) for subject in thoughts),
            tool_calls=tuple(ToolCall(call_id, "tool", "success") for call_id in calls),
        )
        state = Task(id="t", status=status, message="first", output=output, completed_at=AT)
        self.timeline = advance(self.timeline, state, AT)
        self.conversation.observe(state, self.timeline)

    def ask(self, message: str, *files: str) -> None:
        self.conversation.ask(message, files, AT)

    @property
    def said(self) -> list[tuple[str, ...]]:
        return [
            (message.role, message.content, *(["waits"] if message.waits else []))
            for message in self.conversation.messages()
        ]

    @property
    def rows(self) -> list[list[str] | None]:
        return [message.rows for message in self.conversation.messages() if message.role == "user"]


@pytest.fixture
def world() -> World:
    return World()


def user(content: str, *files: str) -> HistoryMessageEvent:
    attached = tuple(AttachedFile(name) for name in files)
    return HistoryMessageEvent("user", content, created_at=AT, attached_files=attached)


def agent(content: str, thoughts=(), calls=()) -> HistoryMessageEvent:
    return HistoryMessageEvent(
        "assistant",
        content,
        created_at=AT,
        thoughts=tuple(Thought(subject) for subject in thoughts),
        tool_calls=tuple(ToolCall(call_id, "tool", "success") for call_id in calls),
    )


@pytest.mark.parametrize("separator", ["", "\n", "\n\n"])
def test_a_message_after_the_end_begins_a_turn(world, separator):
    """The answer and the steps up to there stay with the message before."""
    world.observe("completed", "one", ["a"], ["c1"])
    world.ask("second", "a.csv")
    assert world.conversation.text == ""

    world.observe("running", f"one{separator}tw", ["a", "b"], ["c1", "c2"])
    assert world.conversation.text == "tw"
    world.observe("completed", f"one{separator}two", ["a", "b"], ["c1", "c2"])

    assert world.said == [
        ("user", "first"),
        ("assistant", "one"),
        ("user", "second"),
        ("assistant", "two"),
    ]
    assert world.rows == [["thought-0", "call-c1"], None]
    assert world.conversation.messages()[2].files == ["a.csv"]


def test_a_service_that_tells_the_new_turn_alone(world):
    """Then its text is the answer, also where it begins as the one before."""
    world.observe("completed", "The first answer")
    world.ask("second")

    world.observe("running", "The f")

    assert world.conversation.text == "The f"


def test_the_answer_so_far_is_no_message(world):
    """Only what is complete is said."""
    world.observe("running", "on")

    assert (world.said, world.conversation.text) == ([("user", "first")], "on")


def test_a_message_to_a_task_that_runs_waits(world):
    """Until the stream tells that the agent has answered; the steps so far stay above."""
    world.observe("running", "one", ["a"], ["c1"])
    world.ask("second")
    assert world.said == [("user", "first"), ("user", "second", "waits")]
    assert world.conversation.has_waiting

    world.conversation.hear([user("first"), agent("one", ["a"], ["c1"]), user("")])
    world.observe("running", "one\n\ntwo", ["a", "b"], ["c1"])

    assert world.said == [("user", "first"), ("assistant", "one"), ("user", "second")]
    assert (world.conversation.text, world.rows) == ("two", [["thought-0", "call-c1"], None])


def test_without_a_stream_the_last_message_has_what_came_of_all(world):
    """Nobody told the answers apart, and nothing of them is lost."""
    world.observe("running", "one", ["a"])
    world.ask("second")
    world.observe("completed", "one\n\ntwo", ["a", "b"])

    world.conversation.settle()

    assert not world.conversation.has_waiting
    assert world.said == [("user", "first"), ("user", "second"), ("assistant", "one\n\ntwo")]
    assert world.rows == [[], None]


def test_the_saved_conversation_of_a_task_that_was_attached(world):
    """All turns are told, with files; what GET lists is divided among them."""
    world.observe("completed", "one\n\ntwo", ["a", "b"], ["c1", "c2"])

    world.conversation.hear(
        [
            user("first", "a.csv"),
            agent("one", ["a"], ["c1"]),
            user("second"),
            agent("two", ["b"], ["c2"]),
        ]
    )

    assert [content for _, content in world.said] == ["first", "one", "second", "two"]
    assert world.rows == [["thought-0", "call-c1"], None]
    assert world.conversation.messages()[0].files == ["a.csv"]


def test_what_was_told_apart_here_stays(world):
    """A history that leaves out thoughts takes no row from a turn whose end was seen."""
    world.observe("completed", "one", ["a"])
    world.ask("second", "b.csv")
    world.observe("completed", "one\n\ntwo", ["a", "b"])

    world.conversation.hear([user("first"), agent("one"), user("second"), agent("two")])

    assert world.rows == [["thought-0"], None]
    assert world.conversation.messages()[2].files == ["b.csv"]


def test_a_service_that_takes_up_a_message_within_a_turn(world):
    """What looks like the next turn, and no message waits, changes nothing."""
    world.observe("running", "one")
    world.conversation.hear([user("first"), agent("one"), user("")])

    world.observe("completed", "one two")

    assert world.said == [("user", "first"), ("assistant", "one two")]


def test_a_message_before_the_task_was_heard_of():
    """The task's own message is the first all the same."""
    conversation = Conversation()
    conversation.ask("second", (), AT)

    conversation.observe(task("running", message="first"), Timeline())

    assert [message.content for message in conversation.messages()] == ["first", "second"]
