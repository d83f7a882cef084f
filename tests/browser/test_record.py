"""A notebook that was run elsewhere, opened where no widget can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from lab import jupyterlab
from nbclient import NotebookClient
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from sigmic_jupyter.simulator import Simulator

pytestmark = pytest.mark.browser


def test_the_record_is_shown_without_widgets(
    page: Page, service: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Answer, decisions and who made them are on screen, without script or request elsewhere."""
    folder = tmp_path_factory.mktemp("record")
    cells = [
        f"""from sigmic_jupyter import Client
client = Client({service.api_key!r}, {service.base_url!r}, policy={{"*": "once"}})""",
        "task = client.run('Think about this', auto_execute=False)\ntask",
        "task.wait()\nNone",
    ]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    NotebookClient(notebook, timeout=60).execute()
    nbformat.write(notebook, folder / "record.ipynb")
    elsewhere: list[str] = []

    with jupyterlab(folder, widgets=False) as lab:
        lab.trust("record")
        page.on(
            "request",
            lambda request: (
                request.url.startswith((lab.address, "data:", "blob:"))
                or elsewhere.append(request.url)
            ),
        )
        opened = lab.open(page, "record")
        shown = opened.cell(1).locator(".jp-RenderedHTMLCommon")

        expect(shown).to_contain_text("Completed")
        expect(shown).to_contain_text("There are 1,229 primes below 10,000")
        expect(shown).to_contain_text("Approved")
        expect(opened.task(1)).to_have_count(0)
        page.screenshot(path=str(folder / "record.png"), full_page=True)
    assert [url for url in elsewhere if not url.startswith("ws://127.0.0.1")] == []
