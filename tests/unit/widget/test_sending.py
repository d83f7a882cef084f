"""A message is sent once, whatever becomes of its answer; files come in pieces."""

from __future__ import annotations

import asyncio

import pytest
from fakes import task

from sigmic_jupyter.service.errors import ConnectionFailed, ServerError, ValidationError
from sigmic_jupyter.widget.commands import answer
from sigmic_jupyter.widget.uploads import MOST_UPLOADS, Uploads
from sigmic_jupyter.widget.wire import Upload

DONE = task("completed", content="one", message="first")
LOST = ConnectionFailed("The connection broke")


def said(traits):
    return [message["content"] for message in traits["conversation"] if message["role"] == "user"]


@pytest.fixture
async def ended(service, start):
    """A session whose task has ended."""
    service.task = DONE
    session = start()
    await asyncio.wait_for(session.settled.wait_async(), 5)
    return session


@pytest.mark.parametrize("error", [LOST, ServerError("Bad gateway", http_status=502)])
async def test_an_answer_that_was_lost(service, traits, ended, error):
    """A task that runs again has the message, which is not sent a second time."""
    service.fails["message"] = error
    service.task = task("running", content="one\n\ntw", message="first")

    await ended.send("second", ())

    assert [kind for kind, *_ in service.sent] == ["message"]
    assert said(traits) == ["first", "second"]
    await traits.until(lambda t: t["content"] == "tw")


async def test_nobody_knows(service, traits, ended):
    """A task that has not changed may or may not have it: that is what is said."""
    service.fails["message"] = LOST

    with pytest.raises(ConnectionFailed, match="not known whether the message arrived"):
        await ended.send("second", ())

    assert [kind for kind, *_ in service.sent] == ["message"]
    assert (said(traits), traits["status"]) == (["first"], "completed")


async def test_a_refusal_is_told_as_it_is(service, traits, ended):
    """What did not arrive can be sent again."""
    service.fails["message"] = ValidationError("No", http_status=400)

    with pytest.raises(ValidationError, match=r"^No"):
        await ended.send("second", ())

    assert said(traits) == ["first"]


async def test_a_browser_s_message_with_files(service, traits, ended):
    """The pieces are put together and go with the message."""
    for at, piece in [(0, b"ab"), (2, b"c")]:
        command = {"id": "1", "command": "upload", "upload": "u", "name": "a.txt", "size": 3}
        reply = await answer(ended, command | {"at": at}, [memoryview(piece)])
        assert reply == {"reply_to": "1", "ok": True, "data": None}

    command = {"id": "2", "command": "send", "message": "second", "upload": "u"}
    assert await answer(ended, command) == {"reply_to": "2", "ok": True, "data": None}
    assert service.sent == [("message", "second", (("a.txt", b"abc"),))]
    assert traits["conversation"][-1]["files"] == ["a.txt"]

    again = await answer(ended, command)
    assert (again["ok"], len(service.sent)) == (False, 1)


def piece(name="a.txt", size=3, at=0, upload="u"):
    return Upload("1", upload, name, size, at)


@pytest.mark.parametrize(
    ("pieces", "why"),
    [
        ([(piece(size=50 * 1024 * 1024 + 1), b"")], "more than 50 MB"),
        ([(piece(size=-1), b"")], "more than 50 MB"),
        ([(piece("../a.txt"), b"abc")], "no file name"),
        ([(piece(), b"abcd")], "did not arrive"),
        ([(piece(at=1), b"bc")], "did not arrive"),
        ([(piece(), b"ab"), (piece(at=1), b"c")], "did not arrive"),
        ([(piece(), b"ab"), (piece(size=4, at=2), b"cd")], "did not arrive"),
        ([(piece(f"{n}.txt", 0), b"") for n in range(21)], "takes 20 files"),
    ],
)
def test_what_is_not_taken(pieces, why):
    """More than the service takes, and what does not go on from what was there."""
    uploads = Uploads()
    *before, (last, content) = pieces
    for command, taken in before:
        uploads.add(command, [taken])

    with pytest.raises(ValidationError, match=why):
        uploads.add(last, [content])


def test_half_a_file_goes_nowhere():
    """Nor does an upload of which there is nothing."""
    uploads = Uploads()
    uploads.add(piece(), [b"ab"])

    for upload in ("u", "another"):
        with pytest.raises(ValidationError, match="did not arrive as a whole"):
            uploads.take(upload)
    assert uploads.take(None) == ()


def test_what_browsers_left_behind_is_dropped():
    """The oldest goes first."""
    uploads = Uploads()
    for number in range(MOST_UPLOADS + 1):
        uploads.add(piece(size=1, upload=str(number)), [b"a"])

    assert uploads.take(str(MOST_UPLOADS)) == (("a.txt", b"a"),)
    with pytest.raises(ValidationError):
        uploads.take("0")


def test_an_empty_file():
    """It has one piece, of nothing."""
    uploads = Uploads()
    uploads.add(piece(size=0), [b""])

    assert uploads.take("u") == (("a.txt", b""),)
