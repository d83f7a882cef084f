"""TaskWidget: the traits and the public methods of a task; wiring only."""

from __future__ import annotations

import logging
import pathlib
import threading
from typing import TYPE_CHECKING, Any, Self

import anywidget
import traitlets as t

from sigmic_jupyter.kernel import background
from sigmic_jupyter.service.errors import (
    TaskCancelled,
    TaskFailed,
    TaskNotFinished,
)
from sigmic_jupyter.service.models import FINAL_STATUSES, Outcome, TaskStatus
from sigmic_jupyter.widget.commands import answer
from sigmic_jupyter.widget.session import Session
from sigmic_jupyter.widget.wire import DecidedBy

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from sigmic_jupyter.service import AsyncClient
    from sigmic_jupyter.widget.policy import Decider

__all__ = ["TaskWidget"]

log = logging.getLogger("sigmic_jupyter")

STATIC = pathlib.Path(__file__).parent.parent / "static"


class TaskWidget(anywidget.AnyWidget):
    """A task, live in a cell. Made by `run` and `attach`, shown as often as you like.

    All traits are JSON, written by the background loop alone; times are ISO 8601 in UTC. Observe
    them with `task.observe(callback, "status")`; the callback runs on the background thread.

    Attributes:
        task_id: The task's id.
        status: `pending`, `running`, `awaiting_approval`, `completed`, `failed`, `cancelled`, or
            what else the service says; empty until it was first heard of.
        message: The instruction.
        content: The answer so far, Markdown.
        timeline: Thoughts and tool calls in order of arrival.
        tool_calls: The calls with arguments and output.
        pending_approvals: The calls that wait for a person.
        decisions: What was decided, by whom, and what became of it.
        conversation: The turns of the session.
        artifacts: The files of the task.
        error: Why the task failed or can't be followed, None otherwise.
        connection: Whether the service is being heard.
        created_at: When the service took the task.
        started_at: When it began.
        completed_at: When it ended.
        updated_at: When there was last something new.
    """

    _esm = STATIC / "widget.js"
    _css = STATIC / "widget.css"

    task_id = t.Unicode().tag(sync=True)
    status = t.Unicode().tag(sync=True)
    message = t.Unicode().tag(sync=True)
    content = t.Unicode().tag(sync=True)
    timeline: t.List[Any] = t.List().tag(sync=True)
    tool_calls: t.List[Any] = t.List().tag(sync=True)
    pending_approvals: t.List[Any] = t.List().tag(sync=True)
    decisions: t.List[Any] = t.List().tag(sync=True)
    conversation: t.List[Any] = t.List().tag(sync=True)
    artifacts: t.List[Any] = t.List().tag(sync=True)
    error = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    connection = t.Dict().tag(sync=True)
    created_at = t.Unicode(allow_none=True, default_value=None).tag(sync=True)
    started_at = t.Unicode(allow_none=True, default_value=None).tag(sync=True)
    completed_at = t.Unicode(allow_none=True, default_value=None).tag(sync=True)
    updated_at = t.Unicode(allow_none=True, default_value=None).tag(sync=True)

    def __init__(
        self,
        service: AsyncClient,
        task_id: str,
        *,
        message: str = "",
        created: bool = False,
        decider: Decider | None = None,
        interval: float | None = None,
        secret_names: Iterable[str] = (),
    ) -> None:
        self._lock = threading.RLock()
        self._publishing = False
        self._secret_names = tuple(secret_names)
        self._session = Session(
            service,
            task_id,
            publish=self._publish,
            created=created,
            decider=decider,
            interval_s=interval,
        )
        super().__init__(task_id=task_id, message=message)
        self.on_msg(self._on_message)
        background().run(self._follow())

    @property
    def result(self) -> str:
        """The answer's text.

        Raises:
            TaskNotFinished: The task is not final yet.
            TaskFailed: The task failed; `content` has what it wrote before.
            TaskCancelled: The task was cancelled.
        """
        if self.status == TaskStatus.COMPLETED:
            return self.content
        if self.status == TaskStatus.FAILED:
            raise TaskFailed(
                (self.error or {}).get("message", ""), task_id=self.task_id, status=self.status
            )
        if self.status == TaskStatus.CANCELLED:
            raise TaskCancelled(task_id=self.task_id, status=self.status)
        raise TaskNotFinished(task_id=self.task_id, status=self.status)

    def wait(self, timeout: float | None = None) -> Self:
        """Block until the task is final.

        Args:
            timeout: How long to wait at most, in seconds.

        Returns:
            The task itself, so that `run(…).wait().result` reads well.

        Raises:
            TimeoutError: It took longer. The task goes on.
            SigmicError: The task can't be followed any more, as with a key that expired.
        """
        if not self._session.settled.wait(timeout):
            raise TimeoutError(
                f"Task {self.task_id} is still {self.status or 'unheard of'} after {timeout} s. "
                "It goes on: wait again, or stop it with task.cancel()."
            )
        return self._settled()

    def __await__(self) -> Generator[Any, None, Self]:
        yield from self._session.settled.wait_async().__await__()
        return self._settled()

    def approve(self, call_id: str | None = None, *, always: bool = False) -> None:
        """Let a call that waits run.

        Args:
            call_id: The call; without it the only one that waits.
            always: Also approve similar calls for the rest of the session, as the service defines
                similar.

        Raises:
            ValueError: No id was given, and not exactly one call waits.
            ValidationError: No such call waits, or it is decided already.
            APIError: The decision did not get through; the call still waits.
        """
        self._decide(call_id, Outcome.PROCEED_ALWAYS if always else Outcome.PROCEED_ONCE)

    def reject(self, call_id: str | None = None) -> None:
        """Cancel a call that waits; the task goes on without it. Otherwise as `approve`."""
        self._decide(call_id, Outcome.CANCEL)

    def cancel(self) -> None:
        """Stop the task. Its status says when that has happened."""
        background().run(self._session.cancel())

    def send(self, message: str, files: Sequence[Any] | None = None) -> None:
        """Send a follow-up message to the same session and follow the task again.

        Args:
            message: What to do next.
            files: Paths, or pairs of a name and bytes, to upload with it.
        """
        background().run(self._session.send(message, tuple(files or ())))

    def refresh(self) -> None:
        """Ask the service now; where following had stopped it begins again."""
        background().run(self._session.refresh())

    def close(self) -> None:
        """Close all views and stop following. The task itself goes on."""
        background().call_soon(self._session.close)
        super().close()

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore what a browser says about the task: its state comes from the service alone."""
        super().set_state({k: v for k, v in sync_data.items() if k not in TRAITS})

    def __repr__(self) -> str:
        return f"<TaskWidget {self.task_id} {self.status or 'connecting'}>"

    def _settled(self) -> Self:
        if self._session.failure is not None:
            raise self._session.failure
        if self.status not in FINAL_STATUSES:  # the widget was closed before the task's end
            raise TaskNotFinished(task_id=self.task_id, status=self.status)
        return self

    def _decide(self, call_id: str | None, outcome: Outcome) -> None:
        if call_id is None:
            waiting = [approval["call_id"] for approval in self.pending_approvals]
            if len(waiting) != 1:
                raise ValueError(
                    f"{len(waiting)} calls wait for approval, so say which: {', '.join(waiting)}"
                    if waiting
                    else "No call waits for approval."
                )
            call_id = waiting[0]
        background().run(self._session.decide(call_id, outcome, DecidedBy("person")))

    def _on_message(self, _widget: object, content: Any, _buffers: object) -> None:
        background().submit(self._answer(content))

    async def _answer(self, content: Any) -> None:
        reply = await answer(self._session, content, secret_names=self._secret_names)
        if self.comm is not None:
            # `send` is taken by the public API: this is what ipywidgets would do in it.
            self._send({"method": "custom", "content": reply})

    async def _follow(self) -> None:
        self._session.follow()

    def _publish(self, changes: dict[str, Any]) -> None:
        """Set several traits and send those that changed in one message."""
        with self._lock:
            changed = [name for name, value in changes.items() if getattr(self, name) != value]
            self._publishing = True
            try:
                for name in changed:
                    self._set(name, changes[name])
            finally:
                self._publishing = False
            if changed and self.comm is not None:
                self.send_state(changed)

    def _set(self, name: str, value: Any) -> None:
        try:
            setattr(self, name, value)
        except Exception:  # an observer's: it must not end the following of the task
            log.exception("an observer failed trait=%s task_id=%s", name, self.task_id)

    def _should_send_property(self, key: str, value: Any) -> bool:
        return not self._publishing and bool(super()._should_send_property(key, value))


TRAITS = frozenset(
    name for name in TaskWidget.class_trait_names(sync=True) if name in vars(TaskWidget)
)
