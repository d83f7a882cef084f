"""What can go wrong, as one tree.

    SigmicError
    ├── ConfigurationError         a key, an address or a time limit that cannot work
    ├── APIError                   a request that did not succeed
    │   ├── ValidationError        400, 413, 422, and what is refused before any request
    │   │   └── CallChanged        a call is not any more what was decided on
    │   ├── AuthenticationError    401
    │   ├── PermissionDeniedError  403
    │   ├── NotFoundError          404, 410
    │   ├── RateLimitError         429
    │   ├── ServerError            5xx
    │   ├── ConnectionFailed       no answer, or half of one
    │   └── UnexpectedResponse     an answer that is not the service's own, or makes no sense
    ├── TaskFailed                 the service gave the task up
    ├── TaskCancelled              somebody stopped it
    ├── TaskNotFinished            there is no result yet
    └── ApprovalNeeded             a call waits where no person can answer

`str()` of each says what happened, then what to do next. All of them pickle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sigmic_jupyter.service.mask import SHARED_MASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sigmic_jupyter.service.models import ToolCall

__all__ = [
    "APIError",
    "ApprovalNeeded",
    "AuthenticationError",
    "CallChanged",
    "ConfigurationError",
    "ConnectionFailed",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "SigmicError",
    "TaskCancelled",
    "TaskFailed",
    "TaskNotFinished",
    "UnexpectedResponse",
    "ValidationError",
]


class SigmicError(Exception):
    """The root of everything that this package raises on purpose.

    Attributes:
        message: What happened.
        hint: What to do next, None where that is not known.
    """

    default_hint: ClassVar[str | None] = None

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        # Whoever raises may quote what was given.
        self.message = SHARED_MASK.text(message)
        self.hint = self.default_hint if hint is None else SHARED_MASK.text(hint)
        super().__init__(self.message)

    def __str__(self) -> str:
        what = f"{self.message.rstrip('. ')}{self._facts()}."
        return f"{what} {self.hint}" if self.hint else what

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)

    def _facts(self) -> str:
        return ""


class ConfigurationError(SigmicError):
    """A setting cannot work; no request was made."""


class APIError(SigmicError):
    """A request did not succeed.

    Attributes:
        http_status: The answer's status, None where there was no answer.
        code: The service's own code, such as `NOT_FOUND`.
        task_id: The task that the request was about.
        retry_after_s: How many seconds the service asks to wait before the next try.
    """

    def __init__(
        self,
        message: str,
        *,
        http_status: int | None = None,
        code: str | None = None,
        task_id: str | None = None,
        hint: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.http_status = http_status
        self.code = code
        self.task_id = task_id
        self.retry_after_s = retry_after_s

    def _facts(self) -> str:
        answer = " ".join(str(fact) for fact in (self.http_status, self.code) if fact)
        facts = [fact for fact in (answer, self.task_id and f"task {self.task_id}") if fact]
        return f" ({', '.join(facts)})" if facts else ""


class ValidationError(APIError):
    """What was sent is not acceptable (400, 413, 422), or was refused before any request."""

    default_hint = "Correct what is named and try again."


class CallChanged(ValidationError):
    """A tool call is not any more what was decided on; the decision was not sent."""

    default_hint = "Look at it again, then decide."


class AuthenticationError(APIError):
    """The key is missing, wrong or expired (401)."""

    default_hint = "Check the key: set SIGMIC_API_KEY, or pass api_key=."


class PermissionDeniedError(APIError):
    """The key is known but may not do this (403)."""

    default_hint = "Use a key of the account that the task belongs to."


class NotFoundError(APIError):
    """There is no such task, tool call or file (404, 410)."""

    default_hint = "Check the id or path; client.tasks() lists the tasks of this key."


class RateLimitError(APIError):
    """Too many requests (429)."""

    default_hint = "Wait a moment, then try again."


class ServerError(APIError):
    """The service has a problem of its own (5xx)."""

    default_hint = "Try again in a moment; a task that runs goes on meanwhile."


class ConnectionFailed(APIError):
    """The service was not reached, or the connection broke.

    Attributes:
        is_unsent: Whether the request surely did not reach the service.
    """

    default_hint = "Check the network and base_url; a task that runs goes on meanwhile."
    is_unsent = False


class UnexpectedResponse(APIError):
    """The answer is not the service's own, or not of the documented shape."""

    default_hint = "Check base_url, and whether a proxy or a login page answers in its place."


class _TaskError(SigmicError):
    """A task is not in the state that was asked for.

    Attributes:
        task_id: The task.
        status: Its status as last heard.
    """

    def __init__(self, message: str, *, task_id: str, status: str) -> None:
        super().__init__(message)
        self.task_id = task_id
        self.status = status

    def _facts(self) -> str:
        return f" (task {self.task_id}, {self.status or 'status unknown'})"


class TaskFailed(_TaskError):
    """The service gave the task up; `message` is the service's reason."""

    default_hint = "Send it another message: the session is restored with its files."

    def __init__(self, message: str | None, *, task_id: str, status: str = "failed") -> None:
        super().__init__(message or "The service gave no reason", task_id=task_id, status=status)

    def __str__(self) -> str:
        return f"The task failed: {super().__str__()}"


class TaskCancelled(_TaskError):
    """Somebody stopped the task."""

    default_hint = "Send it another message to take it up again."

    def __init__(self, *, task_id: str, status: str = "cancelled") -> None:
        super().__init__("The task was cancelled", task_id=task_id, status=status)


class TaskNotFinished(_TaskError):
    """The task has no result yet."""

    default_hint = "Wait for it with task.wait() or await task."

    def __init__(self, *, task_id: str, status: str) -> None:
        super().__init__("The task is not finished", task_id=task_id, status=status)


class ApprovalNeeded(_TaskError):
    """Calls wait for approval where no person can answer.

    Attributes:
        calls: The calls that wait.
    """

    default_hint = "Open the notebook and decide, call task.approve(…), or pass policy=."

    def __init__(
        self, calls: Sequence[ToolCall], *, task_id: str, status: str = "awaiting_approval"
    ) -> None:
        self.calls = tuple(calls)
        names = ", ".join(call.tool_name for call in self.calls)
        super().__init__(f"Waiting for approval: {names}", task_id=task_id, status=status)


def _rebuild(cls: type[SigmicError], args: tuple[Any, ...], state: dict[str, Any]) -> SigmicError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error
