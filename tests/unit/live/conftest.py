from __future__ import annotations

import pytest

from sigmic_jupyter import simulator


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=100) as running:
        yield running


@pytest.fixture(scope="module")
def client(service):
    return service.client()
