"""What the list shows of a task, and which tasks a filter lets through. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sigmic_jupyter.widget.browse.wire import TaskRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sigmic_jupyter.service import TaskSummary
    from sigmic_jupyter.widget.browse.wire import Look

__all__ = ["STATUSES", "Query", "row"]

# More than fits into the widest line.
LONGEST_MESSAGE = 300

LOOKS: Final[Mapping[str, tuple[Look, str]]] = {
    "awaiting_approval": ("waiting", "Waiting for you"),
    "running": ("running", "Running"),
    "pending": ("pending", "Pending"),
    "completed": ("completed", "Completed"),
    "failed": ("failed", "Failed"),
    "cancelled": ("cancelled", "Cancelled"),
}
STATUSES: Final = [("", "Any status"), *((status, words) for status, (_, words) in LOOKS.items())]


class Query(NamedTuple):
    """A filter: the words of `text` in a task's message, status or id, and its `status`."""

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
        searched = f"{task.message}\n{_look(task)[1]}\n{task.id}".casefold()
        return all(word in searched for word in self.text.casefold().split())


def row(task: TaskSummary) -> TaskRow:
    """A task as the list shows it."""
    look, status = _look(task)
    return TaskRow(
        id=task.id,
        look=look,
        status=status,
        message=_line(task.message),
        messages=task.message_count,
        at=task.last_activity_at,
    )


def _look(task: TaskSummary) -> tuple[Look, str]:
    """A status that this version does not know reads as the service words it."""
    return LOOKS.get(task.status, ("pending", task.status))


def _line(message: str) -> str:
    line, *others = message.strip().split("\n", 1)
    is_cut = bool(others) or len(line) > LONGEST_MESSAGE
    return f"{line[:LONGEST_MESSAGE].rstrip()}…" if is_cut else line
