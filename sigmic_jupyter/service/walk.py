"""Goes through the list of tasks, page by page, while tasks move in it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sigmic_jupyter.service.models import TaskSummary

__all__ = ["Walk"]


class Page(Protocol):
    """What a page tells."""

    @property
    def tasks(self) -> tuple[TaskSummary, ...]:
        """Its tasks."""

    @property
    def total(self) -> int:
        """How many there are in all."""

    @property
    def has_more(self) -> bool:
        """Whether there are tasks after these."""


class Walk:
    """Makes one list of successive pages: each task that there was at its beginning, once.

    The service sorts by activity, so whatever happens meanwhile moves a task to the front. What has
    come already then comes again on the next page, and is left out. What was still to come may be
    in front now; so a walk from the front looks there again at its end, as far as the first task
    that has not moved. Tasks that were created since are no part of it: who creates tasks for each
    that comes would never reach the end.

    Args:
        offset: Where it begins. One that begins further down does not look at the front again.

    Attributes:
        next_offset: Which page to ask for next, None at the end.
    """

    def __init__(self, offset: int = 0) -> None:
        self.next_offset: int | None = offset
        self._pages = 0
        self._is_whole = offset == 0
        self._begun: str | None = None
        # When each was last active, as it came.
        self._seen: dict[str, str | None] = {}
        # The same as of the moment when the front is looked at again; None on the way down.
        self._before: Mapping[str, str | None] | None = None
        self._has_found = False

    def take(self, page: Page) -> list[TaskSummary]:
        """The tasks of the page from `next_offset` that have not come yet."""
        asked = self.next_offset or 0
        if self._pages == 0:
            self._begun = page.tasks[0].last_activity_at if page.tasks else None
        new = [
            task
            for task in page.tasks
            if task.id not in self._seen and not (self._pages and self._is_younger(task))
        ]
        self._pages += 1
        self._has_found = self._has_found or bool(new)
        has_reached = self._before is not None and any(
            self._before.get(task.id, "") == task.last_activity_at for task in page.tasks
        )
        self._seen |= {task.id: task.last_activity_at for task in page.tasks}
        after = asked + len(page.tasks)
        # A service that does not heed the offset sends the same for ever.
        is_last = not (page.has_more and page.tasks) or (not new and after >= page.total)
        self.next_offset = self._front() if has_reached or is_last else after
        return new

    def _front(self) -> int | None:
        """Look at the front again, as long as there may be something that was missed."""
        is_settled = not self._has_found if self._before is not None else self._pages == 1
        if is_settled or not self._is_whole:
            return None
        self._before = dict(self._seen)
        self._has_found = False
        return 0

    def _is_younger(self, task: TaskSummary) -> bool:
        """Whether it was created since; times of the service's sort as text."""
        if task.created_at is None or self._begun is None:
            return False
        return task.created_at > self._begun
