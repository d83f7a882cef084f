"""TaskWidget: the traits and the public methods of a task; wiring only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comm import DummyComm

from sigmic_jupyter.kernel import background, deliver, forget
from sigmic_jupyter.service.models import Outcome
from sigmic_jupyter.widget.commands import answer
from sigmic_jupyter.widget.digest import digest_of_shown
from sigmic_jupyter.widget.session import Session
from sigmic_jupyter.widget.showing import Showing, records
from sigmic_jupyter.widget.synced import TRAITS, Synced
from sigmic_jupyter.widget.waitable import Waitable
from sigmic_jupyter.widget.wire import DecidedBy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sigmic_jupyter.follow import Transport
    from sigmic_jupyter.service import AsyncClient, CreatedTask, Upload
    from sigmic_jupyter.widget.policy import Decider

__all__ = ["TaskWidget"]


class TaskWidget(Waitable, Synced):
    """A task, live in a cell. Made by `run` and `attach`, shown as often as you like.

    All traits are JSON, written by the background loop alone; times are ISO 8601 in UTC. Observe
    them with `task.observe(callback, "status")`; the callback runs on the background thread.

    Attributes:
        task_id (str): The task's id.
        status (str): `pending`, `running`, `awaiting_approval`, `completed`, `failed`, `cancelled`,
            or what else the service says; empty until it was first heard of.
        message (str): The instruction.
        content (str): The answer so far to the newest message that the agent has taken up,
            Markdown.
        timeline (list[dict]): Thoughts and tool calls in order of arrival. A row has `id`, `kind`,
            `first_seen_at` and `settled_at`; a `thought` its `subject` and `description`, a
            `tool_call` its `call_id`, `waiting_at` and `resumed_at`. A time nobody saw is None.
        tool_calls (list[dict]): The calls: `call_id`, `tool_name`, `status`, `args`, `output` and
            `description`, the agent's own words.
        pending_approvals (list[dict]): The calls that wait for a person: `call_id`, `tool_name`,
            `args`, `description`, `waiting_at`, and `policy_error`, why a policy did not decide.
        decisions (list[dict]): What was decided, one for each call: the call, its `outcome`, `by`
            whom, `state` (`sending`, `sent`, `confirmed` or `failed`), `decided_at`,
            `confirmed_at`, `error`, and the `reason` of a rejection with what became of it.
        conversation (list[dict]): All messages of the session, yours and the agent's, in order:
            `role`, `content`, `created_at`, names of `files`. `rows` of yours names the rows of
            `timeline` that came of it (None: those of no other message), and `waits` says that the
            agent has not taken it up yet. The answer to the newest message is among them when it is
            complete.
        artifacts (Artifacts): The files of the task by path, listed when it ends and by `refresh`.
        artifacts_error (str | None): Why the newest list of them could not be had.
        error (dict | None): Why the task failed or can't be followed: `kind`, `message`, `hint`,
            `http_status` and `code`.
        connection (dict): Whether the service is being heard: `state` (`connecting`, `live`,
            `retrying`, `stopped` or `ended`), `since`, `next_try_at`, `reason`, `transport`,
            `note`.
        created_at (str | None): When the service took the task.
        started_at (str | None): When it began.
        completed_at (str | None): When it ended.
        updated_at (str | None): When there was last something new.
    """

    def __init__(
        self,
        service: AsyncClient,
        task_id: str,
        *,
        message: str = "",
        created: CreatedTask | None = None,
        uploads: Sequence[Upload] = (),
        decider: Decider | None = None,
        interval: float | None = None,
        transport: Transport = "auto",
        secret_names: Iterable[str] = (),
    ) -> None:
        self._showing = Showing(self._repr_mimebundle_)
        self._secret_names = tuple(secret_names)
        self._session = Session(
            service,
            task_id,
            publish=self._publish,
            greeted=self._greeted,
            ended=self._end_shown,
            created=created is not None,
            uploads=uploads,
            decider=decider,
            interval_s=interval,
            transport=transport,
        )
        status = created.status if created is not None else ""
        super().__init__(task_id=task_id, message=message, status=status)
        self.on_msg(lambda _widget, content, buffers: self._receive(content, buffers))
        if self.comm is not None:
            deliver(self.comm.comm_id, self._receive)
        if background().is_current():  # opened from a list, by a click
            background().submit(self._follow())
        else:
            background().run(self._follow())

    def approve(self, call_id: str | None = None, *, always: bool = False) -> None:
        """Let a call that waits run.

        Args:
            call_id: The call; without it the only one that waits.
            always: Also approve similar calls for the rest of the session, as the service defines
                similar.

        Raises:
            ValueError: No id was given, and not exactly one call waits.
            CallChanged: The call is not any more what `pending_approvals` showed. Nothing was sent.
            ValidationError: No such call waits, it is decided already, or the task is being
                stopped. Nothing was sent.
            APIError: The decision did not get through; the call still waits.
        """
        self._decide(call_id, Outcome.PROCEED_ALWAYS if always else Outcome.PROCEED_ONCE)

    def reject(self, call_id: str | None = None, reason: str | None = None) -> None:
        """Cancel a call that waits; the task goes on without it. Otherwise as `approve`.

        The service takes no reason. So it is sent as a message when the task has ended a turn, and
        the agent goes on from there; `decisions` tells what became of it. It is dropped if the task
        is stopped, and not sent if this widget is closed, or the kernel goes away, before.

        Args:
            call_id: The call; without it the only one that waits.
            reason: Why, for the agent: 10,000 characters at most.
        """
        self._decide(call_id, Outcome.CANCEL, reason)

    def cancel(self) -> None:
        """Stop the task. Its status says when that has happened.

        Raises:
            APIError: The service did not take it, or nobody knows; the message says which.
        """
        background().run(self._session.cancel())

    def send(self, message: str, files: Sequence[Any] | None = None) -> None:
        """Send a message to the same session and follow the task again.

        While the task runs, the agent takes it up when it has answered what it is at. A session
        that had expired is restored with its files. What waits for approval goes on waiting.

        Args:
            message: What to do next.
            files: Up to 20 paths, or pairs of a name and bytes, of at most 50 MB each; they are
                saved under `uploads/`.

        Raises:
            ValidationError: Something can't be sent. Nothing was.
            APIError: It did not get through, or nobody knows; the message says which. Nothing is
                sent a second time.
        """
        background().run(self._session.send(message, tuple(files or ())))

    def refresh(self) -> None:
        """Ask the service now, for the files too; where following had stopped it begins again.

        That the files could not be listed is no error: `task.artifacts` says why.

        Raises:
            APIError: The service did not answer, or refuses.
        """
        background().run(self._session.refresh())

    def close(self) -> None:
        """Close all views and stop following. The task itself goes on."""
        if self.comm is not None:
            forget(self.comm.comm_id)
        background().call_soon(self._session.close)
        super().close()

    @property
    def has_kernel(self) -> bool:
        """Whether there is a kernel, and so perhaps a front end."""
        return not isinstance(self.comm, DummyComm | None)

    def show(self) -> None:
        """Show the task in the running cell, if nothing shows it yet."""
        self._showing.show(again=False)

    def keep(self) -> None:
        """Store the whole state with the running cell: a notebook may run without a browser."""
        if not self._session.has_front_end:
            self._tell_all()
            self._showing.renew()

    def __repr__(self) -> str:
        return f"<TaskWidget {self.task_id} {self.status or 'connecting'}>"

    def _ipython_display_(self) -> None:
        self._showing.show()

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The live view for whoever has widgets, and the record for whoever has none."""
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        with self._lock:
            traits = self.get_state(TRAITS)
        return data | records(traits), metadata

    def _decide(self, call_id: str | None, outcome: Outcome, reason: str | None = None) -> None:
        if call_id is None:
            waiting = [call.call_id for call in self._session.undecided]
            if len(waiting) != 1:
                raise ValueError(
                    f"{len(waiting)} calls wait for approval, so say which: {', '.join(waiting)}"
                    if waiting
                    else "No call waits for approval."
                )
            call_id = waiting[0]
        with self._lock:
            shown = [row for row in self.pending_approvals if row["call_id"] == call_id]
        digest = digest_of_shown(shown[0]) if shown else ""
        by = DecidedBy("person")
        background().run(self._session.decide(call_id, outcome, by, digest=digest, reason=reason))

    def _receive(self, content: Any, buffers: Sequence[Any] = ()) -> None:
        background().submit(self._answer(content, buffers))

    async def _answer(self, content: Any, buffers: Sequence[Any] = ()) -> None:
        names = self._secret_names
        reply = await answer(self._session, content, buffers, secret_names=names)
        if not reply["ok"]:
            self._tell_now()  # so that the reader has what stands in the way before the refusal
        self._tell(reply)

    async def _follow(self) -> None:
        self._session.follow()

    async def _end_shown(self) -> None:
        await self._end()
        self._showing.renew()
