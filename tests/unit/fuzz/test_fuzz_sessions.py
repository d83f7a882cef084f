"""A whole session on whatever a service sends and a browser says: it never breaks, and it ends."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from unittest import mock

import httpx
import msgspec
from hypothesis import example, given
from hypothesis import strategies as st
from strange import answers, chunks, fuzzed, strange

from sigmic_jupyter.service import APIError, AsyncClient
from sigmic_jupyter.service.mask import Mask
from sigmic_jupyter.widget.commands import answer
from sigmic_jupyter.widget.session import Session

KEY = "sigmic_" + "0123456789abcdef" * 4
LIMIT_S = 4.0
END = {"id": "t", "status": "completed", "output": {"content": "the end"}}
COMMANDS = (
    *("hello", "decide", "cancel", "send", "refresh", "get_bundle", "details", "surprise"),
    *("preview", "download", "drop"),
)


class Service:
    """Answers with what was drawn; then the task is completed."""

    def __init__(self, told, streams):
        self.told = list(told)
        self.streams = list(streams)

    def handle(self, request):
        if request.url.path.endswith("/stream"):
            if not self.streams:
                return httpx.Response(404)
            headers = {"Content-Type": "text/event-stream"}
            return httpx.Response(200, content=b"".join(self.streams.pop()), headers=headers)
        if request.method == "GET" and not self.told:
            return httpx.Response(200, json={"success": True, "data": END})
        status, body, headers = self.told.pop() if self.told else (500, b"", {})
        return httpx.Response(status, content=body, headers=headers)


@contextmanager
def no_time():
    """Nothing is waited for between tries."""
    with (
        mock.patch("sigmic_jupyter.follow.polls.backoff_s", return_value=0.0),
        mock.patch("sigmic_jupyter.follow.listener.backoff_s", return_value=0.0),
        mock.patch("sigmic_jupyter.widget.deciding.backoff_s", return_value=0.0),
        mock.patch("sigmic_jupyter.widget.files.fetching.backoff_s", return_value=0.0),
        mock.patch("sigmic_jupyter.follow.listener.REOPEN_S", 0.0),
        mock.patch("sigmic_jupyter.follow.listener.REOPEN_AFTER_END_S", 0.0),
        mock.patch("sigmic_jupyter.follow.run.TOGETHER_S", 0.0),
    ):
        yield


class Complaints(logging.Handler):
    """What is logged as an error."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.seen = []

    def emit(self, record):
        self.seen.append((record.getMessage(), record.exc_info and record.exc_info[1]))


async def follow(service, said):
    """Follow a task to its end, and say what a browser said meanwhile."""
    unhandled, published, replies = [], [], []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: unhandled.append(what))
    async with httpx.AsyncClient(transport=httpx.MockTransport(service.handle)) as http:
        client = AsyncClient(KEY, base_url="https://api.example", http=http, mask=Mask())
        session = Session(client, "t", publish=published.append, created=True, interval_s=0.0)
        session.follow()
        async with asyncio.timeout(LIMIT_S):
            for content in said:
                await asyncio.sleep(0)
                replies.append(await answer(session, content))
            await session.settled.wait_async()
        session.close()
        await asyncio.sleep(0)
    msgspec.json.encode([{k: v for k, v in p.items() if k != "artifacts"} for p in published])
    msgspec.json.encode(replies)
    assert unhandled == []
    return session, replies


def run(told, streams, said=()):
    complaints = Complaints()
    log = logging.getLogger("sigmic_jupyter")
    log.addHandler(complaints)
    try:
        with no_time():
            session, replies = asyncio.run(follow(Service(told, streams), said))
    finally:
        log.removeHandler(complaints)
    assert complaints.seen == []
    assert session.failure is None or isinstance(session.failure, APIError)
    return replies


@fuzzed
@given(st.lists(answers, max_size=8), st.lists(chunks, max_size=2))
@example([(200, b'{"success": true, "data": "\\ud83d"}', {})], [])
@example([(409, b"", {})], [])
def test_following(told, streams):
    """It goes on until the end, or says why not."""
    run(told, streams)


@fuzzed
@given(
    st.lists(answers, max_size=4),
    st.lists(
        st.fixed_dictionaries(
            {"id": st.text(max_size=3) | strange, "command": st.sampled_from(COMMANDS) | strange},
            optional={
                "call_id": st.sampled_from(["c1", "c2"]) | strange,
                "outcome": st.sampled_from(["proceed_once", "cancel"]) | strange,
                "digest": strange,
                "message": strange,
                "revision": strange,
                "path": st.just("downloads/a.csv") | strange,
                "download": st.just("d") | strange,
                "at": st.just(0) | strange,
            },
        )
        | strange,
        max_size=4,
    ),
)
@example([], ["\ud83d"])
@example([], [{"id": "1", "command": "download", "path": "\ud83d", "download": "d", "at": 0}])
@example([], [{"id": "\ud83d", "command": "decide", "call_id": "\ud83d", "outcome": "cancel"}])
def test_commands(told, said):
    """Each command has one reply, whatever it is."""
    replies = run(told, [], said)
    assert all(isinstance(reply["ok"], bool) for reply in replies)
