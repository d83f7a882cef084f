from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fakes import WAITS, FakeService, Traits

from sigmic_jupyter.widget.session import Session


@pytest.fixture
async def service() -> FakeService:
    return FakeService()


@pytest.fixture
async def traits() -> Traits:
    return Traits()


@pytest.fixture
async def start(service: FakeService, traits: Traits) -> Any:
    """Makes a session that follows; all of them are closed at the end."""
    sessions: list[Session] = []

    def make(**options: Any) -> Session:
        session = Session(
            service,  # type: ignore[arg-type]
            "t",
            publish=traits.publish,
            **{"created": True, "interval_s": 0.005, "transport": "poll"} | options,
        )
        session.follow()
        sessions.append(session)
        return session

    yield make
    for session in sessions:
        session.close()
    await asyncio.sleep(0)


@pytest.fixture
async def session(service: FakeService, traits: Traits, start: Any) -> Session:
    """One that has seen a call wait, and asks again only where something is done."""
    service.task = WAITS
    made: Session = start(interval_s=60)
    await traits.until(lambda t: t.get("pending_approvals"))
    return made
