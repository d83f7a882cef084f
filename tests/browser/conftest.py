from __future__ import annotations

import itertools
import os
import re
from typing import TYPE_CHECKING

import pytest
from fault_proxy import FaultProxy
from lab import browser, jupyterlab
from playwright.sync_api import expect

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Lab, Notebook
    from playwright.sync_api import Browser, BrowserContext, Page

# Longer than anything takes, on a machine that has other things to do as well.
expect.set_options(timeout=15_000)


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
def new_page(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Opens pages, each of a fresh profile; an error in a console that is ours fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page() -> Page:
        contexts.append(chromium.new_context(viewport={"width": 1200, "height": 1000}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(f"{error.name}: {error.message}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """The page of this test."""
    return new_page()


@pytest.fixture
def service() -> Iterator[simulator.Simulator]:
    """A simulator that answers this test alone, fast enough to wait for and slow enough to see."""
    with simulator.start(speed=float(os.environ.get("SIGMIC_TEST_SPEED", "4"))) as running:
        yield running


@pytest.fixture
def proxy(service: simulator.Simulator) -> Iterator[FaultProxy]:
    """What stands between client and simulator where something is to go wrong."""
    with FaultProxy(service.base_url) as running:
        yield running


@pytest.fixture
def notebook(
    lab: Lab, page: Page, service: simulator.Simulator, request: pytest.FixtureRequest
) -> Callable[..., Notebook]:
    """Opens notebooks whose first cell, already run, has a `client` of the simulator.

    A test's own kernels run alone: what others have left would compete with them.
    """
    lab.end_kernels()  # those of the test before, whose pages are gone by now
    numbers = itertools.count(1)

    def open_notebook(*cells: str, base_url: str = service.base_url, on: Page = page) -> Notebook:
        connect = (
            f"from sigmic_jupyter import Client\nclient = Client({service.api_key!r}, {base_url!r})"
        )
        name = f"{re.sub(r'[^a-z0-9_]+', '-', request.node.name)}-{next(numbers)}"
        opened = lab.open(on, name, [connect, *cells])
        opened.run(0)
        return opened

    return open_notebook
