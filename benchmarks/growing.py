"""W1 and W2: a long answer arrives step by step."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from results import Row, Table
from stage import END_MS, completed
from watching import Watch, wait_until
from workloads import Report, markdown

if TYPE_CHECKING:
    from lab import Notebook
    from stage import Stage
    from watching import Cost

__all__ = ["w1", "w2"]

STEPS, SECONDS, SIZE = 200, 20, 100_000
# Of the 1,000: all of them would be half a gigabyte.
PEER_STEPS = 10
# In which the last of a peer's arrives.
AFTER_S = 2
PEER = """
import time, ipywidgets
from IPython.display import Markdown, clear_output, display
{prepare}
text = open({path!r}, encoding="utf-8").read()
started = time.monotonic()
for n in range({first}, {steps} + 1):
    {show}
    time.sleep(max(0, started + (n - {first} + 1) * {pause} - time.monotonic()))
"""
PEERS = {
    "clear_output + display(Markdown)": (
        "",
        "clear_output(wait=True); display(Markdown(text[:len(text) * n // {steps}]))",
    ),
    "ipywidgets.HTML": (
        "from markdown_it import MarkdownIt\n"
        "html = ipywidgets.HTML(); display(html); md = MarkdownIt('commonmark').enable('table')",
        "html.value = md.render(text[:len(text) * n // {steps}])",
    ),
}


def w1(stage: Stage) -> Table:
    """100 KB in 200 steps over 20 s."""
    text = markdown(SIZE)
    costs = {
        f"sigmic, {transport}": _task(stage, text, STEPS, SECONDS, transport)
        for transport in ("stream", "poll")
    }
    costs |= {
        name: _peer(stage, text, name, first=1, steps=STEPS, seconds=SECONDS) for name in PEERS
    }
    rows = [Row(name, cost.cells()) for name, cost in costs.items()]
    peer = costs["clear_output + display(Markdown)"]
    checks = {}
    for transport in ("stream", "poll"):
        cost = costs[f"sigmic, {transport}"]
        allowed = 1.05 * len(text.encode()) + 700 * cost.messages
        checks |= {
            f"{transport}: bytes ≤ 1.05 × content + 700 × messages": cost.received / allowed,
            f"{transport}: at most 10 messages in any second": cost.most_in_a_second / 10,
            f"{transport}: main thread ≤ 1/15 of clear_output": 15 * cost.main_s / peer.main_s,
            f"{transport}: longest block ≤ 50 ms": cost.longest_ms / 50,
        }
    title = f"{len(text.encode()) / 1000:.0f} KB of Markdown in {STEPS} steps over {SECONDS} s"
    heads = ("bytes", "and the record", "messages", "main thread, s", "longest block, ms")
    return Table("W1", title, heads, rows, checks)


def w2(stage: Stage) -> Table:
    """1 MB in 1,000 steps."""
    text, steps, seconds = markdown(1_000_000), 1_000, 100
    report = Report(text, steps=steps, seconds=seconds)
    with stage.task(report, "task = client.run('Write')\ntask") as (notebook, _):
        watch = Watch(notebook.page)
        watch.start()
        report.gate.set()
        began_s = time.monotonic()
        early = _between(notebook, watch, began_s + 5, began_s + 15)
        late = _between(notebook, watch, began_s + 90, began_s + 99)
        wait_until(notebook.page, report.done.is_set)
        watch.wait_for_record()
        cost = watch.cost()
        completed(notebook)
    first = steps - PEER_STEPS + 1
    peers = {
        name: _peer(stage, text, name, first=first, steps=steps, seconds=PEER_STEPS)
        for name in PEERS
    }
    checks = {
        "bytes ≤ 2 MB": cost.received / 2_000_000,
        "longest block ≤ 100 ms": cost.longest_ms / 100,
        "step 1,000 ≤ 1.5 × step 100": late / early / 1.5,
    }
    rows = [
        Row("all of it", cost.cells()),
        Row("main thread a second, steps 50 to 150", ("", "", "", f"{early:.3f}", "")),
        Row("main thread a second, steps 900 to 990", ("", "", "", f"{late:.3f}", "")),
        *(
            Row(f"{name}, the last {PEER_STEPS} steps", cost.cells())
            for name, cost in peers.items()
        ),
    ]
    heads = ("bytes", "and the record", "messages", "main thread, s", "longest block, ms")
    return Table(
        "W2", f"{len(text.encode()) / 1e6:.2f} MB in 1,000 steps over 100 s", heads, rows, checks
    )


def _between(notebook: Notebook, watch: Watch, start_s: float, end_s: float) -> float:
    """Seconds of the main thread for each second between two moments."""
    _until(notebook, start_s)
    before, began_s = watch.cost().main_s, time.monotonic()
    _until(notebook, end_s)
    return (watch.cost().main_s - before) / (time.monotonic() - began_s)


def _until(notebook: Notebook, moment_s: float) -> None:
    notebook.page.wait_for_timeout(max(0.0, moment_s - time.monotonic()) * 1_000)


def _task(stage: Stage, text: str, steps: int, seconds: float, transport: str) -> Cost:
    report = Report(text, steps=steps, seconds=seconds)
    run = f"task = client.run('Write', transport={transport!r})\ntask"
    with stage.task(report, run) as (notebook, _):
        watch = Watch(notebook.page)
        watch.start()
        report.gate.set()
        wait_until(notebook.page, report.done.is_set)
        watch.wait_for_record()
        cost = watch.cost()
        completed(notebook)
        return cost


def _peer(stage: Stage, text: str, name: str, *, first: int, steps: int, seconds: float) -> Cost:
    """What a peer's steps cost, from one of them on."""
    prepare, show = PEERS[name]
    path = stage.folder / "answer.md"
    path.write_text(text, "utf-8")
    cell = PEER.format(
        prepare=prepare,
        path=str(path),
        first=first,
        steps=steps,
        pause=seconds / (steps - first + 1),
        show=show.format(steps=steps),
    )
    with stage.notebook("1", cell) as notebook:
        notebook.run(0)
        watch = Watch(notebook.page)
        watch.start()
        cell = notebook.run(1, wait=False)
        notebook.page.wait_for_timeout((seconds + AFTER_S) * 1_000)
        expect(cell.locator(".jp-InputPrompt")).to_have_text("[2]:", timeout=END_MS)
        return watch.cost()
