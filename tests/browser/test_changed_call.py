"""What changed after it was shown is not decided by a click on what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from approving import (
    END_MS,
    RUN,
    button,
    card,
    decisions,
    get,
    methods,
    settled,
    start,
    tasks,
    until,
)
from inbound import Inbound
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook
    from playwright.sync_api import Page

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser

LOOK_AGAIN = "This call changed, look again"


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("Approve once", {"args": {"path": "changed"}}),
    ("Reject", {"args": {"path": "changed"}}),
    ("Approve once", {"tool_name": "changed"}),
]


def test_changed_between_sight_and_click(
    notebook: Callable[..., Notebook], service: Simulator, page: Page
) -> None:
    """The click is refused and nothing is sent; the card shows what is new, and then decides it."""
    inbound = Inbound(page)
    opened = notebook(*[RUN] * len(CHANGES))
    for index, (pressed, change) in enumerate(CHANGES, start=1):
        view = start(opened, index)
        inbound.hold()
        service.change_call(tasks(service)[-1], "call_001", **change)

        button(view, pressed).click()
        inbound.release()

        changed = view.locator(".sigmic-approval")
        expect(changed).to_contain_text(LOOK_AGAIN, timeout=END_MS)
        expect(changed).to_contain_text("was not sent")
        assert len(decisions(service)) == index - 1
        button(card(view), pressed).click()
        settled(view, "rejected" if pressed == "Reject" else "approved")
        assert len(decisions(service)) == index
        (call,) = get(service)["output"]["toolCalls"]
        assert "changed" in {call["toolName"], call["args"]["path"]}
    assert inbound.decisions == 2 * len(CHANGES)


def test_changed_while_the_button_is_held_down(
    notebook: Callable[..., Notebook], service: Simulator, page: Page
) -> None:
    """The kernel looks at the press, but what counts is what it knows at the click."""
    inbound = Inbound(page)
    view = start(notebook(RUN))
    looks = methods(service).count("GET")
    button(view, "Approve once").hover()
    page.mouse.down()
    until(page, lambda: methods(service).count("GET") > looks)
    inbound.hold()
    service.change_call(tasks(service)[-1], "call_001", args={"path": "changed"})
    until(page, lambda: inbound.holds(b'"changed"'))
    page.mouse.up()
    inbound.release()

    expect(view.locator(".sigmic-approval")).to_contain_text(LOOK_AGAIN, timeout=END_MS)
    assert decisions(service) == []
    button(card(view), "Approve once").click()
    settled(view, "approved")
    assert get(service)["output"]["toolCalls"][0]["args"] == {"path": "changed"}


def test_changed_in_sight(notebook: Callable[..., Notebook], service: Simulator) -> None:
    """A call that changes before the reader's eyes is marked as one to look at again."""
    view = start(notebook(RUN))

    service.change_call(tasks(service)[-1], "call_001", {"path": "downloads"})

    changed = view.locator(".sigmic-approval")
    expect(changed).to_contain_text(LOOK_AGAIN, timeout=END_MS)
    expect(changed).to_contain_text("downloads")
    button(card(view), "Approve once").click()
    settled(view, "approved")
    assert decisions(service) == ["proceed_once"]


EXACT = {
    9007199254740993: "9007199254740993",
    1.0: "1.0",
    "a\ud800b": "a\u27e6U+D800\u27e7b",
    "\u202egro.elpmaxe": "\u27e6U+202E\u27e7gro.elpmaxe",
}


def test_exact(notebook: Callable[..., Notebook], service: Simulator) -> None:
    """What a browser would round, or could not carry, is shown exactly, and decided as shown."""
    opened = notebook(*[RUN] * len(EXACT))
    for index, (path, shown) in enumerate(EXACT.items(), start=1):
        view = start(opened, index)
        service.change_call(tasks(service)[-1], "call_001", {"path": path})
        expect(view.locator(".sigmic-approval")).to_contain_text(shown, timeout=END_MS)

        button(card(view), "Approve once").click()

        settled(view, "approved")
        assert decisions(service) == ["proceed_once"] * index
