"""What axe finds in the view, in both themes."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook

pytestmark = pytest.mark.browser

AXE = pathlib.Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
END_MS = 30_000


def violations(notebook: Notebook) -> list[dict[str, Any]]:
    """The rules that the view breaks, each with the elements that break it."""
    notebook.page.add_script_tag(path=AXE)
    found: list[dict[str, Any]] = notebook.page.evaluate(
        """() => axe.run(".sigmic").then(({ violations }) =>
          violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))"""
    )
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_call_that_waits(
    notebook: Callable[..., Notebook], theme: Literal["light", "dark"]
) -> None:
    """The card, with the step of *Always…* and an open row, breaks no rule."""
    opened = notebook('task = client.run("Think about this", auto_execute=False)\ntask')
    opened.use_theme(theme)
    opened.run(1)
    view = opened.task(1)
    view.get_by_role("button", name="Always…").click(timeout=END_MS)
    view.locator(".sigmic-step--tool summary").first.click()

    assert violations(opened) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_has_ended(notebook: Callable[..., Notebook], theme: Literal["light", "dark"]) -> None:
    """A long answer, a failure and a bad key break no rule, with menu and details open."""
    opened = notebook(
        'task = client.run("Write a long report")\ntask',
        'failed = client.run("Please fail")\nfailed',
        'Client("sigmic_" + "0" * 64, client.base_url).attach("no-task")',
    )
    opened.use_theme(theme)
    for index in (1, 2, 3):
        opened.run(index)
    expect(opened.task(1).locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)
    expect(opened.task(2).locator(".sigmic-status")).to_have_text("Failed", timeout=END_MS)
    opened.task(1).get_by_role("button", name="More actions").click()
    opened.task(1).get_by_role("menuitem", name="Show details").click()
    expect(opened.task(1).locator(".sigmic-details")).to_be_visible()

    assert violations(opened) == []


def test_a_conversation(notebook: Callable[..., Notebook]) -> None:
    """Two turns, a message that has a file, and the box with one attached break no rule."""
    opened = notebook(
        'task = client.run("Think about this", auto_execute=False, policy={"*": "once"})\ntask',
        'task.wait().send("And now?", files=[("notes.txt", b"A note.")])',
    )
    opened.run(1)
    opened.run(2)
    view = opened.task(1)
    expect(view.locator(".sigmic-answer")).to_have_count(2, timeout=END_MS)
    expect(view.locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)
    view.locator("input[type=file]").set_input_files(AXE)
    expect(view.locator(".sigmic-composer .sigmic-attached")).to_be_visible()

    assert violations(opened) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_files(notebook: Callable[..., Notebook], theme: Literal["light", "dark"]) -> None:
    """Rows that are open to images, tables, text and nothing, and what became of a download."""
    opened = notebook('task = client.run("Make sample files", files=[("a.txt", b"A")])\ntask')
    opened.use_theme(theme)
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-file")).to_have_count(15, timeout=END_MS)
    rows = view.locator(".sigmic-file__name")
    for index in range(15):
        rows.nth(index).click()
    view.locator(".sigmic-file__actions button").first.click()
    expect(view.locator(".sigmic-file__preview :is(img, table, pre, p)").first).to_be_visible()
    expect(view.get_by_text("Loading…")).to_have_count(0)

    assert violations(opened) == []
