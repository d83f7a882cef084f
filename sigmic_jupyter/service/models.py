"""What the service says, as frozen values. No I/O.

The service is free to add: unknown fields are ignored, and a status that this version does not know
stays the text it came as. What is optional may be absent or null. Times are ISO 8601 in UTC, as
sent: `2026-01-26T15:50:54.870Z`.
"""

from enum import StrEnum
from typing import Any

import msgspec

__all__ = [
    "FINAL_STATUSES",
    "SETTLED_CALL_STATUSES",
    "Acknowledgement",
    "Approval",
    "ApprovalAnswer",
    "Artifact",
    "ArtifactList",
    "CallStatus",
    "CreatedTask",
    "MessageAnswer",
    "Outcome",
    "Output",
    "Task",
    "TaskList",
    "TaskStatus",
    "TaskSummary",
    "Thought",
    "ToolCall",
]


class TaskStatus(StrEnum):
    """The statuses of a task that are known."""

    PENDING = "pending"
    RUNNING = "running"
    AWAITING_APPROVAL = "awaiting_approval"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINAL_STATUSES = frozenset({TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED})


class CallStatus(StrEnum):
    """The statuses of a tool call that are known."""

    PENDING = "pending"
    AWAITING_APPROVAL = "awaiting_approval"
    EXECUTING = "executing"
    SUCCESS = "success"
    ERROR = "error"
    CANCELLED = "cancelled"


SETTLED_CALL_STATUSES = frozenset({CallStatus.SUCCESS, CallStatus.ERROR, CallStatus.CANCELLED})


class Outcome(StrEnum):
    """What can be decided about a tool call that waits.

    `PROCEED_ALWAYS` runs this call and approves similar calls for the rest of the session.

    Source: docs.sigmic.ai, tasks/approve.
    """

    PROCEED_ONCE = "proceed_once"
    PROCEED_ALWAYS = "proceed_always"
    CANCEL = "cancel"


class Thought(msgspec.Struct, frozen=True, rename="camel"):
    """What the agent says it thinks.

    Attributes:
        subject: A few words.
        description: An explanation.
    """

    subject: str = ""
    description: str = ""


class ToolCall(msgspec.Struct, frozen=True, rename="camel"):
    """One use of a tool.

    Attributes:
        call_id: Names the call within its task.
        tool_name: Such as `read_file`.
        status: `pending`, `awaiting_approval`, `executing`, `success`, `error`, `cancelled`, or
            what else the service says.
        args: All arguments, exactly as sent: a text may hold half a surrogate pair. What no
            Python number holds, and what is nested more than 100 levels deep, is kept as JSON text.
        output: What the tool gave; a structure is kept as JSON text.
        description: The agent's own words about the call.
    """

    call_id: str
    tool_name: str
    status: str
    args: dict[str, Any] = msgspec.field(default_factory=dict)
    output: str | None = None
    description: str | None = None


class Approval(msgspec.Struct, frozen=True, rename="camel"):
    """A tool call that waits for a decision.

    Attributes:
        call_id: Names the call within its task.
        tool_name: Such as `write_file`.
        args: All arguments, as of a `ToolCall`.
    """

    call_id: str
    tool_name: str
    args: dict[str, Any] = msgspec.field(default_factory=dict)


class Output(msgspec.Struct, frozen=True, rename="camel"):
    """What a task has produced so far.

    Attributes:
        content: The answer's text so far, Markdown.
        updated_at: Changes whenever anything here did.
        thoughts: In the service's order.
        tool_calls: In the service's order.
    """

    content: str = ""
    updated_at: str | None = None
    thoughts: tuple[Thought, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()


class Task(msgspec.Struct, frozen=True, rename="camel"):
    """One run of an agent.

    Attributes:
        id: Names the task.
        status: `pending`, `running`, `awaiting_approval`, `completed`, `failed`, `cancelled`, or
            what else the service says.
        message: The instruction.
        api_key_id: The key that it was created with, by the service's own name for it.
        username: Whose it is.
        session_id: The session that its messages go to.
        conversation_id: The conversation, by the service's own name for it.
        system_prompt: What stands before the instruction.
        show_in_history: Whether the service lists it.
        auto_execute: Whether tools run without approval.
        env: The environment it was created with; secrets are never returned.
        error: Why it failed.
        created_at: When the service took it.
        started_at: When it began.
        completed_at: When it ended.
        output: None before anything ran.
        pending_approvals: The calls that wait for a decision.

    Source: docs.sigmic.ai, tasks/get.
    """

    id: str
    status: str
    message: str = ""
    api_key_id: str | None = None
    username: str | None = None
    session_id: str | None = None
    conversation_id: str | None = None
    system_prompt: str | None = None
    show_in_history: bool | None = None
    auto_execute: bool | None = None
    env: dict[str, str] | None = None
    error: str | None = None
    created_at: str | None = None
    started_at: str | None = None
    completed_at: str | None = None
    output: Output | None = None
    pending_approvals: tuple[Approval, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens by itself; a follow-up message sets a task running again."""
        return self.status in FINAL_STATUSES

    def ambiguous_call(self) -> str | None:
        """The id under which two different calls wait, None where each has its own."""
        waiting: dict[str, Approval] = {}
        for approval in self.pending_approvals:
            if waiting.setdefault(approval.call_id, approval) != approval:
                return approval.call_id
        return None


class TaskSummary(Task, frozen=True, rename="camel"):
    """One row of the list of tasks; its `output` is None.

    Attributes:
        last_activity_at: What the list is sorted by, newest first.
        message_count: Messages in the conversation, the agent's included.
    """

    last_activity_at: str | None = None
    message_count: int | None = None


class TaskList(msgspec.Struct, frozen=True, rename="camel"):
    """A part of the list of tasks, newest activity first.

    Attributes:
        tasks: `limit` tasks or fewer, from the one at `offset`.
        total: How many tasks there are in all.
        limit: How many were asked for.
        offset: How many were skipped.
        has_more: Whether there are tasks after these.

    Source: docs.sigmic.ai, tasks/list.
    """

    tasks: tuple[TaskSummary, ...]
    total: int
    limit: int
    offset: int
    has_more: bool


class CreatedTask(msgspec.Struct, frozen=True, rename="camel"):
    """A task that was just created."""

    id: str
    status: str = TaskStatus.PENDING.value


class Artifact(msgspec.Struct, frozen=True, rename="camel"):
    """A file in the task's workspace.

    Attributes:
        name: Its name.
        path: Relative to the workspace, such as `downloads/report.pdf`.
        size: Bytes.
        mime_type: Such as `text/csv`.
        category: The service's own grouping, such as `csv`.
        modified_at: When it was last written.

    Source: docs.sigmic.ai, tasks/artifacts.
    """

    name: str
    path: str
    size: int | None = None
    mime_type: str | None = None
    category: str | None = None
    modified_at: str | None = None


class ArtifactList(msgspec.Struct, frozen=True, rename="camel"):
    """The files of a task."""

    files: tuple[Artifact, ...]


class MessageAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """What a follow-up message is answered with: the task's status."""

    status: str


class ApprovalAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """What a decision is answered with."""

    approved: bool


class Acknowledgement(msgspec.Struct, frozen=True, rename="camel"):
    """What is answered where there is nothing to say."""
