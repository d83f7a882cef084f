"""A script of another cell's can press nothing that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from approving import END_MS, button, card, decisions, methods, start
from inbound import Inbound
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook
    from playwright.sync_api import Page

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser

# All that a script can do with elements, several times: with what a press has opened, too.
FORGE = r"""
from IPython.display import Javascript
Javascript('''
const form = document.body.appendChild(document.createElement("form"));
form.id = "forged";
form.onsubmit = (event) => event.preventDefault();
const how = { bubbles: true, cancelable: true, composed: true, view: window, detail: 1 };
const MOUSE = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "dblclick"];
const see = (view) => {
  for (const box of view.querySelectorAll("*")) {
    box.scrollTop = box.scrollHeight;
    box.dispatchEvent(new Event("scroll", how));
  }
  for (const gate of view.querySelectorAll("input[type=checkbox]")) {
    gate.closest("label").click();
    gate.checked = true;
    for (const type of ["input", "change"]) gate.dispatchEvent(new Event(type, how));
  }
};
const press = (button) => {
  button.focus();
  button.removeAttribute("aria-disabled");
  button.disabled = false;
  button.click();
  for (const type of MOUSE) {
    const kind = type.startsWith("pointer") ? PointerEvent : MouseEvent;
    button.dispatchEvent(new kind(type, how));
  }
  for (const [key, code, keyCode] of [["Enter", "Enter", 13], [" ", "Space", 32]])
    for (const type of ["keydown", "keypress", "keyup"])
      button.dispatchEvent(new KeyboardEvent(type, { ...how, key, code, keyCode, which: keyCode }));
  button.type = "submit";
  button.setAttribute("form", form.id);
  form.requestSubmit(button);
  button.removeAttribute("form");
  button.type = "button";
};
let pressed = 0;
const round = (left) => {
  for (const view of document.querySelectorAll(".sigmic")) {
    see(view);
    for (const button of view.querySelectorAll("button")) { press(button); pressed++; }
  }
  if (left > 1) setTimeout(round, 600, left - 1);
  else window.forged = pressed;
};
round(3);
''')"""


def test_nothing_is_decided(
    notebook: Callable[..., Notebook], service: Simulator, page: Page
) -> None:
    """Forged clicks, keys and forms decide and stop nothing; a person's click then does."""
    inbound = Inbound(page)
    opened = notebook('task = client.run("Upload it", auto_execute=False)\ntask', FORGE)
    view = start(opened)
    card(view, 1)

    opened.run(2)

    page.wait_for_function("window.forged > 3 * 5", timeout=END_MS)
    expect(view.locator(".sigmic-approval--asking")).to_have_count(2)
    expect(view.locator(".sigmic-decision")).to_have_count(0)
    assert inbound.decisions == 0
    assert set(methods(service)) == {"GET"}
    button(card(view), "Reject").click()
    expect(view.locator(".sigmic-decision--rejected")).to_have_count(1)
    assert decisions(service) == ["cancel"]
