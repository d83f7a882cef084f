"""What a decision is bound to: the one way to write a call as JSON, and its digest. Pure.

Its twins are `js/src/canonical.ts` and `js/src/digest.ts`; `contract/digests.json` holds them to
the same. The digest takes any depth of nesting; what comes from the service has 100 levels at most.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "canonical",
    "digest_of",
    "digest_of_json",
    "digest_of_shown",
    "is_read_exactly",
    "plain_args",
    "whole",
]

# JavaScript's Number.MAX_SAFE_INTEGER.
LARGEST_EXACT = 2**53 - 1
# As a plain assignment in JavaScript it sets the prototype, and the key is gone.
LOST_KEY = '"__proto__":'
# Of all escapes that canonical JSON has, only that of half a surrogate pair.
HALF = r"\ud"

# In canonical JSON a colon follows names alone.
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"(:?)')
_FRACTION = re.compile(r"\d[.e]")
_LONG_INTEGER = re.compile(r"\d{16,}")

_scalar = json.JSONEncoder(ensure_ascii=False).encode
_by_code_points = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
).encode


class _Text(str):
    """JSON that is written already, among values that are still to be written."""

    __slots__ = ()


def canonical(value: Any) -> str:
    """Write a JSON value in the one way that counts.

    Compact, keys sorted by UTF-16 code units, strings as JavaScript's `JSON.stringify` writes them,
    integers as digits, floats as Python's `json` writes them. It has no lone surrogates.
    """
    try:
        # Much quicker, and the same unless a name has characters beyond the first 2¹⁶.
        text = _by_code_points(value)
    except RecursionError:
        text = _by_code_units(value)
    else:
        if not _is_basic(text) and any(
            match[1] and not _is_basic(match[0]) for match in _STRING.finditer(text)
        ):
            text = _by_code_units(value)
    if _is_whole(text):
        return text
    return _paired(text).encode(errors="backslashreplace").decode()


def digest_of(call_id: str, tool_name: str, args: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the canonical JSON of a call: its id, its tool and its arguments."""
    return digest_of_json(call_id, tool_name, canonical(args))


def digest_of_json(call_id: str, tool_name: str, args_json: str) -> str:
    """The digest of a call whose arguments are canonical JSON already."""
    text = f"[{canonical(call_id)},{canonical(tool_name)},{args_json}]"
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_shown(call: Mapping[str, Any]) -> str:
    """The digest of a call as a trait shows it, such as a row of `pending_approvals`."""
    exact = call["args_json"]
    shown = canonical(call["args"]) if exact is None else exact
    return digest_of_json(call["call_id"], call["tool_name"], shown)


def is_read_exactly(args_json: str) -> bool:
    """Whether a browser's `JSON.parse` has all that canonical JSON says.

    It has not where there is a float (JavaScript does not tell 1.0 from 1), an integer beyond
    ±(2⁵³ - 1), a lone surrogate (which does not get through), or a key `__proto__`.
    """
    escapes = args_json.replace(r"\\", "")
    if LOST_KEY in args_json or HALF in escapes:
        return False
    outside = "".join(escapes.replace(r"\"", "").split('"')[::2])
    return not _FRACTION.search(outside) and all(
        len(digits) == len(str(LARGEST_EXACT)) and int(digits) <= LARGEST_EXACT
        for digits in _LONG_INTEGER.findall(outside)
    )


def plain_args(value: Any) -> Any:
    """Arguments that can be sent as a trait: with U+FFFD for each lone surrogate.

    What is lost stands in `args_json`.
    """
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        return {whole(name): plain_args(each) for name, each in value.items()}
    return [plain_args(each) for each in value] if isinstance(value, list) else value


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, which could not be encoded."""
    if _is_whole(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _by_code_units(value: Any) -> str:
    """Write JSON with its keys in JavaScript's order, and without recursion."""
    written: list[str] = []
    left: list[Any] = [value]
    while left:
        each = left.pop()
        if isinstance(each, _Text):
            written.append(each)
        elif isinstance(each, dict):
            left += reversed(_members(each))
        elif isinstance(each, list | tuple):
            left += reversed(_items(each))
        else:
            written.append(_scalar(each))
    return "".join(written)


def _members(value: Mapping[str, Any]) -> list[Any]:
    parts: list[Any] = [_Text("{")]
    for number, name in enumerate(sorted(value, key=_utf16)):
        parts += [_Text(f"{',' if number else ''}{_scalar(name)}:"), value[name]]
    return [*parts, _Text("}")]


def _items(value: Iterable[Any]) -> list[Any]:
    parts: list[Any] = [_Text("[")]
    for number, each in enumerate(value):
        parts += [_Text(","), each] if number else [each]
    return [*parts, _Text("]")]


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_basic(text: str) -> bool:
    """Whether each character is one UTF-16 unit, so that both orders are the same."""
    return text.isascii() or len(_utf16(text)) == 2 * len(text)


def _paired(text: str) -> str:
    """Two halves that stand together are one character to JavaScript."""
    return _utf16(text).decode("utf-16-be", "surrogatepass")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")
