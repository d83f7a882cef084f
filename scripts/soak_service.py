"""A simulator and a proxy that spoils what it likes, until standard input ends."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "weather"))

from typing import TYPE_CHECKING

from fault_proxy import FaultProxy
from weathers import PASSING

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    from fault_proxy import Exchange

SPEED = 200.0
KEY = f"sigmic_{'5a' * 32}"  # the same each time: what is masked is never forgotten
ONE_OF = 12  # so many requests are spoilt
# What comes whole is read to its end first, which a stream has not; and nobody is to wait long.
SPOILING = [row for row in PASSING if row.fault is not None and row.timeout_s > 1 > row.asks_s]
SPOILING_STREAMS = [row for row in SPOILING if not row.arrives]


def moody(exchange: Exchange) -> None:
    """Spoil one of several requests."""
    if random.randrange(ONE_OF):  # noqa: S311 - no secret depends on it
        exchange.relay()
    else:
        row = random.choice(SPOILING_STREAMS if exchange.is_stream else SPOILING)  # noqa: S311
        row.fault(exchange)


def main() -> None:
    """Serve."""
    with (
        simulator.start(speed=SPEED, api_key=KEY) as service,
        FaultProxy(service.base_url) as proxy,
    ):
        for method in ("GET", "POST", "DELETE"):
            proxy.rule(method, "*", moody, times=None)
        where = {"key": service.api_key, "direct": service.base_url, "spoilt": proxy.base_url}
        print(json.dumps(where), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
