"""What `js/src/delta.ts` does, for tests of what is between kernel and browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Browser:
    """A model in a browser: it has a state, takes messages in, and says hello with what it has."""

    def __init__(self, state: dict[str, Any], hello: Callable[[int], None]) -> None:
        self.state = state
        self._hello = hello

    def hello(self) -> None:
        self._hello(self.state["_revision"])

    def take(self, messages: list[dict[str, Any]]) -> None:
        """Take in all messages that have arrived; what follows them comes the next time."""
        arrived, messages[:] = messages[:], []
        for message in arrived:
            if "state" in message:
                self.state = message["state"]
                continue
            delta, here = message["delta"], self.state["_revision"]
            if here == delta["from"]:
                self.state = applied(self.state, delta) | {"_revision": delta["to"]}
            elif here < delta["from"]:
                self.hello()


def applied(state: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """What a browser makes of a change, with text in UTF-16 units as it counts them."""
    state = _patched(state, told)
    for name, rows in told.get("rows", {}).items():
        after = state[name][: rows["length"]]
        after += [None] * (rows["length"] - len(after))
        for change in rows["changed"]:
            at = change["at"]
            after[at] = change["row"] if "row" in change else _patched(after[at], change)
        state[name] = after
    return state


def _patched(values: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    grown = {
        name: (values[name].encode("utf-16-le")[: 2 * at] + text.encode("utf-16-le")).decode(
            "utf-16-le"
        )
        for name, (at, text) in told.get("text", {}).items()
    }
    return values | told.get("set", {}) | grown
