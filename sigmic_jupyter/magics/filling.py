"""Fills `{expressions}` into a text, as an f-string does."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError

from sigmic_jupyter.service import SHARED_MASK

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["filled"]

HOW_TO_KEEP = "Write {{ and }} for braces that are text."


def filled(text: str, evaluate: Callable[[str], Any]) -> str:
    """Put the value of each expression in its place: `{len(rows):,}`, `{name!r}`.

    Args:
        text: With `{{` and `}}` for braces that are text.
        evaluate: Gives an expression's value.

    Raises:
        UsageError: The braces make no sense, or an expression fails.
    """
    try:
        pieces = list(Formatter().parse(text))
    except ValueError as error:
        problem = str(error)
    else:
        return "".join(literal + _value(field, evaluate) for literal, *field in pieces)
    raise UsageError(f"The text can't be filled in: {problem}. {HOW_TO_KEEP}")


def _value(field: list[Any], evaluate: Callable[[str], Any]) -> str:
    expression, spec, conversion = field
    if expression is None:
        return ""
    try:
        value = Formatter().convert_field(evaluate(expression), conversion)
        return format(value, filled(spec, evaluate))
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001 - the notebook's own code
        problem = f"{type(error).__name__}: {error}"
    raise UsageError(
        SHARED_MASK.text(f"{{{expression}}} can't be filled in: {problem}. {HOW_TO_KEEP}")
    )
