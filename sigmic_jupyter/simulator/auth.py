"""API keys: making, checking and hiding them."""

import re
import secrets
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from sigmic_jupyter.simulator.errors import ApiError
from sigmic_jupyter.simulator.responses import failure

__all__ = ["Authentication", "checked_key", "masked", "new_key"]

_PREFIX = "sigmic_"
_KEY = re.compile(r"sigmic_[0-9a-f]{64}")
_JWT_PREFIX = "eyJ"


def new_key() -> str:
    """A random, well-formed API key."""
    return _PREFIX + secrets.token_hex(32)


def checked_key(api_key: str) -> str:
    """`api_key`, if it is well-formed.

    Raises:
        ValueError: it is not. The message does not repeat it.
    """
    if not _KEY.fullmatch(api_key):
        raise ValueError(
            "api_key must be 'sigmic_' and 64 hex digits; leave it out for a random one"
        )
    return api_key


def masked(api_key: str) -> str:
    """Enough of a key to tell two apart, and no more."""
    return f"{_PREFIX}…{api_key[-4:]}"


class Authentication:
    """ASGI middleware: only requests with the key get through."""

    def __init__(self, app: ASGIApp, *, api_key: str) -> None:
        self._app = app
        self._api_key = api_key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on the request, or answer 401."""
        try:
            self._check(_token(Headers(scope=scope)))
        except ApiError as error:
            await failure(error)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _check(self, token: str) -> None:
        if token.startswith(_JWT_PREFIX):
            raise _unauthorized("INVALID_TOKEN", "Invalid or expired token")
        if not token.startswith(_PREFIX):
            raise _unauthorized("INVALID_AUTH_FORMAT", "Invalid authorization format")
        if not secrets.compare_digest(token.encode(), self._api_key.encode()):
            raise _unauthorized("INVALID_API_KEY", "Invalid or expired API key")


def _token(headers: Headers) -> str:
    if authorization := headers.get("authorization"):
        scheme, _, token = authorization.partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""
    if api_key := headers.get("x-api-key"):
        return api_key
    raise _unauthorized("AUTH_REQUIRED", "Authentication required")


def _unauthorized(code: str, message: str) -> ApiError:
    return ApiError(HTTPStatus.UNAUTHORIZED, code, message)
