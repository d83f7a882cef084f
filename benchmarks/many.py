"""W4: many tasks at once in one kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results import Row, Table
from stage import END_MS, said
from watching import Watch
from workloads import Report, markdown

if TYPE_CHECKING:
    from stage import Stage
    from watching import Cost

__all__ = ["w4"]

TASKS, STEPS, SECONDS, SIZE = 100, 60, 30, 3_000
RUN = f"""
import time
from IPython.display import display
began_s = time.process_time()
tasks = [client.run("Write") for _ in range({TASKS})]
display(*tasks)"""
ENDED = """
import gc, httpx, json
wait(tasks)
spent_s = time.process_time() - began_s
clients = [each for each in gc.get_objects() if isinstance(each, httpx.AsyncClient)]
print(json.dumps({
    "spent_s": spent_s,
    "clients": len(clients),
    "states": sorted({task.status for task in tasks}),
    "contents": [task.content for task in tasks],
}))"""
PEER = f"""
import asyncio, json, time, ipywidgets
from IPython.display import display
from markdown_it import MarkdownIt
text = open("answer.md", encoding="utf-8").read()
widgets = [ipywidgets.HTML() for _ in range({TASKS})]
display(*widgets)
md = MarkdownIt("commonmark").enable("table")
began_s = time.process_time()
async def grow(widget, after_s):
    await asyncio.sleep(after_s)
    for n in range(1, {STEPS} + 1):
        widget.value = md.render(text[: len(text) * n // {STEPS}])
        await asyncio.sleep({SECONDS} / {STEPS})
await asyncio.gather(*(grow(each, n / {TASKS}) for n, each in enumerate(widgets)))
print(json.dumps({{"spent_s": time.process_time() - began_s}}))"""


def w4(stage: Stage) -> Table:
    """100 tasks at once, 30 s."""
    text = markdown(SIZE)
    report = Report(text, steps=STEPS, seconds=SECONDS)
    with stage.task(report, RUN, ENDED) as (notebook, _):
        notebook.task(1).nth(TASKS - 1).wait_for(timeout=END_MS)
        watch = Watch(notebook.page)
        watch.start()
        report.gate.set()
        kernel = said(notebook, 2)
        cost = watch.cost()
        shown = notebook.task(1).locator(".sigmic-status").all_inner_texts()
    (stage.folder / "answer.md").write_text(text, "utf-8")
    with stage.notebook("1", PEER) as notebook:
        notebook.run(0)
        watch = Watch(notebook.page)
        watch.start()
        peer_kernel = said(notebook, 1)
        peer = watch.cost()
    wrong = TASKS - kernel["contents"].count(text) + (kernel["states"] != ["completed"])
    rows = [
        Row("sigmic, stream", _cells(cost, kernel["spent_s"])),
        Row(f"{TASKS} × ipywidgets.HTML with markdown-it", _cells(peer, peer_kernel["spent_s"])),
    ]
    checks = {
        "tasks whose final state is wrong: none": 2.0 * wrong,
        "views that do not say so: none": 2.0 * (TASKS - shown.count("Completed")),
        "at most 200 messages in any second": cost.most_in_a_second / 200,
        "kernel ≤ 30 % of a core": kernel["spent_s"] / SECONDS / 0.3,
        "one connection pool": kernel["clients"],
    }
    heads = ("messages", "most in a second", "kernel, s of CPU", "main thread, s")
    title = f"{TASKS} tasks at once in one kernel, {STEPS} steps each over {SECONDS} s"
    return Table("W4", title, heads, rows, checks)


def _cells(cost: Cost, kernel_s: float) -> tuple[str, ...]:
    return (
        f"{cost.messages:,}",
        f"{cost.most_in_a_second}",
        f"{kernel_s:.1f}",
        f"{cost.main_s:.1f}",
    )
