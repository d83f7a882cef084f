"""One look serves all who ask before it begins, and none who ask after."""

from __future__ import annotations

import asyncio

import pytest

from sigmic_jupyter.service.errors import ServerError
from sigmic_jupyter.widget import fresh as module
from sigmic_jupyter.widget.fresh import FreshLook


class Looks:
    """Counts looks, each of which lasts until it is let go."""

    def __init__(self):
        self.begun = 0
        self.at_once = 0
        self.fail = None
        self._gate = asyncio.Semaphore(0)

    async def __call__(self):
        self.begun += 1
        self.at_once += 1
        assert self.at_once == 1
        await self._gate.acquire()
        self.at_once -= 1
        if self.fail is not None:
            raise self.fail

    def let_go(self):
        self._gate.release()


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


async def test_who_comes_together_shares_one():
    """Ten that ask at the same time cost one read."""
    looks = Looks()
    fresh = FreshLook(looks)
    waiting = [asyncio.create_task(fresh()) for _ in range(10)]
    await settle()
    looks.let_go()

    await asyncio.gather(*waiting)
    assert looks.begun == 1


async def test_who_comes_later_shares_the_next():
    """What began before the question may be older than it; the next one waits for it to end."""
    looks = Looks()
    fresh = FreshLook(looks)
    first = asyncio.create_task(fresh())
    await settle()
    later = [asyncio.create_task(fresh()) for _ in range(3)]
    await settle()
    assert looks.begun == 1

    looks.let_go()
    await first
    await settle()
    assert (looks.begun, [task.done() for task in later]) == (2, [False] * 3)
    looks.let_go()
    await asyncio.gather(*later)
    assert looks.begun == 2


async def test_one_that_fails_fails_for_all_who_shared_it():
    """And for nobody else."""
    looks = Looks()
    fresh = FreshLook(looks)
    looks.fail = ServerError("down", http_status=503)
    first = [asyncio.create_task(fresh()) for _ in range(2)]
    await settle()
    later = asyncio.create_task(fresh())
    looks.let_go()
    assert await asyncio.gather(*first, return_exceptions=True) == [looks.fail] * 2

    looks.fail = None
    looks.let_go()
    await later


async def test_one_who_gives_up_interrupts_nobody():
    """The others still get their answer."""
    looks = Looks()
    fresh = FreshLook(looks)
    one, other = (asyncio.create_task(fresh()) for _ in range(2))
    await settle()
    one.cancel()
    looks.let_go()

    await other
    assert one.cancelled()


@pytest.mark.parametrize("comes", ["while it is under way", "after it"])
async def test_one_that_was_begun_ahead_serves_who_comes_soon(comes):
    """The button is down, and a moment later the click comes: there is one read."""
    looks = Looks()
    fresh = FreshLook(looks)
    fresh.ahead()
    await settle()
    if comes == "after it":
        looks.let_go()
        await settle()
    waiting = [asyncio.create_task(fresh.latest()) for _ in range(3)]
    looks.let_go()

    await asyncio.gather(*waiting)
    assert looks.begun == 1


async def test_one_that_was_begun_ahead_serves_nobody_who_comes_late(monkeypatch):
    """Whoever holds the button down for long is not told what was true when they began to."""
    looks = Looks()
    fresh = FreshLook(looks)
    monkeypatch.setattr(module, "AHEAD_S", -1.0)
    fresh.ahead()
    looks.let_go()
    await settle()

    late = asyncio.create_task(fresh.latest())
    await settle()
    assert (looks.begun, late.done()) == (2, False)
    looks.let_go()
    await late


async def test_one_that_failed_ahead_is_made_again():
    """And only who needs it hears of a failure."""
    looks = Looks()
    fresh = FreshLook(looks)
    looks.fail = ServerError("down", http_status=503)
    fresh.ahead()
    looks.let_go()
    await settle()

    looks.let_go()
    with pytest.raises(ServerError):
        await fresh.latest()
    looks.fail = None
    looks.let_go()
    await fresh.latest()
    assert looks.begun == 3


async def test_who_waits_for_one_begun_ahead_may_give_up():
    """The look goes on, and serves the next."""
    looks = Looks()
    fresh = FreshLook(looks)
    fresh.ahead()
    one = asyncio.create_task(fresh.latest())
    await settle()
    one.cancel()
    await settle()
    looks.let_go()

    await fresh.latest()
    assert (looks.begun, one.cancelled()) == (1, True)
