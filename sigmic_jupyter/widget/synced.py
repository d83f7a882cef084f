"""The traits of a task, and how browsers are kept up with them."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from sigmic_jupyter.widget.bundle import LOADER, bundle
from sigmic_jupyter.widget.files import Artifacts
from sigmic_jupyter.widget.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TRAITS", "Synced"]

log = logging.getLogger("sigmic_jupyter")


class Synced(anywidget.AnyWidget):
    """Traits that one thread writes and browsers read; what a browser says of them is ignored."""

    _esm = LOADER

    task_id = t.Unicode().tag(sync=True)
    status = t.Unicode().tag(sync=True)
    message = t.Unicode().tag(sync=True)
    content = t.Unicode().tag(sync=True)
    timeline: t.List[Any] = t.List().tag(sync=True)
    tool_calls: t.List[Any] = t.List().tag(sync=True)
    pending_approvals: t.List[Any] = t.List().tag(sync=True)
    decisions: t.List[Any] = t.List().tag(sync=True)
    conversation: t.List[Any] = t.List().tag(
        sync=True, to_json=lambda messages, _widget: _without_newest_answer(messages)
    )
    artifacts = t.Instance(Artifacts, args=()).tag(
        sync=True, to_json=lambda artifacts, _widget: artifacts.rows()
    )
    artifacts_error = t.Unicode(allow_none=True, default_value=None).tag(sync=True)
    error = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    connection = t.Dict().tag(sync=True)
    created_at = t.Unicode(allow_none=True, default_value=None).tag(sync=True)
    started_at = t.Unicode(allow_none=True, default_value=None).tag(sync=True)
    completed_at = t.Unicode(allow_none=True, default_value=None).tag(sync=True)
    updated_at = t.Unicode(allow_none=True, default_value=None).tag(sync=True)

    _bundle = t.Unicode().tag(sync=True)
    _revision = t.Int().tag(sync=True)
    _outbox: Outbox | None = None  # while the widget is being made

    def __init__(self, **traits: Any) -> None:
        self._lock = threading.RLock()
        self._publishing = False
        super().__init__(**traits, _bundle=f"IPY_MODEL_{bundle().model_id}")
        self._own_layout = self.layout
        self._outbox = Outbox(
            lock=self._lock, read=self._plain, tell=self._tell, tell_all=self._tell_all
        )

    def close(self) -> None:
        """Close it, and the layout that came with it: nobody else would, and it would live on."""
        super().close()
        self._own_layout.close()

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - as ipywidgets has it
        """Read the state, which browsers are told of up to here, with the revision that it is."""
        with self._lock:
            if self._outbox is not None:
                self._outbox.flush()
                self._revision = self._outbox.revision
            state: dict[str, Any] = super().get_state(key, drop_defaults)
            return state

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore what a browser says about the task: its state comes from the service alone."""
        if others := {k: v for k, v in sync_data.items() if k not in SYNCED}:
            super().set_state(others)

    def _publish(self, changes: dict[str, Any]) -> None:
        """Set several traits, and tell browsers of them with the next turn."""
        with self._lock:
            self._publishing = True
            try:
                for name, value in changes.items():
                    if getattr(self, name) != value:
                        self._set(name, value)
            finally:
                self._publishing = False
        if self._outbox is not None:
            self._outbox.ask()

    def _plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in TRAITS} | {
            "artifacts": self.artifacts.rows(),
            "conversation": _without_newest_answer(self.conversation),
        }

    def _greeted(self, revision: int | None) -> None:
        if self._outbox is not None:
            self._outbox.greet(revision)

    def _tell_now(self) -> None:
        if self._outbox is not None:
            self._outbox.flush()

    async def _end(self) -> None:
        """Wait until browsers have been told everything."""
        if self._outbox is not None:
            await self._outbox.end()

    def _tell(self, content: dict[str, Any]) -> None:
        # `send` is taken by the public API: this is what ipywidgets would do in it.
        buffers = content.pop("buffers", None)
        self._try(lambda: self._send({"method": "custom", "content": content}, buffers=buffers))

    def _tell_all(self) -> None:
        with self._lock:
            self._try(lambda: self.send_state(list(SYNCED)))

    def _try(self, send: Callable[[], None]) -> None:
        try:
            if self.comm is not None:
                send()
        except Exception:  # the state is whole, and is sent again when asked for
            log.exception("not sent task_id=%s", self.task_id)

    def _set(self, name: str, value: Any) -> None:
        try:
            setattr(self, name, value)
        except BaseException:  # an observer's: it must not end the following of all tasks
            log.exception("an observer failed trait=%s task_id=%s", name, self.task_id)

    def _should_send_property(self, key: str, value: Any) -> bool:
        if key in SYNCED:  # told by the outbox
            return not self._publishing and key != "_revision"
        return bool(super()._should_send_property(key, value))


def _without_newest_answer(messages: list[Any]) -> list[Any]:
    """Browsers and records have it as the trait `content`."""
    return messages[:-1] if messages and messages[-1]["role"] == "assistant" else messages


SYNCED = frozenset(name for name in Synced.class_trait_names(sync=True) if name in vars(Synced))
TRAITS = frozenset(name for name in SYNCED if not name.startswith("_"))
