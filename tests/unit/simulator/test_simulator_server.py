import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
import pytest

from sigmic_jupyter import simulator

REPOSITORY = Path(__file__).parents[3]
KEY = "sigmic_" + "0123456789abcdef" * 4


def run(code):
    """What a fresh interpreter writes to stdout and stderr."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_key(shared):
    """Each simulator has a random key of its own, which its repr does not show."""
    with simulator.start() as other:
        assert {len(other.api_key), len(shared.api_key)} == {71}
        assert other.api_key != shared.api_key
        assert other.api_key not in repr(other)
        assert other.base_url in repr(other)


def test_given_key(start):
    """A given key is the one that is accepted."""
    api = start(api_key=KEY)
    assert api.simulator.api_key == KEY
    assert api.request("GET", "/tasks").status_code == 200


def test_malformed_key():
    """A malformed key is refused, and not repeated."""
    with pytest.raises(ValueError, match="64 hex digits") as error:
        simulator.start(api_key="sigmic_hush")
    assert "hush" not in str(error.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"speed": 0}, "speed must be a number above 0, such as 1.0, not 0"),
        ({"speed": -1.0}, "speed must be a number above 0, such as 1.0, not -1.0"),
        ({"speed": float("nan")}, "speed must be a number above 0, such as 1.0, not nan"),
        ({"port": 65536}, "port must be from 0 to 65535, not 65536"),
    ],
)
def test_bad_argument(options, message):
    """An argument that makes no sense is refused."""
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        simulator.start(**options)
    assert str(error.value) == message


def test_busy_port(shared):
    """A port in use is an error that says what to do."""
    port = int(shared.base_url.rpartition(":")[2])
    with pytest.raises(OSError, match=f"Cannot listen on 127.0.0.1, port {port}: .*another port"):
        simulator.start(port=port)


def test_client(shared):
    """`client()` makes a client for this simulator, which hides the key."""
    client = shared.client(timeout=5)
    assert shared.api_key not in repr(client)


def test_stop():
    """Stopping closes the port and removes the files; stopping again is allowed."""
    served = simulator.start(speed=100)
    headers = {"X-API-Key": served.api_key}
    form = {"message": "a"}
    files = {"files": ("a.txt", b"a")}
    httpx.post(f"{served.base_url}/api/v1/tasks", data=form, files=files, headers=headers)
    workspaces = served._root
    assert len(list(workspaces.rglob("a.txt"))) == 1
    served.stop()
    served.stop()
    assert not workspaces.exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(served.base_url)


def test_requests(start):
    """Everything received is recorded, refused requests too; a repr shows no body."""
    api = start()
    task_id = api.create("a", autoExecute=False, secrets={"TOKEN": "hush"})
    api.decide_next(task_id, "proceed_once")
    api.request("POST", "/tasks", headers={"Content-Type": "application/json"}, content="{")
    received = api.simulator.requests
    approvals = [request for request in received if request.path.endswith("/approve")]
    assert [(request.method, request.json) for request in approvals] == [
        ("POST", {"outcome": "proceed_once"})
    ]
    assert (received[0].path, received[-1].json) == ("/api/v1/tasks", None)
    assert received[0].json["secrets"] == {"TOKEN": "hush"}
    assert "hush" not in repr(received)
    assert [request.at for request in received] == sorted(request.at for request in received)


def test_exit_while_working():
    """An interpreter that exits while tasks run takes everything with it, without a word."""
    code = """
import httpx
from sigmic_jupyter import simulator

sigmic = simulator.start(speed=1)
headers = {"X-API-Key": sigmic.api_key}
with httpx.Client(headers=headers, base_url=sigmic.base_url) as client:
    for _ in range(3):
        client.post("/api/v1/tasks", json={"message": "think"}).raise_for_status()
print(sigmic._root)
"""
    output, errors = run(code)
    root = Path(output.strip())
    assert errors == ""
    assert (root.parent, root.exists()) == (Path(tempfile.gettempdir()), False)


def test_not_imported():
    """The package itself imports neither the simulator nor what it needs."""
    code = """
import sys
import sigmic_jupyter

print({"starlette", "uvicorn", "sigmic_jupyter.simulator"} & sys.modules.keys())
"""
    assert run(code) == ("set()\n", "")


def test_missing_dependencies():
    """Without its extra the simulator says how to install it."""
    code = """
import sys

sys.modules["starlette"] = None
try:
    import sigmic_jupyter.simulator
except ImportError as error:
    print(error)
"""
    message = "The simulator needs its own dependencies: pip install 'sigmic-jupyter[simulator]'\n"
    assert run(code) == (message, "")
