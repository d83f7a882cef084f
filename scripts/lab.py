"""A real JupyterLab in a real Chromium, for browser tests and the documentation's pictures."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, Literal

import nbformat
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Locator, Page

__all__ = ["Lab", "Notebook", "browser", "jupyterlab"]

START_S = 60.0
STOP_S = 10.0
OPEN_MS = 60_000
QUIET = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
}
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Chromium from the system; `CHROMIUM` names another."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=list(CHROMIUM_FLAGS),
        )
        yield chromium
        chromium.close()


class Lab:
    """A JupyterLab server on loopback that serves one folder."""

    def __init__(self, address: str, token: str, folder: pathlib.Path) -> None:
        self.address = address
        self.token = token
        self.folder = folder

    def end_kernels(self) -> None:
        """End all kernels that run."""
        with self._request("GET", "kernels") as answer:
            kernels = json.load(answer)
        for kernel in kernels:
            self._request("DELETE", f"kernels/{kernel['id']}").close()

    def _request(self, method: str, path: str) -> Any:
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(
            f"{self.address}/api/{path}", method=method, headers=headers
        )
        return urllib.request.urlopen(request, timeout=STOP_S)

    def trust(self, name: str) -> None:
        """Sign a notebook that somebody else ran, so that its HTML is shown."""
        subprocess.run(
            [sys.executable, "-m", "jupyter", "trust", f"{name}.ipynb"],
            check=True,
            cwd=self.folder,
            capture_output=True,
            env=os.environ | {"JUPYTER_DATA_DIR": str(self.folder / ".home" / "data")},
        )

    def open(self, page: Page, name: str, cells: Sequence[str] = ()) -> Notebook:
        """Write a notebook of these cells, if any, and open it in a workspace of its own."""
        path = self.folder / f"{name}.ipynb"
        if cells:
            notebook = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
                metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
            )
            nbformat.write(notebook, path)
        page.goto(
            f"{self.address}/lab/workspaces/{name}/tree/{name}.ipynb?reset&token={self.token}",
            wait_until="domcontentloaded",
        )
        opened = Notebook(page, name)
        opened.ready()
        return opened


class Notebook:
    """An open notebook."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name

    def ready(self) -> None:
        """Wait until the notebook has its kernel."""
        self.page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=OPEN_MS)
        self.page.wait_for_function(
            """() => {
              const panel = window.jupyterapp?.shell.currentWidget;
              return panel?.sessionContext?.session?.kernel?.status === "idle";
            }""",
            timeout=OPEN_MS,
        )

    def command(self, name: str, **arguments: Any) -> None:
        """Execute a command of JupyterLab and wait for it."""
        self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => null)",
            [name, arguments],
        )

    def command_soon(self, name: str) -> None:
        """Execute a command of JupyterLab without waiting for its end."""
        self.page.evaluate("name => { window.jupyterapp.commands.execute(name); }", name)

    def select(self, index: int) -> None:
        """Make a cell the active one."""
        self.page.evaluate(
            "index => { jupyterapp.shell.currentWidget.content.activeCellIndex = index; }", index
        )

    def run(self, index: int, *, wait: bool = True) -> Locator:
        """Run a cell and return it; without `wait` it may still be running."""
        cell = self.cell(index)
        before = self._prompt(cell)
        # In one step: an element that takes the focus makes its own cell the active one.
        self.page.evaluate(
            """index => {
              jupyterapp.shell.currentWidget.content.activeCellIndex = index;
              jupyterapp.commands.execute("notebook:run-cell");
            }""",
            index,
        )
        if wait:
            expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]"))
            expect(cell.locator(".jp-InputPrompt")).not_to_have_text(before or "never")
        return cell

    def cell(self, index: int) -> Locator:
        """A code cell, counted from 0."""
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(index)

    def task(self, index: int = 0) -> Locator:
        """The view of a task below a cell."""
        return self.cell(index).locator(".sigmic")

    def use_theme(self, name: Literal["light", "dark"]) -> None:
        """Switch to JupyterLab's light or dark theme; it is remembered for all notebooks."""
        self.command("apputils:change-theme", theme=f"JupyterLab {name.title()}")
        is_light = str(name == "light").lower()
        expect(self.page.locator(f"body[data-jp-theme-light={is_light}]")).to_have_count(1)

    def _prompt(self, cell: Locator) -> str:
        text = cell.locator(".jp-InputPrompt").text_content() or ""
        return text if re.search(r"\d", text) else ""


@contextlib.contextmanager
def jupyterlab(
    folder: pathlib.Path,
    *,
    widgets: bool = True,
    settings: Mapping[str, Mapping[str, Any]] = {},
    log_level: str = "INFO",
) -> Iterator[Lab]:
    """Start a JupyterLab that knows nothing of this user's settings, and stop it.

    Args:
        folder: What it serves. All that it writes is in it, its log as `jupyterlab.log`.
        widgets: Whether it can show widgets at all.
        settings: Settings by plugin, such as `@jupyterlab/notebook-extension:tracker`.
        log_level: The server's.
    """
    token = secrets.token_hex(16)
    home = folder / ".home"
    environment = os.environ | {
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "IPYTHONDIR": str(home / "ipython"),
    }
    for plugin, values in {**QUIET, **settings}.items():
        package, _, name = plugin.partition(":")
        file = home / "settings" / package / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(values))
    if not widgets:
        page_config = home / "config/labconfig/page_config.json"
        page_config.parent.mkdir(parents=True)
        disabled = {"@jupyter-widgets/jupyterlab-manager": True}
        page_config.write_text(json.dumps({"disabledExtensions": disabled}))
    log = (folder / "jupyterlab.log").open("wb")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--ServerApp.root_dir={folder}"),
            *("--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"),
            f"--log-level={log_level}",
        ],
        env=environment,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        yield Lab(_address(server, home / "runtime", folder), token, folder)
    finally:
        server.terminate()
        try:
            server.wait(STOP_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


def _address(server: subprocess.Popen[bytes], runtime: pathlib.Path, folder: pathlib.Path) -> str:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        for info in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(OSError, ValueError, urllib.error.URLError):
                fields = json.loads(info.read_text())
                address = str(fields["url"]).rstrip("/")
                with urllib.request.urlopen(f"{address}/api?token={fields['token']}", timeout=2):
                    return address
        time.sleep(0.1)
    raise RuntimeError((folder / "jupyterlab.log").read_text())
