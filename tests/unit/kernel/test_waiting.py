from __future__ import annotations

import asyncio
import threading

from sigmic_jupyter.kernel import Settled


def test_wait_returns_when_it_is_set():
    """A blocked thread is released by another one."""
    settled = Settled()
    threading.Timer(0.01, settled.set).start()

    assert settled.wait(5) is True


def test_wait_gives_up_after_its_limit():
    """A limit that passes is False, not an exception."""
    assert Settled().wait(0.01) is False


async def test_waiting_in_a_loop_is_released_from_a_thread():
    """A coroutine is released by a thread."""
    settled = Settled()
    waiting = asyncio.create_task(settled.wait_async())
    await asyncio.sleep(0)

    threading.Thread(target=settled.set).start()

    await asyncio.wait_for(waiting, 5)
    assert settled.is_set()


async def test_a_wait_that_was_cancelled_leaves_nothing():
    """Giving up a wait forgets its callback."""
    settled = Settled()
    waiting = asyncio.create_task(settled.wait_async())
    await asyncio.sleep(0)

    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    assert settled._callbacks == []


async def test_what_is_set_already_does_not_wait():
    """Waiting for what has happened returns at once."""
    settled = Settled()
    settled.set()

    await asyncio.wait_for(settled.wait_async(), 1)


def test_clear_makes_it_wait_again():
    """After a clear, waits wait again."""
    settled = Settled()
    settled.set()
    settled.clear()

    assert settled.wait(0) is False


def test_a_closed_loop_is_no_trouble():
    """Setting after a waiter's loop has closed goes through."""
    settled = Settled()
    loop = asyncio.new_event_loop()
    waiting = loop.create_task(settled.wait_async())
    loop.run_until_complete(asyncio.sleep(0))
    waiting.cancel()
    loop.run_until_complete(asyncio.gather(waiting, return_exceptions=True))
    loop.close()

    settled.set()

    assert settled.is_set()
