from __future__ import annotations

import asyncio

import pytest

from sigmic_jupyter.service import TaskList, TaskSummary
from sigmic_jupyter.widget.browse.browsing import Browsing


def summary(number, status="completed", message=None):
    minute, second = divmod(number, 60)
    at = f"2026-01-26T{23 - minute // 60:02}:{59 - minute % 60:02}:{59 - second:02}.000Z"
    message = f"Task {number}" if message is None else message
    return TaskSummary(
        f"id-{number}",
        status,
        message,
        created_at=at,
        last_activity_at=at,
        message_count=2,
    )


class FakeList:
    """Stands where `AsyncClient.list_tasks` stands; `fails` is raised instead, once."""

    def __init__(self, count: int) -> None:
        self.tasks = [summary(number) for number in range(count)]
        self.asked: list[tuple[int, int]] = []
        self.fails: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, *, limit: int, offset: int) -> TaskList:
        self.asked.append((limit, offset))
        await self.gate.wait()
        if self.fails is not None:
            failure, self.fails = self.fails, None
            raise failure
        end, total = offset + limit, len(self.tasks)
        return TaskList(tuple(self.tasks[offset:end]), total, limit, offset, end < total)


class Shown:
    """What was published."""

    def __init__(self) -> None:
        self.listed: list = []
        self.requests: list[int] = []


@pytest.fixture
def shown():
    return Shown()


@pytest.fixture
def start(shown):
    """Makes a list of so many tasks, loaded."""

    async def make(count):
        service = FakeList(count)
        browsing = Browsing(service, shown.listed.append, shown.requests.append)
        await browsing.refresh()
        return service, browsing

    return make
