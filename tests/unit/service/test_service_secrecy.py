"""Neither the key nor a secret is seen, whatever goes wrong and however it is shown."""

import logging
import traceback

import httpx
import pytest
from IPython.core.ultratb import VerboseTB

from sigmic_jupyter.service import ApiKey, AsyncClient, SigmicError
from sigmic_jupyter.service.address import check_base_url

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
        client = AsyncClient(key, http=http)
        with pytest.raises(SigmicError) as caught:
            await client.create_task("Hello", secrets={"TOKEN": SECRET})

    error = caught.value
    text = shown(error) + repr(client) + caplog.text
    assert "create_task" in text
    assert (key in text, key[-32:] in text, SECRET in text) == (False, False, False)
    assert (error.__context__, error.__cause__) == (None, None)


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
@pytest.mark.parametrize(
    "use",
    [ApiKey, AsyncClient, lambda _: ApiKey.from_environment()],
    ids=["key", "client", "environment"],
)
def test_malformed_key(key, monkeypatch, spoil, use):
    """A key with a mistake is a key: no frame that its error passes shows it."""
    monkeypatch.setenv("SIGMIC_API_KEY", spoil.format(key))
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
