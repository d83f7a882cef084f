"""A notebook in real JupyterLab, beside a simulator that plays a benchmark's script."""

from __future__ import annotations

import contextlib
import itertools
import json
import pathlib
import re
import sys
import tempfile
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scripts"))

from lab import browser, jupyterlab
from playwright.sync_api import expect

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lab import Lab, Notebook
    from playwright.sync_api import Browser, Locator, Page

__all__ = ["Stage", "completed", "ran", "said", "staged"]

END_MS = 300_000
SETTINGS = {
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
    # Of one cell; more are left out.
    "@jupyterlab/notebook-extension:tracker": {"maxNumberOutputs": 200},
}
names = itertools.count()


class Stage:
    """One JupyterLab and one browser for all benchmarks of a run.

    Attributes:
        folder: What JupyterLab serves.
    """

    def __init__(self, folder: pathlib.Path, lab: Lab, chromium: Browser) -> None:
        self.folder = folder
        self._lab = lab
        self._chromium = chromium

    @contextlib.contextmanager
    def page(self) -> Iterator[Page]:
        """A page of a fresh profile."""
        context = self._chromium.new_context(viewport={"width": 1200, "height": 1000})
        yield context.new_page()
        context.close()

    @contextlib.contextmanager
    def notebook(self, *cells: str) -> Iterator[Notebook]:
        """A notebook on a page of its own."""
        with self.page() as page:
            yield self._lab.open(page, f"benchmark-{next(names)}", list(cells))

    @contextlib.contextmanager
    def task(self, script: Any, run: str, *cells: str) -> Iterator[tuple[Notebook, Any]]:
        """A notebook whose second cell has run `run` with a `client`, and its simulator."""
        with simulator.start(speed=1_000, script=script) as service:
            connect = (
                "from sigmic_jupyter import Client, wait\n"
                f"client = Client({service.api_key!r}, {service.base_url!r})"
            )
            with self.notebook(connect, run, *cells) as notebook:
                notebook.run(0)
                ran(notebook, 1)
                notebook.task(1).locator(".sigmic-status").first.wait_for(timeout=END_MS)
                yield notebook, service


@contextlib.contextmanager
def staged() -> Iterator[Stage]:
    """Start JupyterLab and Chromium, and end both. Notebooks are saved with their widgets."""
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyterlab(pathlib.Path(folder), settings=SETTINGS) as lab,
        browser() as chromium,
    ):
        yield Stage(pathlib.Path(folder), lab, chromium)


def completed(notebook: Notebook) -> None:
    """Wait until the task of the second cell has ended well."""
    status = notebook.task(1).locator(".sigmic-status").first
    expect(status).to_have_text("Completed", timeout=END_MS)


def ran(notebook: Notebook, index: int) -> Locator:
    """Run a cell to its end, however long it takes."""
    cell = notebook.run(index, wait=False)
    expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]"), timeout=END_MS)
    return cell


def said(notebook: Notebook, index: int) -> Any:
    """Run a cell, and read the JSON that it prints."""
    return json.loads(ran(notebook, index).locator(".jp-OutputArea-output pre").last.inner_text())
