from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from sigmic_jupyter import configure, simulator


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=100) as running:
        yield running


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """IPython with the extension, in a folder of its own."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / ".ipython"))
    monkeypatch.chdir(tmp_path)
    running = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    running.run_line_magic("load_ext", "sigmic_jupyter")
    yield running
    InteractiveShell.clear_instance()


@pytest.fixture
def configured(service, shell):
    """The same, with a service that is configured for the session."""
    configure(api_key=service.api_key, base_url=service.base_url)
    yield shell
    configure(reset=True)
