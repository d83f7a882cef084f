"""Characters that cannot be seen or make a text read differently from what it is. Pure.

The front end does the same (js/src/hidden.ts); contract/hidden.json holds both to it.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["prose", "token", "visible"]

NO_CHARACTERS = "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
# Controls but newline and tab, what has no width or turns the direction, tags, variation selectors,
# and what cannot be encoded or is no character.
HIDDEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    f"{NO_CHARACTERS}]"
)
# England, Scotland and Wales: the only flags that are written with tags.
FLAGS = "|".join(
    f"\U0001f3f4{''.join(chr(0xE0000 + ord(letter)) for letter in country)}\U000e007f"
    for country in ("gbeng", "gbsct", "gbwls")
)
EXACT = re.compile(HIDDEN)
PROSE = re.compile(f"{FLAGS}|{HIDDEN}")

SELECTOR = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
JOINER = re.compile("[\u200c\u200d]")
SYMBOL_SELECTOR = re.compile("[\ufe00\ufe0e\ufe0f]")
IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
IDEOGRAPH_SELECTOR = re.compile("[\ufe00-\ufe02\U000e0100-\U000e01ef]")
KEY = re.compile("[#*0-9]")
# Emoji that are no symbols by their category.
PUNCTUATION_EMOJI = "\u203c\u2049\u2139\u3030"


def visible(text: str) -> str:
    """Show hidden and deceptive characters as tokens such as ⟦U+202E⟧."""
    return EXACT.sub(lambda match: match[0] if _at_work(match) else token(match[0]), text)


def prose(text: str) -> str:
    """As `visible`, for running text: what shapes letters and emoji, or ends a line, stays."""
    return PROSE.sub(
        lambda match: match[0] if _at_work_in_prose(match) else token(match[0]),
        text.replace("\r\n", "\n"),
    )


def token(character: str) -> str:
    """What stands for a character: ⟦U+202E⟧."""
    return f"⟦U+{ord(character):04X}⟧"


def _at_work(match: re.Match[str]) -> bool:
    """Whether it joins two emoji, or is the one selector after something whose look it chooses."""
    before, mark, after = _around(match)
    if mark == "\u200d":
        if SYMBOL_SELECTOR.match(before):
            before = match.string[match.start() - 2 : match.start() - 1]
        return _is_symbol(before) and _is_symbol(after)
    if SELECTOR.match(after):
        return False
    return bool(
        (SYMBOL_SELECTOR.match(mark) and _is_symbol(before))
        or (IDEOGRAPH_SELECTOR.match(mark) and IDEOGRAPH.match(before))
        or (mark == "\ufe0f" and KEY.match(before) and after == "\u20e3")
    )


def _at_work_in_prose(match: re.Match[str]) -> bool:
    """As `_at_work`; in prose also a flag, and one joiner or selector after any character."""
    before, mark, after = _around(match)
    if len(mark) > 1 or _at_work(match):
        return True
    shapes = JOINER.match(mark) or (SELECTOR.match(mark) and mark < "\U000e0000")
    alone = not (JOINER.match(after) or SELECTOR.match(after) or EXACT.match(before))
    return bool(shapes and alone and before.strip())


def _around(match: re.Match[str]) -> tuple[str, str, str]:
    text, start, end = match.string, match.start(), match.end()
    return text[max(0, start - 1) : start], match[0], text[end : end + 1]


def _is_symbol(character: str) -> bool:
    if character == "" or character.isascii():
        return False
    return unicodedata.category(character)[0] == "S" or character in PUNCTUATION_EMOJI
