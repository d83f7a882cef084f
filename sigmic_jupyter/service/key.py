"""What must not be seen: the API key, and secrets given to a task.

IPython's verbose tracebacks print local variables, so a value that may not be seen must not stand
in a local of a frame that an exception passes: here it is deleted before anything is raised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from sigmic_jupyter.service.errors import ConfigurationError, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["API_KEY_VARIABLE", "ApiKey", "Secrets"]

API_KEY_VARIABLE = "SIGMIC_API_KEY"

_API_KEY = re.compile(r"sigmic_[0-9a-fA-F]{64}")
_JWT = re.compile(r"eyJ[\w-]*\.[\w-]+\.[\w-]+", re.ASCII)
_SHOWN_AT_END = 4

_HOW_TO_SET = (
    f"Set the environment variable {API_KEY_VARIABLE} or pass api_key=. To try without a key: "
    "from sigmic_jupyter import simulator; client = simulator.start().client()"
)


class ApiKey:
    """An API key or a short-lived JWT that shows itself masked: `sigmic_…ab12`.

    Args:
        value: `sigmic_` and 64 hexadecimal digits, or a JWT (`eyJ…`, three parts).

    Raises:
        ConfigurationError: There is none, or it is malformed; says how, and how to set it.

    Source: docs.sigmic.ai, authentication.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str | None) -> None:
        problem = _problem(value)
        if problem is None:
            self._value = value or ""
            return
        del self, value
        raise ConfigurationError(problem, hint=_HOW_TO_SET)

    def reveal(self) -> str:
        """The value itself, for the request's header and nothing else."""
        return self._value

    def __str__(self) -> str:
        kind = "sigmic_" if self._value.startswith("sigmic_") else "eyJ"
        return f"{kind}…{self._value[-_SHOWN_AT_END:]}"

    def __repr__(self) -> str:
        return f"<ApiKey {self}>"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"An API key is not pickled, so that it ends in no file. Set {API_KEY_VARIABLE} where "
            "it is needed."
        )


class Secrets(dict[str, str]):
    """Secrets of a task by name; the values are not shown.

    Args:
        values: By name; None for no secrets.

    Raises:
        ValidationError: They are not given by name.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        if values is None or isinstance(values, Mapping):
            super().__init__(values or {})
            return
        del values
        raise ValidationError("secrets is no mapping", hint='Give {"NAME": "value"}.')

    def __repr__(self) -> str:
        return f"<Secrets {', '.join(map(repr, self))}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Secrets are not pickled, so that they end in no file.")


def _problem(value: object) -> str | None:
    """What is wrong with a key, in words that do not repeat it."""
    if value is None:
        return "There is no API key"
    if not isinstance(value, str):
        return f"The API key is of type {type(value).__name__}, not text"
    if _API_KEY.fullmatch(value) or _JWT.fullmatch(value):
        return None
    return next(problem for is_so, problem in _MISTAKES if is_so(value))


# The first that applies is told; the last always does.
_MISTAKES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda key: not key.strip(), "There is no API key"),
    (lambda key: key != key.strip(), "The API key has white space before or after it"),
    (lambda key: key != key.strip("\"'`"), "The API key has quotation marks round it"),
    (
        lambda key: key.lower().startswith("bearer "),
        "The API key begins with 'Bearer': give what follows it alone",
    ),
    (
        lambda key: key.startswith("sigmic_"),
        "The API key is malformed: after 'sigmic_' come 64 hexadecimal digits",
    ),
    (
        lambda key: key.startswith("eyJ"),
        "The token is malformed: a JWT has three parts with dots between",
    ),
    (lambda _: True, "The API key is malformed: it begins neither with 'sigmic_' nor with 'eyJ'"),
)
