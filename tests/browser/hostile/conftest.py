from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile_site import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile_site import Site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The pages that show hostile inputs."""
    with serve() as running:
        yield running
