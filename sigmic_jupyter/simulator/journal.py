"""The only writer of a task: every change is stamped, and told to those who stream it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sigmic_jupyter.simulator import views
from sigmic_jupyter.simulator.clock import next_instant, utc_now
from sigmic_jupyter.simulator.facts import NOT_RUN_OUTPUT, CallStatus, FinalStatus
from sigmic_jupyter.simulator.feed import Event, Feed
from sigmic_jupyter.simulator.records import Task, Thought, ToolCall, Turn

__all__ = ["Journal"]


class Journal:
    """Writes one task."""

    def __init__(self, task: Task, feed: Feed) -> None:
        self.task = task
        self._feed = feed

    @property
    def turn(self) -> Turn:
        """The turn that is under way, or was last."""
        return self.task.turns[-1]

    def resume(self) -> None:
        """The task works, for the first time or again.

        A call that still waits when its task ends keeps that status, and is settled here (assumed).
        """
        now = self._stamp()
        for call in self.task.calls:
            if call.waits:
                self.settle(call, "cancelled", NOT_RUN_OUTPUT)
        self.task.phase = "running"
        self.task.error = None
        self.task.completed_at = None
        self.task.started_at = self.task.started_at or now

    def begin(self, message: str, files: list[str]) -> None:
        """A message is taken up."""
        self.task.turns.append(Turn(message, files, self._stamp()))
        self._feed.publish(views.processing_event())

    def end_turn(self) -> None:
        """The answer to the message is complete."""
        self.turn.ended_at = self._stamp()

    def think(self, thought: Thought) -> None:
        """The agent thought something."""
        self.turn.steps.append(thought)
        self._output_changed(views.thought_event(thought))

    def say(self, text: str, *, is_partial: bool) -> None:
        """The answer grows by `text`."""
        self.turn.content += text
        self._output_changed(views.content_event(text, is_partial=is_partial))

    def open_call(self, call: ToolCall) -> None:
        """The agent asks for a tool."""
        self.turn.steps.append(call)
        self._output_changed(views.call_event(call))

    def change(self, call: ToolCall, *, tool_name: str, args: Mapping[str, Any]) -> None:
        """A call that waits asks for something else than before."""
        call.tool_name = tool_name
        call.args = args
        self._output_changed(views.call_event(call))

    def execute(self, call: ToolCall) -> None:
        """A call that waited may run."""
        call.status = "executing"
        self._output_changed(views.call_event(call))

    def settle(self, call: ToolCall, status: CallStatus, output: str) -> None:
        """A call came to its end."""
        call.status = status
        call.output = output
        self._output_changed(views.result_event(call))

    def finish(self, status: FinalStatus, error: str | None = None) -> None:
        """The task is final, until a message sets it running again."""
        if self.task.turns and self.turn.ended_at is None:
            self.end_turn()
        self.task.phase = status
        self.task.error = error
        self.task.completed_at = self._stamp()
        self._feed.publish(views.end_event(self.task))
        self._feed.publish(None)

    def _output_changed(self, event: Event) -> None:
        self.task.output_updated_at = self._stamp()
        self._feed.publish(event)

    def _stamp(self) -> datetime:
        self.task.last_activity_at = next_instant(self.task.last_activity_at, utc_now())
        return self.task.last_activity_at
