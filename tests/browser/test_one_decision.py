"""Whatever comes together, a call is decided once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from approving import (
    END_MS,
    RUN,
    button,
    card,
    decide_by_api,
    decisions,
    methods,
    settled,
    start,
    tasks,
    until,
)
from faults import delay, hold, refuse
from inbound import Inbound
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from fault_proxy import Exchange, FaultProxy, Rule
    from lab import Lab, Notebook
    from playwright.sync_api import Page

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser

LONG_RUN = RUN.replace("Hello", "Think")


def test_more_than_one_press(notebook: Callable[..., Notebook], service: Simulator) -> None:
    """However often a button is pressed, it is one decision and one request."""
    opened = notebook(RUN, RUN)

    button(start(opened, 1), "Approve once").click(click_count=3)
    settled(opened.task(1), "approved")

    button(start(opened, 2), "Approve once").focus()
    for _ in range(3):
        opened.page.keyboard.press("Enter")
    settled(opened.task(2), "approved")
    assert decisions(service) == ["proceed_once"] * 2


def test_two_views(
    notebook: Callable[..., Notebook], service: Simulator, page: Page, proxy: FaultProxy
) -> None:
    """Two views of one task, pressed before either knows of the other: one request, both settle."""
    inbound = Inbound(page)
    opened = notebook(RUN, "task", base_url=proxy.base_url)
    buttons = [button(start(opened, index), "Approve once") for index in (1, 2)]
    both = threading.Event()
    proxy.rule("POST", "*/approve", delay(both), times=None)
    inbound.hold()

    for each in buttons:
        each.click()
    until(page, lambda: inbound.decisions == len(buttons))
    inbound.release()
    both.set()

    for index in (1, 2):
        settled(opened.task(index), "approved")
    assert decisions(service) == ["proceed_once"]


def test_two_browsers(
    notebook: Callable[..., Notebook],
    service: Simulator,
    new_page: Callable[[], Page],
    lab: Lab,
) -> None:
    """Two browsers on one notebook, pressed at once: the first press counts, in both."""
    opened = notebook(RUN)
    first = start(opened)
    opened.command("docmanager:save")
    other = new_page()
    inbound = Inbound(other)
    second = lab.open(other, opened.name).task(1)
    card(second)
    inbound.hold()

    button(first, "Approve once").click()
    button(second, "Reject").click()
    inbound.release()

    for view in (first, second):
        settled(view, "approved")
        expect(view.locator(".sigmic-decision")).to_contain_text("Approved once by you")
    assert inbound.decisions == 1
    assert decisions(service) == ["proceed_once"]


def test_two_kernels(
    notebook: Callable[..., Notebook],
    service: Simulator,
    new_page: Callable[[], Page],
    proxy: FaultProxy,
) -> None:
    """Two kernels that follow one task: the service takes one decision, the other is told so."""
    slow = notebook(RUN, RUN, base_url=proxy.base_url)
    for index in (1, 2):
        start(slow, index)
    quick = notebook(*[f"client.attach({task_id!r})" for task_id in tasks(service)], on=new_page())

    for index, outcome in enumerate(("Approve once", "Reject"), start=1):
        view = start(quick, index)
        overtaken = threading.Event()
        delayed = proxy.rule("POST", "*/approve", delay(overtaken))
        button(slow.task(index), outcome).click()
        until(slow.page, lambda rule=delayed: rule.struck > 0)
        button(view, "Approve once").click()
        settled(view, "approved")
        overtaken.set()

        settled(slow.task(index), "neutral")
        expect(view.locator(".sigmic-decision")).to_contain_text("Approved once by you")
        expect(slow.task(index)).to_contain_text("Already decided elsewhere")
    assert decisions(service) == ["proceed_once", "proceed_once", "proceed_once", "cancel"]


def test_the_answer_is_lost(
    notebook: Callable[..., Notebook], service: Simulator, proxy: FaultProxy
) -> None:
    """Where nobody knows whether it arrived, the card waits for the task to tell; nothing twice."""
    opened = notebook(RUN, base_url=proxy.base_url)
    view = start(opened)
    told = threading.Event()
    asked: list[Rule] = []

    def lose_answer_and_hold_the_next(exchange: Exchange) -> None:
        exchange.forward()
        asked.append(proxy.rule("GET", "*/tasks/*", hold(told), times=None))
        exchange.cut()

    proxy.rule("POST", "*/approve", lose_answer_and_hold_the_next)
    button(view, "Approve once").click()
    until(opened.page, lambda: bool(asked) and asked[0].struck > 0)

    sending = view.locator(".sigmic-approval--sending")
    expect(sending).to_contain_text("Sending your approval")
    expect(button(sending, "Approve once")).to_have_count(0)
    told.set()
    settled(view, "approved")
    expect(view.locator(".sigmic-decision")).to_contain_text("Approved once by you")
    assert decisions(service) == ["proceed_once"]


def test_the_request_is_lost(
    notebook: Callable[..., Notebook], service: Simulator, proxy: FaultProxy
) -> None:
    """Where the task tells that the call still waits, the card says so, and *Retry* sends once."""
    view = start(notebook(RUN, base_url=proxy.base_url))
    proxy.rule("POST", "*/approve", refuse)

    button(view, "Approve once").click()

    failed = view.locator(".sigmic-approval--failed")
    expect(failed).to_contain_text("did not get through", timeout=END_MS)
    assert decisions(service) == []
    button(failed, "Retry approval").click()
    settled(view, "approved")
    assert decisions(service) == ["proceed_once"]


def test_decided_by_the_api(
    notebook: Callable[..., Notebook], service: Simulator, page: Page
) -> None:
    """A decision of somebody else's settles the card, also where it is pressed just then."""
    inbound = Inbound(page)
    opened = notebook(RUN, RUN, RUN)
    outcomes = ["proceed_once", "cancel"]
    for index, outcome in enumerate(outcomes, start=1):
        view = start(opened, index)
        inbound.hold()
        decide_by_api(service, outcome)

        button(view, "Approve once").click()
        inbound.release()

        settled(view, "neutral")
        expect(view.locator(".sigmic-decision")).to_contain_text("Already decided elsewhere")
    view = start(opened, 3)
    decide_by_api(service, "proceed_once")
    settled(view, "neutral")
    assert inbound.decisions == len(outcomes)
    assert decisions(service) == [*outcomes, "proceed_once"]


def test_a_press_and_stop(
    notebook: Callable[..., Notebook], service: Simulator, proxy: FaultProxy
) -> None:
    """Whichever of a decision and *Stop* comes late, each is sent once, and the task is stopped."""
    opened = notebook(LONG_RUN, LONG_RUN, base_url=proxy.base_url)
    for index, (late, early) in enumerate((("POST", "DELETE"), ("DELETE", "POST")), start=1):
        view = start(opened, index)
        overtaken = threading.Event()
        delayed = proxy.rule(late, "*/tasks/*", delay(overtaken))

        button(view, "Approve once").click()
        button(view, "Stop").click()
        until(
            opened.page,
            lambda rule=delayed, other=early, count=index: (
                rule.struck > 0 and methods(service).count(other) == count
            ),
        )
        overtaken.set()

        expect(view.locator(".sigmic-status")).to_have_text("Cancelled", timeout=END_MS)
        expect(view.locator(".sigmic-approval")).to_have_count(0)
        expect(view.locator(".sigmic-decision")).to_have_count(1)
        assert decisions(service) == ["proceed_once"] * index
        assert methods(service).count("DELETE") == index


WITH_POLICY = """
import threading
go = threading.Event()
def patient(call):
    go.wait(30)
    return "reject"
task = client.run("Hello", auto_execute=False, policy=patient)
task"""


def test_a_press_before_the_policy(
    notebook: Callable[..., Notebook], service: Simulator, proxy: FaultProxy
) -> None:
    """A person who presses while the policy still thinks has decided; the policy comes too late."""
    opened = notebook(WITH_POLICY, "go.set()", base_url=proxy.base_url)
    view = start(opened)
    overtaken = threading.Event()
    delayed = proxy.rule("POST", "*/approve", delay(overtaken))

    button(view, "Approve once").click()
    until(opened.page, lambda: delayed.struck > 0)
    opened.run(2)
    overtaken.set()

    settled(view, "approved")
    expect(view.locator(".sigmic-decision")).to_contain_text("Approved once by you")
    assert decisions(service) == ["proceed_once"]


def test_a_policy_before_the_press(
    notebook: Callable[..., Notebook], service: Simulator, page: Page, proxy: FaultProxy
) -> None:
    """A press on a card whose call the policy has just decided changes nothing."""
    inbound = Inbound(page)
    opened = notebook(WITH_POLICY, "go.set()", base_url=proxy.base_url)
    view = start(opened)
    overtaken = threading.Event()
    delayed = proxy.rule("POST", "*/approve", delay(overtaken))
    inbound.hold()
    opened.run(2, wait=False)
    until(page, lambda: delayed.struck > 0)

    button(view, "Approve once").click()
    until(page, lambda: inbound.decisions == 1)
    inbound.release()
    overtaken.set()

    settled(view, "rejected")
    expect(view.locator(".sigmic-decision")).to_contain_text("by the policy patient")
    assert decisions(service) == ["cancel"]
