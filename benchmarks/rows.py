"""W3: a long timeline."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from results import Row, Table
from stage import completed, ran
from watching import Watch
from workloads import Rows

if TYPE_CHECKING:
    from stage import Stage

__all__ = ["w3"]

COUNT = 500
# From the click until the row has been drawn open, for every 25th row.
OPEN = """async () => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const rows = Array.from(document.querySelectorAll(".sigmic-timeline__steps details > summary"));
  const times = [];
  for (const row of rows.filter((_, n) => n % 25 === 0)) {
    row.scrollIntoView({ block: "center" });
    await drawn(); await drawn();
    const began = performance.now();
    row.click();
    await drawn();
    times.push(performance.now() - began);
  }
  return times;
}"""
PEER = """
import ipywidgets, html, time
from IPython.display import display
peer = ipywidgets.HTML(); display(peer)
output = "".join(f"{{n:04}} some line of an output\\n" for n in range(75))
rows = []
for n in range({count}):
    rows.append(f"<details><summary>Thought {{n}}</summary>It says why.</details>")
    rows.append(f"<details><summary>read_file lines.txt</summary><pre>{{output}}</pre></details>")
    if n % {every} == 0 or n == {count} - 1:
        peer.value = "".join(rows)
        time.sleep(0.1)
"""
# As many renewals as there are messages at ten a second.
EVERY = 10


def w3(stage: Stage) -> Table:
    """500 thoughts and 500 calls with outputs of 2 KB."""
    rows = Rows(COUNT)
    with stage.task(rows, "task = client.run('Read')\ntask") as (notebook, _):
        watch = Watch(notebook.page)
        watch.start()
        rows.gate.set()
        completed(notebook)
        watch.wait_for_record()
        cost = watch.cost()
        notebook.task(1).locator(".sigmic-timeline__summary").click()
        opening = notebook.page.evaluate(OPEN)
    with stage.notebook("1", PEER.format(count=COUNT, every=EVERY)) as notebook:
        notebook.run(0)
        watch = Watch(notebook.page)
        watch.start()
        ran(notebook, 1)
        peer = watch.cost()
    heads = (
        "bytes",
        "and the record",
        "messages",
        "main thread, s",
        "longest block, ms",
        "opening a row, ms",
    )
    opened = f"{median(opening):.0f} (at most {max(opening):.0f})"
    return Table(
        "W3",
        f"{COUNT} thoughts and {COUNT} calls with outputs of 2 KB in one task",
        heads,
        [
            Row("sigmic, stream", (*cost.cells(), opened)),
            Row("ipywidgets.HTML with `<details>`, renewed at every tenth", (*peer.cells(), "")),
        ],
        {
            "longest block ≤ 100 ms": cost.longest_ms / 100,
            "opening a row ≤ 50 ms": max(opening) / 50,
        },
    )
