"""One task as the widget has it: followed, decided on, and published as traits.

It belongs to the background loop and knows nothing of ipywidgets. What other threads may read of it
is replaced as a whole: `task`, `undecided`, `failure`, `settled`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from sigmic_jupyter.follow import Follower, Reader, Snapshot, Timeline, advance, instant, now
from sigmic_jupyter.kernel import Settled
from sigmic_jupyter.service.errors import SigmicError
from sigmic_jupyter.widget.acting import Acting
from sigmic_jupyter.widget.approvals import Ledger
from sigmic_jupyter.widget.called import CalledMemo
from sigmic_jupyter.widget.deciding import Deciding
from sigmic_jupyter.widget.files import FilesDesk
from sigmic_jupyter.widget.news import News
from sigmic_jupyter.widget.problems import problem_of, task_problem
from sigmic_jupyter.widget.reasons import Reasons
from sigmic_jupyter.widget.talking import Talking
from sigmic_jupyter.widget.traits import pending_approvals, traits_of
from sigmic_jupyter.widget.uploads import Uploads

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from sigmic_jupyter.follow import Transport, Update
    from sigmic_jupyter.service import AsyncClient, Upload
    from sigmic_jupyter.service.models import Outcome, Task, ToolCall
    from sigmic_jupyter.widget.policy import Decider
    from sigmic_jupyter.widget.wire import Connection, DecidedBy

__all__ = ["Session"]

log = logging.getLogger("sigmic_jupyter")


class Session:
    """Follows a task and carries out what is asked of it.

    Args:
        service: The client of the service.
        task_id: The task.
        publish: Takes the traits that changed, by name, as plain JSON values; `artifacts` as
            `Artifacts`.
        greeted: Called when a browser says hello, with the revision of the state that it has.
        ended: Called when the task is final or following stopped, before who waits is released.
        created: Whether the task was created just now, so that it is seen from its start.
        uploads: The files that it was created with.
        interval_s: A fixed polling interval in seconds; None adapts it.
        transport: How news come; see `Follower`.
        decider: Decides on calls that wait; None leaves them to a person.

    Attributes:
        task_id: The task.
        task: The newest snapshot, None before the first.
        has_front_end: Whether a browser has said hello.
        is_closed: Whether following was given up.
        failure: Why following stopped for good, None otherwise.
        settled: Set when the task is final or following stopped, after that was published.
        uploads: What browsers have sent for a message.
        files: The files of the task.
    """

    def __init__(
        self,
        service: AsyncClient,
        task_id: str,
        *,
        publish: Callable[[dict[str, Any]], None],
        created: bool,
        uploads: Sequence[Upload] = (),
        greeted: Callable[[int | None], None] = lambda _revision: None,
        ended: Callable[[], Awaitable[None]] | None = None,
        interval_s: float | None = None,
        transport: Transport = "auto",
        decider: Decider | None = None,
    ) -> None:
        self.task_id = task_id
        self.task: Task | None = None
        self.has_front_end = False
        self.is_closed = False
        self.failure: BaseException | None = None
        self.settled = Settled()
        self.uploads = Uploads()
        self.files = FilesDesk(service, task_id)
        self._greeted = greeted
        self._ended = ended
        self._news = News(publish, transport)
        self._timeline = Timeline(witnessed=created)
        self._reader = Reader(service)
        self._acting = Acting(service, task_id, acted=self._acted)
        self._talking = Talking(
            task_id,
            service.stream_task,
            self._acting,
            look=lambda: self._reader.get_task(task_id),
            created=created,
            uploads=uploads,
            polls=transport == "poll",
            changed=lambda: self._news.tell(self._talking.traits()),
        )
        self._follower = Follower(
            self._reader,
            task_id,
            open_stream=self._talking.open_stream,
            transport=transport,
            interval_s=interval_s,
        )
        self._following: asyncio.Task[None] | None = None
        self._is_following = False
        self._messages = 0
        self._called = CalledMemo().of
        self._ledger = Ledger(self._called)
        self._reasons = Reasons(self._ledger, send=self._send_message, changed=self._tell_decisions)
        self._deciding = Deciding(
            self._ledger,
            send=self._acting.approve,
            look=self._look,
            changed=self._tell_decisions,
            decider=decider,
        )

    @property
    def connection(self) -> Connection:
        """Whether and how the service is being heard."""
        return self._news.connection

    @property
    def undecided(self) -> tuple[ToolCall, ...]:
        """The calls that wait for a person: nobody has decided, and no policy is about to."""
        return self._deciding.undecided

    def follow(self, *, stale: Task | None = None) -> None:
        """Begin to follow, unless that is under way."""
        if self._is_following or self.is_closed:
            return
        if self._following is not None:  # it may still be listing files
            self._following.cancel()
        self._is_following = True
        self.failure = None
        self.settled.clear()
        self._following = asyncio.get_running_loop().create_task(self._follow(stale))

    def greet(self, revision: int | None) -> None:
        """A browser has said hello; see `Outbox.greet`."""
        self.has_front_end = True
        self._greeted(revision)

    def close(self) -> None:
        """Stop following for good; who waits is released."""
        self.is_closed = self._news.is_over = True
        self._deciding.close()
        self.files.close()
        if self._following is not None:
            self._following.cancel()
        self.settled.set()

    async def refresh(self) -> None:
        """Ask the service now, for the files too; following that stopped begins again.

        Raises:
            APIError: The service did not answer, or refuses.
        """
        await self._look()
        self._follower.nudge()
        await self._list_files()

    def look_ahead(self) -> None:
        """A button that decides is being pressed; see `Deciding.look_ahead`."""
        # Else nobody would tell what changes between that look and the decision.
        if self.connection.transport == "stream" and self.connection.state == "live":
            self._deciding.look_ahead()

    async def decide(
        self,
        call_id: str,
        outcome: Outcome,
        by: DecidedBy,
        *,
        digest: str,
        reason: str | None = None,
    ) -> None:
        """Send a decision, once; see `Deciding.decide`."""
        await self._deciding.decide(call_id, outcome, by, digest=digest, reason=reason)

    async def cancel(self) -> None:
        """Stop the task, and look what became of it."""
        with self._deciding.stopping():
            async with self._reasons.turn:
                await self._acting.cancel()
        with contextlib.suppress(SigmicError):  # the follower will ask again
            await self._look()

    async def send(self, message: str, files: tuple[Any, ...]) -> None:
        """Send a follow-up message, once, and follow again; see `Talking.send_and_see`."""
        was_final = self.task is not None and self.task.is_final
        self._sent(await self._talking.send_and_see(message, files, was_final=was_final))
        self.follow(stale=self.task)

    async def _send_message(self, message: str) -> None:
        self._sent(await self._talking.send(message))

    def _sent(self, status: str) -> None:
        """The service has a message, and the task this status with it."""
        self._messages += 1
        self._ledger.turn_begins(status)
        self._news.tell({"status": status, **self._talking.traits()})

    def _acted(self) -> None:
        """Something was done to the task: what was asked before that does not count any more."""
        self._reader.outdate()
        self._follower.nudge()

    async def _look(self) -> None:
        self._observe(await self._follower.look())
        self._go_on()

    def _go_on(self) -> None:
        """After following had stopped: on to the end, or, where the task is final, be done."""
        if self.task is None or not self.task.is_final or self._ledger.reasons_to_tell():
            self.follow()
        elif self.connection.state == "stopped":
            self.failure = None
            self._news.turn("ended", error=task_problem(self.task))

    async def _follow(self, stale: Task | None) -> None:
        try:
            await self._follow_to_the_end(stale)
            if self.failure is None:
                await self._talking.catch_up()
                await self._list_files()
            if self._ended is not None:
                await self._ended()
        except Exception:
            log.exception("the end was not shown task_id=%s", self.task_id)
        finally:
            if asyncio.current_task() is self._following:  # else the task has been taken up again
                self.settled.set()

    async def _follow_to_the_end(self, stale: Task | None) -> None:
        try:
            self._news.turn("connecting" if self.task is None else "live", error=None)
            while await self._follow_turn(stale):
                stale = self.task
            self._news.turn("ended")
        except Exception as error:  # whatever it is, who waits must hear of it
            self.failure = error
            problem = problem_of(error)
            if problem.kind == "internal":
                log.exception("following stopped task_id=%s", self.task_id)
            self._news.turn("stopped", error=problem)
        finally:
            self._is_following = False

    async def _follow_turn(self, stale: Task | None) -> bool:
        """Follow until the task is final; whether a message may have set it running again."""
        async with contextlib.aclosing(self._follower.updates(stale=stale)) as updates:
            async for update in updates:
                self._take(update)
        messages = self._messages
        may_run = await self._reasons.tell()
        return may_run or self._messages != messages

    def _take(self, update: Update) -> None:
        if isinstance(update, Snapshot):
            self._observe(update.task)
        else:
            self._news.tell_way(update)

    async def _list_files(self) -> None:
        self._news.tell_files(await self.files.list())

    def _observe(self, task: Task) -> None:
        at = instant(now())
        self.task = task
        self._timeline = advance(self._timeline, task, at)
        # Also when closed: what was decided before goes on to its end.
        self._deciding.observe(self._timeline, task.status, at)
        changes = traits_of(task, self._timeline, self._called, self._deciding.policy_errors)
        changes |= self._talking.observe(task, self._timeline)
        changes["decisions"] = self._ledger.decisions
        if self.connection.state != "stopped":  # else `error` says why
            changes["error"] = task_problem(task)
        self._news.tell_answer(changes)

    def _tell_decisions(self) -> None:
        if self.task is not None:
            pending = pending_approvals(
                self.task, self._timeline, self._called, self._deciding.policy_errors
            )
            self._news.tell({"decisions": self._ledger.decisions, "pending_approvals": pending})
