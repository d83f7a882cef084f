"""A task, its service and those who decide on it, of which each step is taken by hand."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sigmic_jupyter.follow import Timeline
from sigmic_jupyter.service.errors import (
    NotFoundError,
    ServerError,
    SigmicError,
    ValidationError,
)
from sigmic_jupyter.service.models import Outcome, ToolCall
from sigmic_jupyter.widget.approvals import Ledger
from sigmic_jupyter.widget.called import CalledMemo
from sigmic_jupyter.widget.deciding import Deciding
from sigmic_jupyter.widget.digest import digest_of
from sigmic_jupyter.widget.wire import DecidedBy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sigmic_jupyter.widget.called import Called
    from sigmic_jupyter.widget.entry import Entry

CALLS = ("c1", "c2")
DOWN = ServerError("down", http_status=503)


@dataclass
class Question:
    """A call that waits with certain arguments, and the requests that were made about it."""

    args: dict[str, Any]
    status: str = "awaiting_approval"
    posts: list[Post] = field(default_factory=list)


@dataclass(eq=False)
class Post:
    """A request about a question: under way, until its answer is let go."""

    call_id: str
    outcome: Outcome
    question: Question
    answer: asyncio.Future[None]
    counts: bool = True


class WatchedLedger(Ledger):
    """Tells when a decision was taken."""

    def __init__(
        self, called: Callable[[ToolCall], Called], taken: Callable[[str, str], None]
    ) -> None:
        super().__init__(called)
        self._taken = taken

    def open(self, call_id: str, *args: Any, **more: Any) -> Entry:
        entry = super().open(call_id, *args, **more)
        self._taken(call_id, more["digest"])
        return entry


class World:
    """The truth, what may be done to it, and what must never happen."""

    def __init__(self) -> None:
        self.status = "awaiting_approval"
        self.questions = {call_id: Question({"version": 0}) for call_id in CALLS}
        self.reads: list[asyncio.Future[None]] = []
        self.posts: list[Post] = []
        self.all_posts: list[Post] = []
        self.stops: list[asyncio.Future[None]] = []
        self.results: list[asyncio.Task[None]] = []
        self.broken: list[str] = []
        self.slow: list[Post] = []
        self._looks = 0
        self._seen = 0
        self._taken_at: dict[str, tuple[int, str]] = {}
        self._version = 0
        self._is_stopped = False
        self.ledger = WatchedLedger(CalledMemo().of, self._taken)
        self.deciding = Deciding(
            self.ledger,
            send=self._send,
            look=self._look,
            changed=lambda: None,
            decider=None,
        )
        self.poll()

    # What others do.

    def change(self, call_id: str) -> None:
        """The call waits with other arguments, or again."""
        if self.status == "awaiting_approval":
            self._version += 1
            self.questions[call_id] = Question({"version": self._version})

    def settle(self, call_id: str, status: str) -> None:
        """Somebody else decides."""
        question = self.questions[call_id]
        if question.status == "awaiting_approval":
            question.status = status

    def end(self, status: str) -> None:
        """The task ends by itself."""
        self.status = status

    def poll(self) -> None:
        """The follower sees the truth."""
        self.deciding.observe(self._timeline(), self.status, "2026")

    # What we do.

    def click(
        self, call_id: str, outcome: Outcome, by: str = "person", *, on: str = "what is shown"
    ) -> None:
        """Somebody decides on what is shown now, or on something else."""
        call = self.ledger.waiting.get(call_id)
        digest = on if call is None or on != "what is shown" else self.ledger.digest_of(call)
        work = self.deciding.decide(call_id, outcome, DecidedBy(by), digest=digest)
        self._start(work)

    def stop(self) -> None:
        """Somebody asks to stop the task."""
        self._start(self._stop())

    # What the service answers.

    def read(self, *, fails: bool = False) -> None:
        """The oldest read is answered with the truth, or fails."""
        if self.reads:
            _answer(self.reads.pop(0), DOWN if fails else None)

    def take(self, *, applies: bool = True, is_heard: bool = True, is_slow: bool = False) -> None:
        """The oldest request arrives or not, and its answer or not."""
        if not self.posts:
            return
        post = self.posts.pop(0)
        waits = self._waits(post)
        post.counts = applies and waits
        if post.counts:
            self.slow.append(post)
        if not is_slow:
            self.apply()
        if not is_heard:
            _answer(post.answer, DOWN)
        elif not applies:
            _answer(post.answer, ValidationError("no", http_status=400))
        else:
            _answer(post.answer, None if waits else NotFoundError("no", http_status=404))

    def apply(self) -> None:
        """What the service took comes to pass."""
        for post in self.slow:
            if self._waits(post):
                rejected = post.outcome is Outcome.CANCEL
                post.question.status = "cancelled" if rejected else "executing"
        self.slow = []

    def stopped(self, *, fails: bool = False) -> None:
        """The oldest request to stop is answered."""
        if self.stops:
            if not fails and self.status == "awaiting_approval":
                self.status = "cancelled"
                self._is_stopped = True
            _answer(self.stops.pop(0), DOWN if fails else None)

    # The seams.

    async def _look(self) -> None:
        self._looks += 1
        number = self._looks
        self.reads.append(asyncio.get_running_loop().create_future())
        await self.reads[-1]
        self._seen = max(self._seen, number)
        self.poll()

    async def _send(self, call_id: str, outcome: Outcome) -> None:
        question = self.questions[call_id]
        looks, digest = self._taken_at[call_id]
        decision = next(d for d in self.ledger.decisions if d.call_id == call_id)
        # Not raised: an error of the service is what that would be taken for.
        self.broken += [
            rule
            for rule, holds in {
                "what was seen": digest == digest_of(call_id, "tool", question.args),
                "what is told": (decision.args, decision.state) == (question.args, "sending"),
                "one request for a question": not [p for p in question.posts if p.counts],
                "one request at once": call_id not in [p.call_id for p in self.posts],
                "not while being stopped": not self.stops,
                "not after a stop": not self._is_stopped,
                "a look after the click": self._seen > looks,
            }.items()
            if not holds
        ]
        post = Post(call_id, outcome, question, asyncio.get_running_loop().create_future())
        question.posts.append(post)
        self.posts.append(post)
        self.all_posts.append(post)
        await post.answer

    def _taken(self, call_id: str, digest: str) -> None:
        self._taken_at[call_id] = (self._looks, digest)

    async def _stop(self) -> None:
        with self.deciding.stopping():
            self.stops.append(asyncio.get_running_loop().create_future())
            await self.stops[-1]

    def _timeline(self) -> Timeline:
        return Timeline(
            calls=tuple(
                ToolCall(call_id, "tool", question.status, question.args)
                for call_id, question in self.questions.items()
            )
        )

    def _waits(self, post: Post) -> bool:
        is_asked = self.questions[post.call_id] is post.question
        return is_asked and post.question.status == self.status == "awaiting_approval"

    def _start(self, work: Awaitable[None]) -> None:
        async def refused_or_done() -> None:
            with contextlib.suppress(SigmicError):
                await work

        self.results.append(asyncio.create_task(refused_or_done()))

    async def rest(self) -> None:
        """Let everything that can happen by itself happen."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def come_to_rest(self) -> None:
        """Answer all that is asked, until nothing is."""
        for _ in range(100):
            if not (self.reads or self.posts or self.stops):
                break
            self.stopped()
            self.read()
            self.take()
            self.apply()
            await self.rest()
        else:
            self.broken.append("an end of asking")
        self.poll()
        await self.rest()
        self.deciding.close()  # what was decided goes on


def _answer(waiting: asyncio.Future[None], error: Exception | None) -> None:
    if error is None:
        waiting.set_result(None)
    else:
        waiting.set_exception(error)
