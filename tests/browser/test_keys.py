"""Keys pressed in a view stay in it, and the focus does not fall out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser

# In JupyterLab's command mode these cut, delete, run, convert and insert cells, and restart.
SHORTCUTS = ["x", "d", "d", "Control+Enter", "Alt+Enter", "Shift+Enter", "m", "a", "b", "0", "0"]
CELLS = "() => jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.type)"
IN_VIEW = "() => document.activeElement.closest('.sigmic') !== null"


def test_shortcuts_of_the_notebook_are_not_reached(
    notebook: Callable[..., Notebook], service: Simulator
) -> None:
    """Whatever has the focus in a view, no key cuts, runs or changes a cell."""
    opened = notebook('task = client.run("Think about this", auto_execute=False)\ntask')
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-approval").first).to_be_visible()
    before = opened.page.evaluate(CELLS)

    for focused in (
        view.locator(".sigmic-step summary").first,
        view.locator(".sigmic-header__message"),
        view.locator(".sigmic-approval").first,
    ):
        focused.focus()
        for key in SHORTCUTS:
            opened.page.keyboard.press(key)
        assert opened.page.evaluate(IN_VIEW)

    assert opened.page.evaluate(CELLS) == before
    assert [r.path for r in service.requests if r.method == "POST"] == ["/api/v1/tasks"]
    expect(opened.page.locator(".jp-Dialog")).to_have_count(0)


def test_the_focus_stays_in_the_view(notebook: Callable[..., Notebook]) -> None:
    """Where what had the focus goes, as a card that was decided, the next Tab goes on from here."""
    opened = notebook('task = client.run("Think about this", auto_execute=False)\ntask')
    opened.run(1)
    view = opened.task(1)
    button = view.locator(".sigmic-approval").first.get_by_role("button", name="Approve once")
    expect(button).to_be_enabled()
    button.focus()

    opened.page.keyboard.press("Enter")

    expect(view.locator(".sigmic-decision--approved")).to_have_count(1)
    assert opened.page.evaluate(IN_VIEW)
