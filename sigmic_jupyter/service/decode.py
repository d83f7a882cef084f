"""JSON text → models. Pure."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, TypeVar, get_args

import msgspec

__all__ = ["convert", "parse_json", "to_text"]

M = TypeVar("M", bound=msgspec.Struct)

# Each match starts at a backslash and takes the whole escape, so `\\ud83d` is no surrogate.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def parse_json(text: str) -> Any:
    """Parse JSON.

    A service that cuts long text at so many UTF-16 units sends half a character now and then; it
    becomes U+FFFD, since it must not cost the rest of the task.

    Raises:
        ValueError: The text is no JSON.
    """
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return msgspec.json.decode(_ESCAPE.sub(_whole_character, text))
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None


def to_text(value: Any) -> str:
    """Text as it is, anything else as JSON text."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def convert(value: Any, model: type[M]) -> M:
    """Parsed JSON → a model.

    Null in a field that has a default is the default, and a structure in a field for optional text
    is kept as JSON text.

    Raises:
        msgspec.ValidationError: What is required is missing or of a wrong type; names the place.
    """
    return msgspec.convert(_tidy(value, model), model)


def _tidy(value: Any, model: type[msgspec.Struct]) -> Any:
    if not isinstance(value, dict):
        return value
    return {
        name: _tidy_field(value[name], kind)
        for name, kind, required in _fields(model)
        if name in value and (required or value[name] is not None)
    }


def _tidy_field(value: Any, kind: Any) -> Any:
    if kind == str | None:
        return to_text(value)
    inner = next((arg for arg in (kind, *get_args(kind)) if _is_model(arg)), None)
    if inner is None:
        return value
    if isinstance(value, list):
        return [_tidy(item, inner) for item in value]
    return _tidy(value, inner)


@cache
def _fields(model: type[msgspec.Struct]) -> tuple[tuple[str, Any, bool], ...]:
    fields = msgspec.structs.fields(model)
    return tuple((field.encode_name, field.type, field.required) for field in fields)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _whole_character(escape: re.Match[str]) -> str:
    return r"\ufffd" if escape["lone"] else escape[0]
