"""A conversation in JupyterLab: the follow-up box, files, keys, and what stays above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lab import Notebook

pytestmark = pytest.mark.browser

END_MS = 60_000


def test_a_conversation_goes_on_below(notebook: Callable[..., Notebook], tmp_path: Path) -> None:
    """A message with a file is sent by Enter; its turn runs below, and what was stays above."""
    opened = notebook(
        'task = client.run("Hello")\ntask',
        "for said in task.conversation:\n"
        "    print(said['role'], said['files'], len(said['content']) > 1)",
    )
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)
    first = view.locator(".sigmic-answer").inner_text()
    box = view.get_by_role("textbox", name="Message to the agent")
    notes = tmp_path / "notes.txt"
    notes.write_bytes(b"n" * 3_000_000)
    # By its path: bytes would come with an event that no person's choice makes.
    view.locator("input[type=file]").set_input_files(notes)
    expect(view.locator(".sigmic-attached")).to_contain_text("notes.txt3 MB")

    box.fill("And now,")
    box.press("Shift+Enter")
    box.press_sequentially("what is there?")
    expect(box).to_have_value("And now,\nwhat is there?")
    box.press("Enter")

    expect(view.locator(".sigmic-said")).to_contain_text("what is there?")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    expect(view.locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)
    answers = view.locator(".sigmic-answer")
    expect(answers).to_have_count(2)
    assert answers.first.inner_text() == first
    expect(answers.last).to_contain_text("uploads/notes.txt")
    expect(view.locator(".sigmic-timeline")).to_have_count(2)
    printed = opened.run(2).locator(".jp-OutputArea-output").inner_text()
    assert printed.split("\n")[:4] == [
        "user [] True",
        "assistant [] True",
        "user ['notes.txt'] True",
        "assistant [] True",
    ]
