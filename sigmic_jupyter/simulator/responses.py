"""The envelopes in which every JSON answer comes."""

import json
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from sigmic_jupyter.simulator.errors import ApiError

__all__ = ["api_error", "encoded", "failure", "http_error", "internal_error", "success"]

_CODES = {HTTPStatus.BAD_REQUEST: "VALIDATION_ERROR"}


def encoded(value: Any) -> bytes:
    """`value` as JSON in UTF-8; in ASCII where it has half of a surrogate pair, as an agent may."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


class _Answer(JSONResponse):
    def render(self, content: Any) -> bytes:
        return encoded(content)


def success(data: Any, *, http_status: int = HTTPStatus.OK, **beside: Any) -> JSONResponse:
    """An answer with `data`, and with `beside` beside it."""
    return _Answer({"success": True, "data": data, **beside}, http_status)


def failure(error: ApiError) -> JSONResponse:
    """The answer that `error` stands for."""
    body = {"success": False, "error": {"message": error.message, "code": error.code}}
    return _Answer(body, error.http_status)


def api_error(_request: Request, error: Exception) -> JSONResponse:
    """Exception handler: an error raised for the client."""
    if not isinstance(error, ApiError):
        raise error
    return failure(error)


def http_error(_request: Request, error: Exception) -> JSONResponse:
    """Exception handler: an error of Starlette's own, such as an unknown path."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    return failure(ApiError(status, _CODES.get(status, status.name), error.detail))


def internal_error(_request: Request, _error: Exception) -> JSONResponse:
    """Exception handler: a defect of the simulator; its traceback is logged."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return failure(ApiError(status, status.name, "The simulator has a defect; see its log"))
