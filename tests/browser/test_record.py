"""Notebooks that were run elsewhere, opened where nothing of that run is left."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import nbformat
import pytest
from lab import jupyterlab
from nbclient import NotebookClient
from playwright.sync_api import expect

if TYPE_CHECKING:
    from lab import Lab
    from playwright.sync_api import Page

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser

NOTEBOOKS = pathlib.Path(__file__).parents[2] / "notebooks"
EXAMPLE = "02-approvals"
# The record rather than the live view, which a page loads from a public server.
RECORD_FIRST = "--NbConvertBase.display_data_priority=['text/html', 'text/markdown', 'text/plain']"


@pytest.fixture
def executed(
    service: Simulator, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> pathlib.Path:
    """A folder with the example as nbclient has run and stored it."""
    monkeypatch.setenv("SIGMIC_API_KEY", service.api_key)
    monkeypatch.setenv("SIGMIC_BASE_URL", service.base_url)
    folder = tmp_path / "notebooks"
    shutil.copytree(NOTEBOOKS, folder)
    path = folder / f"{EXAMPLE}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=60, resources=resources).execute()
    nbformat.write(notebook, path)
    return folder


def test_the_record_is_shown_without_widgets(page: Page, executed: pathlib.Path) -> None:
    """Answer, decisions and who made them are on screen, without script or request elsewhere."""
    with jupyterlab(executed, widgets=False) as lab:
        lab.trust(EXAMPLE)
        elsewhere = watch_requests(page, lab)
        opened = lab.open(page, EXAMPLE)
        shown = opened.cell(3).locator(".jp-RenderedHTMLCommon")

        expect(shown).to_contain_text("Completed")
        expect(shown).to_contain_text("Revenue by region")
        expect(shown).to_contain_text("Approved")
        expect(shown).to_contain_text("policy only_downloads")
        expect(opened.task(3)).to_have_count(0)
    assert elsewhere == []


def test_the_stored_state_is_rendered_again(page: Page, executed: pathlib.Path) -> None:
    """Where there are widgets, the view shows the final state, though its kernel is gone."""
    with jupyterlab(executed) as lab:
        lab.trust(EXAMPLE)
        view = lab.open(page, EXAMPLE).task(3)

        expect(view.locator(".sigmic-status")).to_have_text("Completed")
        expect(view.locator(".sigmic-answer")).to_contain_text("Revenue by region")
        expect(view.locator(".sigmic-decision").first).to_contain_text("only_downloads")


def test_an_exported_page_shows_the_record(page: Page, executed: pathlib.Path) -> None:
    """A page made by `nbconvert --execute` has the record in it, for readers without a network."""
    subprocess.run(
        [
            *(sys.executable, "-m", "nbconvert", "--to", "html", "--execute", RECORD_FIRST),
            f"{EXAMPLE}.ipynb",
        ],
        check=True,
        capture_output=True,
        cwd=executed,
        env=os.environ,
    )
    page.goto((executed / f"{EXAMPLE}.html").as_uri(), wait_until="domcontentloaded")
    record = page.locator(".jp-RenderedHTMLCommon", has_text="Completed").last

    expect(record).to_be_visible()
    expect(record).to_contain_text("Revenue by region")
    expect(record).to_contain_text("policy only_downloads")


def watch_requests(page: Page, lab: Lab) -> list[str]:
    """A list that gets every address asked for which is neither the server's nor the page's own."""
    elsewhere: list[str] = []
    own = (lab.address, lab.address.replace("http", "ws", 1), "data:", "blob:")
    page.on(
        "request",
        lambda request: None if request.url.startswith(own) else elsewhere.append(request.url),
    )
    return elsewhere
