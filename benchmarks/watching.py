"""What a page costs: bytes from the server, time of its main thread, its longest block."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

__all__ = ["Cost", "Watch", "wait_until"]

LONGEST_WAIT_S = 300

LONG_TASKS = """() => {
  window.longTasks = [];
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
  }).observe({ type: "longtask" });
}"""

# In which the page shows the record, and tells of a long task.
RECORDED_MS = 1_000


@dataclass(frozen=True)
class Cost:
    """What it cost from one moment to another.

    Attributes:
        received: Bytes in messages of the kernel's connection, but for the record.
        record: Bytes of the record for saved notebooks, which comes once, at the end.
        messages: Of a widget's model or of an output, among them.
        main_s: Seconds of processor time of the page's main thread.
        longest_ms: The longest task of the main thread; below 50 ms none is reported, and this is 0.
        times: When the messages came, in seconds of the page's clock.
    """

    received: int
    record: int
    messages: int
    main_s: float
    longest_ms: float
    times: tuple[float, ...]

    @property
    def most_in_a_second(self) -> int:
        """The most messages in any second."""
        return max((sum(t <= u < t + 1 for u in self.times) for t in self.times), default=0)

    def cells(self) -> tuple[str, ...]:
        """Bytes, of the record too, messages, seconds of the main thread, its longest task."""
        longest = f"{self.longest_ms:.0f}" if self.longest_ms else "< 50"
        sizes = (f"{self.received:,}", f"{self.record:,}", f"{self.messages:,}")
        return (*sizes, f"{self.main_s:.2f}", longest)


class Watch:
    """Watches one page by the browser's own measures."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._client = page.context.new_cdp_session(page)
        self._client.send("Performance.enable")
        self._client.send("Network.enable")
        self._frames: list[tuple[float, int, bool]] = []
        self._record = 0
        self._client.on("Network.webSocketFrameReceived", self._note)
        self._main_s = 0.0
        page.evaluate(LONG_TASKS)

    def start(self) -> None:
        """Count from now on."""
        self._page.evaluate("window.longTasks.length = 0")
        self._frames.clear()
        self._record = 0
        self._main_s = self._spent_s()

    def wait_for_record(self) -> None:
        """Wait until the record has come, and until what it made the page do is over."""
        wait_until(self._page, lambda: self._record > 0)
        self._page.wait_for_timeout(RECORDED_MS)

    def cost(self) -> Cost:
        """What it has cost since the start."""
        spent_s = self._spent_s() - self._main_s
        longest_ms = self._page.evaluate("Math.max(0, ...window.longTasks)")
        frames = list(self._frames)
        times = tuple(at for at, _, is_message in frames if is_message)
        received = sum(size for _, size, _ in frames)
        return Cost(received, self._record, len(times), spent_s, longest_ms, times)

    def _spent_s(self) -> float:
        metrics = self._client.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "ThreadTime")

    def _note(self, event: dict) -> None:
        response = event["response"]
        data = response["payloadData"]
        payload = base64.b64decode(data) if response["opcode"] == 2 else data.encode()
        if b'"update_display_data"' in payload:
            self._record += len(payload)
            return
        kinds = (b'"comm_msg"', b'"display_data"', b'"clear_output"')
        is_message = any(kind in payload for kind in kinds)
        self._frames.append((event["timestamp"], len(payload), is_message))


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for something without asking the page: to answer would cost it what is measured.

    Raises:
        TimeoutError: It is not so after five minutes.
    """
    deadline_s = time.monotonic() + LONGEST_WAIT_S
    while not is_so():
        if time.monotonic() > deadline_s:
            raise TimeoutError(f"not so after {LONGEST_WAIT_S} s")
        page.wait_for_timeout(50)
