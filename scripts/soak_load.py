"""Tasks at high speed, within a kernel: created, shown, followed, decided on and closed."""

from __future__ import annotations

import asyncio
import gc
import itertools
import time
from typing import TYPE_CHECKING, Any

import comm
import psutil
from IPython.display import display
from ipywidgets.widgets import widget

from sigmic_jupyter import APIError, Client, wait
from sigmic_jupyter.kernel import background
from sigmic_jupyter.widget.digest import digest_of_shown

if TYPE_CHECKING:
    from sigmic_jupyter import TaskWidget

__all__ = ["shift"]

AT_ONCE = 12
TICK_S = 0.1
PATIENCE_S = 20.0
MESSAGES = ("Hello", "Think about it", "Write a report", "Upload it", "Fail")

numbers = itertools.count()
kept: list[object] = []  # what a planted leak holds


class Load:
    """Keeps a number of tasks going.

    Args:
        direct: Reaches the service.
        spoilt: Reaches it through the proxy.
        leak: What to do wrong: `tasks` keeps them, `comms` leaves them open; nothing if empty.
    """

    def __init__(self, direct: Client, spoilt: Client, leak: str) -> None:
        self.ended = self.refused = self.stuck = 0
        self._direct = direct
        self._spoilt = spoilt
        self._leak = leak
        self._tasks: dict[TaskWidget, float] = {}

    def fill(self) -> None:
        """Create tasks: by stream or by polling, with a policy or clicks, in all weathers."""
        while len(self._tasks) < AT_ONCE:
            number = next(numbers)
            client = self._spoilt if number % 3 == 0 else self._direct
            options: dict[str, Any] = {"transport": "poll", "interval": 0.1} if number % 2 else {}
            try:
                task = client.run(
                    MESSAGES[number % len(MESSAGES)],
                    auto_execute=False,
                    policy={"*": "once"} if number % 4 in {0, 1} else None,
                    **options,
                )
            except APIError:
                self.refused += 1
                return
            if number % 4 == 0:
                display(task)
            say(task, command="hello", revision=None)
            if number % 13 == 0:
                self._act(task.cancel)
            if number % 11 == 0:
                task.close()
            else:
                self._tasks[task] = time.monotonic()

    def turn(self) -> None:
        """Decide on what waits, and close what has ended."""
        for task in self._tasks:
            for row in task.pending_approvals:
                decision = {"call_id": row["call_id"], "outcome": "proceed_once"}
                say(task, command="decide", digest=digest_of_shown(row), **decision)
        done, _ = wait(list(self._tasks), timeout=TICK_S, return_when="FIRST_COMPLETED")
        now = time.monotonic()
        overdue = {task for task, since in self._tasks.items() if now - since > PATIENCE_S}
        self.stuck += len(overdue - done)
        for task in done | overdue:
            self.ended += 1
            if self.ended % 5 == 0 and task in done and task.status == "completed":
                self._tasks[task] = now
                if self._act(lambda task=task: task.send("And now?")):
                    continue
            del self._tasks[task]
            self._end(task)

    def finish(self) -> None:
        """Let what is under way end."""
        while self._tasks:
            self.turn()

    def _end(self, task: TaskWidget) -> None:
        if self._leak == "tasks":
            kept.append(task)
        if self._leak != "comms" or self.ended % 10:
            task.close()

    def _act(self, act: Any) -> bool:
        try:
            act()
        except APIError:
            self.refused += 1
            return False
        return True


def say(task: TaskWidget, **command: Any) -> None:
    """What a browser says, as the kernel hands it to the widget."""
    task._handle_custom_msg({"id": "1", **command}, [])  # noqa: SLF001 - there is no browser


def shift(key: str, direct: str, spoilt: str, seconds: float, leak: str) -> dict[str, float]:
    """Work for so many seconds, clear up, and count what is left."""
    load = Load(Client(key, direct), Client(key, spoilt), leak)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        load.fill()
        load.turn()
    load.finish()
    counts = {"ended": load.ended, "refused": load.refused, "stuck": load.stuck}
    del load
    background().run(asyncio.sleep(0.2))  # what was closed lets go
    return counts | left()


def left() -> dict[str, float]:
    """What the process holds."""
    for _ in range(3):  # what a collection lets go may hold more
        gc.collect()
    process = psutil.Process()
    return {
        "MB": process.memory_info().rss / 2**20,
        "objects": len(gc.get_objects()),
        "threads": process.num_threads(),
        "files": process.num_fds(),
        "work": background().run(_work()),
        "comms": len(comm.get_comm_manager().comms),
        "widgets": len(widget._instances),  # noqa: SLF001 - nothing else counts them
    }


async def _work() -> int:
    return len(asyncio.all_tasks())
