"""Whether and how the service is being heard: the trait `connection` in the course of time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from sigmic_jupyter.follow import instant, now
from sigmic_jupyter.widget.problems import problem_of
from sigmic_jupyter.widget.wire import Connection

if TYPE_CHECKING:
    from sigmic_jupyter.follow import Route, Trouble

__all__ = ["Hearing"]


class Hearing:
    """Keeps the connection's state.

    Args:
        transport: How news come, where that is settled.

    Attributes:
        connection: As it is now. Replaced as a whole, to be read anywhere.
    """

    def __init__(self, transport: Literal["poll"] | None = None) -> None:
        self.connection = Connection("connecting", instant(now()), transport=transport)

    def turn(self, state: Any) -> None:
        """From now on following is in this state; how news come stays as it was."""
        self.connection = replace(
            self.connection, state=state, since=instant(now()), next_try_at=None, reason=None
        )

    def answered(self) -> bool:
        """The service has answered; whether that is a change."""
        if self.connection.state not in {"connecting", "retrying"}:
            return False
        self.turn("live")
        return True

    def failed(self, trouble: Trouble) -> None:
        """The service did not answer, and is asked again."""
        if self.connection.state != "retrying":
            self.turn("retrying")
        next_try = instant(now() + timedelta(seconds=trouble.pause_s))
        reason = problem_of(trouble.error)
        self.connection = replace(self.connection, next_try_at=next_try, reason=reason)

    def routed(self, route: Route) -> None:
        """News come another way from now on."""
        self.connection = replace(self.connection, transport=route.transport, note=route.note)
