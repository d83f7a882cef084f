"""The words of the tests about decisions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook
    from playwright.sync_api import Locator, Page

    from sigmic_jupyter.simulator import Simulator

__all__ = [
    "END_MS",
    "RUN",
    "button",
    "card",
    "decide_by_api",
    "decisions",
    "get",
    "methods",
    "settled",
    "start",
    "tasks",
    "until",
]

END_MS = 30_000
STEP_MS = 10
# Asks for one call, and ends soon after it.
RUN = 'task = client.run("Hello", auto_execute=False)\ntask'


def decisions(service: Simulator) -> list[str]:
    """The outcomes that the service was sent, in order."""
    return [
        request.json["outcome"]
        for request in service.requests
        if request.method == "POST" and request.path.endswith("/approve")
    ]


def tasks(service: Simulator) -> list[str]:
    """The ids of the tasks that were asked for, in the order in which that began."""
    return list(
        dict.fromkeys(r.path.split("/")[4] for r in service.requests if r.path.count("/") > 3)
    )


def methods(service: Simulator) -> list[str]:
    """The methods of the requests about tasks that exist, creation apart."""
    return [r.method for r in service.requests if r.path.count("/") > 3]


def get(service: Simulator) -> dict[str, Any]:
    """The newest task as the service has it."""
    return dict(_api(service, "GET", "").json()["data"])


def decide_by_api(service: Simulator, outcome: str) -> None:
    """Decide on the first call of the newest task, as somebody else with the same key."""
    path = "/tools/call_001/approve"
    _api(service, "POST", path, json={"outcome": outcome}).raise_for_status()


def start(opened: Notebook, index: int = 1) -> Locator:
    """Run a cell that shows a task, and wait until a call of it can be decided."""
    opened.run(index)
    card(opened.task(index))
    return opened.task(index)


def card(view: Locator, index: int = 0) -> Locator:
    """The card of a call that waits; its buttons can be pressed."""
    found = view.locator(".sigmic-approval").nth(index)
    expect(button(found, "Reject")).to_be_enabled(timeout=END_MS)
    return found


def button(found: Locator, name: str) -> Locator:
    """A button by its whole name."""
    return found.get_by_role("button", name=name, exact=True)


def settled(view: Locator, look: str) -> None:
    """Wait until the view has one decision of this look, confirmed, and no card."""
    expect(view.locator(f".sigmic-decision--{look}")).to_have_count(1, timeout=END_MS)
    expect(view.locator(".sigmic-decision")).to_contain_text("confirmed")
    expect(view.locator(".sigmic-decision")).not_to_contain_text("not confirmed")
    expect(view.locator(".sigmic-approval")).to_have_count(0)


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Wait until something has happened outside of the page, whose messages go on meanwhile."""
    deadline = time.monotonic() + END_MS / 1000
    while not happened():
        assert time.monotonic() < deadline
        page.wait_for_timeout(STEP_MS)


def _api(service: Simulator, method: str, path: str, **options: Any) -> httpx.Response:
    url = f"{service.base_url}/api/v1/tasks/{tasks(service)[-1]}{path}"
    return httpx.request(method, url, headers={"X-API-Key": service.api_key}, **options)
