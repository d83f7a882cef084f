from __future__ import annotations

import pytest
from fault_proxy import FaultProxy
from journeys import INTERVAL_S, World, play

from sigmic_jupyter import simulator
from sigmic_jupyter.service.retry import backoff_s


@pytest.fixture
def pauses(monkeypatch):
    """How long was to be waited before the next try, in seconds; hardly any of it is."""
    asked_s = []

    def backoff(*args, **options):
        asked_s.append(backoff_s(*args, **options))
        return 0.02

    monkeypatch.setattr("sigmic_jupyter.settings.values.SHORTEST_INTERVAL_S", INTERVAL_S)
    for module in ("follow.polls", "follow.listener", "widget.deciding"):
        monkeypatch.setattr(f"sigmic_jupyter.{module}.backoff_s", backoff)
    monkeypatch.setattr("sigmic_jupyter.follow.listener.REOPEN_S", 0.02)
    monkeypatch.setattr("sigmic_jupyter.follow.listener.REOPEN_AFTER_END_S", 0.02)
    return asked_s


@pytest.fixture(scope="package")
def service():
    with simulator.start(speed=1000, script=play) as running:
        yield running


@pytest.fixture
def world(service, pauses):
    with FaultProxy(service.base_url) as proxy:
        yield World(service, proxy, service.client(), pauses)
