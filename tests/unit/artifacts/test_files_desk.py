"""What a browser asks for about the files of a task, over HTTP and on disk."""

from __future__ import annotations

import base64
import os
import pathlib
import threading

import bad_transfers
import pytest
from fault_proxy import FaultProxy
from faults import answer_with

from sigmic_jupyter import Client, simulator
from sigmic_jupyter.kernel import background
from sigmic_jupyter.simulator.scenarios.samples import BIG_BYTES
from sigmic_jupyter.widget.commands import answer
from sigmic_jupyter.widget.files import fetching

LIMIT_S = 20
DOWNLOAD = ("GET", "*/artifacts/download")
BIG = (bytes(range(251)) * 10_000)[:BIG_BYTES]


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=100) as running:
        yield running


@pytest.fixture(scope="module")
def task_id(service):
    return service.client().run("Make sample files").wait(LIMIT_S).task_id


@pytest.fixture
def proxy(service):
    with FaultProxy(service.base_url) as running:
        yield running


@pytest.fixture
def task(service, proxy, task_id):
    """The task, whose files come through the proxy."""
    return Client(service.api_key, proxy.base_url).attach(task_id).wait(LIMIT_S)


@pytest.fixture
def _at_once(monkeypatch):
    """Tries again without a pause."""
    monkeypatch.setattr(fetching, "backoff_s", lambda *_, **__: 0.0)


def ask(task, command, **fields):
    """Ask as a browser does, and return the one reply."""
    message = {"id": "7", "command": command, **fields}
    reply = background().run(answer(task._session, message))
    assert reply["reply_to"] == "7"
    return reply


def preview(task, name):
    reply = ask(task, "preview", path=f"downloads/{name}")
    assert reply["ok"], reply
    return reply["data"]


def download(task, name):
    """Fetch a file as downloads.ts does."""
    parts, at = [], 0
    while True:
        reply = ask(task, "download", path=f"downloads/{name}", download="d", at=at)
        if not reply["ok"]:
            return reply["error"]
        data = reply["data"]
        parts = [*(parts if data["at"] else []), *reply.get("buffers", [])]
        at = data["next"]
        if data["ended"]:
            return data["name"], b"".join(parts)


@pytest.mark.parametrize(
    ("name", "kind", "note"),
    [
        ("plot.png", "image", None),
        ("harm.svg", "image", None),
        ("regions.csv", "table", "First 50 of 60 rows, read as Windows-1252, for it is not UTF-8"),
        ("formulas.tsv", "table", "2 rows"),
        ("data.json", "text", None),
        ("page.html", "text", "Shown as text"),
        ("in\u202evoice.txt", "text", None),
        ("lying.png", "none", "There is no preview: it is no PNG image that can be shown"),
        ("archive.zip", "none", "There is no preview of this kind of file"),
        (
            "large.csv",
            "none",
            "Files of this kind have a preview up to 1 MB: download it to see it",
        ),
    ],
)
def test_previews(task, service, name, kind, note):
    """Each kind of file has its own, or the reason why there is none."""
    before = len(service.requests)

    made = preview(task, name)

    assert (made["kind"], made["note"]) == (kind, note)
    was_fetched = len(service.requests) > before
    assert was_fetched == (name not in {"archive.zip", "large.csv"})


def test_what_is_in_previews(task):
    """Bytes of images, rows of tables, and text with nothing left out."""
    image = preview(task, "plot.png")
    assert (image["media_type"], base64.b64decode(image["base64"])[:4]) == ("image/png", b"\x89PNG")
    table = preview(task, "regions.csv")
    assert (table["head"], table["rows"][1]) == (["region", "revenue"], ["Nörd 1", "1,50"])
    assert table["numbers"] == [False, True]
    assert preview(task, "data.json")["text"] == (
        '{\n  "name": "in\u202evoice",\n  "digits": 1.00000000000000000001\n}'
    )


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize(
    "faults", [[], [bad_transfers.half, bad_transfers.reset], [answer_with(503, "<html>")]]
)
def test_a_download_is_whole(task, proxy, faults):
    """Byte for byte, also where the connection broke meanwhile."""
    for fault in faults:
        proxy.rule(*DOWNLOAD, fault)

    assert download(task, "model.bin") == ("model.bin", BIG)


@pytest.mark.usefixtures("_at_once")
def test_a_download_that_fails(task, proxy):
    """The reply says why; the next one begins anew."""
    proxy.rule(*DOWNLOAD, bad_transfers.half_unannounced, times=4)
    error = download(task, "model.bin")
    assert (error["kind"], "2,500,000 bytes" in error["message"]) == ("unexpected_response", True)

    assert download(task, "model.bin") == ("model.bin", BIG)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("in\u202evoice.txt", "in_voice.txt"),
        ("<img src=x onerror=pwned()>.txt", "_img src=x onerror=pwned()_.txt"),
        ("..\\..\\up.py", "up.py"),
        ("-rf", "_rf"),
    ],
)
def test_names_are_tame(task, tmp_path, monkeypatch, name, safe):
    """Whatever a file is called, the browser and the folder get a name that does nothing."""
    monkeypatch.chdir(tmp_path)

    assert download(task, name) == (safe, b"harmless\n")
    assert ask(task, "save", path=f"downloads/{name}")["ok"]
    assert [path.name for path in tmp_path.iterdir()] == [safe]


def test_saving(task, service, tmp_path, monkeypatch):
    """A file is saved in the working folder, once: what is there stays, and nothing is fetched."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pathlib.Path, "home", lambda: tmp_path.parent)

    saved = ask(task, "save", path="downloads/model.bin")

    assert saved["data"] == {"note": f"Saved as model.bin in ~/{tmp_path.name}"}
    assert (tmp_path / "model.bin").read_bytes() == BIG
    (tmp_path / "model.bin").write_text("mine")
    before = len(service.requests)
    again = ask(task, "save", path="downloads/model.bin")
    assert again["error"]["kind"] == "validation"
    assert again["error"]["message"] == "model.bin is there already, and stays as it is"
    assert f"~/{tmp_path.name}" in again["error"]["hint"]
    assert (tmp_path / "model.bin").read_text() == "mine"
    assert len(service.requests) == before


def test_a_disk_that_is_full(task, tmp_path, monkeypatch):
    """What the system says is told, and nothing is left."""

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", full)

    error = ask(task, "save", path="downloads/plot.png")["error"]

    assert error["message"] == "plot.png could not be written: No space left on device"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["preview", "download", "save"])
@pytest.mark.parametrize("path", ["downloads/no.csv", "../../etc/passwd", "", "\ud800"])
def test_only_listed_files(task, service, tmp_path, monkeypatch, *, command, path):
    """A path that is not in the list asks the service for nothing."""
    monkeypatch.chdir(tmp_path)
    before = len(service.requests)

    reply = ask(task, command, path=path, download="d", at=0)

    assert reply["error"]["kind"] == "not_found"
    assert (len(service.requests), list(tmp_path.iterdir())) == (before, [])


@pytest.mark.parametrize("end", ["drop", "close"])
def test_giving_up(task, proxy, end):
    """The connection to the service ends with the browser's wish, or with the widget."""
    release = threading.Event()
    rule = proxy.rule(*DOWNLOAD, bad_transfers.stuck(release))
    message = {"id": "7", "command": "download", "path": "downloads/plot.png", "download": "d"}
    piece = background().submit(answer(task._session, message | {"at": 0}))
    rule.wait()

    if end == "drop":
        assert ask(task, "drop", download="d")["ok"]
    else:
        task.close()

    error = piece.result(LIMIT_S)["error"]
    assert error["message"] == "The download was given up"
    release.set()
