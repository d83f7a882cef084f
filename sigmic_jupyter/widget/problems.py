"""Exceptions and a task's own error → what the browser shows."""

from sigmic_jupyter.service.errors import (
    APIError,
    AuthenticationError,
    CallChanged,
    ConfigurationError,
    ConnectionFailed,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    SigmicError,
    UnexpectedResponse,
    ValidationError,
)
from sigmic_jupyter.service.models import Task, TaskStatus
from sigmic_jupyter.service.retry import is_transient
from sigmic_jupyter.widget.wire import Problem

__all__ = ["may_have_arrived", "problem_of", "task_problem"]

KINDS: dict[type[BaseException], str] = {
    ConfigurationError: "configuration",
    AuthenticationError: "authentication",
    PermissionDeniedError: "permission",
    NotFoundError: "not_found",
    CallChanged: "changed",  # before its base: the first that fits counts
    ValidationError: "validation",
    RateLimitError: "rate_limit",
    ServerError: "server",
    ConnectionFailed: "connection",
    UnexpectedResponse: "unexpected_response",
    APIError: "unexpected_response",  # a status that means nothing here, such as 409
}


def problem_of(error: BaseException) -> Problem:
    """Describe an exception for the browser; an unforeseen one by its type alone.

    The text of an unforeseen exception can hold anything, so it stays in the kernel.
    """
    kind = next((kind for cls, kind in KINDS.items() if isinstance(error, cls)), "internal")
    if isinstance(error, APIError):
        return Problem(kind, error.message, error.hint, error.http_status, error.code)
    if kind == "configuration":
        return Problem(kind, str(error))
    return Problem(
        kind,
        f"Something unforeseen happened in the kernel ({type(error).__name__}).",
        "See the kernel's log; task.refresh() tries again.",
    )


def may_have_arrived(error: BaseException) -> bool:
    """Whether a request that failed like this may have taken effect at the service."""
    if isinstance(error, RateLimitError) or getattr(error, "is_unsent", False):
        return False
    return not isinstance(error, SigmicError) or is_transient(error)


def task_problem(task: Task) -> Problem | None:
    """The error that a failed task reports, None if it did not fail."""
    if task.status != TaskStatus.FAILED:
        return None
    return Problem(
        "task_failed",
        task.error or "The service gave no reason.",
        "Send another message with task.send(…): the session is restored with its files.",
    )
