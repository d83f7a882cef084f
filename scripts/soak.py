"""Runs tasks at high speed in one kernel for a time, and fails where anything grows.

`make soak MINUTES=30`. Every 10 s the service, with the proxy that spoils a part of what goes over
it, starts anew; then the kernel is idle, and what it holds is counted. The first quarter warms up.
Of nothing may there be more in the last quarter, by its median, than there was at most in the first
and `SLACK` allows. So a peak that goes again is no growth.

`--leak tasks` and `--leak comms` plant one, to see it found.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from kernel_harness import Kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPTS = Path(__file__).parent
SHIFT_S = 10.0
FEWEST = 4
# By so much the end may be above the warm-up: a part, and a number.
SLACK = {
    "MB": (0.05, 4.0),
    "objects": (0.02, 3000.0),
    "threads": (0.0, 2.0),
    "files": (0.0, 20.0),  # connections that wait for the next request
    "work": (0.0, 0.0),
    "comms": (0.0, 0.0),
    "widgets": (0.0, 0.0),
}

Counts = dict[str, float]


@contextmanager
def service() -> Iterator[dict[str, str]]:
    """A service in a process of its own: what it holds is not the kernel's."""
    command = [sys.executable, str(SCRIPTS / "soak_service.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.communicate()


def shifts(minutes: float, leak: str) -> list[Counts]:
    """Work, shift after shift."""
    counted: list[Counts] = []
    until = time.monotonic() + minutes * 60
    with Kernel(sys.executable) as kernel:
        kernel.run(f"import sys; sys.path.insert(0, {str(SCRIPTS)!r})")
        kernel.run("import json; from soak_load import shift")
        while time.monotonic() < until:
            with service() as where:
                arguments = f"**{where!r}, seconds={SHIFT_S}, leak={leak!r}"
                request = kernel.execute(f"print(json.dumps(shift({arguments})))")
                kernel.wait_idle(request, 120.0)
                said = kernel.output(request)
            kernel.messages.clear()
            counted.append(json.loads(said.splitlines()[-1]))
            print("  ".join(f"{name} {value:,.0f}" for name, value in counted[-1].items()))
            sys.stdout.flush()
    return counted


def grown(counted: list[Counts]) -> list[str]:
    """What is more at the end than it was after the warm-up."""
    part = math.ceil(len(counted) / 4)
    if len(counted) < FEWEST:
        return [f"{len(counted)} shifts are too few to tell"]
    found = []
    for name, (share, number) in SLACK.items():
        before = max(counts[name] for counts in counted[:part])
        after = median(counts[name] for counts in counted[-part:])
        allowed = before + max(before * share, number)
        if after > allowed:
            found.append(f"{name}: {before:,.0f} after the warm-up, {after:,.0f} at the end")
    return found


def main() -> int:
    """Run it; returns 1 where something grew or a task got stuck."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float)
    parser.add_argument("--leak", choices=["tasks", "comms"], default="")
    options = parser.parse_args()
    counted = shifts(options.minutes, options.leak)
    problems = grown(counted)
    if stuck := sum(counts["stuck"] for counts in counted):
        problems.append(f"{stuck:.0f} tasks did not end")
    ended = sum(counts["ended"] for counts in counted)
    print(f"{ended:,.0f} tasks ended; " + ("; ".join(problems) or "nothing grew"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
