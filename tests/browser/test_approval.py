"""A click in JupyterLab is what the service gets, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook
    from playwright.sync_api import Locator

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser

RUN = 'task = client.run("Think about this", auto_execute=False)\ntask'
END_MS = 30_000


def decisions(service: Simulator) -> list[str]:
    """The outcomes that the service was sent, in order."""
    return [
        request.json["outcome"]
        for request in service.requests
        if request.method == "POST" and request.path.endswith("/approve")
    ]


def first_card(view: Locator) -> Locator:
    card = view.locator(".sigmic-approval").first
    expect(card).to_be_visible()
    return card


def test_approve_once_is_one_post_and_the_call_succeeds(
    notebook: Callable[..., Notebook], service: Simulator
) -> None:
    """A double click on *Approve once* is one `proceed_once`, and the call goes on to success."""
    opened = notebook(RUN)
    opened.run(1)
    view = opened.task(1)
    card = first_card(view)
    tool = card.locator(".sigmic-approval__heading code").inner_text()

    card.get_by_role("button", name="Approve once").dblclick()

    expect(view.locator(".sigmic-decision--approved").first).to_contain_text("Approved once by you")
    expect(view.locator(".sigmic-decision--approved").first).to_contain_text(tool)
    step = view.locator(".sigmic-step--tool").first
    expect(step).to_contain_text(tool)
    expect(step).to_contain_text("succeeded")
    assert decisions(service) == ["proceed_once"]


def test_reject_cancels_the_call(notebook: Callable[..., Notebook], service: Simulator) -> None:
    """*Reject* sends `cancel`, and the call shows as cancelled."""
    opened = notebook(RUN)
    opened.run(1)
    view = opened.task(1)

    first_card(view).get_by_role("button", name="Reject", exact=True).click()

    expect(view.locator(".sigmic-decision--rejected").first).to_contain_text("Rejected by you")
    expect(view.locator(".sigmic-step--tool").first).to_contain_text("rejected")
    assert decisions(service) == ["cancel"]


def test_always_asks_once_more(notebook: Callable[..., Notebook], service: Simulator) -> None:
    """*Always…* says what it grants before it sends `proceed_always`."""
    opened = notebook(RUN)
    opened.run(1)
    view = opened.task(1)
    card = first_card(view)

    card.get_by_role("button", name="Always…").click()

    expect(card).to_contain_text("similar calls of")
    assert decisions(service) == []
    card.get_by_role("button", name="Approve for this session").click()
    expect(view.locator(".sigmic-decision--approved").first).to_be_visible()
    assert decisions(service) == ["proceed_always"]


def test_stop_cancels_the_task(notebook: Callable[..., Notebook], service: Simulator) -> None:
    """*Stop* works while a call waits, cancels the task and settles the open card."""
    opened = notebook(RUN)
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-approval").first).to_be_visible()

    view.get_by_role("button", name="Stop").click()

    expect(view.locator(".sigmic-status")).to_have_text("Cancelled", timeout=END_MS)
    expect(view.locator(".sigmic-approval")).to_have_count(0)
    assert decisions(service) == []
    assert [r.method for r in service.requests].count("DELETE") == 1
