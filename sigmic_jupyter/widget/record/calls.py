"""What a record says of any call, whatever became of it. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sigmic_jupyter.widget.record.text import first_line, value

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["exact_args", "hint"]


def exact_args(call: Mapping[str, Any]) -> dict[str, Any]:
    """All arguments of a call just as they are; `args` alone may have lost half a character."""
    exact = call.get("args_json")
    args: dict[str, Any] = call["args"] if exact is None else json.loads(exact)
    return args


def hint(args: Mapping[str, Any]) -> str:
    """What tells calls of the same tool apart: the first argument that is text."""
    texts = (value(argument) for argument in args.values() if isinstance(argument, str))
    return next((line for text in texts if (line := first_line(text))), "")
