"""Keeps browsers up with a widget's traits: what is new, in turns; all of it where that is needed.

The traits stay whole in the kernel, so that a reload, a saved notebook and a second browser get the
whole state from ipywidgets as ever. A revision counts what was told: a browser that has another one
than a message goes on from has missed something, and asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sigmic_jupyter.widget.delta import changes
from sigmic_jupyter.widget.pacing import Turns, pacer

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

__all__ = ["Outbox"]


class Outbox:
    """What browsers have been told of one widget.

    Args:
        lock: Held while traits are set and state is read.
        read: The traits by name, as plain JSON values that nobody changes afterwards.
        tell: Sends one message to all browsers.
        tell_all: Sends the whole state, with the revision.

    Attributes:
        revision: How often something new was told.
    """

    def __init__(
        self,
        *,
        lock: threading.RLock,
        read: Callable[[], dict[str, Any]],
        tell: Callable[[dict[str, Any]], None],
        tell_all: Callable[[], None],
    ) -> None:
        self.revision = 0
        self._lock = lock
        self._read = read
        self._tell = tell
        self._tell_all = tell_all
        self._told = read()
        self._is_heard = False
        self._is_ending = False
        self._turns: Turns | None = None

    def ask(self) -> None:
        """Traits have changed: tell it with the next turn. On the background loop."""
        if self._turns is None:
            self._turns = Turns(pacer(), self.flush)
        self._turns.ask()

    async def end(self) -> None:
        """Wait until everything new has been told. Nothing may follow that shows what was missed.

        So the revision is told again, soon: whoever has another one asks.
        """
        if self._turns is not None:
            await self._turns.over()
            self._is_ending = True
            self._turns.ask()
        if self._is_heard:
            # The outputs are renewed now, and the views that are made of them say hello.
            await pacer().room(2)

    def flush(self) -> None:
        """Tell what is new now. To be called before the state is read, so that the two agree.

        As long as no browser has said hello, which hosts without one never do, the whole state is
        sent where the status changes, and nothing in between.
        """
        with self._lock:
            state = self._read()
            told = changes(self._told, state)
            before = self.revision
            if told:
                self._told = state
                self.revision += 1
            if self._is_heard and (told or self._is_ending):
                self._tell({"delta": {"from": before, "to": self.revision, **told}})
                self._is_ending = False
            elif "status" in told.get("set", {}):
                self._tell_all()

    def greet(self, revision: int | None) -> None:
        """A browser has said hello.

        Args:
            revision: What it has; None if it only wants to be heard of.
        """
        with self._lock:
            self._is_heard = True
            self.flush()
            if revision is not None and revision != self.revision:
                self._tell_all()
