"""One task as the widget has it: followed, decided on, and published as traits.

It belongs to the background loop and knows nothing of ipywidgets. What other threads may read of it
is replaced as a whole: `task`, `undecided`, `failure`, `settled`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from sigmic_jupyter.follow import Follower, Reader, Snapshot, Timeline, advance, instant, now
from sigmic_jupyter.kernel import Settled
from sigmic_jupyter.service.errors import SigmicError
from sigmic_jupyter.widget.approvals import Ledger
from sigmic_jupyter.widget.called import CalledMemo
from sigmic_jupyter.widget.deciding import Deciding
from sigmic_jupyter.widget.files import Listing
from sigmic_jupyter.widget.problems import problem_of, task_problem
from sigmic_jupyter.widget.reasons import Reasons
from sigmic_jupyter.widget.traits import pending_approvals, traits_of
from sigmic_jupyter.widget.wire import Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sigmic_jupyter.follow import Trouble
    from sigmic_jupyter.service import AsyncClient
    from sigmic_jupyter.service.models import Outcome, Task, ToolCall
    from sigmic_jupyter.widget.policy import Decider
    from sigmic_jupyter.widget.wire import DecidedBy

__all__ = ["Session"]

log = logging.getLogger("sigmic_jupyter")

# Decisions of a policy come in crowds, and each message has all of them.
TOGETHER_S = 0.1


class Session:
    """Follows a task and carries out what is asked of it.

    Args:
        service: The client of the service.
        task_id: The task.
        publish: Takes the traits that changed, by name, as plain JSON values; `artifacts` as
            `Artifacts`.
        ended: Called when the task is final or following stopped, before who waits is released.
        created: Whether the task was created just now, so that it is seen from its start.
        interval_s: A fixed polling interval in seconds; None adapts it.
        decider: Decides on calls that wait; None leaves them to a person.

    Attributes:
        task_id: The task.
        task: The newest snapshot, None before the first.
        connection: Whether the service is being heard.
        has_front_end: Whether a browser has said hello.
        is_closed: Whether following was given up.
        failure: Why following stopped for good, None otherwise.
        settled: Set when the task is final or following stopped, after that was published.
    """

    def __init__(
        self,
        service: AsyncClient,
        task_id: str,
        *,
        publish: Callable[[dict[str, Any]], None],
        created: bool,
        ended: Callable[[], None] = lambda: None,
        interval_s: float | None = None,
        decider: Decider | None = None,
    ) -> None:
        self.task_id = task_id
        self.task: Task | None = None
        self.connection = Connection("connecting", instant(now()))
        self.has_front_end = False
        self.is_closed = False
        self.failure: BaseException | None = None
        self.settled = Settled()
        self._service = service
        self._publish_traits = publish
        self._ended = ended
        self._timeline = Timeline(witnessed=created)
        self._reader = Reader(service)
        self._follower = Follower(self._reader, task_id, interval_s=interval_s)
        self._listing = Listing(service, task_id)
        self._following: asyncio.Task[None] | None = None
        self._is_following = False
        self._messages = 0
        self._telling: asyncio.TimerHandle | None = None
        self._called = CalledMemo().of
        self._ledger = Ledger(self._called)
        self._reasons = Reasons(
            self._ledger, send=self._send_message, changed=self._publish_decisions
        )
        self._deciding = Deciding(
            self._ledger,
            send=self._send_decision,
            look=self._look,
            changed=self._decisions_changed,
            decider=decider,
        )

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

    def close(self) -> None:
        """Stop following for good; who waits is released."""
        self.is_closed = True
        self._deciding.close()
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
                with self._doing():
                    await self._service.cancel_task(self.task_id)
        with contextlib.suppress(SigmicError):  # the follower will ask again
            await self._look()

    async def send(self, message: str, files: tuple[Any, ...]) -> None:
        """Send a follow-up message and follow again."""
        await self._send_message(message, files)
        self.follow(stale=self.task)

    async def _send_message(self, message: str, files: tuple[Any, ...] = ()) -> None:
        with self._doing():
            status = await self._service.send_message(self.task_id, message, files=files)
        self._messages += 1
        self._ledger.turn_begins(status)
        self._publish({"status": status})

    async def _send_decision(self, call_id: str, outcome: Outcome) -> None:
        with self._doing():
            await self._service.approve_tool_call(self.task_id, call_id, outcome)

    @contextlib.contextmanager
    def _doing(self) -> Iterator[None]:
        """Something is done to the task: what was asked before that does not count any more."""
        try:
            yield
        finally:
            self._reader.outdate()
            self._follower.nudge()

    async def _look(self) -> None:
        self._observe(await self._reader.get_task(self.task_id))
        self._go_on()

    def _go_on(self) -> None:
        """After following had stopped: on to the end, or, where the task is final, be done."""
        if self.task is None or not self.task.is_final or self._ledger.reasons_to_tell():
            self.follow()
        elif self.connection.state == "stopped":
            self.failure = None
            self._connect("ended", error=task_problem(self.task))

    async def _follow(self, stale: Task | None) -> None:
        try:
            await self._follow_to_the_end(stale)
            if self.failure is None:
                await self._list_files()
            self._ended()
        except Exception:
            log.exception("the end was not shown task_id=%s", self.task_id)
        finally:
            if asyncio.current_task() is self._following:  # else the task has been taken up again
                self.settled.set()

    async def _follow_to_the_end(self, stale: Task | None) -> None:
        try:
            self._connect("connecting" if self.task is None else "live", error=None)
            while await self._follow_turn(stale):
                stale = self.task
            self._connect("ended")
        except Exception as error:  # whatever it is, who waits must hear of it
            self.failure = error
            problem = problem_of(error)
            if problem.kind == "internal":
                log.exception("following stopped task_id=%s", self.task_id)
            self._connect("stopped", error=problem)
        finally:
            self._is_following = False

    async def _follow_turn(self, stale: Task | None) -> bool:
        """Follow until the task is final; whether a message may have set it running again."""
        async for update in self._follower.updates(stale=stale):
            if isinstance(update, Snapshot):
                self._observe(update.task)
            else:
                self._observe_trouble(update)
        messages = self._messages
        may_run = await self._reasons.tell()
        return may_run or self._messages != messages

    async def _list_files(self) -> None:
        artifacts = await self._listing.list()
        if not self.is_closed:
            self._publish_traits({"artifacts": artifacts})

    def _observe(self, task: Task) -> None:
        at = instant(now())
        self.task = task
        self._timeline = advance(self._timeline, task, at)
        # Also when closed: what was decided before goes on to its end.
        self._deciding.observe(self._timeline, task.status, at)
        if self.is_closed:
            return
        changes = traits_of(task, self._timeline, self._called, self._deciding.policy_errors)
        changes["decisions"] = self._ledger.decisions
        if self.connection.state != "stopped":  # else `error` says why
            changes["error"] = task_problem(task)
        if self.connection.state in {"connecting", "retrying"}:
            changes["connection"] = self.connection = Connection("live", at)
        self._publish(changes)

    def _observe_trouble(self, trouble: Trouble) -> None:
        at = now()
        is_new = self.connection.state != "retrying"
        self.connection = Connection(
            "retrying",
            instant(at) if is_new else self.connection.since,
            instant(at + timedelta(seconds=trouble.pause_s)),
            problem_of(trouble.error),
        )
        self._publish({"connection": self.connection})

    def _connect(self, state: Any, **more: object) -> None:
        self.connection = Connection(state, instant(now()))
        self._publish({"connection": self.connection, **more})

    def _decisions_changed(self, *, urgent: bool) -> None:
        if urgent:
            self._publish_decisions()
        elif self._telling is None:
            loop = asyncio.get_running_loop()
            self._telling = loop.call_later(TOGETHER_S, self._publish_decisions)

    def _publish_decisions(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        if self.task is not None:
            pending = pending_approvals(
                self.task, self._timeline, self._called, self._deciding.policy_errors
            )
            self._publish({"decisions": self._ledger.decisions, "pending_approvals": pending})

    def _publish(self, changes: dict[str, Any]) -> None:
        if not self.is_closed:
            self._publish_traits(msgspec.to_builtins(changes))
