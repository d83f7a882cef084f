"""When the files of a task are listed, and what becomes of it where they can't be."""

from __future__ import annotations

import asyncio
import logging

import pytest
from fakes import task

from sigmic_jupyter.service.errors import AuthenticationError, NotFoundError, ServerError
from sigmic_jupyter.service.models import Artifact
from sigmic_jupyter.widget.files import fetching, listing

LIMIT_S = 5
FILE = Artifact("a.csv", "downloads/a.csv", size=3)
OTHER = Artifact("b.csv", "downloads/b.csv")
DOWN = ServerError("The service is down.", http_status=503)


@pytest.fixture
def tries(monkeypatch):
    """Tries again at once; records after how many tries."""
    made = []
    monkeypatch.setattr(fetching, "backoff_s", lambda attempt, **_: made.append(attempt) or 0.0)
    return made


async def ended(session):
    await asyncio.wait_for(session.settled.wait_async(), LIMIT_S)


async def test_listed_at_the_end_before_who_waits_is_released(service, traits, start):
    """Whoever has waited for the task finds its files; the stored record has them, too."""
    seen = []
    service.task, service.files = task("completed"), [FILE]
    session = start(ended=lambda: seen.append(list(traits["artifacts"])))
    await ended(session)

    assert seen == [["downloads/a.csv"]]
    assert traits["artifacts"].rows() == [
        {
            "name": "a.csv",
            "path": "downloads/a.csv",
            "size": 3,
            "mime_type": None,
            "category": None,
            "modified_at": None,
            "about": "CSV, 3 bytes",
            "view": "table",
        }
    ]


@pytest.mark.parametrize("status", ["failed", "cancelled"])
async def test_listed_whatever_the_end(service, traits, start, status):
    """A task that failed or was stopped has files, too."""
    service.task, service.files = task(status), [FILE]
    await ended(start())

    assert list(traits["artifacts"]) == ["downloads/a.csv"]


async def test_not_listed_while_it_runs_unless_asked(service, traits, start):
    """The service is asked for the files of a running task on request alone."""
    session = start()
    await traits.until(lambda t: t.get("status") == "running")
    assert "artifacts" not in traits

    service.files = [FILE]
    await session.refresh()

    assert list(traits["artifacts"]) == ["downloads/a.csv"]


async def test_listed_anew_after_a_follow_up(service, traits, start):
    """Each turn may make files."""
    service.task, service.files = task("completed"), [FILE]
    session = start()
    await ended(session)

    service.task, service.files = task("running"), [FILE, OTHER]
    await session.send("Go on", ())
    await traits.until(lambda t: t["status"] == "running")
    service.task = task("completed", content="more")
    await ended(session)

    assert list(traits["artifacts"]) == ["downloads/a.csv", "downloads/b.csv"]


async def test_a_follow_up_while_files_are_listed_is_followed(service, traits, start):
    """A message sent in that moment is not lost, and nobody is released before its end."""
    ends = []
    service.task = task("completed")
    service.listing_gate.clear()
    session = start(ended=lambda: ends.append(traits["content"]))
    await asyncio.wait_for(service.listing.wait(), LIMIT_S)

    service.task = task("running")
    await session.send("Go on", ())
    await traits.until(lambda t: t["connection"]["state"] == "live")
    service.listing_gate.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert not session.settled.is_set()

    service.task = task("completed", content="more")
    await ended(session)
    assert ends == ["more"]


async def test_closing_while_files_are_listed(service, traits, start):
    """Closing does not wait for the list, and nothing is published after it."""
    service.task = task("completed")
    service.listing_gate.clear()
    session = start()
    await asyncio.wait_for(service.listing.wait(), LIMIT_S)
    refreshing = asyncio.create_task(session.refresh())
    await asyncio.sleep(0)

    session.close()
    await ended(session)
    service.listing_gate.set()
    await refreshing

    assert "artifacts" not in traits


async def test_trouble_that_passes(service, traits, start, tries, monkeypatch):
    """A list that fails once is asked for again."""
    answers = [DOWN, (FILE,)]

    async def list_artifacts(_task_id):
        if isinstance(answer := answers.pop(0), Exception):
            raise answer
        return answer

    monkeypatch.setattr(service, "list_artifacts", list_artifacts)
    service.task = task("completed")
    await ended(start())

    assert list(traits["artifacts"]) == ["downloads/a.csv"]
    assert tries == [1]


@pytest.mark.parametrize(
    ("error", "note", "count"),
    [
        (DOWN, "not listed: The service is down. task.refresh() tries again", 3),
        (NotFoundError("No such task"), "not listed: No such task. task.refresh()", 0),
        (ZeroDivisionError("secret"), "not listed: ZeroDivisionError, see the kernel's log.", 0),
    ],
)
async def test_trouble_that_stays(service, traits, start, tries, caplog, *, error, note, count):
    """The task is completed all the same; the log and the list say why and what to do."""
    service.task, service.files = task("completed"), error
    session = start()
    await ended(session)

    assert (session.failure, traits["status"]) == (None, "completed")
    assert note in repr(traits["artifacts"])
    assert traits["artifacts_error"].startswith("The list could not be had: ")
    assert "secret" not in repr(traits["artifacts"])
    assert [r.levelno for r in caplog.records][-1] == logging.WARNING
    assert "files not listed task_id=t" in caplog.text
    assert len(tries) == count

    service.files = [FILE]
    await session.refresh()
    assert repr(traits["artifacts"]).startswith("<Artifacts: 1 file>")
    assert traits["artifacts_error"] is None

    service.files = error
    await session.refresh()
    assert list(traits["artifacts"]) == ["downloads/a.csv"]
    assert note in repr(traits["artifacts"])


async def test_a_list_that_does_not_come(service, traits, start, monkeypatch):
    """Nobody waits long for a list."""
    monkeypatch.setattr(listing, "LIMIT_S", 0.01)
    service.task = task("completed")
    service.listing_gate.clear()
    await ended(start())

    assert "not listed: No answer within" in repr(traits["artifacts"])


async def test_an_older_list_never_follows_a_newer_one(service, traits, start):
    """Two who ask at the same time get their answers in turn."""
    session = start()
    await traits.until(lambda t: t.get("status") == "running")
    service.listing_gate.clear()
    first = asyncio.create_task(session.refresh())
    await asyncio.wait_for(service.listing.wait(), LIMIT_S)
    service.listing.clear()
    second = asyncio.create_task(session.refresh())
    for _ in range(5):
        await asyncio.sleep(0)

    assert not service.listing.is_set()
    service.listing_gate.set()
    await asyncio.gather(first, second)
    assert service.listing.is_set()


async def test_a_task_that_cannot_be_followed_is_not_asked_for_files(service, traits, start):
    """Where the service refuses the task, it would refuse the list."""
    service.task = AuthenticationError("The key has expired", http_status=401)
    await ended(start())

    assert not service.listing.is_set()
    assert "artifacts" not in traits
