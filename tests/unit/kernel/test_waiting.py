from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading

import pytest

from sigmic_jupyter.kernel import Settled, waiting


class Enough(Exception):
    """Raised by a check to end a wait."""


@pytest.fixture
def pumped(monkeypatch):
    """A kernel whose messages have to be fetched: records how."""
    flushes: list[bool] = []
    monkeypatch.setattr(waiting, "pump", lambda *, flush: flushes.append(flush) or True)
    return flushes


def third_time():
    """A check that raises when it is called for the third time."""
    calls = iter((False, False, True))

    def check() -> None:
        if next(calls):
            raise Enough

    return check


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


def test_a_wait_is_interrupted_at_once():
    """Ctrl-C, or the notebook's stop button, ends a wait that has no limit."""
    main = threading.main_thread().ident
    threading.Timer(0.01, signal.pthread_kill, (main, signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        Settled().wait()


def test_a_check_ends_a_wait_by_raising():
    """A check is called again and again; what it raises reaches the caller."""
    with pytest.raises(Enough):
        Settled().wait(check=third_time())


async def test_a_check_ends_a_wait_in_a_loop_by_raising():
    """The same while the wait is awaited; nothing stays behind."""
    settled = Settled()

    with pytest.raises(Enough):
        await settled.wait_async(check=third_time())

    assert settled._callbacks == []


async def test_what_is_set_is_not_checked():
    """A check has no say any more when the end has come."""
    settled = Settled()
    settled.set()

    await settled.wait_async(check=pytest.fail)

    assert settled.wait(check=pytest.fail) is True


def test_clicks_are_fetched_during_a_wait(pumped):
    """A blocking wait also reads the channel, which nobody else does meanwhile."""
    with pytest.raises(Enough):
        Settled().wait(check=third_time())

    assert pumped == [True, True, True]


async def test_clicks_are_fetched_during_a_wait_in_a_loop(pumped):
    """While it is awaited the kernel's own loop reads the channel."""
    with pytest.raises(Enough):
        await Settled().wait_async(check=third_time())

    assert pumped == [False, False, False]


def test_when_set_calls_once():
    """A callback is called when it is set, and not again."""
    settled = Settled()
    calls: list[str] = []
    settled.when_set(lambda: calls.append("called"))
    settled.when_set(lambda: calls.append("taken back"))()

    settled.set()
    settled.clear()
    settled.set()

    assert calls == ["called"]


def test_when_set_calls_at_once_what_is_set():
    """For what is set already the callback is not kept."""
    settled = Settled()
    settled.set()
    calls: list[str] = []

    settled.when_set(lambda: calls.append("called"))

    assert calls == ["called"]


def test_a_plain_script_waits_without_a_kernel():
    """Waiting needs no kernel."""
    code = (
        "import sys, threading\n"
        "from sigmic_jupyter.kernel import Settled, in_order, wait_for\n"
        "flags = [Settled(), Settled()]\n"
        "threading.Timer(0.01, lambda: (flags[1].set(), flags[0].set())).start()\n"
        "print([flags.index(flag) for flag in in_order(flags)], len(wait_for(flags)[0]))\n"
        "print(flags[0].wait(), 'ipykernel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.splitlines() == ["[1, 0] 2", "True False"]
