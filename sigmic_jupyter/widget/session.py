"""One task as the widget has it: followed, decided on, and published as traits.

Everything here runs on the background loop, so it needs no locks; it knows nothing of ipywidgets.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from sigmic_jupyter.follow import Follower, Snapshot, Timeline, advance, instant, now
from sigmic_jupyter.kernel import Settled
from sigmic_jupyter.service.errors import SigmicError
from sigmic_jupyter.service.retry import is_transient
from sigmic_jupyter.widget.approvals import Ledger, waiting_calls
from sigmic_jupyter.widget.problems import problem_of, task_problem
from sigmic_jupyter.widget.traits import traits_of
from sigmic_jupyter.widget.wire import Connection, DecidedBy

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigmic_jupyter.follow import Trouble
    from sigmic_jupyter.service import AsyncClient
    from sigmic_jupyter.service.models import Outcome, Task, ToolCall
    from sigmic_jupyter.widget.policy import Decider

__all__ = ["Session"]

log = logging.getLogger("sigmic_jupyter")


class Session:
    """Follows a task and carries out what is asked of it.

    Args:
        service: The client of the service.
        task_id: The task.
        publish: Takes the traits that changed, by name, as plain JSON values.
        ended: Called when the task is final or following stopped, before who waits is released.
        created: Whether the task was created just now, so that it is seen from its start.
        interval_s: A fixed polling interval in seconds; None adapts it.
        decider: Decides on calls that wait; None leaves them to a person.

    Attributes:
        task_id: The task.
        task: The newest snapshot, None before the first.
        has_front_end: Whether a browser has said hello.
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
        self.has_front_end = False
        self.failure: BaseException | None = None
        self.settled = Settled()
        self._service = service
        self._publish = publish
        self._ended = ended
        self._timeline = Timeline(witnessed=created)
        self._ledger = Ledger()
        self._decider = decider
        self._policy_errors: dict[str, str] = {}
        self._asked: dict[str, asyncio.Task[None]] = {}
        self._follower = Follower(service, task_id, interval_s=interval_s)
        self._following: asyncio.Task[None] | None = None
        self._trouble_since: str | None = None
        self._connection = Connection("connecting", instant(now()))

    def follow(self, *, stale: Task | None = None) -> None:
        """Begin to follow, unless that is under way."""
        if self._following is not None and not self._following.done():
            return
        self.failure = None
        self.settled.clear()
        self._following = asyncio.get_running_loop().create_task(self._follow(stale))

    def close(self) -> None:
        """Stop following; who waits is released."""
        for work in (self._following, *self._asked.values()):
            if work is not None:
                work.cancel()
        self.settled.set()

    async def refresh(self) -> None:
        """Ask the service now; following that stopped begins again."""
        if self.task is not None and self.task.is_final:
            self._observe(await self._service.get_task(self.task_id))
        if self.task is None or not self.task.is_final:
            self._follower.nudge()
            self.follow()

    def undecided(self) -> list[ToolCall]:
        """The calls that wait for a person: nobody has decided, and no policy is about to."""
        waiting = waiting_calls(self._timeline, self.task.status if self.task else "")
        decided = {d.call_id for d in self._ledger.decisions if d.state != "failed"}
        asked = {call_id for call_id, asking in self._asked.items() if not asking.done()}
        if self._decider is not None:
            asked |= waiting.keys() - self._asked.keys()
        return [call for call_id, call in waiting.items() if call_id not in decided | asked]

    async def decide(self, call_id: str, outcome: Outcome, by: DecidedBy) -> None:
        """Send a decision, once.

        Raises:
            ValidationError: No such call waits, or it is decided already.
            APIError: The decision did not get through; the call still waits.
        """
        self._ledger.open(call_id, outcome, by, instant(now()))
        self._publish_decisions()
        try:
            await self._service.approve_tool_call(self.task_id, call_id, outcome)
        except SigmicError as error:
            if not (is_transient(error) and await self._was_decided(call_id)):
                self._ledger.failed(call_id, problem_of(error))
                self._publish_decisions()
                raise
        else:
            self._ledger.sent(call_id)
            self._publish_decisions()
        finally:
            self._follower.nudge()

    async def cancel(self) -> None:
        """Stop the task, and look what became of it."""
        try:
            await self._service.cancel_task(self.task_id)
        finally:
            self._follower.nudge()
        with contextlib.suppress(SigmicError):  # the follower will ask again
            self._observe(await self._service.get_task(self.task_id))

    async def send(self, message: str, files: tuple[Any, ...]) -> None:
        """Send a follow-up message and follow again."""
        await self._service.send_message(self.task_id, message, files=files)
        self._follower.nudge()
        self.follow(stale=self.task)

    async def _was_decided(self, call_id: str) -> bool:
        """After an answer that was lost: whether the call still waits. Never sent blindly again."""
        try:
            self._observe(await self._service.get_task(self.task_id))
        except SigmicError:
            return False
        return self.task is not None and call_id not in waiting_calls(
            self._timeline, self.task.status
        )

    async def _follow(self, stale: Task | None) -> None:
        self._publish_connection("connecting" if self.task is None else "live", error=None)
        try:
            async for update in self._follower.updates(stale=stale):
                if isinstance(update, Snapshot):
                    self._observe(update.task)
                else:
                    self._observe_trouble(update)
            self._publish_connection("ended")
        except asyncio.CancelledError:
            raise
        except Exception as error:  # whatever it is, who waits must hear of it
            self.failure = error
            problem = problem_of(error)
            if problem.kind == "internal":
                log.exception("following stopped task_id=%s", self.task_id)
            self._publish_connection("stopped", error=problem)
        try:
            self._ended()
        except Exception:
            log.exception("the record was not kept task_id=%s", self.task_id)
        self.settled.set()

    def _observe(self, task: Task) -> None:
        at = instant(now())
        self.task = task
        self._timeline = advance(self._timeline, task, at)
        self._ledger.observe(self._timeline, task.status, at)
        changes = traits_of(task, self._timeline, self._policy_errors) | {
            "decisions": self._ledger.decisions,
            "error": task_problem(task),
        }
        if self._trouble_since is not None or self._connection.state == "connecting":
            self._trouble_since = None
            changes["connection"] = self._connection = Connection("live", at)
        self._publish(msgspec.to_builtins(changes))
        if self._decider is not None:
            self._ask(self._decider, waiting_calls(self._timeline, task.status))

    def _ask(self, decider: Decider, waiting: dict[str, ToolCall]) -> None:
        """Have the policy decide on each call that waits, once."""
        for call_id, call in waiting.items():
            if call_id not in self._asked:
                self._asked[call_id] = asyncio.create_task(self._apply(decider, call))

    async def _apply(self, decider: Decider, call: ToolCall) -> None:
        try:
            # It is the user's code, which may block or ask another service.
            verdict = await asyncio.to_thread(decider, call)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person decides then
            self._policy_errors[call.call_id] = f"{type(error).__name__}: {error}"
            self._observe_again()
            return
        if verdict is not None:
            # What stands in the way is in the ledger: decided by somebody else, or not sent.
            with contextlib.suppress(SigmicError):
                await self.decide(call.call_id, verdict.outcome, DecidedBy("policy", verdict.name))

    def _observe_again(self) -> None:
        if self.task is not None:
            self._observe(self.task)

    def _observe_trouble(self, trouble: Trouble) -> None:
        at = now()
        self._trouble_since = self._trouble_since or instant(at)
        self._connection = Connection(
            "retrying",
            self._trouble_since,
            instant(at + timedelta(seconds=trouble.pause_s)),
            problem_of(trouble.error),
        )
        self._publish(msgspec.to_builtins({"connection": self._connection}))

    def _publish_decisions(self) -> None:
        self._publish({"decisions": msgspec.to_builtins(self._ledger.decisions)})

    def _publish_connection(
        self, state: Literal["connecting", "live", "stopped", "ended"], **more: object
    ) -> None:
        self._trouble_since = None
        self._connection = Connection(state, instant(now()))
        self._publish(msgspec.to_builtins({"connection": self._connection, **more}))
