"""The whole contract with the browser, types only.

Its twin is `js/src/wire.ts`, and `contract/` holds examples that both test suites read. State is in
traits, happenings are messages. Times are ISO 8601 in UTC, as the service writes them.
"""

from typing import Any, Literal, NotRequired, TypedDict

__all__ = [
    "ArtifactItem",
    "Connection",
    "DecidedBy",
    "Decision",
    "Details",
    "PendingApproval",
    "Problem",
    "ProblemKind",
    "TimelineRow",
    "ToolCallItem",
    "Turn",
]

type_of_json = Any
ProblemKind = Literal[
    "task_failed",
    "configuration",
    "authentication",
    "permission",
    "not_found",
    "validation",
    "rate_limit",
    "server",
    "connection",
    "unexpected_response",
    "internal",
]


class Problem(TypedDict):
    """What went wrong, and what to do next where that is known."""

    kind: ProblemKind
    message: str
    hint: str | None
    http_status: int | None
    code: str | None


class Connection(TypedDict):
    """How following the task is going; `stopped` has its reason in the trait `error`."""

    state: Literal["connecting", "live", "retrying", "stopped", "ended"]
    since: str
    next_try_at: str | None
    reason: Problem | None
