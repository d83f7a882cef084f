from __future__ import annotations

import asyncio

from sigmic_jupyter.follow import Reader
from sigmic_jupyter.service.models import Task


class Slow:
    """A source whose answers come when they are told to, in any order."""

    def __init__(self):
        self.asked = asyncio.Queue()

    async def get_task(self, _task_id):
        answer = asyncio.get_running_loop().create_future()
        self.asked.put_nowait(answer)
        return await answer


def task(message):
    return Task(id="t", status="running", message=message)


async def test_an_answer_that_was_overtaken_is_replaced_by_the_newer_one():
    """The first request, answered last, does not bring the past back."""
    source = Slow()
    reader = Reader(source)
    first = asyncio.create_task(reader.get_task("t"))
    first_answer = await source.asked.get()
    second = asyncio.create_task(reader.get_task("t"))
    second_answer = await source.asked.get()

    second_answer.set_result(task("new"))
    assert (await second).message == "new"
    first_answer.set_result(task("old"))

    assert (await first).message == "new"
    assert reader.newest == task("new")


async def test_after_something_was_done_older_requests_are_made_again():
    """An answer asked for before a command says nothing of what the command did."""
    source = Slow()
    reader = Reader(source)
    asked = asyncio.create_task(reader.get_task("t"))
    before = await source.asked.get()

    reader.outdate()
    before.set_result(task("before"))
    (await source.asked.get()).set_result(task("after"))

    assert (await asked).message == "after"
