"""Neither the key nor a secret is seen, whatever goes wrong and however it is shown."""

import asyncio
import json
import logging
import traceback

import httpx
import pytest
from IPython.core.ultratb import VerboseTB

from sigmic_jupyter.service import SHARED_MASK, ApiKey, AsyncClient, SigmicError
from sigmic_jupyter.service.address import check_base_url
from sigmic_jupyter.service.mask import Mask

SECRET = "hunter2-hunter2"


def shown(error):
    """What Python and IPython show of an error, in frames that are not the test's own."""
    tb = error.__traceback__
    while tb is not None and tb.tb_frame.f_code.co_filename == __file__:
        tb = tb.tb_next
    plain = traceback.TracebackException(type(error), error, tb, capture_locals=True)
    verbose = VerboseTB(theme_name="nocolor").text(type(error), error, tb)
    return "\n".join([str(error), repr(error), repr(vars(error)), *plain.format(), verbose])


def echo(request):
    """A service that repeats what it must not."""
    body = request.content.decode()
    return f"{request.headers['Authorization']} {body}"


def refuse(request):
    return httpx.Response(401, json={"success": False, "error": {"message": echo(request)}})


def page(request):
    return httpx.Response(502, text=f"<html>{echo(request)}</html>")


def nonsense(request):
    return httpx.Response(200, json={"success": True, "data": {"id": [echo(request)]}})


def redirect(request):
    return httpx.Response(302, headers={"Location": f"https://evil.example/{echo(request)}"})


def illegal_header(request):
    raise httpx.LocalProtocolError(echo(request), request=request)


def refused(request):
    headers = request.headers.raw
    raise httpx.ConnectError(f"{headers} refused", request=request)


def silence(request):
    raise httpx.ReadTimeout(echo(request), request=request)


@pytest.mark.parametrize(
    "handler",
    [refuse, page, nonsense, redirect, illegal_header, refused, silence],
    ids=lambda handler: handler.__name__,
)
async def test_failed_requests(key, caplog, handler):
    """A request that fails shows neither, though the service or httpx repeats them."""
    caplog.set_level(logging.DEBUG)
    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
        client = AsyncClient(key, http=http, mask=Mask())
        with pytest.raises(SigmicError) as caught:
            await client.create_task("Hello", secrets={"TOKEN": SECRET})

    error = caught.value
    text = shown(error) + repr(client) + caplog.text
    assert "create_task" in text
    assert (key in text, key[-32:] in text, SECRET in text) == (False, False, False)
    assert (error.__context__, error.__cause__) == (None, None)


async def echo_head_and_body(reader, writer):
    """Answer one request with what it said, in the head and in the body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = int(head.lower().partition("content-length: ")[2].partition("\r")[0])
    said = f"{head} {(await reader.readexactly(length)).decode()}"
    body = json.dumps({"success": False, "error": {"message": said, "code": said}})
    writer.write(
        f"HTTP/1.1 400 Bad Request\r\nX-Echo: {' '.join(said.split())}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    writer.close()


async def test_over_a_real_connection(key, caplog):
    """Nor do httpx and what is below it log them, when they log all that they do."""
    caplog.set_level(logging.DEBUG)
    async with await asyncio.start_server(echo_head_and_body, "127.0.0.1", 0) as server:
        base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with AsyncClient(key, base_url=base_url) as client:
            with pytest.raises(SigmicError) as caught:
                await client.create_task("Hello", secrets={"TOKEN": "swordfish \\ swordfish"})

    text = shown(caught.value) + caplog.text
    assert (key in text, "swordfish" in text) == (False, False)
    assert "Bearer [sigmic_…cdef]" in caught.value.message
    assert "Bearer [sigmic_…cdef]" in caplog.text
    assert "[secret TOKEN]" in caplog.text


def test_log(caplog):
    """An exception of the user's code is logged masked, with those that it came from."""
    SHARED_MASK.add_secrets({"TOKEN": "swordfish-in-a-log"})
    log = logging.getLogger("sigmic_jupyter")
    try:
        try:
            {}["swordfish-in-a-log"]
        except KeyError as error:
            raise ValueError("not swordfish-in-a-log") from error
    except ValueError:
        log.exception("it failed with %s", "swordfish-in-a-log")

    assert "swordfish" not in caplog.text
    assert "it failed with [secret TOKEN]" in caplog.text
    assert "KeyError: '[secret TOKEN]'" in caplog.text
    assert "ValueError: not [secret TOKEN]" in caplog.text
    assert caplog.records[-1].exc_info is None


def test_log_without_secrets(caplog):
    """Other exceptions reach handlers as they are."""
    error = ValueError("harmless")
    logging.getLogger("sigmic_jupyter").error("it failed", exc_info=error)

    assert caplog.records[-1].exc_info[1] is error
    assert "ValueError: harmless" in caplog.text


@pytest.mark.parametrize(
    "options",
    [
        {"message": ""},
        {"auto_execute": "no"},
        {"secrets": {"TOKEN": SECRET, "A B": SECRET}},
        {"secrets": {"TOKEN": SECRET, "A": [SECRET]}},
        {"secrets": {"TOKEN": SECRET, "A": "\ud83d"}},
        {"secrets": [SECRET]},
        {"files": [("a", b"")]},
        {"files": ["nowhere.csv"]},
    ],
)
async def test_refused_before_a_request(key, client, options):
    """An argument that is refused does not show the secrets beside it."""
    with pytest.raises(SigmicError) as caught:
        await client.create_task(**{"message": "Hello", "secrets": {"TOKEN": SECRET}} | options)

    text = shown(caught.value)
    assert "create_task" in text
    assert (key in text, SECRET in text) == (False, False)


@pytest.mark.parametrize("spoil", ["{} ", "'{}'", "Bearer {}", "{}0", "x{}"])
@pytest.mark.parametrize("use", [ApiKey, AsyncClient])
def test_malformed_key(key, spoil, use):
    """A key with a mistake is a key: no frame that its error passes shows it."""
    with pytest.raises(SigmicError) as caught:
        use(spoil.format(key))

    text = shown(caught.value)
    assert "raise ConfigurationError" in text
    assert key not in text


def test_bad_setting_beside_a_key(key):
    """A setting that is refused does not show the key beside it."""
    with pytest.raises(SigmicError) as caught:
        AsyncClient(key, base_url="http://api.example")

    assert key not in shown(caught.value)


def test_password_in_address():
    """An address that is refused does not show the password in it."""
    with pytest.raises(SigmicError) as caught:
        check_base_url(f"https://ada:{SECRET}@api.example")

    assert SECRET not in shown(caught.value)


def test_password_in_address_of_a_client(key):
    """Nor does the client that the address was for."""
    with pytest.raises(SigmicError) as caught:
        AsyncClient(key, base_url=f"https://ada:{SECRET}@api.example")

    assert SECRET not in shown(caught.value)


async def test_answer_that_repeats_the_key(key, client, recorder):
    """An agent that repeats the key does not bring it into a task or an event."""
    recorder.answer_data({"id": "t1", "status": "running", "output": {"content": f"is {key}"}})
    task = await client.get_task("t1")
    stream = f'event: content\ndata: {{"text": "is {key}"}}\n\n'
    recorder.answer(text=stream, headers={"Content-Type": "text/event-stream"})
    async with client.stream_task("t1") as events:
        (event,) = [event async for event in events]

    assert (task.output.content, event.text) == ("is [sigmic_…cdef]", "is [sigmic_…cdef]")


async def test_one_client_and_another(key, recorder):
    """A secret that one client was given is masked in what any other receives."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(recorder.handle)) as http:
        recorder.answer_data({"id": "t1", "status": "running"})
        await AsyncClient(key, http=http).create_task("Hi", secrets={"A": "swordfish-shared"})
        recorder.answer_data({"id": "t1", "status": "running", "message": "swordfish-shared"})
        task = await AsyncClient(key, http=http).get_task("t1")

    assert task.message == "[secret A]"


@pytest.mark.parametrize("status", [200, 400])
async def test_secrets_are_known_before_the_request(key, recorder, status):
    """What is received while a task is being created is masked already."""
    answer = {"success": True, "data": {"id": "t1", "status": f"is {SECRET}"}}
    error = {"success": False, "error": {"message": f"is {SECRET}"}}
    recorder.answer(status, json=answer if status == 200 else error)
    async with httpx.AsyncClient(transport=httpx.MockTransport(recorder.handle)) as http:
        client = AsyncClient(key, http=http, mask=Mask())
        try:
            shown_status = (await client.create_task("Hi", secrets={"A": SECRET})).status
        except SigmicError as caught:
            shown_status = caught.message

    assert shown_status == "is [secret A]"


async def test_media_type_of_a_download(client, recorder):
    """A head that repeats a secret does not tell it either."""
    recorder.answer_data({"id": "t1", "status": "running"})
    await client.create_task("Hi", secrets={"A": SECRET})
    recorder.answer(content=b"", headers={"Content-Type": f"text/{SECRET}"})
    async with client.download_artifact("t1", "a.csv") as download:
        assert download.media_type == "text/[secret A]"
