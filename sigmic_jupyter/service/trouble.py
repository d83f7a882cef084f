"""Trouble on the way to the service, in words of ours: httpx's own may quote a header."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import httpx

from sigmic_jupyter.service.errors import ConnectionFailed

if TYPE_CHECKING:
    from sigmic_jupyter.service.calls import Call

__all__ = ["connection_failed"]

# From the special to the general.
TROUBLE: tuple[tuple[type[httpx.HTTPError], str], ...] = (
    (httpx.ConnectTimeout, "The service could not be reached within the time limit"),
    (httpx.TimeoutException, "The service did not answer within the time limit"),
    (httpx.ConnectError, "The service could not be reached"),
    (httpx.ProxyError, "The proxy let nothing through"),
    (httpx.HTTPError, "The connection to the service broke"),
)
NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
UNTRUSTED = "The service could not be reached: its certificate is not trusted here"
IF_UNTRUSTED = (
    "Where a network signs what is encrypted anew, its certificates are named by SSL_CERT_FILE, "
    "set before the first Client of the kernel."
)


def connection_failed(call: Call, error: httpx.HTTPError) -> ConnectionFailed:
    """Describe trouble by its kind.

    Args:
        call: What was asked.
        error: What httpx raised instead of an answer.
    """
    message = next(text for kind, text in TROUBLE if isinstance(error, kind))
    is_unsent = isinstance(error, NOTHING_SENT)
    hint = None if is_unsent else call.if_lost
    if _is_of_certificate(error):
        message, hint = UNTRUSTED, IF_UNTRUSTED
    failure = ConnectionFailed(message, task_id=call.task_id, hint=hint)
    failure.is_unsent = is_unsent
    return failure


def _is_of_certificate(error: BaseException) -> bool:
    """Whether that is what it began with: httpx and what is below it each raise their own."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None
