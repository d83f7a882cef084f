"""A click that makes the running cell go on: in JupyterLab, while the kernel is busy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook
    from playwright.sync_api import Locator

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser

END_MS = 30_000
RUN = 'client.run("Think about this", auto_execute=False)'


def approve_all(notebook: Notebook, cell: int, count: int) -> None:
    """Click *Always* on the first card of each task, so that it runs to its end."""
    for index in range(count):
        card = notebook.task(cell).nth(index).locator(".sigmic-approval").first
        expect(card).to_be_visible(timeout=END_MS)
        card.get_by_role("button", name="Always…").click()
        card.get_by_role("button", name="Approve for this session").click()


def printed(cell: Locator) -> Locator:
    return cell.locator(".jp-OutputArea-output[data-mime-type*=stdout]")


@pytest.mark.parametrize(
    "first",
    [
        f"task = {RUN}\ndisplay(task)\ntask.wait()\nNone",
        f"task = {RUN}\ntask.wait()\nNone",
        f"task = {RUN}\ndisplay(task)\nawait task\nNone",
    ],
    ids=["wait", "wait-unshown", "await"],
)
def test_run_all_goes_on_after_the_click(
    notebook: Callable[..., Notebook], service: Simulator, first: str
) -> None:
    """The first cell holds until the person has decided; the second uses the result."""
    opened = notebook(first, "print(task.status, len(task.result) > 0)")
    opened.command_soon("notebook:run-all-cells")
    expect(opened.cell(1).locator(".jp-InputPrompt")).to_have_text("[*]:")
    expect(opened.cell(2).locator(".jp-InputPrompt")).to_have_text("[*]:")

    approve_all(opened, 1, 1)

    expect(printed(opened.cell(2))).to_have_text("completed True", timeout=END_MS)
    outcomes = [r.json["outcome"] for r in service.requests if r.path.endswith("/approve")]
    assert outcomes == ["proceed_always"]


def test_three_tasks_in_one_cell(notebook: Callable[..., Notebook]) -> None:
    """Several tasks are waited for at once, and each is decided by its own click."""
    opened = notebook(
        f"from sigmic_jupyter import wait\ntasks = [{RUN} for _ in range(3)]\n"
        "display(*tasks)\ndone, not_done = wait(tasks)\n"
        "print(sorted(task.status for task in done), len(not_done))",
        "print('after')",
    )
    opened.command_soon("notebook:run-all-cells")

    approve_all(opened, 1, 3)

    expect(printed(opened.cell(1))).to_have_text(
        "['completed', 'completed', 'completed'] 0", timeout=END_MS
    )
    expect(printed(opened.cell(2))).to_have_text("after")


def test_a_click_while_another_cell_runs(
    notebook: Callable[..., Notebook], service: Simulator
) -> None:
    """While a cell that has nothing to do with it is busy, the click reaches the service."""
    opened = notebook(
        f"task = {RUN}\ntask",
        "import time\n"
        "while [decision['state'] for decision in task.decisions] != ['confirmed']:\n"
        "    time.sleep(0.01)\n"
        "print('decided')",
    )
    opened.run(1)
    card = opened.task(1).locator(".sigmic-approval").first
    expect(card).to_be_visible()
    opened.run(2, wait=False)
    expect(opened.cell(2).locator(".jp-InputPrompt")).to_have_text("[*]:")

    card.get_by_role("button", name="Reject", exact=True).click()

    expect(printed(opened.cell(2))).to_have_text("decided", timeout=END_MS)
    assert [r.json["outcome"] for r in service.requests if r.path.endswith("/approve")] == [
        "cancel"
    ]


def test_an_interrupt_ends_the_wait(notebook: Callable[..., Notebook]) -> None:
    """Interrupting the kernel ends the wait, not the task."""
    opened = notebook(f"task = {RUN}\ndisplay(task)\ntask.wait()", "print(task.status)")
    opened.run(1, wait=False)
    expect(opened.task(1).locator(".sigmic-approval").first).to_be_visible()

    opened.command("notebook:interrupt-kernel")

    expect(opened.cell(1)).to_contain_text(re.compile("KeyboardInterrupt"))
    expect(printed(opened.run(2))).to_have_text("awaiting_approval")
