"""W7: what everybody pays: import, a new widget, the bundle, a saved notebook."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from results import Row, Table
from stage import END_MS, completed, said
from workloads import Report

if TYPE_CHECKING:
    from stage import Stage

__all__ = ["w7"]

STATIC = pathlib.Path(__file__).parent.parent / "sigmic_jupyter" / "static"
BUDGET = 110 * 1024
IMPORTS = 15
OWN_IMPORT = "import sigmic_jupyter"
RUN_IMPORT = "from sigmic_jupyter import run"
PEER_IMPORT = "import anywidget, httpx"
NEW = """
import json, pathlib, statistics, time
import anywidget, traitlets
class Peer(anywidget.AnyWidget):
    _esm = pathlib.Path({bundle!r}).read_text(encoding="utf-8")
    content = traitlets.Unicode().tag(sync=True)
def took_ms(make, rest):
    times = []
    for _ in range(20):
        began = time.perf_counter()
        widget = make()
        times.append(1_000 * (time.perf_counter() - began))
        rest(widget)
    return statistics.median(times)
# What one asks of the service is not to be counted with the next.
attached_ms = took_ms(lambda: client.attach(task.task_id), lambda widget: widget.wait())
print(json.dumps([attached_ms, took_ms(Peer, lambda _: None)]))"""
WIDGETS = 10


def w7(stage: Stage) -> Table:
    """Import, a new widget, the bundle, a saved notebook."""
    own_s, run_s, peer_s = _imports()
    scripts = sum((STATIC / name).stat().st_size for name in ("loader.js", "widget.js"))
    own_ms, peer_ms = _widgets(stage)
    with_all, with_one = _saved(stage, WIDGETS), _saved(stage, 1)
    rows = [
        Row(f"`{OWN_IMPORT}`", (f"{1_000 * own_s:.0f} ms",)),
        Row(f"`{PEER_IMPORT}`", (f"{1_000 * peer_s:.0f} ms",)),
        Row(
            f"`{RUN_IMPORT}`, all that a task needs, the former two among it",
            (f"{1_000 * run_s:.0f} ms, {run_s / peer_s:.2f} ×",),
        ),
        Row("a new widget", (f"{own_ms:.1f} ms",)),
        Row("a new anywidget with the bundle as its script", (f"{peer_ms:.1f} ms",)),
        Row("all JavaScript", (f"{scripts:,} bytes",)),
        Row(f"a saved notebook with {WIDGETS} finished widgets", (f"{with_all:,} bytes",)),
        Row("a saved notebook with 1 finished widget", (f"{with_one:,} bytes",)),
    ]
    checks = {
        "import ≤ 1.25 × importing anywidget and httpx": own_s / peer_s / 1.25,
        "a new widget ≤ 10 ms": own_ms / 10,
        "JavaScript ≤ 110 KB": scripts / BUDGET,
        "nine more widgets in a notebook take less than a bundle": (with_all - with_one) / scripts,
    }
    return Table("W7", "what everybody pays", ("",), rows, checks)


def _imports() -> tuple[float, ...]:
    """Seconds for each import, in processes of their own, in turns; less what Python takes."""
    times: dict[str, list[float]] = {OWN_IMPORT: [], RUN_IMPORT: [], PEER_IMPORT: [], "pass": []}
    with tempfile.TemporaryDirectory() as compiled:
        # As after an installation, which compiles; the first round does it here.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        for _ in range(1 + IMPORTS):
            for code, taken in times.items():
                began = time.perf_counter()
                subprocess.run([sys.executable, "-c", code], check=True, env=environment)
                taken.append(time.perf_counter() - began)
    *imports, nothing = (median(taken[1:]) for taken in times.values())
    return tuple(each - nothing for each in imports)


def _widgets(stage: Stage) -> tuple[float, float]:
    report = Report("Done.", steps=1, seconds=0)
    report.gate.set()
    new = NEW.format(bundle=str(STATIC / "widget.js"))
    with stage.task(report, "task = client.run('Write')\ntask", new) as (notebook, _):
        completed(notebook)
        own, peer = said(notebook, 2)
    return own, peer


def _saved(stage: Stage, count: int) -> int:
    """Bytes of a notebook with so many finished widgets."""
    report = Report("Done.", steps=1, seconds=0)
    report.gate.set()
    run = (
        f"from IPython.display import display\n"
        f"tasks = [client.run('Write') for _ in range({count})]\ndisplay(*tasks)"
    )
    with stage.task(report, run) as (notebook, _):
        for n in range(count):
            status = notebook.task(1).nth(n).locator(".sigmic-status").first
            expect(status).to_have_text("Completed", timeout=END_MS)
        notebook.command("docmanager:save")
        return (stage.folder / f"{notebook.name}.ipynb").stat().st_size
