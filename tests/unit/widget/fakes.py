"""A stand-in for the service and for the browser, for tests of what is between them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sigmic_jupyter.service.models import Approval, Outcome, Output, Task, ToolCall
from sigmic_jupyter.widget.digest import digest_of
from sigmic_jupyter.widget.wire import DecidedBy

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigmic_jupyter.service.models import Artifact
    from sigmic_jupyter.widget.session import Session

PERSON = DecidedBy("person")


def task(
    status: str = "running",
    *,
    content: str = "",
    calls: Any = (),
    pending: Any = (),
    **fields: Any,
) -> Task:
    """A task with calls given as pairs of id and status; those that wait are pending approvals."""
    made = tuple(ToolCall(call_id, "tool", state, {"n": call_id}) for call_id, state in calls)
    waiting = tuple(pending) + tuple(
        Approval(call.call_id, call.tool_name, call.args)
        for call in made
        if call.status == "awaiting_approval"
    )
    output = Output(content=content, updated_at=f"{status}{content}{calls}", tool_calls=made)
    return Task(id="t", status=status, output=output, pending_approvals=waiting, **fields)


WAITS = task("awaiting_approval", calls=[("c1", "awaiting_approval")])


async def decide(
    session: Session,
    call_id: str = "c1",
    outcome: Outcome = Outcome.PROCEED_ONCE,
    by: DecidedBy = PERSON,
    **more: Any,
) -> None:
    """Decide on a call as `task` makes it."""
    digest = digest_of(call_id, "tool", {"n": call_id})
    await session.decide(call_id, outcome, by, **{"digest": digest} | more)


@dataclass
class FakeService:
    """Stands where `AsyncClient` stands: answers with `task`, and records what it is sent.

    Requests are `get`, `approve`, `cancel` and `message`. `fails` has what the next one raises,
    after it was recorded and released; `listing_gate` holds lists of files until it is set.
    """

    task: Task | Exception = field(default_factory=task)
    sent: list[tuple[Any, ...]] = field(default_factory=list)
    reads: int = 0
    fails: dict[str, Exception] = field(default_factory=dict)
    files: list[Artifact] | Exception = field(default_factory=list)
    listing: asyncio.Event = field(default_factory=asyncio.Event)
    listing_gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.listing_gate.set()
        self._gates: dict[str, asyncio.Event] = {}
        self._arrivals: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def hold(self, request: str) -> None:
        """Let requests of a kind wait, from the next one on."""
        self._gates[request] = asyncio.Event()
        self._arrivals[request].clear()

    def release(self, request: str) -> None:
        """Let those that wait go on, and later ones too."""
        self.hold_no_more(request)()

    def hold_no_more(self, request: str) -> Callable[[], None]:
        """Let later ones go on; what is returned lets those go on that wait."""
        return self._gates.pop(request).set

    async def arrived(self, request: str) -> None:
        """Wait until there is one of a kind."""
        async with asyncio.timeout(10):
            await self._arrivals[request].wait()

    async def get_task(self, _task_id: str) -> Task:
        self.reads += 1
        await self._take("get")
        if isinstance(self.task, Exception):
            raise self.task
        return self.task

    def stream_task(self, task_id: str) -> Any:
        raise AssertionError(f"polling alone was asked for of {task_id}")

    async def approve_tool_call(self, _task_id: str, call_id: str, outcome: Outcome) -> bool:
        self.sent.append(("approve", call_id, outcome.value))
        await self._take("approve")
        return outcome is not Outcome.CANCEL

    async def cancel_task(self, _task_id: str) -> None:
        self.sent.append(("cancel",))
        await self._take("cancel")

    async def send_message(self, _task_id: str, message: str, *, files: Any = ()) -> str:
        self.sent.append(("message", message, tuple((file.name, file.source) for file in files)))
        await self._take("message")
        return "running"

    async def _take(self, request: str) -> None:
        self._arrivals[request].set()
        if request in self._gates:
            await self._gates[request].wait()
        if request in self.fails:
            raise self.fails.pop(request)

    async def list_artifacts(self, _task_id: str) -> tuple[Artifact, ...]:
        self.listing.set()
        await self.listing_gate.wait()
        if isinstance(self.files, Exception):
            raise self.files
        return tuple(self.files)


class Traits(dict[str, Any]):
    """What a session published, merged as a browser would, with an event for each change."""

    def __init__(self) -> None:
        super().__init__()
        self.published: list[dict[str, Any]] = []
        self._changed = asyncio.Event()

    def publish(self, changes: dict[str, Any]) -> None:
        self.published.append(changes)
        self.update(changes)
        self._changed.set()

    async def until(self, condition: Any) -> None:
        """Wait until the traits meet a condition."""
        async with asyncio.timeout(10):
            while not condition(self):
                self._changed.clear()
                await self._changed.wait()
