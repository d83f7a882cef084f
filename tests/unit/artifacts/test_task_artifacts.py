"""`task.artifacts` of a real task, over HTTP."""

from __future__ import annotations

import pathlib

import pytest

from sigmic_jupyter import simulator

LIMIT_S = 20
SALES = pathlib.Path(__file__).parents[3] / "notebooks" / "sales.csv"
PATHS = ["downloads/revenue_by_region.csv", "downloads/revenue_by_region.svg", "uploads/sales.csv"]


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=100) as running:
        yield running


@pytest.fixture
def task(service):
    """A finished task that made files."""
    return service.client().run("Summarise", files=[SALES]).wait(LIMIT_S)


def test_after_the_wait(task, service):
    """The files are there when the wait is over, also for who attaches later."""
    assert list(task.artifacts) == PATHS
    assert task.artifacts["uploads/sales.csv"].read_bytes() == SALES.read_bytes()
    assert list(service.client().attach(task.task_id).wait(LIMIT_S).artifacts) == PATHS


def test_refresh(service):
    """The files of a task that runs are listed on request."""
    task = service.client().run("Hello", auto_execute=False, files=[("a.txt", b"a")])
    assert list(task.artifacts) == []

    task.refresh()

    assert list(task.artifacts) == ["uploads/a.txt"]
    task.cancel()


def test_browsers_get_rows(task):
    """The state that is sent and stored is plain JSON, in the shape of the contract."""
    state = task.get_state()["artifacts"]

    assert [row["path"] for row in state] == PATHS
    assert {frozenset(row) for row in state} == {
        frozenset({"name", "path", "size", "mime_type", "category", "modified_at", "about", "view"})
    }


def test_a_browser_cannot_name_files(task):
    """What a front end says about files is ignored."""
    task.set_state({"artifacts": [{"name": "x", "path": "../../x"}]})

    assert list(task.artifacts) == PATHS


def test_the_record_has_the_files(task):
    """Viewers without widgets see what there is."""
    data, _metadata = task._repr_mimebundle_()

    for media_type in ("text/html", "text/markdown"):
        assert all(path in data[media_type] for path in PATHS)


def test_nothing_shows_the_key(task, service):
    """Neither the mapping nor a file tells the key."""
    shown = f"{task.artifacts!r} {[*task.artifacts.values()]} {vars(task.artifacts)}"

    assert service.api_key not in shown
    assert service.api_key not in str([file._copy for file in task.artifacts.values()])
