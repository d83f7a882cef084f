"""What the agent does in the benchmarks: scripts that the simulator plays."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sigmic_jupyter.simulator.agent import Agent

__all__ = ["Asks", "Report", "Rows", "Stamps", "markdown"]

SECTION = """## Region {n}

Revenue in **region {n}** came to €{a},{b:03} in the quarter, which is *{c} %* more than the year before; `net_eur` is after
discounts. The difference comes from [three customers](https://example.org/{n}) and from the weather — naïve as that may sound 🦊.

| Month | Orders | Net revenue |
| ----- | -----: | ----------: |
| January | {c} | {a},{b:03} |
| February | {b} | {b},{a:03} |

- first, the prices rose by {c} %
- then, fewer units were sold

```python
frame.groupby("region").net_eur.sum().loc["{n}"]  # {a}
```

"""


def markdown(size: int) -> str:
    """A text of at least so many bytes, with all that an answer has."""
    parts: list[str] = []
    length = 0
    for n in itertools.count():
        if length >= size:
            return "".join(parts)
        parts.append(SECTION.format(n=n, a=100 + n % 800, b=n * 37 % 1000, c=n * 7 % 90))
        length += len(parts[-1].encode())
    raise AssertionError


def pieces(text: str, count: int) -> Iterator[str]:
    """A text in so many pieces of nearly the same length."""
    for n in range(count):
        yield text[len(text) * n // count : len(text) * (n + 1) // count]


class Script:
    """What the agent does once `gate` is set, by whoever has prepared to measure."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    async def __call__(self, agent: Agent) -> None:
        while not self.gate.is_set():
            await asyncio.sleep(0.02)
        await self.play(agent)

    async def play(self, agent: Agent) -> None:
        """Do it."""
        raise NotImplementedError


class Report(Script):
    """Writes a text in so many steps, evenly over a time.

    Attributes:
        done: Set when all of it is written.
    """

    def __init__(self, text: str, *, steps: int, seconds: float) -> None:
        super().__init__()
        self.done = threading.Event()
        self._text = text
        self._steps = steps
        self._seconds = seconds

    async def play(self, agent: Agent) -> None:
        started_s = time.monotonic()
        for n, piece in enumerate(pieces(self._text, self._steps), start=1):
            await agent.say(piece, chunk=len(piece) or 1)
            due_s = started_s + n * self._seconds / self._steps
            await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        self.done.set()


class Rows(Script):
    """Has as many thoughts as calls with outputs of 2 KB, all in one task, 100 rows a second."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    async def play(self, agent: Agent) -> None:
        lines = "".join(f"{n:04} some line of an output\n" for n in range(75))
        await agent.call("write_file", path="lines.txt", content=lines)
        for n in range(self._count):
            await asyncio.sleep(0.02)
            await agent.think(f"Thought {n}", "It says why.")
            await agent.call("read_file", path="lines.txt", limit=100)
        await agent.say("Done.")


class Stamps(Script):
    """Writes a mark now and then, and notes when.

    Attributes:
        written: Seconds since 1970 at which the service wrote a mark, by mark.
    """

    def __init__(self, count: int, *, every_s: float) -> None:
        super().__init__()
        self.written: dict[str, float] = {}
        self._count = count
        self._every_s = every_s

    async def play(self, agent: Agent) -> None:
        for n in range(self._count):
            # Not in step with anything that also comes by the clock.
            await asyncio.sleep(self._every_s * (0.5 + n * 0.37 % 1))
            mark = f"mark{n:04}"
            self.written[mark] = time.time()
            await agent.say(f"{mark}\n\n", chunk=100)


class Asks(Script):
    """Asks for leave for one call after the other."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    async def play(self, agent: Agent) -> None:
        for n in range(self._count):
            await agent.call("run_shell_command", command=f"echo {n}")
        await agent.say("Done.")
