"""The list of tasks as the widget has it: what has been fetched, and what passes the filter.

It belongs to the background loop and knows nothing of ipywidgets.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec.structs import replace

from sigmic_jupyter.service import Walk
from sigmic_jupyter.widget.browse.rows import Query, row
from sigmic_jupyter.widget.browse.wire import Listed
from sigmic_jupyter.widget.problems import problem_of
from sigmic_jupyter.widget.record.text import grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sigmic_jupyter.service import TaskList, TaskSummary
    from sigmic_jupyter.widget.wire import Problem

__all__ = ["Browsing"]

# Rows that are shown at first, and added at a time.
PAGE = 50
# The most that the service lists at once, for searching.
LARGEST_PAGE = 100
# A search goes on by itself for so many requests, then when it is told to.
MOST_REQUESTS = 5


class ListTasks(Protocol):
    """Asks the service for a page."""

    async def __call__(self, *, limit: int, offset: int) -> TaskList:
        """As `AsyncClient.list_tasks`."""


class Gathered:
    """What has been fetched of the list since its beginning was last looked at."""

    def __init__(self) -> None:
        self.tasks: list[TaskSummary] = []
        self.total = 0
        self._walk = Walk()

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing more to fetch."""
        return self._walk.next_offset is None

    async def fetch(self, list_tasks: ListTasks, limit: int) -> None:
        """Fetch the next page."""
        page = await list_tasks(limit=limit, offset=self._walk.next_offset or 0)
        self.total = page.total
        self.tasks += self._walk.take(page)


class Browsing:
    """Fetches, filters and tells.

    The service cannot filter, so that is done here, with what has been fetched; how much that is,
    is said.

    Args:
        list_tasks: Asks the service for a page.
        publish: Takes what there is to see, whenever that has changed.
        tell_busy: Takes how many requests are under way.

    Attributes:
        asked: Set when the service has first answered, or has not.
    """

    def __init__(
        self,
        list_tasks: ListTasks,
        publish: Callable[[Listed], None],
        tell_busy: Callable[[int], None],
    ) -> None:
        self.asked = asyncio.Event()
        self._list_tasks = list_tasks
        self._publish = publish
        self._tell_busy = tell_busy
        self._gathered = Gathered()
        self._query = Query()
        self._problem: Problem | None = None
        self._retry: Literal["refresh", "more"] = "refresh"
        self._in_turn = asyncio.Lock()
        self._asks = 0

    @property
    def tasks(self) -> list[TaskSummary]:
        """Those fetched that pass the filter."""
        return [task for task in self._gathered.tasks if self._query.matches(task)]

    @property
    def listed(self) -> Listed:
        """What there is to see."""
        tasks = self.tasks
        total = f"{self._gathered.total:,}, newest activity first"
        return Listed(
            rows=[row(task) for task in tasks],
            count=total if self._gathered.tasks else "",
            foot=self._foot(len(tasks)),
            more=self._more(),
            text=self._query.text,
            status=self._query.status,
            problem=self._problem,
        )

    async def refresh(self) -> None:
        """Fetch the list anew, as much of it as there was. Until then the old one stays."""
        fresh, wanted = Gathered(), max(PAGE, len(self._gathered.tasks))
        with self._noting("refresh"):
            async with self._in_turn:
                for _ in range(MOST_REQUESTS):
                    await fresh.fetch(self._list_tasks, min(LARGEST_PAGE, wanted))
                    if fresh.is_whole or len(fresh.tasks) >= wanted:
                        break
                self._gathered = fresh
        await self._read(PAGE)

    async def find(self, text: str, status: str) -> None:
        """Filter by other words: at once what is here, then what the service has beyond it."""
        self._query = Query(text, status)
        self._publish(self.listed)
        await self._read(PAGE)

    async def more(self, shown: int) -> None:
        """Fetch beyond so many that are shown, search on, or try again what has failed."""
        if self._problem is not None and self._retry == "refresh":
            await self.refresh()
        else:
            await self._read(shown + PAGE)

    def saw(self, task_id: str, status: str) -> None:
        """Note the status of a task that was followed meanwhile."""
        tasks = self._gathered.tasks
        for place, task in enumerate(tasks):
            if task.id == task_id and status not in {"", task.status}:
                tasks[place] = replace(task, status=status)
                self._publish(self.listed)

    async def _read(self, wanted: int) -> None:
        """Fetch until so many tasks pass the filter, or it has been long enough for one step."""
        query, gathered = self._query, self._gathered
        for _ in range(MOST_REQUESTS):
            async with self._in_turn:
                missing = wanted - len(self.tasks)
                # Who was overtaken by another filter or list leaves the rest to it.
                is_overtaken = query is not self._query or gathered is not self._gathered
                if is_overtaken or gathered.is_whole or missing <= 0:
                    return
                limit = min(LARGEST_PAGE, missing) if query.is_any else LARGEST_PAGE
                with self._noting("more"):
                    await gathered.fetch(self._list_tasks, limit)

    @contextmanager
    def _noting(self, retry: Literal["refresh", "more"]) -> Iterator[None]:
        """Tell what comes of a request: the list, or why there is none."""
        self._asks += 1
        self._tell_busy(self._asks)
        try:
            yield
            self._problem = None
        except Exception as error:
            self._problem, self._retry = problem_of(error), retry
            raise
        finally:
            self._asks -= 1
            self._tell_busy(self._asks)
            self.asked.set()
            self._publish(self.listed)

    def _foot(self, shown: int) -> str:
        gathered = self._gathered
        searched, total = len(gathered.tasks), gathered.total
        if gathered.is_whole:
            total = searched
        elif not searched:
            return "" if self.asked.is_set() else "Asking the service…"
        if self._query.is_any:
            return f"{shown:,} of {total:,} shown" if total else "No tasks yet"
        found = grouped(shown, "task matches", "tasks match") if shown else "No task matches"
        return f"{found}; searched {searched:,} of {total:,}"

    def _more(self) -> str | None:
        gathered = self._gathered
        if self._problem is not None:
            return "Retry"
        if gathered.is_whole or not gathered.tasks:
            return None
        left = gathered.total - len(gathered.tasks)
        if not self._query.is_any:
            return "Search on"
        return f"Show {min(PAGE, left):,} more" if left > 0 else "Show more"
