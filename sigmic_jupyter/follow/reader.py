"""Reads a task so that what is older never follows what is newer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sigmic_jupyter.follow.items import Source
    from sigmic_jupyter.service.models import Task

__all__ = ["Reader"]


class Reader:
    """A source of one task whose answers are in order, whoever asks and however long they take.

    Attributes:
        newest: The newest snapshot, None before the first.
    """

    def __init__(self, source: Source) -> None:
        self.newest: Task | None = None
        self._source = source
        self._asked = 0
        self._answered = 0
        self._outdated = 0

    async def get_task(self, task_id: str) -> Task:
        """Fetch the task; an answer that was overtaken by a newer one is replaced by that.

        Raises:
            APIError: The service did not answer, or not with the task.
        """
        while True:
            self._asked = number = self._asked + 1
            task = await self._source.get_task(task_id)
            if number <= self._outdated:
                continue
            if number > self._answered or self.newest is None:
                self._answered, self.newest = number, task
            return self.newest

    def outdate(self) -> None:
        """Something was done to the task: an answer asked for before does not count any more."""
        self._outdated = self._asked
