"""The settings there are, how each is checked, and a value together with its place. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeGuard, cast, get_args

import msgspec

from sigmic_jupyter.follow import Transport
from sigmic_jupyter.service import DEFAULT_BASE_URL, ApiKey, ConfigurationError
from sigmic_jupyter.service.address import check_base_url

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "CHECKS",
    "DEFAULTS",
    "Layer",
    "Setting",
    "check_interval",
    "check_timeout",
    "check_transport",
    "checked",
    "layer",
    "quoted",
]

# Polling is for the service to bear, too.
SHORTEST_INTERVAL_S = 0.1
# What is longer is not repeated in a message: it may be a key in the wrong place.
LONGEST_QUOTE = 40


class Setting(msgspec.Struct, frozen=True):
    """A value, or what is wrong with it, and where it came from.

    Attributes:
        name: Such as `base_url`.
        value: As it is used, None where it is wrong; of the key an `ApiKey`, which masks itself.
        place: Such as `the environment variable SIGMIC_BASE_URL`.
        problem: Why it cannot be used.
        hint: What to do about that.
    """

    name: str
    value: Any
    place: str
    problem: str | None = None
    hint: str | None = None

    def get(self) -> Any:
        """The value.

        Raises:
            ConfigurationError: It cannot be used; says where it came from.
        """
        if self.problem is None:
            return self.value
        origin = f" (from {self.place})" if self.place else ""
        raise ConfigurationError(f"{self.problem}{origin}", hint=self.hint)


Layer = dict[str, Setting]
"""What one place has, by name."""


def check_timeout(value: object) -> float:
    """Check how many seconds may pass without progress.

    Raises:
        ConfigurationError: It is no positive number.
    """
    if _is_number(value) and 0 < value < math.inf:
        return value
    raise ConfigurationError(f"timeout is {quoted(value)}", hint="Give seconds, such as 30.")


def check_interval(value: object) -> float | None:
    """Check how many seconds lie between two polls; None lets them follow what happens.

    Raises:
        ConfigurationError: It is no number, or too small.
    """
    if value is None or (_is_number(value) and SHORTEST_INTERVAL_S <= value < math.inf):
        return value
    raise ConfigurationError(
        f"interval is {quoted(value)}",
        hint=f"Give a number of seconds, at least {SHORTEST_INTERVAL_S}, or leave it out.",
    )


def check_transport(value: object) -> Transport:
    """Check by what way a task is followed.

    Raises:
        ConfigurationError: There is no such way.
    """
    if value in get_args(Transport):
        return cast("Transport", value)
    names = ", ".join(map(repr, get_args(Transport)))
    raise ConfigurationError(f"transport is {quoted(value)}", hint=f"Give one of {names}.")


CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "api_key": ApiKey,
    "base_url": check_base_url,
    "timeout": check_timeout,
    "interval": check_interval,
    "transport": check_transport,
}
DEFAULTS: Final[Mapping[str, Any]] = {
    "base_url": DEFAULT_BASE_URL,
    "timeout": 30.0,
    "interval": None,
    "transport": "auto",
}
NUMBERS = frozenset({"timeout", "interval"})


def layer(values: Mapping[str, Any], place: Callable[[str], str], *, text: bool = False) -> Layer:
    """Check what a place has. What is wrong is kept as that: it may not be what counts.

    Args:
        values: By name; None is no value.
        place: Says where a setting came from, by its name.
        text: All values are text, numbers too.
    """
    return {
        name: checked(name, values[name], place(name), text=text)
        for name in CHECKS
        if values.get(name) is not None
    }


def checked(name: str, value: Any, place: str, *, text: bool = False) -> Setting:
    """Check one value. Nothing is raised: a traceback would lead to this frame, which has it."""
    try:
        number = text and name in NUMBERS
        return Setting(name, CHECKS[name](_number(value) if number else value), place)
    except ConfigurationError as error:
        return Setting(name, None, place, error.message.rstrip("."), error.hint)


def quoted(value: object) -> str:
    """A value for a message, by its size only where it may be what must not be seen."""
    shown = repr(value)
    return shown if len(shown) <= LONGEST_QUOTE else f"a {type(value).__name__} that is none"


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
