"""Files over HTTP: from the simulator, and through a proxy that lets transfers go wrong."""

from __future__ import annotations

import csv
import dataclasses
import gc
import io
import os
import signal
import threading
import traceback

import bad_transfers
import pytest
from bad_transfers import CONTENT
from fault_proxy import FaultProxy
from faults import answer_with, refuse

from sigmic_jupyter import (
    Client,
    ConnectionFailed,
    NotFoundError,
    RateLimitError,
    ServerError,
    UnexpectedResponse,
    simulator,
)
from sigmic_jupyter.widget.files import Artifact, artifact, fetching

LIMIT_S = 20
DOWNLOAD = ("GET", "*/artifacts/download")
PATH = "uploads/sales.txt"
LOGIN_PAGE = answer_with(200, "<html>Log in</html>")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def read_text(file):
    return file.read_text().replace("\n", "\r\n").encode()


def read_opened(file):
    with file.open() as opened:
        return opened.read()


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=100) as running:
        yield running


@pytest.fixture(scope="module")
def task_id(service):
    """A finished task with one file."""
    task = service.client().run("Hello", files=[("sales.txt", CONTENT)])
    return task.wait(LIMIT_S).task_id


@pytest.fixture
def proxy(service):
    with FaultProxy(service.base_url) as running:
        yield running


@pytest.fixture
def file(service, proxy, task_id):
    """The file, fetched through the proxy."""
    return Client(service.api_key, proxy.base_url).attach(task_id).wait(LIMIT_S).artifacts[PATH]


@pytest.fixture
def pauses(monkeypatch):
    """Tries again at once; records after how many tries."""
    tries = []

    def backoff_s(attempt, **options):
        tries.append(attempt)
        return options["retry_after_s"] or 0.0

    monkeypatch.setattr(fetching, "backoff_s", backoff_s)
    return tries


def test_download(file, tmp_path, monkeypatch):
    """The file is beside the notebook, under the last part of its path."""
    monkeypatch.chdir(tmp_path)

    path = file.download()

    assert str(path) == "sales.txt"
    assert path.read_bytes() == CONTENT
    with pytest.raises(FileExistsError, match="overwrite=True"):
        file.download()
    assert file.download(overwrite=True) == path
    assert file.download("new/other.txt").read_bytes() == CONTENT
    assert names(tmp_path) == ["new", "sales.txt"]


def test_nothing_is_fetched_for_a_name_that_is_taken(file, service, tmp_path):
    """That something is in the way is told before any request."""
    (tmp_path / "sales.txt").touch()
    before = len(service.requests)

    with pytest.raises(FileExistsError):
        file.download(tmp_path)
    assert len(service.requests) == before


def test_read(file):
    """Bytes come as they are, text with Python's line ends."""
    assert file.read_bytes() == CONTENT
    assert file.read_text() == CONTENT.decode().replace("\r\n", "\n")
    assert file.read_text("latin-1").startswith("region,revenue\nnÃ¶rd,12")
    with pytest.raises(UnicodeDecodeError):
        file.read_text("ascii")
    assert "n\ufffd\ufffdrd" in file.read_text("ascii", errors="replace")


@pytest.fixture(params=[10, 10_000_000], ids=["on disk", "in memory"])
def _kept(request, monkeypatch):
    """Where the bytes of an opened file are."""
    monkeypatch.setattr(artifact, "IN_MEMORY_BYTES", request.param)


@pytest.mark.usefixtures("_kept")
def test_open(file):
    """The opened file is binary and seekable, as readers of CSV, ZIP or Parquet need it."""
    with file.open() as opened:
        assert (opened.readable(), opened.seekable(), opened.tell()) == (True, True, 0)
        assert opened.seek(-10, io.SEEK_END) == len(CONTENT) - 10
        assert opened.read() == b"south,34\r\n"
        opened.seek(0)
        rows = csv.DictReader(io.TextIOWrapper(opened, "utf-8", newline=""))
        assert next(rows) == {"region": "nörd", "revenue": "12"}


@pytest.mark.usefixtures("_kept")
def test_an_opened_file_may_be_left_open(file):
    """It is closed with its last reference, without a warning, which would fail this test."""
    assert file.open().read(6) == b"region"
    gc.collect()


@pytest.mark.parametrize(
    "fault",
    [
        refuse,
        bad_transfers.half,
        bad_transfers.reset,
        bad_transfers.half_unannounced,
        bad_transfers.another_file,
        bad_transfers.endless,
        LOGIN_PAGE,
        answer_with(500, "{}"),
        answer_with(429, "{}", Retry_After="0"),
    ],
)
def test_trouble_that_passes(file, proxy, tmp_path, pauses, fault):
    """Whatever went wrong, the file begins anew and is whole in the end."""
    proxy.rule(*DOWNLOAD, fault, times=2)

    path = file.download(tmp_path)

    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == ["sales.txt"]
    assert pauses == [1, 2]


@pytest.mark.usefixtures("pauses")
def test_a_file_of_unknown_size(file, proxy, tmp_path):
    """Then the answer's own length counts, and nothing of a failed try is left in the file."""
    file = dataclasses.replace(file, size=None)
    proxy.rule(*DOWNLOAD, bad_transfers.half)
    proxy.rule(*DOWNLOAD, bad_transfers.more_than_all)

    assert file.download(tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("fault", "error", "message"),
    [
        (refuse, ConnectionFailed, "broke"),
        (bad_transfers.half, ConnectionFailed, "broke"),
        (bad_transfers.reset, ConnectionFailed, "broke"),
        (bad_transfers.half_unannounced, UnexpectedResponse, "200,026 bytes .* sent 100,013"),
        (
            bad_transfers.another_file,
            UnexpectedResponse,
            r"It may have changed: call task\.refresh",
        ),
        (bad_transfers.endless, UnexpectedResponse, "200,026 bytes the service sent .* or more"),
        (LOGIN_PAGE, UnexpectedResponse, "200,026 bytes the service sent 19 "),
        (answer_with(503, "<html>"), ServerError, "503"),
    ],
)
@pytest.mark.parametrize("overwrite", [False, True])
def test_trouble_that_stays(
    file, proxy, service, tmp_path, pauses, *, fault, error, message, overwrite
):
    """After a few tries it is an error without the key; there is no file, or the old one."""
    proxy.rule(*DOWNLOAD, fault, times=None)
    old = tmp_path / "sales.txt"
    if overwrite:
        old.write_text("old")

    with pytest.raises(error, match=message) as caught:
        file.download(tmp_path, overwrite=overwrite)

    assert names(tmp_path) == ["sales.txt"] * overwrite
    assert not overwrite or old.read_text() == "old"
    assert pauses == [1, 2, 3]
    assert service.api_key not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("read", [Artifact.read_bytes, read_text, read_opened])
@pytest.mark.usefixtures("pauses")
def test_reading_is_whole_or_an_error(file, proxy, read):
    """What is read into memory is checked in the same way."""
    proxy.rule(*DOWNLOAD, bad_transfers.half, times=2)
    assert read(file) == CONTENT

    proxy.rule(*DOWNLOAD, bad_transfers.half, times=None)
    with pytest.raises(ConnectionFailed):
        read(file)


def test_a_file_that_is_gone(file, proxy, tmp_path, pauses):
    """What is not there is not tried again, and the error says how to see what is."""
    body = '{"success": false, "error": {"message": "File not found", "code": "NOT_FOUND"}}'
    proxy.rule(*DOWNLOAD, answer_with(404, body, content_type="application/json"))

    with pytest.raises(NotFoundError, match=r"File not found .* task\.refresh\(\) lists"):
        file.download(tmp_path)

    assert (names(tmp_path), pauses) == ([], [])


@pytest.mark.usefixtures("pauses")
def test_a_pause_that_is_too_long(file, proxy):
    """A cell is not held for minutes: the error says how long the service asks to wait."""
    proxy.rule(*DOWNLOAD, answer_with(429, "{}", Retry_After="300"))

    with pytest.raises(RateLimitError, match="Wait 300 s, then try again"):
        file.read_bytes()


def test_an_interrupt(file, proxy, tmp_path):
    """Ctrl-C in the middle of a transfer leaves nothing, and the next try works."""
    release = threading.Event()
    rule = proxy.rule(*DOWNLOAD, bad_transfers.stuck(release))

    def interrupt():
        rule.wait()
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            file.download(tmp_path)
        assert names(tmp_path) == []
    finally:
        release.set()
        thread.join()

    assert file.download(tmp_path).read_bytes() == CONTENT


def test_a_full_disk(file, service, tmp_path, monkeypatch):
    """What can't be written is Python's own error, and leaves nothing."""

    def full(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space left") as caught:
        file.download(tmp_path)

    assert names(tmp_path) == []
    assert service.api_key not in "".join(traceback.format_exception(caught.value))
