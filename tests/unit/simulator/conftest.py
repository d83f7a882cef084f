"""A simulator at full speed, and calls of its API as any HTTP client makes them."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from sigmic_jupyter import simulator
from sigmic_jupyter.simulator import Simulator

REPOSITORY = Path(__file__).parents[3]
LIMIT_S = 10.0
POLL_S = 0.004


class Api:
    """The Task API, in the words of the tests."""

    def __init__(self, served: Simulator, http: httpx.Client) -> None:
        self.simulator = served
        self._http = http
        self._headers = {"Authorization": f"Bearer {served.api_key}"}

    def request(self, method, path, **options) -> httpx.Response:
        options = {"headers": self._headers, **options}
        return self._http.request(method, f"{self.simulator.base_url}/api/v1{path}", **options)

    def data(self, method, path, **options):
        answer = self.request(method, path, **options).json()
        assert answer["success"], answer
        return answer["data"]

    def create(self, message="Hello", *, files=(), **fields) -> str:
        if files:
            form = {"message": message, **fields}
            parts = [("files", file) for file in files]
            return self.data("POST", "/tasks", data=form, files=parts)["id"]
        return self.data("POST", "/tasks", json={"message": message, **fields})["id"]

    def get(self, task_id):
        return self.data("GET", f"/tasks/{task_id}")

    def until(self, task_id, *statuses):
        """The task, once it has one of the statuses."""
        return self.until_holds(task_id, lambda task: task["status"] in statuses)

    def until_holds(self, task_id, holds):
        """The task, once `holds` is true of it."""
        deadline = time.monotonic() + LIMIT_S
        while not holds(task := self.get(task_id)):
            assert time.monotonic() < deadline, task
            time.sleep(POLL_S)
        return task

    def waiting(self, task_id, count=1):
        """The pending approvals, once there are `count` of them."""
        task = self.until_holds(
            task_id, lambda task: len(task.get("pendingApprovals", [])) == count
        )
        return task["pendingApprovals"]

    def decide(self, task_id, call_id, outcome) -> httpx.Response:
        path = f"/tasks/{task_id}/tools/{call_id}/approve"
        return self.request("POST", path, json={"outcome": outcome})

    def decide_next(self, task_id, outcome):
        """Decide the one call that waits; its pending approval."""
        (pending,) = self.waiting(task_id)
        self.decide(task_id, pending["callId"], outcome).raise_for_status()
        return pending

    def paths(self, task_id) -> list[str]:
        return [file["path"] for file in self.data("GET", f"/tasks/{task_id}/artifacts")["files"]]

    def download(self, task_id, path) -> httpx.Response:
        return self.request("GET", f"/tasks/{task_id}/artifacts/download", params={"path": path})

    @contextmanager
    def stream(self, task_id):
        """The task's events as (name, data), and comments as (None, text)."""
        url = f"{self.simulator.base_url}/api/v1/tasks/{task_id}/stream"
        with self._http.stream("GET", url, headers=self._headers) as response:
            yield _events(response.iter_lines())


def _events(lines):
    name = None
    for line in lines:
        if line.startswith(":"):
            yield None, line[1:]
        elif line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=LIMIT_S) as client:
        yield client


@pytest.fixture(scope="session")
def shared() -> Iterator[Simulator]:
    with simulator.start(speed=100) as served:
        yield served


@pytest.fixture
def api(shared, http) -> Api:
    """A simulator that other tests use too."""
    return Api(shared, http)


@pytest.fixture
def start(http):
    """Starts simulators that only one test uses."""
    started = []

    def start(**options) -> Api:
        started.append(simulator.start(**{"speed": 100, **options}))
        return Api(started[-1], http)

    yield start
    for served in started:
        served.stop()


@pytest.fixture(scope="session")
def sales() -> Path:
    return REPOSITORY / "notebooks" / "sales.csv"


@pytest.fixture(scope="session")
def contract() -> Path:
    return REPOSITORY / "contract" / "api"
