"""TaskBrowser: the traits and messages of the list of tasks; wiring only."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

import anywidget
import msgspec
import traitlets as t

from sigmic_jupyter.follow import instant, now
from sigmic_jupyter.kernel import background, deliver, forget
from sigmic_jupyter.service.errors import SigmicError
from sigmic_jupyter.widget.browse.browsing import Browsing
from sigmic_jupyter.widget.browse.rows import WORDS
from sigmic_jupyter.widget.browse.wire import Back, BrowseCommand, Find, More, Open, Opened
from sigmic_jupyter.widget.bundle import LOADER, bundle, sources
from sigmic_jupyter.widget.record import facts, tasks_html, tasks_plain
from sigmic_jupyter.widget.replies import HelloReply
from sigmic_jupyter.widget.replying import replied
from sigmic_jupyter.widget.wire import GetBundle, Hello, Refresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigmic_jupyter.widget.browse.browsing import ListTasks
    from sigmic_jupyter.widget.browse.wire import Listed
    from sigmic_jupyter.widget.task_widget import TaskWidget

__all__ = ["TaskBrowser"]

log = logging.getLogger("sigmic_jupyter")

# How long showing the widget waits for the list, so that it is in the output's record.
PATIENCE_S = 2.0


class TaskBrowser(anywidget.AnyWidget):
    """Recent tasks, live in a cell: to look for one, and to open it in place. Made by `browse`.

    The traits are JSON, written by the background loop alone.

    Attributes:
        listed: The list as it is shown, and the filter that it has passed.
        opened: The name of the open task's model, None where the list is.
        busy: Whether the service is being asked.
        words: What stands in the list beside the tasks.
    """

    _esm = LOADER

    listed = t.Dict().tag(sync=True)
    opened = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    busy = t.Bool().tag(sync=True)
    words = t.Dict(msgspec.to_builtins(WORDS)).tag(sync=True)
    _bundle = t.Unicode().tag(sync=True)

    def __init__(self, list_tasks: ListTasks, attach: Callable[[str], TaskWidget]) -> None:
        self._attach = attach
        self._tasks: dict[str, TaskWidget] = {}
        self._task: TaskWidget | None = None
        self._browsing = Browsing(
            list_tasks, self._publish, lambda requests: self._set("busy", requests > 0)
        )
        super().__init__(
            listed=msgspec.to_builtins(self._browsing.listed),
            _bundle=f"IPY_MODEL_{bundle().model_id}",
        )
        self._own_layout = self.layout
        self.on_msg(lambda _widget, content, buffers: self._receive(content, buffers))
        if self.comm is not None:
            deliver(self.comm.comm_id, self._receive)
        background().submit(self._load())

    @property
    def task(self) -> TaskWidget | None:
        """The task that is open, None where the list is."""
        return self._task

    def close(self) -> None:
        """Close all views, and those of the tasks that were opened here. The tasks go on."""
        if self.comm is not None:
            forget(self.comm.comm_id)
        super().close()
        self._own_layout.close()
        for task in self._tasks.values():
            task.close()

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore what a browser says about the list: it comes from the service alone."""
        others = {k: v for k, v in sync_data.items() if k not in vars(TaskBrowser)}
        if others:
            super().set_state(others)

    def __repr__(self) -> str:
        return f"<TaskBrowser {self._says()}>"

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The live list for whoever has widgets, and a table for whoever has none."""
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        if not background().is_current():
            background().run(self._wait())
        at, tasks = now(), self._browsing.tasks
        return data | {
            "text/html": tasks_html(tasks, at, title=self._says()),
            "text/plain": f"{self!r}\n{tasks_plain(tasks, at)}".rstrip(),
        }, metadata

    def _says(self) -> str:
        problem = self.listed["problem"]
        if problem:
            return f"{facts.problem_title(problem['kind'])}: {problem['message']}"
        return f"Tasks: {self.listed['foot']}"

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._browsing.asked.wait(), PATIENCE_S)

    async def _load(self) -> None:
        try:
            await self._browsing.refresh()
        except SigmicError:
            pass  # the list says it
        except Exception:
            log.exception("no list of tasks")

    def _receive(self, content: Any, _buffers: Any = ()) -> None:
        background().submit(self._answer(content))

    async def _answer(self, content: Any) -> None:
        reply = await replied(content, BrowseCommand, self._carry_out)
        try:
            if self.comm is not None:
                self.send(reply)
        except Exception:
            log.exception("reply not sent")

    async def _carry_out(self, command: BrowseCommand) -> HelloReply | dict[str, str] | None:
        browsing = self._browsing
        match command:
            case Hello():
                return HelloReply(instant(now()))
            case GetBundle():
                return sources()
            case Refresh():
                await browsing.refresh()
            case Find(text=text, status=status):
                await browsing.find(text, status)
            case More(rows=rows):
                await browsing.more(rows)
            case Open(task_id=task_id):
                self._open(task_id)
            case Back():
                self._back()
        return None

    def _open(self, task_id: str) -> None:
        if task_id not in self._tasks or self._tasks[task_id].comm is None:
            self._tasks[task_id] = self._attach(task_id)
        self._task = self._tasks[task_id]
        code = facts.attach({"task_id": task_id})
        opened = Opened(f"IPY_MODEL_{self._task.model_id}", code)
        self._set("opened", msgspec.to_builtins(opened))

    def _back(self) -> None:
        task, self._task = self._task, None
        self._set("opened", None)
        if task is not None:
            self._browsing.saw(task.task_id, task.status)

    def _publish(self, listed: Listed) -> None:
        self._set("listed", msgspec.to_builtins(listed))

    def _set(self, name: str, value: Any) -> None:
        try:
            setattr(self, name, value)
        except Exception:  # an observer's: it must not end what goes on here
            log.exception("an observer failed trait=%s", name)
