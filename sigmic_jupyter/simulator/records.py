"""A task in memory: what was asked, what the agent did, how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sigmic_jupyter.simulator.facts import CallStatus, FinalStatus

__all__ = ["FollowUp", "NewTask", "Task", "Thought", "ToolCall", "Turn", "Upload"]


@dataclass(frozen=True)
class Upload:
    """One file of a request."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class FollowUp:
    """A validated message to an existing session."""

    message: str
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True)
class NewTask(FollowUp):
    """A validated request for a new task."""

    system_prompt: str | None = None
    show_in_history: bool = True
    auto_execute: bool = True
    env: Mapping[str, str] | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Thought:
    """One thing the agent thought."""

    subject: str
    description: str


@dataclass
class ToolCall:
    """One call of a tool, and what became of it."""

    call_id: str
    tool_name: str
    args: Mapping[str, Any]
    status: CallStatus
    description: str | None = None
    output: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the call ran and its tool was content."""
        return self.status == "success"

    @property
    def waits(self) -> bool:
        """Whether the call waits for a person."""
        return self.status == "awaiting_approval"

    @property
    def is_open(self) -> bool:
        """Whether the call waits or runs."""
        return self.status in ("awaiting_approval", "executing")


@dataclass
class Turn:
    """One message of the person and the agent's answer to it.

    Attributes:
        files: the workspace paths of what came with the message.
        steps: thoughts and tool calls in the order they came.
        ended_at: when the answer was complete or given up; None while it is under way.
    """

    message: str
    files: Sequence[str]
    asked_at: datetime
    steps: list[Thought | ToolCall] = field(default_factory=list)
    content: str = ""
    ended_at: datetime | None = None

    @property
    def thoughts(self) -> list[Thought]:
        """The thoughts among the steps."""
        return [step for step in self.steps if isinstance(step, Thought)]

    @property
    def calls(self) -> list[ToolCall]:
        """The tool calls among the steps."""
        return [step for step in self.steps if isinstance(step, ToolCall)]


@dataclass
class Task:
    """One task with all its turns. Only `Journal` writes to it."""

    task_id: str
    session_id: str
    conversation_id: str
    api_key_id: str
    request: NewTask
    created_at: datetime
    last_activity_at: datetime
    phase: Literal["pending", "running"] | FinalStatus = "pending"
    error: str | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    output_updated_at: datetime | None = None
    turns: list[Turn] = field(default_factory=list)

    @property
    def calls(self) -> list[ToolCall]:
        """The tool calls of all turns."""
        return [call for turn in self.turns for call in turn.calls]

    @property
    def status(self) -> str:
        """The status as the service names it."""
        waits = self.phase == "running" and any(call.waits for call in self.calls)
        return "awaiting_approval" if waits else self.phase

    @property
    def is_final(self) -> bool:
        """Whether nothing happens any more unless a message comes."""
        return self.phase not in ("pending", "running")
