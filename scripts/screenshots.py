"""Take the documentation's pictures: a task running, waiting for approval and finished."""

from __future__ import annotations

import pathlib
import tempfile
from typing import TYPE_CHECKING, Literal, get_args

from lab import browser, jupyterlab
from playwright.sync_api import expect

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Lab, Notebook
    from playwright.sync_api import Browser, Locator

Theme = Literal["light", "dark"]

IMAGES = pathlib.Path(__file__).resolve().parent.parent / "docs" / "images"
SALES = pathlib.Path(__file__).resolve().parent.parent / "notebooks" / "sales.csv"
END_MS = 60_000
WIDTH = 1000

RUN = 'task = client.run("Summarise sales.csv by region", files=["sales.csv"])\ntask'
RUN_ASKING = RUN.replace("])", "], auto_execute=False)")


def running(notebook: Notebook) -> None:
    """The answer is being written, and the timeline is above it."""
    notebook.run(1)
    expect(notebook.task(1).locator(".sigmic-markdown table")).to_be_visible(timeout=END_MS)


def approval(notebook: Notebook) -> None:
    """A call that shows real code waits, and is to be read to its end."""
    notebook.run(1)
    cards = notebook.task(1).locator(".sigmic-approval")
    for tool in ("list_directory", "read_file"):
        card = cards.filter(has_text=tool)
        card.get_by_role("button", name="Approve once").click(timeout=END_MS)
        expect(card).to_have_count(0, timeout=END_MS)
    expect(cards.filter(has_text="run_python")).to_be_visible(timeout=END_MS)


def finished(notebook: Notebook) -> None:
    """The task has ended and its timeline has closed."""
    notebook.run(1)
    view = notebook.task(1)
    expect(view.locator(".sigmic-status").first).to_have_text("Completed", timeout=END_MS)
    expect(view.locator("details.sigmic-timeline")).not_to_have_attribute("open", "")


STATES: dict[str, tuple[str, Callable[[Notebook], None]]] = {
    "running": (RUN, running),
    "approval": (RUN_ASKING, approval),
    "finished": (RUN, finished),
}


def main() -> None:
    """Write each state in light and dark to docs/images/."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        simulator.start() as service,
        jupyterlab(pathlib.Path(folder)) as lab,
        browser() as chromium,
    ):
        (lab.folder / "sales.csv").write_bytes(SALES.read_bytes())
        for name in STATES:
            for theme in get_args(Theme):
                path = IMAGES / f"{name}-{theme}.png"
                take(chromium, lab, service, name, theme).screenshot(path=path)
                print(path.relative_to(IMAGES.parent.parent))


def take(
    chromium: Browser,
    lab: Lab,
    service: simulator.Simulator,
    name: str,
    theme: Theme,
) -> Locator:
    """Bring a notebook to a state and return the cell that shows it."""
    cell, reach = STATES[name]
    connect = (
        "from sigmic_jupyter import Client\n"
        f"client = Client({service.api_key!r}, {service.base_url!r})"
    )
    context = chromium.new_context(
        viewport={"width": WIDTH, "height": 1400}, device_scale_factor=1.5
    )
    page = context.new_page()
    notebook = lab.open(page, f"{name}-{theme}", [connect, cell])
    notebook.command("application:toggle-left-area")
    notebook.use_theme(theme)
    notebook.run(0)
    reach(notebook)
    # So that the cell's own toolbar is not in the picture.
    notebook.select(0)
    page.mouse.move(0, 0)
    return notebook.cell(1)


if __name__ == "__main__":
    main()
