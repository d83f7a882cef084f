"""Over real connections, where they break."""

import asyncio
import logging
import ssl

import httpx
import pytest

from sigmic_jupyter.service import AsyncClient, ConfigurationError, calls, errors
from sigmic_jupyter.service.transport import close_shared_http, shared_http
from sigmic_jupyter.service.trouble import connection_failed

HEAD = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
OK = HEAD % b"200 OK"
TASK = b'{"success":true,"data":{"id":"t1","status":"running"}}'
LENGTH = b"Content-Length: %d\r\n" % len(TASK)


class Server:
    """Answers each connection with the bytes that were queued; None keeps silent."""

    def __init__(self):
        self.heads = []
        self.replies = []
        self._over = asyncio.Event()

    async def start(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}"

    async def stop(self):
        self._over.set()
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader, writer):
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        reply = self.replies.pop(0)
        if reply is None:
            await self._over.wait()
        else:
            writer.write(reply)
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def server():
    server = Server()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def client(key, server):
    async with AsyncClient(key, base_url=server.base_url, timeout_s=5.0) as client:
        yield client


async def test_on_the_wire(client, server, key):
    """An id stays one segment on the wire, and the key is in one header."""
    server.replies.append(OK + LENGTH + b"\r\n" + TASK)
    task = await client.get_task("a/../../b")

    (head,) = server.heads
    assert task.id == "t1"
    assert head.startswith("GET /api/v1/tasks/a%2F..%2F..%2Fb HTTP/1.1\r\n")
    assert head.count(key) == 1
    assert f"Authorization: Bearer {key}\r\n" in head


async def test_nobody_there(client, server):
    """A refused connection is a ConnectionFailed."""
    await server.stop()
    with pytest.raises(errors.ConnectionFailed, match="The service could not be reached") as caught:
        await client.get_task("t1")

    assert (caught.value.http_status, caught.value.task_id) == (None, "t1")
    assert caught.value.hint == errors.ConnectionFailed.default_hint


async def test_silence(key, server):
    """An answer that does not come in time is a ConnectionFailed."""
    server.replies.append(None)
    async with AsyncClient(key, base_url=server.base_url, timeout_s=0.05) as client:
        with pytest.raises(errors.ConnectionFailed, match="within the time limit"):
            await client.get_task("t1")


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"nonsense\r\n\r\n",
        OK,
        OK + LENGTH + b"\r\n" + TASK[:20],
        OK + b"Content-Encoding: gzip\r\n\r\nno gzip",
    ],
    ids=["nothing", "nonsense", "half a head", "half a body", "wrong encoding"],
)
async def test_broken_answer(client, server, reply):
    """A connection that breaks is a ConnectionFailed; what may have arrived is said to."""
    server.replies.append(reply)
    with pytest.raises(
        errors.ConnectionFailed, match="The connection to the service broke"
    ) as caught:
        await client.send_message("t1", "Go on")

    assert (
        caught.value.hint == "The request may have arrived all the same: look before you repeat it."
    )


async def test_download_breaks(client, server):
    """A download that ends early fails from the iteration, after what had arrived."""
    server.replies.append(OK + LENGTH + b"\r\n" + TASK[:20])
    received = []

    async def receive():
        async with client.download_artifact("t1", "a") as download:
            received.extend([chunk async for chunk in download.iter_bytes()])

    with pytest.raises(errors.ConnectionFailed, match="broke"):
        await receive()


async def test_redirect(client, server):
    """A redirect is not followed: the key stays with the address it is for."""
    location = f"Location: {server.base_url}/elsewhere\r\nContent-Length: 0\r\n\r\n"
    server.replies.append(HEAD % b"307 Temporary Redirect" + location.encode())
    with pytest.raises(errors.UnexpectedResponse, match="a redirect, which is not followed"):
        await client.get_task("t1")

    assert len(server.heads) == 1


async def test_cookies_are_not_kept(client, server):
    """One account's cookie does not go with the next request."""
    reply = OK + LENGTH + b"Set-Cookie: session=1; Path=/\r\nConnection: close\r\n\r\n" + TASK
    server.replies += [reply, reply]
    await client.get_task("t1")
    await client.get_task("t1")

    assert [head for head in server.heads if "cookie" in head.lower()] == []


async def test_no_proxy_for_plain_http(key, server, monkeypatch):
    """A request to this machine passes no proxy, which would see the key."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.replies.append(OK + LENGTH + b"\r\n" + TASK)
    async with AsyncClient(key, base_url=server.base_url) as client:
        assert (await client.get_task("t1")).id == "t1"


async def test_retry_after(client, server):
    """The service's wish for a pause reaches the error."""
    head = HEAD % b"429 Too Many Requests"
    server.replies.append(head + b"Retry-After: 7\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(errors.RateLimitError) as caught:
        await client.get_task("t1")

    assert caught.value.retry_after_s == 7.0


async def test_log(client, server, caplog):
    """Each request is a line of the log at level DEBUG, with a failed one's reason."""
    caplog.set_level(logging.DEBUG, logger="sigmic_jupyter")
    server.replies += [OK + LENGTH + b"Connection: close\r\n\r\n" + TASK, b""]
    await client.get_task("t1")
    with pytest.raises(errors.ConnectionFailed):
        await client.get_task("t1")

    lines = [r.getMessage() for r in caplog.records if r.name == "sigmic_jupyter"]
    assert [line.partition(" ms=")[0] for line in lines] == [
        "request method=GET path=/api/v1/tasks/t1 status=200",
        "request method=GET path=/api/v1/tasks/t1 error=RemoteProtocolError",
    ]


async def test_given_connections_stay_open(key):
    """Connections that were given are closed by who made them, own ones with the client."""
    async with httpx.AsyncClient() as http:
        async with AsyncClient(key, http=http):
            pass
        assert not http.is_closed

    async with AsyncClient(key) as client:
        pass
    assert client._transport._http.is_closed


async def test_shared_connections():
    """One event loop has one set of shared connections, made anew after they were closed."""
    first = shared_http()
    assert shared_http() is first

    await close_shared_http()
    second = shared_http()
    assert (first.is_closed, second is first, second.is_closed) == (True, False, False)

    await close_shared_http()
    await close_shared_http()
    assert second.is_closed


def test_each_loop_has_its_own_connections():
    """Connections are not carried from one event loop to another."""

    async def use():
        http = shared_http()
        await close_shared_http()
        return http

    assert asyncio.run(use()) is not asyncio.run(use())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"timeout_s": 0}, "timeout_s is 0"),
        ({"timeout_s": "30"}, "timeout_s is '30'"),
        ({"timeout_s": float("nan")}, "timeout_s is nan"),
        ({"timeout_s": -1.0}, "timeout_s is -1.0"),
        ({"timeout_s": float("inf")}, "timeout_s is inf"),
        ({"base_url": "http://api.sigmic.ai"}, "The key would go to api.sigmic.ai unencrypted"),
        ({"base_url": "https://999.1.1.1"}, "base_url is no address"),
        ({"api_key": "key"}, "The API key is malformed"),
    ],
)
def test_settings_that_cannot_work(key, options, message):
    """A setting that cannot work is an error at once."""
    with pytest.raises(ConfigurationError, match=message):
        AsyncClient(**{"api_key": key} | options)


def test_a_certificate_is_named_whatever_it_was_wrapped_in():
    """Nothing was sent; the hint says how to name the certificates of a network's own."""
    error = httpx.ConnectError("…")
    other = connection_failed(calls.stream_task("t1"), error)
    error.__context__ = OSError("…")
    error.__context__.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")
    failure = connection_failed(calls.stream_task("t1"), error)

    assert failure.message == f"{other.message}: its certificate is not trusted here"
    assert failure.is_unsent
    assert "SSL_CERT_FILE" in failure.hint
    assert "SSL_CERT_FILE" not in other.hint
