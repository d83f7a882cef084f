"""A service in memory that does what a test says when it says so, behind the real client.

It tells what the simulator would tell, and its connections break where a test wants them to.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpx

from sigmic_jupyter.follow import Follower, Route, Snapshot
from sigmic_jupyter.service import AsyncClient
from sigmic_jupyter.simulator import records, stream, views
from sigmic_jupyter.simulator.feed import Event, Feed
from sigmic_jupyter.simulator.journal import Journal
from sigmic_jupyter.simulator.records import NewTask, Thought, ToolCall

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

KEY = "sigmic_" + "0123456789abcdef" * 4
LIMIT_S = 10
QUICK_S = 0.001
SLOW_S = 3600.0
START = datetime(2026, 1, 26, 15, 50, tzinfo=UTC)


@dataclass
class ScriptedService:
    """One task, written by the test through `journal`.

    Attributes:
        cuts: After how many bytes each of the next streams breaks; then none does.
        answer: Answers in the service's place, by the path's end; None lets it answer itself.
        body: Changes what GET answers.
        gate: GET is answered only while it is set.
        heartbeat_s: As the service's.
        gets: How often the task was asked for.
        streams: How often its stream was opened.
        open: How many streams are open.
    """

    cuts: list[int] = field(default_factory=list)
    answer: Callable[[str], httpx.Response | None] = lambda _: None
    body: Callable[[dict[str, Any]], Any] = lambda _: None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    heartbeat_s: float = 3600.0
    gets: int = 0
    streams: int = 0
    open: int = 0

    def __post_init__(self) -> None:
        self.pieces: list[int] = []
        self.gate.set()
        self.feed = Feed()
        request = NewTask("Go")
        self.task = records.Task("t", "s", "c", "k", request, START, START)
        self.journal = Journal(self.task, self.feed)
        self._http = httpx.AsyncClient(transport=httpx.MockTransport(self._handle))
        self.client = AsyncClient(KEY, base_url="https://api.example", http=self._http)

    def begin(self, message: str = "Go") -> None:
        """Take up a message."""
        self.journal.resume()
        self.journal.begin(message, [])

    def tell(self, name: str, **data: Any) -> None:
        """Tell those who stream something of which the task knows nothing."""
        self.feed.publish(Event(name, data))

    def call(self, call_id: str, status: str = "executing", **args: Any) -> ToolCall:
        """Open a tool call."""
        call = ToolCall(call_id, "run", args, status, description=f"Why {call_id}")  # type: ignore[arg-type]
        self.journal.open_call(call)
        return call

    def write(self, text: str) -> None:
        """Have a text that nobody is told of."""
        self.journal.turn.content = text
        self.task.output_updated_at = self.journal._stamp()

    def think(self, subject: str) -> None:
        self.journal.think(Thought(subject, f"About {subject}"))

    def say(self, text: str) -> None:
        self.journal.say(text, is_partial=True)

    async def truth(self) -> Any:
        """The task, as GET tells it."""
        return await self.client.get_task("t")

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        end = request.url.path.rsplit("/", 1)[-1]
        is_stream = end == "stream"
        self.streams += is_stream
        self.gets += not is_stream
        if (answer := self.answer(end)) is not None:
            return answer
        if not is_stream:
            await self.gate.wait()
            data = views.task_body(self.task)
            self.body(data)
            return httpx.Response(200, json={"success": True, "data": data})
        cut = self.cuts.pop(0) if self.cuts else None
        headers = {"Content-Type": "text/event-stream"}
        return httpx.Response(200, headers=headers, stream=_Body(self, cut))


class _Body(httpx.AsyncByteStream):
    """A stream's bytes, up to where it breaks."""

    def __init__(self, service: ScriptedService, cut: int | None) -> None:
        self._service = service
        self._cut = cut
        service.open += 1

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._cut
        async with aclosing(stream.events(self._service, self._service.heartbeat_s)) as pieces:  # type: ignore[arg-type]
            async for piece in pieces:
                self._service.pieces.append(len(piece))
                if left is not None and len(piece) > left:
                    yield piece[:left]
                    raise httpx.ReadError("cut")
                left = None if left is None else left - len(piece)
                yield piece

    async def aclose(self) -> None:
        self._service.open -= 1


class Watch:
    """Follows a task in the background and keeps what it yields."""

    def __init__(self, client: AsyncClient, task_id: str = "t", **options: Any) -> None:
        options = {"jitter": lambda: 0.0, **options}
        self.seen: list[Any] = []
        self.follower = Follower(client, task_id, open_stream=client.stream_task, **options)
        self._came = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self, **options: Any) -> Watch:
        self._task = asyncio.create_task(self._follow(**options))
        return self

    async def _follow(self, **options: Any) -> None:
        async with aclosing(self.follower.updates(**options)) as updates:
            async for update in updates:
                self.seen.append(update)
                self._came.set()

    async def end(self) -> list[Any]:
        """Wait for the end, and return all that was yielded."""
        assert self._task is not None
        async with asyncio.timeout(LIMIT_S):
            await self._task
        return self.seen

    async def settle(self) -> None:
        """Let everything happen that waits for no clock."""
        for _ in range(100):
            await asyncio.sleep(0)

    async def stop(self) -> None:
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def until(self, condition: Callable[[Watch], Any]) -> None:
        """Wait until what was yielded meets a condition."""
        async with asyncio.timeout(LIMIT_S):
            while not condition(self):
                self._came.clear()
                await self._came.wait()

    @property
    def tasks(self) -> list[Any]:
        return [update.task for update in self.seen if isinstance(update, Snapshot)]

    @property
    def contents(self) -> list[str]:
        return [task.output.content if task.output else "" for task in self.tasks]

    @property
    def content(self) -> str:
        return self.contents[-1] if self.tasks else ""

    @property
    def routes(self) -> list[tuple[str, bool]]:
        """The ways news came, and whether there was a reason."""
        return [(u.transport, u.note is not None) for u in self.seen if isinstance(u, Route)]

    @property
    def differences(self) -> list[str]:
        """The notes that say that the stream told something else than GET."""
        notes = [u.note for u in self.seen if isinstance(u, Route) and u.note]
        return [note for note in notes if "in another way" in note]

    @property
    def is_streaming(self) -> bool:
        return bool(self.routes) and self.routes[-1][0] == "stream"


async def begun(service: ScriptedService, watch: Watch) -> None:
    """Have the task begin, and be streamed."""
    watch.start()
    await watch.until(lambda w: w.tasks)
    service.begin()
    await watch.until(lambda w: w.is_streaming and w.tasks[-1].status == "running")
    await watch.settle()


async def finished(service: ScriptedService, watch: Watch) -> None:
    """Have the task end, and see that what was told last is the truth."""
    service.journal.finish("completed")
    await watch.end()
    assert watch.tasks[-1] == await service.truth()


async def reached(condition: Callable[[], Any]) -> None:
    """Wait until a condition is met of which nobody tells."""
    async with asyncio.timeout(LIMIT_S):
        while not condition():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(QUICK_S)


def is_growing(contents: list[str]) -> bool:
    """Whether text never went back."""
    return all(after.startswith(before) for before, after in pairwise(contents))
