"""A long timeline, of which only what is in sight is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sigmic_jupyter import simulator
from sigmic_jupyter.simulator.agent import ScriptFailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Notebook

    from sigmic_jupyter.simulator.agent import Agent

pytestmark = pytest.mark.browser

END_MS = 30_000
CALLS = 200
WIDE = "wide " * 100
SCROLLED_PX = 60


async def _read_much(agent: Agent) -> None:
    await agent.call("write_file", path="wide.txt", content=WIDE)
    for _ in range(CALLS - 1):
        await agent.call("read_file", path="wide.txt", limit=100)
    # What failed keeps its timeline open.
    raise ScriptFailedError


@pytest.fixture
def service() -> Iterator[simulator.Simulator]:
    """A simulator whose agent calls a tool often."""
    with simulator.start(speed=1_000, script=_read_much) as running:
        yield running


def test_a_row_out_of_sight_is_as_the_reader_left_it(notebook: Callable[..., Notebook]) -> None:
    """An open row still is, its output where the reader left it, in the same element."""
    opened = notebook('task = client.run("Read")\ntask')
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-status")).to_have_text("Failed", timeout=END_MS)
    rows = view.locator(".sigmic-step--tool")
    expect(rows).to_have_count(CALLS)
    rows.nth(1).locator("summary").click()
    output = rows.nth(1).locator(".sigmic-output__text")
    element = output.element_handle()
    output.evaluate("(output, px) => output.scrollTo(px, 0)", SCROLLED_PX)

    # What has the focus, or a caret, is never skipped.
    opened.page.evaluate("document.activeElement.blur(); getSelection().empty()")
    rows.last.scroll_into_view_if_needed()
    first = view.locator(".sigmic-timeline__group > *").first.element_handle()
    laid_out = "([row, is]) => row.checkVisibility({ contentVisibilityAuto: true }) === is"
    opened.page.wait_for_function(laid_out, arg=[first, False], timeout=END_MS)
    rows.first.scroll_into_view_if_needed()
    opened.page.wait_for_function(laid_out, arg=[first, True], timeout=END_MS)

    assert output.evaluate("(output, before) => output === before", element)
    opened.page.wait_for_function(
        "([output, px]) => output.scrollLeft === px", arg=[element, SCROLLED_PX]
    )
