"""A task on its way through bad weather: the real client and widget, HTTP, and the simulator."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sigmic_jupyter import Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from fault_proxy import FaultProxy

    from sigmic_jupyter import TaskWidget
    from sigmic_jupyter.simulator import Simulator

__all__ = [
    "INTERVAL_S",
    "LARGE",
    "LIMIT_S",
    "TEXT",
    "World",
    "begun",
    "finish",
    "kept",
    "play",
    "until",
]

LIMIT_S = 20.0
INTERVAL_S = 0.03
LARGE = "Large"
TEXT = "Grüße aus 東京 🎉, Zeile für Zeile.\n\n" * 8
# What a person has received, and must not lose.
RECEIVED = ("status", "message", "content", "timeline", "tool_calls", "pending_approvals")


async def play(agent: Any) -> None:
    """A thought, a text and a call that waits; then as much once more. `Large`: 20 MB."""
    if agent.turn.message == LARGE:
        await agent.say(TEXT * (20_000_000 // len(TEXT.encode())), chunk=2**23)
    for number in range(2):
        await agent.think(f"Thinking {number}", "A thought that stays.")
        await agent.say(f"{number}: {TEXT}")
        if number == 0:
            await agent.call("list_directory", why="To see what is there", path=".")


@dataclass
class World:
    """A service, the proxy on the way to it, and who uses them.

    Attributes:
        service: The simulator.
        proxy: What the client talks to.
        direct: Whoever reaches the service in any weather.
        pauses: How long was to be waited between tries, in seconds; hardly any of it is.
    """

    service: Simulator
    proxy: FaultProxy
    direct: Client
    pauses: list[float]

    def __post_init__(self) -> None:
        self._earlier = len(self.service.requests)  # it has served other tests

    def client(self, timeout_s: float = 30.0) -> Client:
        """Who has to go through the weather."""
        return Client(self.service.api_key, self.proxy.base_url, timeout=timeout_s)

    def begun(self, *, timeout_s: float = 30.0, transport: Any = "poll") -> TaskWidget:
        """A task that has told something, and waits for a decision."""
        return begun(self.client(timeout_s), transport)

    def counted(self, method: str, end: str) -> int:
        """How many requests reached the service whose path has such an end."""
        return sum(
            request.method == method and request.path.endswith(end)
            for request in self.service.requests[self._earlier :]
        )


def until(task: TaskWidget, name: str, condition: Callable[[Any], Any]) -> None:
    """Wait, without polling, until a trait meets a condition."""
    met = threading.Event()

    def look(change: Any) -> None:
        if condition(change["new"]):
            met.set()

    task.observe(look, name)
    look({"new": getattr(task, name)})
    assert met.wait(LIMIT_S), f"{name} is {getattr(task, name)!r}"
    task.unobserve(look, name)


def begun(client: Client, transport: Any = "poll") -> TaskWidget:
    """A task that has told something, and waits for a decision."""
    task = client.run("Go", auto_execute=False, interval=INTERVAL_S, transport=transport)
    until(task, "pending_approvals", bool)
    return task


def kept(task: TaskWidget) -> dict[str, Any]:
    """What a person has received."""
    return {name: getattr(task, name) for name in RECEIVED}


def finish(task: TaskWidget, direct: Client) -> None:
    """Let the task run to its end; what is shown then is all that the service has."""
    truth = direct.get(task.wait(LIMIT_S).task_id)
    assert truth.output is not None
    assert task.status == truth.status == "completed"
    # What earlier turns answered is in the conversation.
    assert task.content
    assert truth.output.content.endswith(task.content)
    assert task.content.startswith("0: ")
    assert [row["subject"] for row in task.timeline if row["kind"] == "thought"] == [
        thought.subject for thought in truth.output.thoughts
    ]
    assert [(call["call_id"], call["status"]) for call in task.tool_calls] == [
        (call.call_id, call.status) for call in truth.output.tool_calls
    ]
    task.close()
