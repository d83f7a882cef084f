"""An error as the service answers it."""

from http import HTTPStatus

__all__ = ["ApiError", "not_found", "validation_error"]


class ApiError(Exception):
    """A request that is answered with an error envelope.

    Attributes:
        http_status: the answer's HTTP status.
        code: the service's error code, such as `VALIDATION_ERROR`.
        message: a sentence for a person.
    """

    def __init__(self, http_status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.code = code
        self.message = message


def validation_error(message: str) -> ApiError:
    """A missing or bad field."""
    return ApiError(HTTPStatus.BAD_REQUEST, "VALIDATION_ERROR", message)


def not_found(message: str) -> ApiError:
    """No such task, tool call or file."""
    return ApiError(HTTPStatus.NOT_FOUND, "NOT_FOUND", message)
