import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from sigmic_jupyter.simulator.__main__ import main

REPOSITORY = Path(__file__).parents[3]
COMMAND = [sys.executable, "-W", "error", "-m", "sigmic_jupyter.simulator"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serves_until_signal(number):
    """The program says how to use it, serves, and stops cleanly on a signal."""
    options = {"cwd": REPOSITORY, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, "--port", "0"], text=True, **options) as process:
        greeting = "".join(process.stdout.readline() for _ in range(5))
        settings = dict(re.findall(r"export (\w+)=(\S+)", greeting))
        tasks = f"{settings['SIGMIC_BASE_URL']}/api/v1/tasks"
        answer = httpx.get(tasks, headers={"X-API-Key": settings["SIGMIC_API_KEY"]})
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)
    assert answer.json()["data"] == []
    assert (process.returncode, errors) == (0, "")
    assert "local stand-in" in greeting


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--port", "{busy}"], "Cannot listen on 127.0.0.1, port {busy}: "),
        (["--port", "70000"], "port must be from 0 to 65535"),
        (["--speed", "0"], "speed must be a number above 0"),
        (["--api-key", "hush"], "api_key must be 'sigmic_' and 64 hex digits"),
    ],
)
def test_cannot_start(shared, capsys, options, message):
    """What keeps it from starting is told in one line, with exit code 1."""
    busy = shared.base_url.rpartition(":")[2]
    assert main([option.format(busy=busy) for option in options]) == 1
    written = capsys.readouterr()
    assert written.err.startswith(message.format(busy=busy))
    assert (written.out, written.err.count("\n")) == ("", 1)
