"""Text of the agent's in bounded length, with what is hidden shown. Pure."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from sigmic_jupyter.widget.record.hidden import prose, token, visible

__all__ = [
    "Allowance",
    "Cut",
    "as_written",
    "first_line",
    "grouped",
    "name",
    "value",
]

NAME_LIMIT = 300
HINT_LIMIT = 160


class Cut(NamedTuple):
    """The beginning of a text, and how many characters of it are left out."""

    text: str
    left_out: int

    @property
    def note(self) -> str:
        """Says how much is left out."""
        return f"{grouped(self.left_out, 'character', 'characters')} more not in this record."


class Allowance:
    """What one record may show in all of what has no bound of its own, in characters."""

    def __init__(self, characters: int) -> None:
        self._left = characters

    def cut(self, text: str, limit: int) -> Cut:
        """Make the beginning of a text visible: `limit` characters, or what is left if less."""
        head = text[: min(limit, self._left)]
        shown = visible(head)
        self.spend(len(shown))
        return Cut(shown, len(text) - len(head))

    def spend(self, characters: int) -> bool:
        """Take some away; False where nothing was left before."""
        had = self._left > 0
        self._left = max(0, self._left - characters)
        return had


def as_written(text: str, limit: int) -> Cut:
    """The beginning of running text that is too long to be formatted."""
    head = text[:limit]
    shown = prose(head)
    if len(shown) > 2 * limit:  # little but hidden characters, each of which becomes ten
        head = text[: limit // 10]
        shown = prose(head)
    return Cut(shown, len(text) - len(head))


def name(text: str, limit: int = NAME_LIMIT) -> str:
    """Show a name on one line, a line break in it as a token too."""
    shown = re.sub(r"[\n\t]", lambda match: token(match[0]), visible(text[:limit]))
    return f"{shown}…" if len(text) > limit else shown


def first_line(text: str, limit: int = HINT_LIMIT) -> str:
    """The first line of a text that says anything."""
    line = text[: 4 * limit].strip().split("\n", 1)[0].rstrip()
    return f"{name(line[:limit], limit)}…" if len(line) > limit else name(line, limit)


def value(argument: Any) -> str:
    """An argument as it reads: a string as it is, anything else as JSON. Nothing is left out."""
    if isinstance(argument, str):
        return argument
    try:
        return json.dumps(argument, ensure_ascii=False, indent=2)
    except RecursionError:
        return "(nested too deeply to be shown)"


def grouped(count: int, one: str, many: str) -> str:
    """A count and its noun: `1 step`, `1,204 steps`."""
    return f"{count:,} {one if count == 1 else many}"
