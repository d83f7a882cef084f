"""Calls over HTTP. With `trouble.py` the only importer of httpx.

httpx's own exceptions, and the frames in their tracebacks, hold the request's headers and with them
the key. So they end here: ours are raised outside the handler, where there is no context to keep.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

import httpx
import msgspec

from sigmic_jupyter.service.envelope import Answer, error_of
from sigmic_jupyter.service.errors import ConfigurationError, UnexpectedResponse
from sigmic_jupyter.service.mask import MaskingFilter
from sigmic_jupyter.service.retry import parse_retry_after
from sigmic_jupyter.service.trouble import connection_failed
from sigmic_jupyter.service.uploads import opened

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Generator, Sequence
    from typing import BinaryIO

    from sigmic_jupyter.service.calls import Call
    from sigmic_jupyter.service.key import ApiKey
    from sigmic_jupyter.service.mask import Mask

__all__ = ["Download", "Http", "Transport", "close_shared_http", "shared_http"]

T = TypeVar("T")

# No task is so large; an answer without an end would take all memory.
LARGEST_ANSWER = 64 * 2**20
# How many times the limit for a pause an answer may take in all, where bytes only trickle.
LONGEST_ANSWER = 10

# So that others can name the connections without knowing what they are made of.
Http: TypeAlias = httpx.AsyncClient

log = logging.getLogger("sigmic_jupyter")

# These log the heads of answers, with names of files that an agent chose.
for _name in ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.proxy"):
    logging.getLogger(_name).addFilter(MaskingFilter())

_shared: WeakKeyDictionary[asyncio.AbstractEventLoop, Http] = WeakKeyDictionary()


def shared_http() -> Http:
    """The connections that all clients of the running event loop can share, made on first use.

    Raises:
        RuntimeError: No event loop is running.
    """
    loop = asyncio.get_running_loop()
    http = _shared.get(loop)
    if http is None or http.is_closed:
        http = _shared[loop] = new_http()
    return http


async def close_shared_http() -> None:
    """Close the connections that the clients of the running event loop share."""
    http = _shared.pop(asyncio.get_running_loop(), None)
    if http is not None:
        await http.aclose()


def new_http() -> Http:
    """Connections for keys of any account."""
    return httpx.AsyncClient(
        # One account's cookies must not go with another's requests.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        # Plain HTTP is for this machine: a proxy would see the key.
        mounts={"http://": None},
        # Streams hold their connections; an approval must not wait for one of them to end.
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
    )


class Download(msgspec.Struct, frozen=True):
    """The bytes of an answer, to be read while it is open.

    Attributes:
        media_type: Such as `text/csv`, without parameters.
        size: Bytes, None if unknown.
    """

    media_type: str
    size: int | None
    _chunks: AsyncIterator[bytes]

    def iter_bytes(self) -> AsyncIterator[bytes]:
        """The bytes as they arrive, once.

        Raises:
            ConnectionFailed: From the iteration, if the connection broke before the end.
        """
        return self._chunks


class Transport:
    """Sends calls to one address with one key.

    Args:
        key: Goes to this address alone: no redirect is followed.
        base_url: A checked address.
        timeout_s: How many seconds may pass without progress.
        http: The connections; None for own ones, which are closed with this.
        mask: Goes with each answer, for whoever reads it.

    Raises:
        ConfigurationError: The time limit is none, or httpx cannot use the address.
    """

    def __init__(
        self, key: ApiKey, base_url: str, *, timeout_s: float, http: Http | None, mask: Mask
    ) -> None:
        if not (isinstance(timeout_s, (int, float)) and 0 < timeout_s < math.inf):
            raise ConfigurationError(
                f"timeout_s is {timeout_s!r}", hint="Give seconds, such as 30."
            )
        try:
            httpx.URL(base_url)
        except httpx.InvalidURL as error:
            raise ConfigurationError(f"base_url is no address: {error}") from None
        self._key = key
        self._base_url = base_url
        self._timeout_s = timeout_s
        self._http = new_http() if http is None else http
        self._owns_http = http is None
        self._mask = mask

    async def aclose(self) -> None:
        """Close the connections, unless they were given."""
        if self._owns_http:
            await self._http.aclose()

    async def answer(self, call: Call) -> Answer:
        """Send a call and read the answer, whatever it says.

        Raises:
            ConnectionFailed: There was none.
        """
        async with self._response(call) as response:
            return await self._read(call, response)

    @asynccontextmanager
    async def open(self, call: Call) -> AsyncIterator[Download]:
        """Send a call and hand out the answer's bytes as they arrive.

        Raises:
            APIError: The answer reports an error, is not of the call's media type, or there was
                none.
        """
        async with self._response(call) as response:
            headers = response.headers
            media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if not response.is_success or call.media_type not in {None, media_type}:
                raise error_of(await self._read(call, response))
            length = headers.get("Content-Length", "")
            is_size = length.isdecimal() and "Content-Encoding" not in headers
            async with aclosing(self._chunks(call, response)) as chunks:
                size = int(length) if is_size else None
                yield Download(self._mask.text(media_type), size, chunks)

    @asynccontextmanager
    async def _response(self, call: Call) -> AsyncIterator[httpx.Response]:
        started_s = time.perf_counter()
        with opened(call.uploads) as files:
            response = await self._heard(
                call,
                self._http.send(
                    self._request(call, files),
                    stream=True,
                    auth=_KeyAuth(self._key),
                    follow_redirects=False,
                ),
            )
        log.debug(
            "request method=%s path=%s status=%d ms=%.0f",
            call.method,
            call.path,
            response.status_code,
            (time.perf_counter() - started_s) * 1000,
        )
        try:
            yield response
        finally:
            await response.aclose()

    def _request(self, call: Call, files: Sequence[tuple[str, BinaryIO | bytes]]) -> httpx.Request:
        # A field without a file name keeps the body multipart where there are no files.
        fields = [(name, (None, value)) for name, value in (call.form or {}).items()]
        parts = [*fields, *(("files", file) for file in files)]
        return self._http.build_request(
            call.method,
            self._base_url + call.path,
            params=call.params or None,
            json=call.json,
            files=parts or None,
            headers=call.headers,
            timeout=httpx.Timeout(self._timeout_s, read=call.silence_s or self._timeout_s),
        )

    async def _read(self, call: Call, response: httpx.Response) -> Answer:
        try:
            async with asyncio.timeout(self._timeout_s * LONGEST_ANSWER):
                body = await self._body(call, response)
        except TimeoutError:
            raise connection_failed(call, httpx.ReadTimeout("")) from None
        headers, status = response.headers, response.status_code
        if body is None:
            raise UnexpectedResponse(
                f"The service's answer is larger than {LARGEST_ANSWER // 2**20} MB",
                http_status=status,
                task_id=call.task_id,
                hint=call.if_lost,
            )
        return Answer(
            http_status=status,
            text=body.decode("utf-8-sig", "replace"),
            task_id=call.task_id,
            retry_after_s=parse_retry_after(
                headers.get("Retry-After"), datetime.now(UTC), answered_at=headers.get("Date")
            ),
            mask=self._mask,
            if_lost=call.if_lost,
        )

    async def _body(self, call: Call, response: httpx.Response) -> bytes | None:
        """The whole answer, None if it is too large."""
        chunks, size = [], 0
        async with aclosing(self._chunks(call, response)) as pieces:
            async for piece in pieces:
                chunks.append(piece)
                size += len(piece)
                if size > LARGEST_ANSWER:
                    return None
        return b"".join(chunks)

    async def _chunks(self, call: Call, response: httpx.Response) -> AsyncGenerator[bytes, None]:
        chunks = response.aiter_bytes()
        while (chunk := await self._heard(call, anext(chunks, None))) is not None:
            yield chunk

    async def _heard(self, call: Call, awaitable: Awaitable[T]) -> T:
        try:
            return await awaitable
        except httpx.HTTPError as error:
            name = type(error).__name__
            failure = connection_failed(call, error)
        log.debug("request method=%s path=%s error=%s", call.method, call.path, name)
        raise failure


class _KeyAuth(httpx.Auth):
    """Adds the key to a request only when it is sent."""

    def __init__(self, key: ApiKey) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        yield request
