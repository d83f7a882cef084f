"""JSON text → models. Pure."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from typing import Any, NoReturn, TypeVar, get_args

import msgspec

__all__ = ["convert", "parse_json", "to_text", "whole"]

M = TypeVar("M", bound=msgspec.Struct)

# Arguments that are nested more deeply overwhelm whatever shows, compares or copies them.
DEEPEST = 100

_HALF = re.compile("[\ud800-\udfff]")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
_ARGUMENTS = dict[str, Any]


def parse_json(text: str) -> Any:
    """Parse JSON; of names that an object has twice the last counts.

    What is strange must not cost the rest of the task: half a surrogate pair (a service that cuts
    long text at so many UTF-16 units sends some) is kept as Python has it, and a number that Python
    has not, or what is nested more than 100 levels deep, as its JSON text.

    Raises:
        ValueError: The text is no JSON.
    """
    try:
        value = _parse(text)
        is_deep = text.count("{") + text.count("[") > DEEPEST and _is_deep(value, DEEPEST)
    except RecursionError:
        is_deep = True
    return _parse(_flattened(text)) if is_deep else value


def to_text(value: Any) -> str:
    """Text as it is, anything else as JSON text; of whole characters alone."""
    text: str = whole(value if isinstance(value, str) else _json(value))
    return text


def convert(value: Any, model: type[M]) -> M:
    """Parsed JSON → a model.

    Null in a field that has a default is the default, and a structure in a field for optional text
    is kept as JSON text. Half a surrogate pair becomes U+FFFD, but in arguments: what a person sees
    there must be what runs.

    Raises:
        msgspec.ValidationError: What is required is missing or of a wrong type; names the place.
    """
    return msgspec.convert(_tidy(value, model), model)


def _tidy(value: Any, model: type[msgspec.Struct]) -> Any:
    if not isinstance(value, dict):
        return whole(value)
    return {
        name: _tidy_field(value[name], kind)
        for name, kind, required in _fields(model)
        if name in value and (required or value[name] is not None)
    }


def _tidy_field(value: Any, kind: Any) -> Any:
    if kind == str | None:
        return to_text(value)
    if kind == _ARGUMENTS and isinstance(value, dict):
        return value
    inner = next((arg for arg in (kind, *get_args(kind)) if _is_model(arg)), None)
    if inner is None:
        return whole(value)
    if isinstance(value, list):
        return [_tidy(item, inner) for item in value]
    return _tidy(value, inner)


@cache
def _fields(model: type[msgspec.Struct]) -> tuple[tuple[str, Any, bool], ...]:
    fields = msgspec.structs.fields(model)
    return tuple((field.encode_name, field.type, field.required) for field in fields)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _parse(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:  # it is stricter than the documents that come
        return json.loads(
            text, parse_int=_integer, parse_float=_float, parse_constant=_not_a_number
        )


def _integer(digits: str) -> int | str:
    try:
        return int(digits)
    except ValueError:  # more digits than Python converts
        return digits


def _float(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


def _not_a_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _is_deep(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    items = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deep(item, levels - 1) for item in items)


def _flattened(text: str) -> str:
    """JSON text → the same with what is nested too deeply as strings that hold its text."""
    pieces, done, level = [], 0, 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            level += 1
            if level == DEEPEST + 1:
                pieces.append(text[done : token.start()])
                done = token.start()
        elif token[0] in "]}":
            level -= 1
            if level == DEEPEST:
                pieces.append(json.dumps(text[done : token.end()]))
                done = token.end()
    if level <= DEEPEST:  # else it is cut off, and no JSON
        pieces.append(text[done:])
    return "".join(pieces)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def whole(value: Any) -> Any:
    """Put U+FFFD in place of each half of a surrogate pair."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return _HALF.sub("\ufffd", value)
    elif isinstance(value, dict):
        return {whole(name): whole(item) for name, item in value.items()}
    elif isinstance(value, list):
        return [whole(item) for item in value]
    return value
