"""The whole way, in real JupyterLab: service → kernel → cell → click → service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Notebook

pytestmark = pytest.mark.browser

END_MS = 30_000


def answer_length(notebook: Notebook, cell: int = 1) -> int:
    return len(notebook.task(cell).locator(".sigmic-answer").inner_text())


def test_answer_grows_while_the_cell_below_is_free(notebook: Callable[..., Notebook]) -> None:
    """The answer is on screen before the task ends, and meanwhile other cells run."""
    opened = notebook('task = client.run("Write a long report")\ntask', 'print("free")')
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-answer")).to_contain_text(re.compile(r"\w+ \w+"))
    first = answer_length(opened)

    below = opened.run(2)

    expect(below.locator(".jp-OutputArea-output")).to_have_text("free")
    expect(view.locator(".sigmic-status")).to_have_text("Running")
    opened.page.wait_for_function(
        "length => document.querySelector('.sigmic-answer').innerText.length > length", arg=first
    )
    expect(view.locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)
    assert answer_length(opened) > first


def test_thoughts_and_tools_appear_in_order(notebook: Callable[..., Notebook]) -> None:
    """The rows on screen are the timeline of the kernel, in its order."""
    opened = notebook(
        'task = client.run("Think about this")\ntask',
        "by_id = {call['call_id']: call for call in task.tool_calls}\n"
        "for row in task.timeline:\n"
        "    print(row.get('subject') or by_id[row['call_id']]['tool_name'])",
    )
    opened.run(1)
    view = opened.task(1)
    names = view.locator(".sigmic-step__name")
    expect(names.first).to_be_visible()
    partial = names.all_inner_texts()
    expect(view.locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)

    printed = opened.run(2).locator(".jp-OutputArea-output").inner_text().split("\n")

    shown = [text.strip() for text in names.all_text_contents()]
    assert shown == [line.strip() for line in printed if line]
    assert partial == shown[: len(partial)]
    assert 0 < len(partial) < len(shown)


def test_failing_task_shows_the_service_s_message(notebook: Callable[..., Notebook]) -> None:
    """A task that failed says so, why, and keeps what it wrote."""
    opened = notebook('task = client.run("Please fail")\ntask')
    opened.run(1)
    view = opened.task(1)

    expect(view.locator(".sigmic-status")).to_have_text("Failed", timeout=END_MS)
    expect(view.locator(".sigmic-problem__message")).to_contain_text("Sandbox stopped")
    expect(view.locator(".sigmic-answer")).not_to_be_empty()


def test_bad_key_shows_what_to_do(notebook: Callable[..., Notebook]) -> None:
    """A key that the service does not accept is explained in the cell, without the key."""
    key = "sigmic_" + "0" * 64
    opened = notebook(f'task = Client("{key}", client.base_url).attach("some-task")\ntask')
    opened.run(1)
    view = opened.task(1)

    expect(view.locator(".sigmic-problem__title")).to_contain_text("API key")
    expect(view.locator(".sigmic-problem")).to_contain_text("401")
    assert key not in view.inner_html()


def test_reload_brings_the_whole_view_back(notebook: Callable[..., Notebook]) -> None:
    """After a reload of the page the same answer and the same steps are there."""
    opened = notebook('task = client.run("Think about this")\ntask')
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-status")).to_have_text("Completed", timeout=END_MS)
    before = view.locator(".sigmic-answer").inner_text()
    steps = view.locator(".sigmic-step__name").all_text_contents()
    opened.command("docmanager:save")

    opened.page.reload(wait_until="domcontentloaded")

    opened.ready()
    expect(view.locator(".sigmic-status")).to_have_text("Completed")
    assert view.locator(".sigmic-answer").inner_text() == before
    assert view.locator(".sigmic-step__name").all_text_contents() == steps


def test_one_widget_shown_twice_is_one_comm(notebook: Callable[..., Notebook]) -> None:
    """Showing a task again adds a view, not a copy: a click in one settles both."""
    count = "import comm; print(len(comm.get_comm_manager().comms))"
    opened = notebook(
        'task = client.run("Think about this", auto_execute=False)\ntask', count, "task", count
    )
    opened.run(1)
    before = opened.run(2).locator(".jp-OutputArea-output").inner_text()
    opened.run(3)
    first, second = opened.task(1), opened.task(3)
    expect(second.locator(".sigmic-approval")).to_be_visible()

    second.get_by_role("button", name="Reject", exact=True).first.click()

    expect(first.locator(".sigmic-decision--rejected")).to_have_count(1)
    expect(second.locator(".sigmic-decision--rejected")).to_have_count(1)
    assert opened.run(4).locator(".jp-OutputArea-output").inner_text() == before


def test_a_kernel_that_was_started_anew(notebook: Callable[..., Notebook]) -> None:
    """The view says that nobody follows the task, keeps what it has, and takes no decision."""
    opened = notebook(
        'task = client.run("Summarise sales", files=[], auto_execute=False)\ntask', "1"
    )
    opened.run(1)
    view = opened.task(1)
    approve = view.get_by_role("button", name="Approve once")
    expect(approve).to_be_enabled()
    steps = view.locator(".sigmic-step").count()

    opened.page.evaluate(
        "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )

    expect(view.locator(".sigmic-problem__title")).to_contain_text("The kernel that followed")
    expect(view.locator(".sigmic-status")).to_have_text("Not connected")
    expect(approve).to_be_disabled()
    assert view.locator(".sigmic-step").count() == steps > 0
