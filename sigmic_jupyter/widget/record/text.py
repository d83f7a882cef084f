"""Text of the agent's made safe to read: hidden characters shown, length bounded. Pure."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

__all__ = [
    "Allowance",
    "Cut",
    "as_written",
    "first_line",
    "grouped",
    "name",
    "prose",
    "value",
    "visible",
]

NAME_LIMIT = 300
HINT_LIMIT = 160

# Controls but newline and tab, what has no width or turns the direction, tags, and what cannot be
# encoded. U+FE0E and U+FE0F are left out: they only choose an emoji's look.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
# In prose these two shape letters and emoji, and are no disguise.
JOINERS = "\u200c\u200d"


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


def visible(text: str) -> str:
    """Show hidden and deceptive characters as tokens such as ⟦U+202E⟧."""
    return HIDDEN.sub(_token, text)


def prose(text: str) -> str:
    """As `visible`, for running text: joiners and the line ends of other systems are left alone."""
    return HIDDEN.sub(
        lambda match: match[0] if match[0] in JOINERS else _token(match),
        text.replace("\r\n", "\n"),
    )


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
    shown = re.sub(r"[\n\t]", _token, visible(text[:limit]))
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


def _token(match: re.Match[str]) -> str:
    return f"⟦U+{ord(match[0]):04X}⟧"
