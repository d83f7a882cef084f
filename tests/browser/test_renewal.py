"""When a task ends its stored output is renewed, and the reader's view stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

END_MS = 30_000
RUN = 'task = client.run("Write a long report")\ntask'
CLOSE_MS = 1_000
FRAMES_MS = 100

STORED = """() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells[1]
  .toJSON().outputs.map(output => output.data)"""

# When the status changed, the view got another element, and the timeline closed, in milliseconds.
WATCH = """view => {
  const seen = window.seen = {};
  const place = view.parentElement.parentElement;
  const look = () => {
    const status = view.querySelector(".sigmic-status").textContent;
    if (status === "Completed") seen.ended ??= performance.now();
    if (view.isConnected && !place.contains(view)) seen.renewed ??= performance.now();
    if (view.querySelector(".sigmic-timeline")?.open === false) seen.closed ??= performance.now();
    requestAnimationFrame(look);
  };
  look();
}"""


def wait_for(page: Page, happening: str) -> None:
    """Wait until what `WATCH` looks for has been seen."""
    page.wait_for_function("name => name in window.seen", arg=happening, timeout=END_MS)


def state(view: Locator) -> dict[str, Any]:
    """What the reader has made of the view."""
    return dict(
        view.evaluate("""view => {
          const box = view.querySelector(".sigmic-answer__scroll");
          return {
            scrolled: box.scrollTop,
            height: box.offsetHeight,
            message: view.querySelector(".sigmic-header__message").ariaExpanded,
            timeline: view.querySelector(".sigmic-timeline").open,
            rows: [...view.querySelectorAll(".sigmic-step details")].map(row => row.open),
            details: view.querySelectorAll(".sigmic-details").length,
            menu: view.querySelectorAll(".sigmic-menu:popover-open").length,
            focus: document.activeElement.textContent,
          };
        }""")
    )


def test_the_view_comes_back_as_it_was(notebook: Callable[..., Notebook]) -> None:
    """Scrolling, focus and all that is open survive the renewal; the record is stored."""
    opened = notebook(RUN, "print(task.result)")
    opened.run(1)
    view = opened.task(1)
    box = view.locator(".sigmic-answer__scroll--long")
    box.wait_for(timeout=END_MS)
    view.evaluate(WATCH)
    view.get_by_role("button", name="More actions").click()
    view.get_by_role("menuitem", name="Show details").click()
    view.locator(".sigmic-step summary").first.click()
    view.locator(".sigmic-header__message").click()
    box.evaluate("box => { box.style.height = '300px'; box.scrollTop = 0; }")
    box.evaluate("box => { box.scrollTop = 40; }")
    view.get_by_role("button", name="More actions").click()
    before = state(view)

    wait_for(opened.page, "renewed")

    after = state(view)
    assert after | {"rows": after["rows"][: len(before["rows"])]} == before
    assert before | {"rows": before["rows"][:1]} == {
        "scrolled": 40,
        "height": 300,
        "message": "true",
        "timeline": True,
        "rows": [True],
        "details": 1,
        "menu": 1,
        "focus": "Copy task id",
    }
    assert opened.page.locator(".sigmic").count() == 1
    assert list(opened.page.evaluate("Object.keys(seen)")) == ["ended", "renewed"]


def test_a_selection_survives(notebook: Callable[..., Notebook]) -> None:
    """What the reader has selected is still selected when the output was renewed."""
    opened = notebook(RUN)
    opened.run(1)
    view = opened.task(1)
    paragraph = view.locator(".sigmic-markdown p").first
    paragraph.wait_for(timeout=END_MS)
    view.evaluate(WATCH)
    paragraph.evaluate("node => getSelection().selectAllChildren(node)")
    before = opened.page.evaluate("getSelection().toString()")

    wait_for(opened.page, "closed")

    assert len(before) > 0
    assert opened.page.evaluate("getSelection().toString()") == before


def test_the_record_is_stored(notebook: Callable[..., Notebook]) -> None:
    """After the end the notebook's only output holds the answer for viewers of all kinds."""
    opened = notebook(RUN, "print(task.result)")
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-answer")).to_be_visible()
    view.evaluate(WATCH)

    wait_for(opened.page, "renewed")

    (data,) = opened.page.evaluate(STORED)
    heading = opened.run(2).locator(".jp-OutputArea-output").inner_text().splitlines()[0]
    for media_type in ("text/html", "text/markdown", "text/plain"):
        assert heading.lstrip("# ") in data[media_type]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_an_untouched_timeline_closes(notebook: Callable[..., Notebook]) -> None:
    """It closes about a second after an end that was seen, though the view was made anew."""
    opened = notebook(RUN)
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-timeline")).to_have_attribute("open", "")
    view.evaluate(WATCH)

    wait_for(opened.page, "closed")

    seen = opened.page.evaluate("seen")
    assert list(seen) == ["ended", "renewed", "closed"]
    assert seen["closed"] - seen["ended"] >= CLOSE_MS - FRAMES_MS


def test_each_of_several_views_keeps_its_own(notebook: Callable[..., Notebook]) -> None:
    """What is open in one place stays there when the task ends, and when a cell runs again."""
    opened = notebook('task = client.run("Write a long report")', "task", "task")
    for index in (1, 2, 3):
        opened.run(index)
    messages = [opened.task(index).locator(".sigmic-header__message") for index in (2, 3)]
    messages[1].click()
    opened.task(3).evaluate(WATCH)

    wait_for(opened.page, "renewed")

    expect(messages[0]).to_have_attribute("aria-expanded", "false")
    expect(messages[1]).to_have_attribute("aria-expanded", "true")
    opened.run(2)
    expect(messages[0]).to_have_attribute("aria-expanded", "false")
    expect(messages[1]).to_have_attribute("aria-expanded", "true")
