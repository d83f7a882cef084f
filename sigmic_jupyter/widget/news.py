"""What is told of one task, for as long as somebody wants to hear of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sigmic_jupyter.follow import Trouble
from sigmic_jupyter.widget.hearing import Hearing
from sigmic_jupyter.widget.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sigmic_jupyter.follow import Route, Transport
    from sigmic_jupyter.widget.files import Artifacts
    from sigmic_jupyter.widget.wire import Connection

__all__ = ["News"]


class News:
    """Publishes traits as plain JSON values.

    Args:
        publish: Takes them, by name.
        transport: How news come; see `Follower`.

    Attributes:
        is_over: Whether nothing is told any more.
    """

    def __init__(self, publish: Callable[[dict[str, Any]], None], transport: Transport) -> None:
        self.is_over = False
        self._publish = publish
        self._hearing = Hearing("poll" if transport == "poll" else None)
        self._plain = Plain()

    @property
    def connection(self) -> Connection:
        """Whether and how the service is being heard."""
        return self._hearing.connection

    def tell(self, changes: Mapping[str, Any]) -> None:
        """Tell the traits that have changed."""
        if not self.is_over:
            self._publish(self._plain.of(dict(changes)))

    def tell_answer(self, changes: Mapping[str, Any]) -> None:
        """Tell what the service has answered, and so that it answers."""
        self.tell(
            {**changes, "connection": self.connection} if self._hearing.answered() else changes
        )

    def tell_files(self, artifacts: Artifacts) -> None:
        """Tell which files there are; they are no JSON."""
        if not self.is_over:
            self._publish({"artifacts": artifacts, "artifacts_error": artifacts.trouble})

    def tell_way(self, update: Trouble | Route) -> None:
        """Tell that the service does not answer, or that news come another way."""
        if isinstance(update, Trouble):
            self._hearing.failed(update)
        else:
            self._hearing.routed(update)
        self.tell({"connection": self.connection})

    def turn(self, state: Any, **more: object) -> None:
        """From now on following is in this state."""
        self._hearing.turn(state)
        self.tell({"connection": self.connection, **more})
