"""Measure what is promised of speed and size, and write it to docs/performance.md.

Give the names of workloads, such as `w1 w7`, to measure these and only print them.
"""

from __future__ import annotations

import os
import pathlib
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from growing import w1, w2
from latency import w5, w6
from many import w4
from rows import w3
from sizes import w7
from stage import staged

if TYPE_CHECKING:
    from collections.abc import Callable

    from results import Table
    from stage import Stage

PAGE = pathlib.Path(__file__).parent.parent / "docs" / "performance.md"
WORKLOADS: dict[str, Callable[[Stage], Table]] = {
    each.__name__: each for each in (w1, w2, w3, w4, w5, w6, w7)
}


def main() -> None:
    """Measure, print, write."""
    chosen = sys.argv[1:] or list(WORKLOADS)
    tables = []
    with staged() as stage:
        for name in chosen:
            tables.append(WORKLOADS[name](stage))
            print(tables[-1].markdown(), flush=True)
    if not sys.argv[1:]:
        PAGE.write_text(page(tables))


def page(tables: list[Table]) -> str:
    """The whole page."""
    packages = ("jupyterlab", "ipykernel", "ipywidgets", "anywidget", "httpx")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return "\n".join(
        [
            "# Performance",
            "",
            "Measured by `make bench` in JupyterLab in headless Chromium against the local simulator,",
            "where there is a peer beside it in the same run. The percentages count: absolute times",
            "are those of one machine. The main thread's seconds are processor time.",
            "",
            " · ".join(
                [
                    f"{datetime.now(UTC):%d %B %Y}",
                    f"{platform.system()} {platform.machine()}, {_cores()} cores",
                    f"Python {platform.python_version()}",
                    versions,
                ]
            ),
            "",
            *(table.markdown() for table in tables),
        ]
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main()
