"""The cards of calls that had better be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from approving import END_MS, RUN, button, card, decisions, get, settled, start, tasks
from inbound import Inbound
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook
    from playwright.sync_api import Locator, Page

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser

UPLOAD = 'task = client.run("Upload it", auto_execute=False)\ntask'
LOOK_AGAIN = "This call changed, look again"


@pytest.fixture
def view(notebook: Callable[..., Notebook]) -> Locator:
    """Two calls wait: a long command, and an address whose host is not what it seems."""
    found = start(notebook(UPLOAD))
    card(found, 1)
    return found


def gate(found: Locator) -> Locator:
    return found.get_by_role("checkbox", name=re.compile("I have seen all"))


def test_the_gate(view: Locator, service: Simulator) -> None:
    """What does not fit is not approved unseen: neither alone, nor always, nor with others."""
    command = card(view)
    guarded = [button(command, "Approve once"), button(command, "Always…")]
    approve_all = button(view, "Approve all (2)")
    for each in (*guarded, approve_all):
        expect(each).to_be_disabled()
        each.click(force=True)
    expect(button(command, "Reject")).to_be_enabled()
    assert decisions(service) == []

    gate(command).check()

    for each in (*guarded, approve_all):
        expect(each).to_be_enabled()
    gate(command).uncheck()
    expect(guarded[0]).to_be_disabled()
    command.locator(".sigmic-args__scroll").hover()
    view.page.mouse.wheel(0, 100_000)
    expect(gate(command)).to_be_checked()
    guarded[0].click()
    expect(view.locator(".sigmic-decision--approved")).to_have_count(1)
    assert decisions(service) == ["proceed_once"]


def test_what_is_hidden_is_shown(view: Locator) -> None:
    """Hidden characters are counted tokens, hosts told as they are sent, JSON one press away."""
    command, fetch = card(view), card(view, 1)
    expect(command).to_contain_text("3 hidden characters")
    expect(command).to_contain_text("\u27e6U+202E\u27e7gro.elpmaxe\u27e6U+202C\u27e7")
    expect(command).to_contain_text("\u27e6U+200B\u27e7")
    expect(command).to_contain_text("as it is sent: files.xn--exmple-4nf.org")
    expect(fetch).to_contain_text("kurse.xn--bcher-kva.example")
    expect(fetch).to_contain_text("9007199254740993")
    expect(fetch).to_contain_text("1.0")

    button(fetch, "Raw").click()

    raw = fetch.locator(".sigmic-args__raw")
    expect(raw).to_contain_text('"url": "https://kurse.b\u00fccher.example/ecb/2026-03.csv"')
    expect(raw).to_contain_text('"timeout_s": 1.0')
    button(fetch, "Laid out").click()
    expect(raw).to_have_count(0)


def test_approve_all(view: Locator, service: Simulator) -> None:
    """*Approve all* sends a decision for each call on screen; the next batch is asked for anew."""
    gate(card(view)).check()

    button(view, "Approve all (2)").click()

    expect(view.locator(".sigmic-decision--approved")).to_have_count(2, timeout=END_MS)
    assert decisions(service) == ["proceed_once"] * 2
    button(view, "Approve all (3)").click(timeout=END_MS)
    expect(view.locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)
    assert decisions(service) == ["proceed_once"] * 5
    statuses = [call["status"] for call in get(service)["output"]["toolCalls"]]
    assert statuses == ["success", "error", "success", "success", "success"]


def test_approve_all_is_about_what_was_shown(
    notebook: Callable[..., Notebook], service: Simulator, page: Page
) -> None:
    """A call among them that changed meanwhile is not approved with the others."""
    inbound = Inbound(page)
    view = start(notebook(UPLOAD))
    card(view, 1)
    gate(card(view)).check()
    inbound.hold()
    service.change_call(tasks(service)[-1], "call_002", {"url": "https://other.example"})

    button(view, "Approve all (2)").click()
    inbound.release()

    expect(view.locator(".sigmic-decision--approved")).to_have_count(1, timeout=END_MS)
    expect(view.locator(".sigmic-approval")).to_contain_text(LOOK_AGAIN)
    expect(view.locator(".sigmic-approval")).to_contain_text("other.example")
    assert inbound.decisions == 2
    assert decisions(service) == ["proceed_once"]


def test_reject_with_a_reason(notebook: Callable[..., Notebook], service: Simulator) -> None:
    """The call is rejected at once; the reason follows as a message, and the card tells of both."""
    view = start(notebook(RUN))
    button(view, "Reject with a reason…").click()
    reason = view.get_by_role("textbox", name="Your reason, for the agent")
    reason.fill("Keep the archive.")
    reason.press("Enter")
    reason.press("Shift+Enter")
    assert decisions(service) == []

    button(view.locator(".sigmic-approval"), "Reject").click()

    settled(view, "rejected")
    decision = view.locator(".sigmic-decision")
    expect(decision).to_contain_text("The call was cancelled.")
    expect(decision).to_contain_text("Your reason was sent as a message", timeout=END_MS)
    expect(decision).to_contain_text("Keep the archive.")
    assert decisions(service) == ["cancel"]
    (message,) = [r.json["message"] for r in service.requests if r.path.endswith("/messages")]
    assert "Keep the archive." in message


def test_expired(notebook: Callable[..., Notebook], service: Simulator) -> None:
    """Where the task ends before anybody decided, the card goes, and the decision is nobody's."""
    view = start(notebook(RUN.replace("Hello", "Expire")))

    expect(view.locator(".sigmic-decision")).to_contain_text("Expired", timeout=END_MS)
    expect(view.locator(".sigmic-approval")).to_have_count(0)
    expect(view.locator(".sigmic-status")).to_have_text("Failed")
    assert decisions(service) == []
