from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from lab import browser, jupyterlab

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Lab, Notebook
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One JupyterLab for all tests; each opens a notebook of its own."""
    with jupyterlab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a fresh profile; an error in its console that is ours fails the test."""
    context = chromium.new_context(viewport={"width": 1200, "height": 1000})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{error.name}: {error.message}"))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def service() -> Iterator[simulator.Simulator]:
    """A simulator that answers this test alone, fast enough to wait for and slow enough to see."""
    with simulator.start(speed=float(os.environ.get("SIGMIC_TEST_SPEED", "4"))) as running:
        yield running


@pytest.fixture
def notebook(
    lab: Lab, page: Page, service: simulator.Simulator, request: pytest.FixtureRequest
) -> Callable[..., Notebook]:
    """Opens a notebook whose first cell, already run, has a `client` of the simulator."""

    def open_notebook(*cells: str) -> Notebook:
        connect = (
            "from sigmic_jupyter import Client\n"
            f"client = Client({service.api_key!r}, {service.base_url!r})"
        )
        opened = lab.open(page, request.node.name.replace("[", "-").strip("]"), [connect, *cells])
        opened.run(0)
        return opened

    return open_notebook
