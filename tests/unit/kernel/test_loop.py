from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from sigmic_jupyter.kernel import BackgroundLoop, in_thread


@pytest.fixture
def loop():
    background = BackgroundLoop()
    yield background
    background.stop()


def test_work_runs_on_one_thread_of_its_own(loop):
    """All work shares one thread, and it is not the caller's."""

    async def name() -> str:
        return threading.current_thread().name

    names = {loop.run(name()) for _ in range(3)}

    assert names == {"sigmic-loop"}
    assert threading.current_thread().name not in names


def test_an_exception_reaches_the_caller(loop):
    """What the work raises, `run` raises."""

    async def fail() -> None:
        raise TimeoutError("the work's own")

    with pytest.raises(TimeoutError, match="the work's own"):
        loop.run(fail())


def test_waiting_for_itself_is_refused(loop):
    """`run` on the loop's own thread would never return, so it raises."""

    async def inner() -> None:
        """Never awaited."""

    async def outer() -> None:
        loop.run(inner())

    with pytest.raises(RuntimeError, match="wait for itself"):
        loop.run(outer())


def test_stop_cancels_work_then_closes(loop):
    """What still runs is cancelled before the closers are awaited."""
    happened: list[str] = []
    started = threading.Event()

    async def endless() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            happened.append("cancelled")

    async def closer() -> None:
        happened.append("closed")

    loop.on_stop(closer)
    loop.submit(endless())
    assert started.wait(5)

    loop.stop()

    assert happened == ["cancelled", "closed"]


def test_work_after_stop_gets_a_new_loop(loop):
    """A stopped loop starts again when it is needed."""

    async def answer() -> int:
        return 42

    assert loop.run(answer()) == 42
    loop.stop()
    assert loop.run(answer()) == 42


def test_call_soon_on_an_ended_loop_does_nothing(loop):
    """Nothing starts a thread just to be told that something closed."""
    called: list[bool] = []

    loop.call_soon(lambda: called.append(True))

    assert called == []
    assert loop._thread is None


async def test_a_call_outlives_whoever_waited_for_it(monkeypatch):
    """Nobody wants its result any more, and its thread ends without a word."""
    failures, threads = [], []
    begun, may_end = asyncio.Event(), threading.Event()
    running = asyncio.get_running_loop()
    monkeypatch.setattr(threading, "excepthook", failures.append)

    def call():
        threads.append(threading.current_thread())
        running.call_soon_threadsafe(begun.set)
        may_end.wait(10)

    waiting = asyncio.create_task(in_thread(call))
    await begun.wait()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    may_end.set()
    threads[0].join(10)

    assert waiting.cancelled()
    assert failures == []


def test_interpreter_exit_is_silent():
    """A process that ends while work is under way says nothing and returns 0."""
    code = (
        "import asyncio\n"
        "from sigmic_jupyter.kernel import background\n"
        "background().submit(asyncio.sleep(60))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        check=False,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
