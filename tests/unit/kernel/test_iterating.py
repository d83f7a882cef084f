from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import closing

import pytest

from sigmic_jupyter.kernel import background, iterate, waiting
from sigmic_jupyter.kernel.iterating import AHEAD

LIMIT_S = 10


class Source:
    """Yields numbers; says how far it is, and when it has ended."""

    def __init__(self, count, *, then=None):
        self.count = count
        self.then = then
        self.made = 0
        self.ahead = threading.Event()
        self.ended = threading.Event()

    async def items(self):
        try:
            for number in range(self.count):
                self.made += 1
                if self.made > AHEAD:
                    self.ahead.set()
                yield number
            if self.then is not None:
                await self.then()
        finally:
            self.ended.set()


@pytest.fixture
def waits(monkeypatch):
    """Is set when the thread waits, and so fetches what it can of the kernel's messages."""
    event = asyncio.Event()

    def pump(*, flush):
        assert flush
        background().call_soon(event.set)

    monkeypatch.setattr(waiting, "pump", pump)
    return event


def test_all_items_in_order():
    """What the loop produces arrives in another thread, all of it."""
    source = Source(5 * AHEAD)

    assert list(iterate(source.items())) == list(range(5 * AHEAD))
    assert source.ended.is_set()


def test_an_exception_comes_after_the_items():
    """What the source raises, the iteration raises, and nothing is lost before."""

    async def fail():
        raise ConnectionError("broken")

    items = iterate(Source(3, then=fail).items())

    assert [next(items) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ConnectionError, match="broken"):
        next(items)


def test_the_source_is_only_a_little_ahead():
    """A slow thread holds the source back."""
    source = Source(100 * AHEAD)
    with closing(iterate(source.items())) as items:
        next(items)
        assert source.ahead.wait(LIMIT_S)
        background().run(asyncio.sleep(0))

        assert source.made <= AHEAD + 2

    assert source.ended.wait(LIMIT_S)


def test_leaving_ends_the_source():
    """Whoever has enough closes the iteration, and the source is cancelled."""
    source = Source(1, then=asyncio.Event().wait)
    with closing(iterate(source.items())) as items:
        assert next(items) == 0
        assert not source.ended.is_set()

    assert source.ended.wait(LIMIT_S)


def test_an_interrupt_ends_both(waits):
    """Ctrl-C while nothing comes ends the iteration and the source."""

    async def interrupt():
        await waits.wait()
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        await asyncio.Event().wait()

    source = Source(0, then=interrupt)

    with pytest.raises(KeyboardInterrupt):
        next(iterate(source.items()))
    assert source.ended.wait(LIMIT_S)


def test_clicks_are_delivered_meanwhile(waits):
    """While it waits for an item, messages of the kernel are fetched."""
    assert list(iterate(Source(1, then=waits.wait).items())) == [0]


def test_waiting_for_itself_is_refused():
    """On the loop's own thread it would never return, so it raises and starts nothing."""
    source = Source(1)

    async def outer():
        list(iterate(source.items()))

    with pytest.raises(RuntimeError, match="wait for itself"):
        background().run(outer())
    assert source.made == 0
