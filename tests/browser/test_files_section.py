"""The files of a task in JupyterLab: listed, looked into, downloaded, and saved."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from faults import stall
from playwright.sync_api import expect

from sigmic_jupyter.simulator.scenarios.samples import BIG_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from fault_proxy import FaultProxy
    from lab import Lab, Notebook
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

END_MS = 60_000
RUN = 'task = client.run("Make sample files", files=[("notes.txt", b"n" * 3)])\ntask'
BIG = (bytes(range(251)) * 10_000)[:BIG_BYTES]
# What is called by whatever of a file runs; it never is.
TRAP = "() => { window.trapped = []; window.pwned = () => { trapped.push(new Error().stack); }; }"
BUSY = """\
import pathlib, time
while not pathlib.Path("go-on").exists():
    time.sleep(0.01)
print("went on")"""


def row(view: Locator, name: str) -> Locator:
    """The row of a file, by what it is called in the view."""
    return view.locator(".sigmic-file").filter(has=view.page.get_by_text(name, exact=True))


def open_row(view: Locator, name: str) -> Locator:
    """Open a row, and return the preview."""
    row(view, name).locator(".sigmic-file__name").click()
    return row(view, name).locator(".sigmic-file__preview")


def press(view: Locator, what: str, name: str) -> None:
    view.get_by_role("button", name=f"{what}: {name}", exact=True).click()


@pytest.fixture
def opened(notebook: Callable[..., Notebook]) -> Notebook:
    """A notebook with a finished task that made files."""
    opened = notebook(RUN, BUSY, "print(task.artifacts['downloads/plot.png'].size)")
    opened.run(1)
    expect(opened.task(1).locator(".sigmic-file")).to_have_count(15, timeout=END_MS)
    return opened


def test_what_is_in_them(opened: Notebook) -> None:
    """Each file opens to what it is: an image, the rows of a table, a text, or why not."""
    view = opened.task(1)
    assert view.locator(".sigmic-files__title, .sigmic-files__group").all_inner_texts() == [
        "Files\n15",
        "Uploaded",
    ]
    expect(row(view, "regions.csv").locator(".sigmic-file__facts")).to_have_text("CSV, 835 bytes")

    for name, width in [("plot.png", 32), ("harm.svg", 120)]:
        image = open_row(view, name).locator("img")
        expect(image).to_be_visible()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == width
    table = open_row(view, "regions.csv")
    expect(table.locator("tr").nth(2)).to_have_text("Nörd 11,50")
    expect(table.locator("p")).to_contain_text("First 50 of 60 rows")
    expect(open_row(view, "data.json").locator("pre")).to_contain_text("1.00000000000000000001")
    expect(row(view, "data.json").locator(".sigmic-token")).to_have_text("⟦U+202E⟧")
    expect(open_row(view, "large.csv")).to_contain_text("up to 1 MB: download it to see it")
    expect(open_row(view, "lying.png")).to_contain_text("it is no PNG image")
    expect(open_row(view, "notes.txt").locator("pre")).to_have_text("nnn")


def test_nothing_in_them_runs(opened: Notebook, page: Page) -> None:
    """Scripts, handlers and addresses in SVG, HTML, names and tables: nothing is run or loaded."""
    requests: list[str] = []
    page.evaluate(TRAP)
    page.on("request", lambda request: requests.append(request.url))
    view = opened.task(1)
    for name in ("harm.svg", "page.html", "formulas.tsv", "<img src=x onerror=pwned()>.txt"):
        expect(open_row(view, name).locator("img, pre, table")).to_be_visible()
    image = row(view, "harm.svg").locator("img")
    image.evaluate("image => image.decode()")
    # Longer than the animation of its own takes to begin.
    page.evaluate("() => new Promise((done) => setTimeout(done, 100))")

    assert page.evaluate("trapped") == []
    assert [url for url in requests if "leak" in url or url.endswith("/x")] == []
    assert view.locator("iframe, object, embed, script, foreignObject").count() == 0
    assert image.evaluate("image => image.src").startswith("data:image/svg+xml;base64,")
    expect(row(view, "page.html").locator("pre")).to_contain_text("<script>pwned()</script>")
    expect(row(view, "formulas.tsv").locator("td").first).to_have_text("=cmd|' /C calc'!A0")

    # As a part of the page, the same SVG would do all of that.
    page.evaluate(
        """svg => {
          const { body } = new DOMParser().parseFromString(svg, "text/html");
          body.querySelector("iframe").remove(); // It has a window of its own.
          document.body.append(body);
        }""",
        image.evaluate("image => atob(image.src.split(',')[1])"),
    )
    page.wait_for_function("trapped.length > 0")
    assert [url for url in requests if "leak" in url] != []


def test_downloads(opened: Notebook, page: Page) -> None:
    """What the browser saves is the file, byte for byte, under a name that is tame."""
    view = opened.task(1)
    for name, safe, content in [
        ("model.bin", "model.bin", BIG),
        ("notes.txt", "notes.txt", b"nnn"),
        ("in⟦U+202E⟧voice.txt", "in_voice.txt", b"harmless\n"),
        ("..\\..\\up.py", "up.py", b"harmless\n"),
    ]:
        with page.expect_download(timeout=END_MS) as downloading:
            press(view, "Download", name)
        download = downloading.value
        assert download.suggested_filename == safe
        assert download.path().read_bytes() == content


def test_giving_a_download_up(notebook: Callable[..., Notebook], proxy: FaultProxy) -> None:
    """One whose connection has stalled half-way ends at once, and the next one is whole."""
    opened = notebook(RUN, base_url=proxy.base_url)
    opened.run(1)
    view = opened.task(1)
    expect(view.locator(".sigmic-file")).to_have_count(15, timeout=END_MS)
    release = threading.Event()
    proxy.rule("GET", "*/artifacts/download", stall(release))
    press(view, "Download", "model.bin")
    expect(row(view, "model.bin")).to_contain_text("1 MB of 2.5 MB")

    press(view, "Cancel", "model.bin")

    expect(row(view, "model.bin").get_by_role("status")).to_have_text("The download was given up.")
    release.set()
    with opened.page.expect_download(timeout=END_MS) as downloading:
        press(view, "Download", "model.bin")
    assert downloading.value.path().read_bytes() == BIG


def test_saving_beside_the_notebook(opened: Notebook, lab: Lab) -> None:
    """The file is there once, and what has its name already stays."""
    target = lab.folder / "model.bin"
    target.unlink(missing_ok=True)
    view = opened.task(1)
    said = row(view, "model.bin").get_by_role("status")

    press(view, "Save beside notebook", "model.bin")
    expect(said).to_contain_text("Saved as model.bin in ")
    assert target.read_bytes() == BIG

    target.write_text("mine")
    press(view, "Save beside notebook", "model.bin")
    expect(said).to_contain_text("model.bin is there already, and stays as it is.")
    assert target.read_text() == "mine"
    target.unlink()


def test_while_a_cell_runs(opened: Notebook, lab: Lab, page: Page) -> None:
    """Looking, downloading and saving need no idle kernel."""
    go_on = lab.folder / "go-on"
    go_on.unlink(missing_ok=True)
    (lab.folder / "plot.png").unlink(missing_ok=True)
    view = opened.task(1)
    opened.run(2, wait=False)
    expect(opened.cell(2).locator(".jp-InputPrompt")).to_have_text("[*]:")

    expect(open_row(view, "plot.png").locator("img")).to_be_visible()
    with page.expect_download() as downloading:
        press(view, "Download", "plot.png")
    press(view, "Save beside notebook", "plot.png")
    expect(row(view, "plot.png").get_by_role("status")).to_contain_text("Saved as plot.png")

    assert downloading.value.path().read_bytes() == (lab.folder / "plot.png").read_bytes()
    expect(opened.cell(2).locator(".jp-InputPrompt")).to_have_text("[*]:")
    go_on.touch()
    expect(opened.cell(2)).to_contain_text("went on")


def test_a_script_saves_nothing(opened: Notebook, lab: Lab, page: Page) -> None:
    """Clicks that another cell's script makes fetch no file."""
    before = set(lab.folder.iterdir())
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    view = opened.task(1)

    view.locator(".sigmic-file__actions button").evaluate_all(
        "buttons => buttons.forEach((button) => button.click())"
    )

    # Whatever they had asked for would have been answered before this.
    expect(open_row(view, "notes.txt").locator("pre")).to_have_text("nnn")
    assert view.locator(".sigmic-file .sigmic-files__said").count() == 0
    assert (downloads, set(lab.folder.iterdir())) == ([], before)


def test_by_keyboard_and_listed_anew(opened: Notebook, page: Page) -> None:
    """Rows open with Enter, Tab leads on to the actions, and the list can be asked for again."""
    view = opened.task(1)
    first = row(view, "plot.png").locator(".sigmic-file__name")
    first.focus()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-expanded", "true")
    expect(row(view, "plot.png").locator("img")).to_be_visible()
    page.keyboard.press("Tab")
    expect(view.get_by_role("button", name="Download: plot.png")).to_be_focused()

    view.get_by_role("button", name="List files anew").click()
    opened.run(3)
    expect(opened.cell(3)).to_contain_text("86")
    expect(view.locator(".sigmic-file")).to_have_count(15)
    expect(row(view, "plot.png").locator("img")).to_be_visible()


def test_after_a_reload(opened: Notebook, page: Page) -> None:
    """A page that is loaded again has the list, and looks into files again."""
    opened.command("docmanager:save")
    page.reload()
    opened.ready()
    view = opened.task(1)

    expect(view.locator(".sigmic-file")).to_have_count(15)
    expect(open_row(view, "notes.txt").locator("pre")).to_have_text("nnn")
