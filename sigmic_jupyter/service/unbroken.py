"""Text without its line breaks, for finding what was broken over lines. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

__all__ = ["Unbroken", "has_breaks"]

# A line break with the indentation after it, also escaped; at the end of a text, half of one.
# Bounded, so that a text made for it takes no longer than another.
_LINE_BREAK = re.compile(
    r"(?:\r?\n|(?:\\{1,4}r)?\\{1,4}n)[ \t]{0,40}|(?:\r|\\{1,4}(?:r\\{0,4})?)\Z"
)


def has_breaks(text: str) -> bool:
    """Whether a text may have line breaks, real or escaped ones."""
    return "\n" in text or "\r" in text or "\\" in text


class Unbroken:
    """A text without its line breaks, which knows where each character stood.

    Attributes:
        text: What is left.
    """

    __slots__ = ("_breaks", "_removed", "text")

    def __init__(self, text: str) -> None:
        breaks = [match.span() for match in _LINE_BREAK.finditer(text)]
        self.text = _LINE_BREAK.sub("", text)
        self._removed = [0, *accumulate(end - start for start, end in breaks)]
        self._breaks = [
            start - removed for (start, _), removed in zip(breaks, self._removed, strict=False)
        ]

    def place(self, at: int) -> int:
        """Where the character at `at` stood in the broken text."""
        return at + self._removed[bisect_right(self._breaks, at)]
