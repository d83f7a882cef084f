"""A page of the list of tasks, as the notebook user has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sigmic_jupyter.service import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sigmic_jupyter.service import TaskSummary

__all__ = ["TaskPage"]


@dataclass(frozen=True, slots=True, repr=False)
class TaskPage:
    """A part of the list of tasks, newest activity first. Last in a cell it shows a table.

    To iterate goes on over the pages that follow, which are fetched when they are reached: each
    task that there was when this page was fetched comes once, whatever moves in the list meanwhile.
    A task that moves to its top comes last instead; one that is created meanwhile does not come.
    `tasks` has those of this page alone. It has no length, since that would be the one or the
    other.

    Attributes:
        tasks: The tasks of this page, `limit` or fewer.
        total: How many there are on all pages.
        limit: How many were asked for.
        offset: How many come before this page.
        has_more: Whether more come after it.
        fetched_at: When it was fetched, by this machine's clock.
    """

    tasks: tuple[TaskSummary, ...]
    total: int
    limit: int
    offset: int
    has_more: bool
    fetched_at: datetime
    _fetch: Callable[[int, int], TaskPage] = field(compare=False)

    def next(self) -> TaskPage | None:
        """Fetch the page after this one, None where there is none.

        Raises:
            APIError: The service did not answer, or refuses.
        """
        return self._fetch(self.limit, self.offset + len(self.tasks)) if self.has_more else None

    def __iter__(self) -> Iterator[TaskSummary]:
        walk = Walk(self.offset)
        yield from walk.take(self)
        while walk.next_offset is not None:
            yield from walk.take(self._fetch(self.limit, walk.next_offset))

    def __repr__(self) -> str:
        from sigmic_jupyter.widget.record import tasks_plain  # noqa: PLC0415 - the import is to be quick

        return f"<TaskPage: {self._which()}>\n{tasks_plain(self.tasks, self.fetched_at)}".rstrip()

    def _repr_html_(self) -> str:
        from sigmic_jupyter.widget.record import tasks_html  # noqa: PLC0415 - the import is to be quick

        return tasks_html(self.tasks, self.fetched_at, title=self._which())

    def _which(self) -> str:
        """`tasks 51 to 100 of 212, newest activity first`."""
        if not self.tasks:
            return (
                f"no tasks after {self.offset:,} of {self.total:,}" if self.offset else "no tasks"
            )
        first, last = self.offset + 1, self.offset + len(self.tasks)
        which = f"task {first:,}" if first == last else f"tasks {first:,} to {last:,}"
        return f"{which} of {self.total:,}, newest activity first"
