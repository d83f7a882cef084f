"""What a decision is bound to: the one way to write a call as JSON, and its digest. Pure.

Its twins are `js/src/canonical.ts` and `js/src/digest.ts`; `contract/digests.json` holds them to
the same. The digest takes any depth of nesting; what comes from the service has 100 levels at most.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["args_json", "canonical", "digest_of", "digest_of_shown", "plain_args", "whole"]

# JavaScript's Number.MAX_SAFE_INTEGER.
LARGEST_EXACT = 2**53 - 1
# As a plain assignment in JavaScript it sets the prototype, and the key is gone.
LOST_KEY = "__proto__"

_scalar = json.JSONEncoder(ensure_ascii=False).encode


class _Text(str):
    """JSON that is written already, among values that are still to be written."""

    __slots__ = ()


def canonical(value: Any) -> str:
    """Write a JSON value in the one way that counts.

    Compact, keys sorted by UTF-16 code units, strings as JavaScript's `JSON.stringify` writes them,
    integers as digits, floats as Python's `json` writes them. It has no lone surrogates.
    """
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
    text = "".join(written)
    if _is_whole(text):
        return text
    return _paired(text).encode(errors="backslashreplace").decode()


def digest_of(call_id: str, tool_name: str, args: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the canonical JSON of a call: its id, its tool and its arguments."""
    return _digest(call_id, tool_name, canonical(args))


def digest_of_shown(call: Mapping[str, Any]) -> str:
    """The digest of a call as a trait shows it, such as a row of `pending_approvals`."""
    exact = call["args_json"]
    shown = canonical(call["args"]) if exact is None else exact
    return _digest(call["call_id"], call["tool_name"], shown)


def args_json(args: Mapping[str, Any]) -> str | None:
    """The canonical JSON of arguments that do not reach a browser's `JSON.parse` exactly.

    Those have a float (JavaScript does not tell 1.0 from 1), an integer beyond ±(2⁵³ - 1), a lone
    surrogate, or a key `__proto__`.

    Returns:
        None where a browser reads `args` just as they are.
    """
    return None if _reads_exactly(args) else canonical(args)


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


def _digest(call_id: str, tool_name: str, args: str) -> str:
    text = f"[{canonical(call_id)},{canonical(tool_name)},{args}]"
    return hashlib.sha256(text.encode()).hexdigest()


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


def _reads_exactly(args: Mapping[str, Any]) -> bool:
    left: list[Any] = [args]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if not all(map(_is_exact_key, value)):
                return False
            left += value.values()
        elif isinstance(value, list):
            left += value
        elif not _is_exact(value):
            return False
    return True


def _is_exact_key(name: str) -> bool:
    return name != LOST_KEY and _is_whole(name)


def _is_exact(value: str | float | None) -> bool:
    if isinstance(value, str):
        return _is_whole(value)
    return value is None or (isinstance(value, int) and -LARGEST_EXACT <= value <= LARGEST_EXACT)


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _paired(text: str) -> str:
    """Two halves that stand together are one character to JavaScript."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")
