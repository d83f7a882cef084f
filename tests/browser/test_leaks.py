"""Neither the key nor a secret is anywhere, though the agent repeats them wherever it can."""

from __future__ import annotations

import json
import re
import secrets
from typing import TYPE_CHECKING, Any

import pytest
from approving import END_MS, button, card
from giveaways import forms, found
from lab import jupyterlab
from playwright.sync_api import expect

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable, Iterator

    from lab import Notebook
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

SAVE_WIDGETS = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
CALLS = 4
# The key comes from a file, so that no cell has it.
CONNECT = """
import json, logging, os, pathlib
from sigmic_jupyter import Client
settings = json.loads(pathlib.Path({settings!r}).read_text())
logging.basicConfig(filename=settings["log"], level=logging.DEBUG, force=True)
client = Client(settings["key"], settings["url"])"""
RUN = """
task = client.run(
    "Leak it", secrets=settings["secrets"], env=settings["env"], auto_execute=False
)
task"""
SHOW = """
print(task, task.task_id, task.status, task.content, task.timeline, task.tool_calls)
print(task.decisions, task.error, client, client.tasks(), client.get(task.task_id))"""
PLANT = """
logging.getLogger("sigmic_jupyter").debug(settings["env"]["CANARY"])
os.write(2, settings["env"]["CANARY"].encode())"""
CELLS = [CONNECT, RUN, SHOW, "%xmode Verbose\ntask.result", "client.attach(task.task_id)", PLANT]


@pytest.fixture
def service() -> Iterator[simulator.Simulator]:
    with simulator.start(speed=10) as running:
        yield running


@pytest.fixture
def settings(service: simulator.Simulator, tmp_path: pathlib.Path) -> dict[str, Any]:
    """What the notebook reads; secrets that every form writes otherwise, and a canary like them."""
    odd = [f'{secrets.token_hex(8)}"\\/ö+%& <{secrets.token_hex(8)}>' for _ in range(2)]
    return {
        "key": service.api_key,
        "url": service.base_url,
        "log": str(tmp_path / "kernel.log"),
        "env": {"CANARY": odd[0]},
        "secrets": {
            "PASSWORD": odd[1],
            "TOKEN": secrets.token_hex(16),
            "PRIVATE": f"-----BEGIN KEY-----\n{secrets.token_hex(32)}\n-----END KEY-----",
        },
    }


def test_a_whole_run(settings: dict[str, Any], tmp_path: pathlib.Path, page: Page) -> None:
    """The saved notebook, all frames, the page and all logs have the canary and nothing else."""
    frames: dict[str, list[bytes]] = {"sent": [], "received": []}
    page.on("websocket", lambda socket: record(socket, frames))
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(settings))
    folder = tmp_path / "lab"
    folder.mkdir()
    with jupyterlab(folder, settings=SAVE_WIDGETS, log_level="DEBUG") as lab:
        cells = [cell.format(settings=str(file)) if cell is CONNECT else cell for cell in CELLS]
        opened = lab.open(page, "leaks", cells)
        seen = play(opened)
        opened.command("docmanager:save")
    written = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    places = {
        **written,
        "kernel.log": (tmp_path / "kernel.log").read_bytes(),
        "page": "\n".join(seen).encode(),
        **{name: b"\n".join(payloads) for name, payloads in frames.items()},
    }

    canary = found(settings["env"]["CANARY"], places)
    for place in ("leaks.ipynb", "received", "page"):
        assert {form for where, form in canary if where == place} == set(
            forms(settings["env"]["CANARY"])
        )
    assert {"kernel.log", "jupyterlab.log"} <= {place for place, _ in canary}
    assert b"client.attach(task.task_id)" in places["sent"]
    assert b"widget-state" in places["leaks.ipynb"]
    for name, value in {"key": settings["key"], **settings["secrets"]}.items():
        assert found(value, places) == set(), name


def record(socket: Any, frames: dict[str, list[bytes]]) -> None:
    """Keep whatever goes over a socket."""
    for name, kept in frames.items():
        socket.on(
            f"frame{name}",
            lambda payload, kept=kept: kept.append(
                payload.encode() if isinstance(payload, str) else payload
            ),
        )


def play(opened: Notebook) -> list[str]:
    """Run it all, approve every call, open every row; what the page had, text and source."""
    seen = []

    def look() -> None:
        seen.extend([opened.page.inner_text("body"), opened.page.content()])

    opened.run(0)
    opened.run(1)
    view = opened.task(1)
    for number in range(1, CALLS + 1):
        approve(view, look)
        expect(view.locator(".sigmic-decision--approved")).to_have_count(number, timeout=END_MS)
    expect(view.locator(".sigmic-status")).to_have_text("Failed", timeout=END_MS)
    for index in range(2, len(CELLS)):
        opened.run(index)
    expect(opened.task(4).locator(".sigmic-status")).to_have_text("Failed", timeout=END_MS)
    for index in (1, 4):
        opened.task(index).evaluate(
            "view => { for (const row of view.querySelectorAll('details')) row.open = true; }"
        )
        expect(opened.task(index)).to_contain_text("CANARY")
    look()
    return seen


def approve(view: Locator, look: Callable[[], None]) -> None:
    """Approve the call that waits, its raw arguments seen."""
    waiting = card(view)
    look()
    button(waiting, "Raw").click()
    look()
    gate = waiting.get_by_role("checkbox", name=re.compile("I have seen all"))
    if gate.count():
        gate.check()
    button(waiting, "Approve once").click()
