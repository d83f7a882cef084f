"""A long answer, of which only what is in sight is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Notebook
    from playwright.sync_api import Locator

    from sigmic_jupyter.simulator.agent import Agent

pytestmark = pytest.mark.browser

END_MS = 30_000
SECTIONS = 300
WIDE = "wide " * 100
TEXT = "".join(f"## Section {n}\n\nWords of {n}.\n\n```\n{WIDE}\n```\n\n" for n in range(SECTIONS))
SCROLLED_PX = 120

# Whether the first part is laid out.
IS_LAID_OUT = """([box, laidOut]) => laidOut === box.querySelector(".sigmic-markdown__part > *")
  .checkVisibility({ contentVisibilityAuto: true })"""
# In which the page has been told of what is in sight, and has taken what follows from it.
FRAMES = """async () => {
  for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame);
}"""
FIRST_CODE = ".sigmic-markdown__part:first-child .sigmic-code__text"


async def _write(agent: Agent) -> None:
    await agent.say(TEXT, chunk=len(TEXT))


@pytest.fixture
def service() -> Iterator[simulator.Simulator]:
    """A simulator whose agent writes a long answer."""
    with simulator.start(script=_write) as running:
        yield running


@pytest.fixture
def box(notebook: Callable[..., Notebook]) -> Locator:
    """The scrolling box of an answer that has ended."""
    opened = notebook('task = client.run("Write")\ntask')
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)
    expect(view.locator(".sigmic-markdown__part")).to_have_count(5)
    return view.locator(".sigmic-answer__scroll")


def scroll(box: Locator, place: Literal["top", "end"]) -> None:
    """Put the answer's beginning or end in sight."""
    box.evaluate("(box, top) => box.scrollTo(0, top ? 0 : box.scrollHeight)", place == "top")
    box.evaluate(FRAMES)


def wait_for(box: Locator, *, laid_out: bool) -> None:
    """Wait until the first part is laid out, or is not."""
    box.page.wait_for_function(IS_LAID_OUT, arg=[box.element_handle(), laid_out], timeout=END_MS)
    box.evaluate(FRAMES)


def test_what_was_out_of_sight_is_as_the_reader_left_it(box: Locator) -> None:
    """Code that was pulled aside still is, in the same element, when it comes back in sight."""
    scroll(box, "top")
    code = box.locator(FIRST_CODE).first
    element = code.element_handle()
    code.evaluate("(code, px) => code.scrollTo(px, 0)", SCROLLED_PX)

    scroll(box, "end")
    wait_for(box, laid_out=False)
    scroll(box, "top")
    wait_for(box, laid_out=True)

    assert code.evaluate("(code, before) => code === before", element)
    box.page.wait_for_function("([code, px]) => code.scrollLeft === px", arg=[element, SCROLLED_PX])


def test_what_is_selected_stays_so_out_of_sight(box: Locator) -> None:
    """A reader may select here and look there before they copy."""
    scroll(box, "top")
    box.locator("p").first.evaluate("words => getSelection().selectAllChildren(words)")

    scroll(box, "end")
    expect(box.locator("p").last).to_be_in_viewport()

    assert box.page.evaluate("getSelection().toString().trim()") == "Words of 0."


def test_what_is_out_of_sight_is_found(box: Locator) -> None:
    """The browser's search looks through all of the answer."""
    scroll(box, "end")
    wait_for(box, laid_out=False)

    assert box.page.evaluate("find('Words of 17.', true, true)")

    assert box.page.evaluate("getSelection().toString()") == "Words of 17."
    assert not box.page.evaluate("find(`Words of ${-1}.`, true, true)")
