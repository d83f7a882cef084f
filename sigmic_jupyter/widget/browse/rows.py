"""What the list shows of a task, and which tasks a filter lets through. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sigmic_jupyter.widget.browse.wire import TaskRow, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sigmic_jupyter.service import TaskSummary
    from sigmic_jupyter.widget.browse.wire import Kind

__all__ = ["WORDS", "Query", "row"]

# In ids, which are random, anything shorter is found everywhere.
SHORTEST_ID = 4
# More than fits into the widest line.
LONGEST_MESSAGE = 300

KINDS: Final[Mapping[str, tuple[Kind, str]]] = {
    "awaiting_approval": ("waiting", "Waiting for you"),
    "running": ("running", "Running"),
    "pending": ("pending", "Pending"),
    "completed": ("completed", "Completed"),
    "failed": ("failed", "Failed"),
    "cancelled": ("cancelled", "Cancelled"),
}
WORDS: Final = Words(
    title="Tasks",
    filter="Filter by message, status or id",
    status="Status",
    statuses=[("", "Any status"), *((status, words) for status, (_, words) in KINDS.items())],
    refresh="Refresh",
    columns=["Status", "Task", "Messages", "Last activity"],
    back="All tasks",
    no_kernel="Browsing needs a running kernel.",
)


class Query(NamedTuple):
    """A filter: each word of `text` in a task's message or status or at the start of its id.

    And its `status`, unless that is empty.
    """

    text: str = ""
    status: str = ""

    @property
    def is_any(self) -> bool:
        """Whether it lets everything through."""
        return not self.status and not self.text.strip()

    def matches(self, task: TaskSummary) -> bool:
        """Whether a task passes; capital letters are as small ones."""
        if self.status not in {"", task.status}:
            return False
        searched, task_id = f"{task.message}\n{_kind(task)[1]}".casefold(), task.id.casefold()
        return all(
            word in searched or (len(word) >= SHORTEST_ID and task_id.startswith(word))
            for word in self.text.casefold().split()
        )


def row(task: TaskSummary) -> TaskRow:
    """A task as the list shows it."""
    kind, status = _kind(task)
    count = task.message_count
    return TaskRow(
        id=task.id,
        kind=kind,
        status=status,
        message=_line(task.message) or task.id,
        messages="" if count is None else f"{count:,}",
        at=task.last_activity_at,
    )


def _kind(task: TaskSummary) -> tuple[Kind, str]:
    """A status that this version does not know reads as the service words it."""
    return KINDS.get(task.status, ("pending", task.status))


def _line(message: str) -> str:
    line, *others = message.strip().split("\n", 1)
    is_cut = bool(others) or len(line) > LONGEST_MESSAGE
    return f"{line[:LONGEST_MESSAGE].rstrip()}…" if is_cut else line
