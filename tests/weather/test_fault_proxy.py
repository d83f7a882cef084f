import threading

import httpx
import pytest
from fault_proxy import FaultProxy
from faults import answer_with, delay, hold, lose_answer, refuse

from sigmic_jupyter import simulator

LIMIT_S = 10.0


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=100) as running:
        yield running


@pytest.fixture
def proxy(service):
    with FaultProxy(service.base_url) as running:
        yield running


@pytest.fixture
def client(proxy, service):
    headers = {"X-API-Key": service.api_key}
    url = f"{proxy.base_url}/api/v1"
    with httpx.Client(base_url=url, headers=headers, timeout=LIMIT_S) as running:
        yield running


def create(client, message="Hello"):
    return client.post("/tasks", json={"message": message, "autoExecute": False}).json()["data"]


def seen(service, task_id):
    """What reached the service about a task."""
    return [request.method for request in service.requests if task_id in request.path]


def test_forwards(client, service):
    """Without a rule, requests and answers of all kinds come through unchanged."""
    task_id = create(client)["id"]
    direct = httpx.get(
        f"{service.base_url}/api/v1/tasks/{task_id}", headers={"X-API-Key": service.api_key}
    )
    answer = client.get(f"/tasks/{task_id}", params={"a": "b c"})
    assert answer.json()["data"]["id"] == direct.json()["data"]["id"] == task_id
    assert answer.headers["content-type"] == direct.headers["content-type"]
    assert client.get("/tasks/none").status_code == 404
    files = {"files": ("a.bin", bytes(range(256)) * 1000)}
    upload = client.post(f"/tasks/{task_id}/messages", data={"message": "b"}, files=files)
    assert upload.json()["data"] == {"status": "running"}
    assert client.delete(f"/tasks/{task_id}").json()["success"]


def test_keeps_connections(client, proxy):
    """A client's connection serves several requests."""
    connections = []

    def note(exchange):
        connections.append(exchange._handler)
        exchange.relay()

    proxy.rule("GET", "*", note, times=2)
    client.get("/tasks")
    client.get("/tasks")
    assert connections[0] is connections[1]


def test_streams(client):
    """Pieces of an answer come while the service still has more to say."""
    task_id = create(client)["id"]
    with client.stream("GET", f"/tasks/{task_id}/stream") as answer:
        lines = answer.iter_lines()
        assert next(line for line in lines if line.startswith("event: tool_call"))
        assert client.delete(f"/tasks/{task_id}").json()["success"]
        assert "event: done" in list(lines)


def test_lose_answer(client, proxy, service):
    """The request reaches the service once; the client hears nothing; the next one gets through."""
    task_id = create(client)["id"]
    proxy.rule("GET", "*/tasks/*", lose_answer)
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(f"/tasks/{task_id}")
    assert seen(service, task_id) == ["GET"]
    assert client.get(f"/tasks/{task_id}").status_code == 200


def test_refuse(client, proxy, service):
    """The request does not reach the service."""
    task_id = create(client)["id"]
    proxy.rule("GET", "*/tasks/*", refuse, times=2)
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(f"/tasks/{task_id}")
    assert seen(service, task_id) == []
    assert client.get(f"/tasks/{task_id}").status_code == 200


@pytest.mark.parametrize(("fault", "before"), [(delay, []), (hold, ["GET"])])
def test_late(client, proxy, service, fault, before):
    """A delayed request has not reached the service, a held answer's has; both come in the end."""
    task_id = create(client)["id"]
    released = threading.Event()
    rule = proxy.rule("GET", "*/tasks/*", fault(released))
    answers = []
    asking = threading.Thread(target=lambda: answers.append(client.get(f"/tasks/{task_id}")))
    asking.start()
    rule.wait()
    assert seen(service, task_id) == before
    assert answers == []
    released.set()
    asking.join(LIMIT_S)
    assert [answer.status_code for answer in answers] == [200]
    assert seen(service, task_id) == ["GET"]


def test_answer_with(client, proxy, service):
    """Somebody else answers, headers and all."""
    task_id = create(client)["id"]
    proxy.rule("GET", "*", answer_with(503, "<html>Bad ä</html>", Retry_After="7"), times=None)
    for _ in range(2):
        answer = client.get(f"/tasks/{task_id}")
        assert (answer.status_code, answer.text) == (503, "<html>Bad ä</html>")
        assert answer.headers["retry-after"] == "7"
    assert seen(service, task_id) == []


def test_rules_are_for_what_matches(client, proxy):
    """A rule leaves alone what has another method or path, and the oldest that fits is used."""
    proxy.rule("POST", "*", answer_with(501))
    first = proxy.rule("GET", "/api/v1/tasks", answer_with(502))
    proxy.rule("GET", "*", answer_with(503))
    assert client.get("/tasks/none").status_code == 503
    assert client.get("/tasks?limit=1").status_code == 502
    assert client.get("/tasks").status_code == 200
    assert (first.left, client.post("/tasks").status_code) == (0, 501)


def test_the_service_is_gone():
    """Where there is no service, the client's connection is cut."""
    with simulator.start(speed=100) as other, FaultProxy(other.base_url) as proxy:
        other.stop()
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(proxy.base_url)
