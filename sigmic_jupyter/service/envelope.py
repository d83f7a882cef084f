"""An answer of the service → the model it holds, or the exception it stands for. Pure."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from sigmic_jupyter.service.decode import convert, parse_json, to_text
from sigmic_jupyter.service.errors import (
    APIError,
    AuthenticationError,
    ConnectionFailed,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UnexpectedResponse,
    ValidationError,
)
from sigmic_jupyter.service.mask import Mask
from sigmic_jupyter.service.masked import masked
from sigmic_jupyter.service.retry import is_transient

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = ["Answer", "api_error", "error_of", "page_of", "read"]

M = TypeVar("M", bound=msgspec.Struct)

LONGEST_MESSAGE = 500

_BY_STATUS: dict[int, type[APIError]] = {
    HTTPStatus.BAD_REQUEST: ValidationError,
    HTTPStatus.UNAUTHORIZED: AuthenticationError,
    HTTPStatus.FORBIDDEN: PermissionDeniedError,
    HTTPStatus.NOT_FOUND: NotFoundError,
    HTTPStatus.REQUEST_TIMEOUT: ConnectionFailed,
    HTTPStatus.GONE: NotFoundError,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ValidationError,
    HTTPStatus.UNPROCESSABLE_ENTITY: ValidationError,
    HTTPStatus.TOO_MANY_REQUESTS: RateLimitError,
}

_BY_CODE: dict[str | None, type[APIError]] = {
    "VALIDATION_ERROR": ValidationError,
    "INVALID_ENV": ValidationError,
    "AUTH_REQUIRED": AuthenticationError,
    "INVALID_API_KEY": AuthenticationError,
    "INVALID_AUTH_FORMAT": AuthenticationError,
    "INVALID_TOKEN": AuthenticationError,
    "FORBIDDEN": PermissionDeniedError,
    "ORIGIN_NOT_ALLOWED": PermissionDeniedError,
    "NOT_FOUND": NotFoundError,
    "JWT_NOT_CONFIGURED": ServerError,
}

_HINTS: dict[str | None, str] = {
    "INVALID_TOKEN": "The short-lived token is wrong or has expired: get a new one.",
    "JWT_NOT_CONFIGURED": "This service takes no short-lived tokens: use an API key.",
}


class Answer(msgspec.Struct, frozen=True):
    """What came back for a request.

    Attributes:
        http_status: Such as 200.
        text: The body as it came; kept out of the repr, for it may repeat a secret.
        mask: What nothing that is made of the body may repeat.
        task_id: The task that the request was about.
        retry_after_s: Seconds to wait, from `Retry-After`.
        if_lost: What to do where nobody knows whether the request took effect.
    """

    http_status: int
    text: str
    mask: Mask
    task_id: str | None = None
    retry_after_s: float | None = None
    if_lost: str | None = None

    def __repr__(self) -> str:
        return f"<Answer {self.http_status}, {len(self.text)} characters>"


def data_of(body: dict[str, Any]) -> Any:
    """What an envelope holds."""
    data = body.get("data")
    return {} if data is None else data


def page_of(body: dict[str, Any]) -> Any:
    """What the envelope of a list holds: the rows, and beside them which ones they are."""
    pagination = body.get("pagination")
    return {**(pagination if isinstance(pagination, dict) else {}), "tasks": data_of(body)}


def read(
    answer: Answer,
    model: type[M],
    content_of: Callable[[dict[str, Any]], Any] = data_of,
    *,
    masking: Callable[[M], M] | None = None,
) -> M:
    """Open the envelope, convert what is in it, and mask it.

    Args:
        answer: The answer.
        model: What it should hold.
        content_of: Where in the envelope that is.
        masking: Masks the model, where it is not enough to look at one answer.

    Raises:
        APIError: The answer reports an error, or is not what it should be.
    """
    result = _read(answer, model, content_of)
    # Raised here, where no local holds what the service repeated.
    if isinstance(result, APIError):
        raise result
    return masked(result, answer.mask.text) if masking is None else masking(result)


def error_of(answer: Answer) -> APIError:
    """The exception that an answer with an error stands for."""
    return _error_of(answer, _parsed(answer.text))


def api_error(
    answer: Answer, message: str, *, code: str | None = None, hint: str | None = None
) -> APIError:
    """Map an answer that reports an error to its exception: status, code, message → class.

    The HTTP status decides; the service's code does where the status reports no error.

    Source: docs.sigmic.ai, errors.
    """
    error = _error_class(answer.http_status, code)(
        message[:LONGEST_MESSAGE],
        http_status=answer.http_status,
        code=code,
        task_id=answer.task_id,
        hint=hint or _HINTS.get(code) or _waiting_hint(answer.retry_after_s),
        retry_after_s=answer.retry_after_s,
    )
    if answer.if_lost is not None and _may_have_arrived(error):
        is_strange = isinstance(error, UnexpectedResponse)
        error.hint = f"{error.hint} {answer.if_lost}" if is_strange else answer.if_lost
    return error


def _may_have_arrived(error: APIError) -> bool:
    """Whether the service may have done what was asked, and its answer got lost on the way."""
    return is_transient(error) and not isinstance(error, RateLimitError)


def _error_class(http_status: int, code: str | None) -> type[APIError]:
    if http_status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError
    if http_status >= HTTPStatus.BAD_REQUEST:
        return _BY_STATUS.get(http_status, APIError)
    return _BY_CODE.get(code, UnexpectedResponse)


def _waiting_hint(retry_after_s: float | None) -> str | None:
    return None if retry_after_s is None else f"Wait {retry_after_s:.0f} s, then try again."


def _read(
    answer: Answer, model: type[M], content_of: Callable[[dict[str, Any]], Any]
) -> M | APIError:
    body = _parsed(answer.text)
    is_success = HTTPStatus.OK <= answer.http_status < HTTPStatus.MULTIPLE_CHOICES
    if not is_success or not isinstance(body, dict) or body.get("success") is not True:
        return _error_of(answer, body)
    try:
        return convert(content_of(body), model)
    except msgspec.ValidationError as error:
        return api_error(answer, f"The service's answer is not as documented: {error}")


def _error_of(answer: Answer, body: Any) -> APIError:
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):
        error = {"message": error}
    if isinstance(error, dict):
        error = masked(error, answer.mask.text)
        code = error.get("code")
        message = error.get("message") or f"The service answered {answer.http_status}"
        return api_error(answer, to_text(message), code=to_text(code) if code else None)
    is_busy = answer.http_status >= HTTPStatus.TOO_MANY_REQUESTS
    hint = None if is_busy else UnexpectedResponse.default_hint
    return api_error(answer, _strange(answer, is_json=body is not None), hint=hint)


def _strange(answer: Answer, *, is_json: bool) -> str:
    """What is wrong with an answer that says nothing itself."""
    if HTTPStatus.MULTIPLE_CHOICES <= answer.http_status < HTTPStatus.BAD_REQUEST:
        return "The service answered with a redirect, which is not followed with a key"
    text = answer.text.strip()
    if not text:
        return "The service answered with an empty body"
    if text.startswith("<"):
        return "Instead of the service something answered with an HTML page"
    if not is_json:
        return "The service's answer is no JSON, or is cut off"
    return "The service's answer is not as documented: it has neither data nor an error"


def _parsed(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError:
        return None
