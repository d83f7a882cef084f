"""Policies: decisions on calls that are taken by code of the user's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from sigmic_jupyter.service.errors import ConfigurationError
from sigmic_jupyter.service.models import Outcome, ToolCall

__all__ = ["Decider", "Policy", "Verdict", "policy_of"]

Policy = Callable[[ToolCall], str | None] | Mapping[str, str | None]
"""A callable that gets the call, or decisions by patterns of tool names such as `read_*`.

A decision is `"once"`, `"always"`, `"reject"`, or None: ask the person.
"""

OUTCOMES = {
    "once": Outcome.PROCEED_ONCE,
    "always": Outcome.PROCEED_ALWAYS,
    "reject": Outcome.CANCEL,
}


class Verdict(NamedTuple):
    """What a policy decided: the outcome, and the name under which it is recorded."""

    outcome: Outcome
    name: str


Decider = Callable[[ToolCall], Verdict | None]
"""A policy in the one form that is used from then on."""


def policy_of(policy: Policy | None) -> Decider | None:
    """Make one kind of function of whatever was given as a policy.

    Raises:
        ConfigurationError: It is neither callable nor a mapping of known decisions.
    """
    if policy is None:
        return None
    if isinstance(policy, Mapping):
        rules = [
            (pattern, _outcome(word, f"policy[{pattern!r}]")) for pattern, word in policy.items()
        ]
        return lambda call: _first_match(rules, call)
    if callable(policy):
        name = getattr(policy, "__name__", type(policy).__name__)
        return lambda call: _verdict(_outcome(policy(call), f"{name}({call.tool_name})"), name)
    raise ConfigurationError(
        f"policy= is a {type(policy).__name__}.",
        hint="Pass a callable that gets the tool call, or a mapping of tool names to decisions.",
    )


def _first_match(rules: list[tuple[str, Outcome | None]], call: ToolCall) -> Verdict | None:
    for pattern, outcome in rules:
        if fnmatchcase(call.tool_name, pattern):
            return _verdict(outcome, pattern)
    return None


def _verdict(outcome: Outcome | None, name: str) -> Verdict | None:
    return None if outcome is None else Verdict(outcome, name)


def _outcome(word: str | None, where: str) -> Outcome | None:
    if word is None:
        return None
    if not isinstance(word, str) or word not in OUTCOMES:
        raise ConfigurationError(
            f"{where} is {word!r}.", hint='A decision is "once", "always", "reject" or None.'
        )
    return OUTCOMES[word]
