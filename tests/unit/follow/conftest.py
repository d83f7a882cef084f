from __future__ import annotations

import pytest
from scripted_service import SLOW_S, ScriptedService, Watch


@pytest.fixture
def service():
    return ScriptedService()


@pytest.fixture
async def watch(service):
    """Not started yet; polls so seldom that only the stream, or a question, brings news."""
    watch = Watch(service.client, interval_s=SLOW_S)
    yield watch
    await watch.stop()


@pytest.fixture
def quick(monkeypatch):
    """What follows what is decided by a script alone: hardly anything waits for a clock."""
    monkeypatch.setattr("sigmic_jupyter.follow.run.TOGETHER_S", 0.0)
    monkeypatch.setattr("sigmic_jupyter.follow.listener.REOPEN_S", 0.0)
    monkeypatch.setattr("sigmic_jupyter.follow.listener.backoff_s", lambda *_, **__: 0.001)
