"""The list of tasks in real JupyterLab: found, opened in place, decided on, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nbformat
import pytest
from approving import button, card, decisions, settled
from lab import jupyterlab
from nbclient import NotebookClient
from playwright.sync_api import expect
from test_accessibility import violations

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable, Iterator

    from fault_proxy import FaultProxy
    from lab import Notebook
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

SHOW = "from sigmic_jupyter import browse\nbrowse()"
BROWSE = "from sigmic_jupyter import browse\nbrowser = browse(client)\nbrowser"


@pytest.fixture
def service() -> Iterator[simulator.Simulator]:
    """A service with tasks of the days before."""
    with simulator.start(speed=4, history=230) as running:
        yield running


def listed(notebook: Notebook, cell: int = 1) -> Locator:
    return notebook.cell(cell).locator(".sigmic-tasks")


def test_more_comes_on_the_way_down(notebook: Callable[..., Notebook]) -> None:
    """At first 50; the next ones when the end is near, or by the button."""
    opened = notebook(BROWSE)
    opened.run(1)
    view = listed(opened)
    expect(view.locator("h3 + p")).to_have_text("230, newest activity first")
    expect(view.locator("output")).to_have_text("50 of 230 shown")

    view.locator("tr").last.scroll_into_view_if_needed()

    expect(view.locator("output")).to_have_text("100 of 230 shown")
    view.get_by_role("button", name="Show 50 more").press("Enter")
    expect(view.locator("output")).to_have_text("150 of 230 shown")
    expect(view.locator("tr")).to_have_count(151)


def test_the_filter_says_how_far_it_has_looked(notebook: Callable[..., Notebook]) -> None:
    """By words and status, beyond what was fetched; a reload of the page leaves it in force."""
    opened = notebook(BROWSE)
    opened.run(1)
    view = listed(opened)
    field = view.get_by_placeholder("Filter by message, status or id")
    field.press_sequentially("invoices")
    view.get_by_label("Status").select_option("Failed")

    expect(view.locator("output")).to_have_text("5 tasks match; searched 230 of 230")
    expect(view.locator("td:nth-child(1)")).to_have_text(["Failed"] * 5)
    expect(view.locator("td:nth-child(2)")).to_have_text([re.compile("invoices")] * 5)
    field.press("Shift+Enter")
    expect(opened.cell(1).locator(".jp-InputPrompt")).to_have_text("[2]:")
    opened.command("docmanager:save")
    opened.page.reload(wait_until="domcontentloaded")
    opened.ready()
    expect(view.locator("output")).to_have_text("5 tasks match; searched 230 of 230")
    expect(field).to_have_value("invoices")
    expect(view.get_by_label("Status")).to_have_value("failed")


def test_a_task_is_opened_decided_on_and_left(
    notebook: Callable[..., Notebook], service: simulator.Simulator
) -> None:
    """It is the task's real widget: what is approved there runs. Back in the list, it is told."""
    service.client().run("Hello", auto_execute=False)
    opened = notebook(BROWSE, "browser.task.wait().status")
    opened.run(1)
    cell, view = opened.cell(1), listed(opened)

    row = view.get_by_role("button", name="Hello")
    expect(row).to_be_enabled()
    row.press("Enter")

    expect(view).to_be_hidden()
    expect(cell.get_by_role("button", name="All tasks")).to_be_focused()
    expect(cell.locator("nav code")).to_have_text(re.compile(r'attach\("[-0-9a-f]{36}"\)'))
    card(cell)
    button(cell, "Approve once").click()
    settled(cell, "approved")
    expect(opened.run(2).locator(".jp-OutputArea-output")).to_have_text("'completed'")

    cell.get_by_role("button", name="All tasks").press("Enter")

    expect(row).to_be_focused()
    expect(view.locator("tr", has_text="Hello")).to_contain_text("Completed")
    expect(cell.locator("article")).to_have_count(0)
    assert decisions(service) == ["proceed_once"]


def test_without_a_connection_it_can_be_tried_again(
    notebook: Callable[..., Notebook], proxy: FaultProxy
) -> None:
    """The problem is said in the place of the list, and Retry brings it."""
    opened = notebook(BROWSE, base_url=proxy.base_url)
    view = listed(opened)
    with proxy.down():
        opened.run(1)
        expect(view.locator(".sigmic-problem__title")).to_have_text("The service cannot be reached")

    view.get_by_role("button", name="Retry").click()

    expect(view.locator("output")).to_have_text("50 of 230 shown")
    expect(view.locator(".sigmic-problem")).to_have_count(0)


@pytest.mark.parametrize("widgets", [True, False])
def test_a_saved_notebook_has_the_list(
    page: Page,
    service: simulator.Simulator,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    widgets: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    """Run by nbclient: with widgets as it was, and nothing to press; without them as a table."""
    monkeypatch.setenv("SIGMIC_API_KEY", service.api_key)
    monkeypatch.setenv("SIGMIC_BASE_URL", service.base_url)
    saved = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SHOW)])
    NotebookClient(saved, timeout=60).execute()
    nbformat.write(saved, tmp_path / "saved.ipynb")

    with jupyterlab(tmp_path, widgets=widgets) as lab:
        lab.trust("saved")
        cell = lab.open(page, "saved").cell(0)
        rows = cell.locator(".sigmic-tasks tr" if widgets else ".jp-RenderedHTMLCommon tr")
        expect(rows).to_have_count(51)
        expect(rows.nth(2)).to_contain_text("Failed")
        if widgets:
            expect(cell.locator("output")).to_have_text("Browsing needs a running kernel.")
            expect(cell.get_by_role("button", name="Draft the release").first).to_be_disabled()
        else:
            expect(cell).to_contain_text("Tasks: 50 of 230 shown as of")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_nothing(notebook: Callable[..., Notebook], theme: str, width: int) -> None:
    """In both themes, wide and narrow; with the list, and with a task open."""
    opened = notebook(BROWSE)
    opened.use_theme(theme)
    opened.page.set_viewport_size({"width": width, "height": 1000})
    opened.command("application:toggle-left-area")
    opened.run(1)
    view = listed(opened)
    expect(view.locator("output")).to_have_text("50 of 230 shown")
    assert violations(opened) == []
    assert opened.page.evaluate(
        """() => [...document.querySelectorAll(".sigmic-tasks > *")].every(
          each => each.scrollWidth <= each.offsetWidth)"""
    )

    view.get_by_role("button", name="Draft the release notes").first.click()

    expect(opened.cell(1).locator("article .sigmic-status--completed")).to_be_visible()
    assert violations(opened) == []
