"""A stand-in for the service and for the browser, for tests of what is between them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sigmic_jupyter.service.models import Approval, Outcome, Output, Task, ToolCall
from sigmic_jupyter.widget.digest import digest_of
from sigmic_jupyter.widget.wire import DecidedBy

if TYPE_CHECKING:
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

    `fail` is raised, once, by the next approval; `gate` and `listing_gate` hold approvals and lists
    of files until they are set.
    """

    task: Task | Exception = field(default_factory=task)
    sent: list[tuple[Any, ...]] = field(default_factory=list)
    fail: Exception | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    approving: asyncio.Event = field(default_factory=asyncio.Event)
    files: list[Artifact] | Exception = field(default_factory=list)
    listing: asyncio.Event = field(default_factory=asyncio.Event)
    listing_gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()
        self.listing_gate.set()

    async def get_task(self, _task_id: str) -> Task:
        if isinstance(self.task, Exception):
            raise self.task
        return self.task

    async def approve_tool_call(self, _task_id: str, call_id: str, outcome: Outcome) -> bool:
        self.sent.append(("approve", call_id, outcome.value))
        self.approving.set()
        await self.gate.wait()
        if self.fail is not None:
            error, self.fail = self.fail, None
            raise error
        return outcome is not Outcome.CANCEL

    async def cancel_task(self, _task_id: str) -> None:
        self.sent.append(("cancel",))

    async def send_message(self, _task_id: str, message: str, *, files: Any = ()) -> str:
        self.sent.append(("message", message, tuple(files)))
        return "running"

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
