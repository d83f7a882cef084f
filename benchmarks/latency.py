"""W5 and W6: how long it takes from the service to the page, and back."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING

from results import Row, Table
from stage import END_MS, completed, said
from watching import wait_until
from workloads import Asks, Stamps

from sigmic_jupyter import simulator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lab import Notebook
    from stage import Stage

__all__ = ["w5", "w6"]

MARKS, EVERY_S, INTERVAL_S = 60, 0.4, 1.0
# When each mark was first in the page, in milliseconds since 1970.
SEE = """() => {
  window.marks = {};
  const look = () => {
    for (const [mark] of document.querySelector(".jp-Notebook").innerText.matchAll(/mark\\d{4}/g)) {
      window.marks[mark] ??= Date.now();
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""
PEER = f"""
import json, time, ipywidgets
from IPython.display import display
peer = ipywidgets.HTML(); display(peer)
written = {{}}
for n in range({MARKS}):
    time.sleep({EVERY_S} * (0.5 + n * 0.37 % 1))
    mark = f"mark{{n:04}}"
    written[mark] = time.time()
    peer.value += f"<p>{{mark}}</p>"
print(json.dumps(written))"""
CLICKS = 40
# For so long a person holds a button down; the click is when they let it go.
PRESS_MS = 80
PEER_BUSY_S = 3
COMPUTES = "import time\nend = time.time() + {seconds}\nwhile time.time() < end: pass"
SLEEPS = "import time; time.sleep({seconds})"
# When a person's click came, in milliseconds since 1970.
LISTEN = """() => {
  window.clicks = [];
  window.addEventListener("click", event => {
    if (event.target.closest(".sigmic-approval, .jupyter-button")) {
      window.clicks.push(performance.timeOrigin + event.timeStamp);
    }
  }, { capture: true });
}"""


PEER_BUTTON = """
import httpx, ipywidgets
http = httpx.Client()
peer = ipywidgets.Button(description="Approve once")
peer.on_click(lambda _: http.get("{url}/peer"))
peer"""


def w5(stage: Stage) -> Table:
    """The service writes → the text is in the page."""
    streamed = _delays(stage, "transport='stream'")
    polled = _delays(stage, f"transport='poll', interval={INTERVAL_S}")
    with stage.notebook("1", PEER) as notebook:
        notebook.run(0)
        notebook.page.evaluate(SEE)
        written = said(notebook, 1)
        peer = _late(written, notebook.page.evaluate("marks"))
    return Table(
        "W5",
        f"the service writes → the text is in the page, {MARKS} times",
        ("median, ms", "95 %, ms", "at most, ms"),
        [
            Row("sigmic, stream", _cells(streamed)),
            Row(f"sigmic, polled each {INTERVAL_S:.0f} s", _cells(polled)),
            Row("ipywidgets.HTML, set in the kernel", _cells(peer)),
        ],
        {
            "stream: median ≤ 50 ms": median(streamed) / 50,
            "stream: 95 % ≤ 150 ms": _p95(streamed) / 150,
            "polled: median ≤ half the interval + 50 ms": median(polled) / (500 * INTERVAL_S + 50),
        },
    )


def w6(stage: Stage) -> Table:
    """Click → the service has the decision."""
    idle, sleeps, computes = (_decided(stage, cell) for cell in (None, SLEEPS, COMPUTES))
    peer_idle = _pressed(stage, CLICKS, busy_s=0)
    peer_busy = _pressed(stage, 1, busy_s=PEER_BUSY_S)
    limits = {"median ≤ 15 ms": (median, 15), "95 % ≤ 50 ms": (_p95, 50)}
    return Table(
        "W6",
        f"a click → the service has the decision, {CLICKS} times",
        ("median, ms", "95 %, ms", "at most, ms"),
        [
            Row("sigmic, the kernel is idle", _cells(idle)),
            Row("sigmic, a cell sleeps", _cells(sleeps)),
            Row("sigmic, a cell computes", _cells(computes)),
            Row("ipywidgets.Button and httpx.get, the kernel is idle", _cells(peer_idle)),
            Row(
                f"ipywidgets.Button and httpx.get, a cell computes for {PEER_BUSY_S} s, once",
                ("", "", f"{peer_busy[0]:.0f}"),
            ),
        ],
        {
            f"{name}: {promise}": of(delays) / limit
            for name, delays in (
                ("idle", idle),
                ("a cell sleeps", sleeps),
                ("a cell computes", computes),
            )
            for promise, (of, limit) in limits.items()
        },
    )


def _delays(stage: Stage, options: str) -> list[float]:
    stamps = Stamps(MARKS, every_s=EVERY_S)
    run = f"task = client.run('Write', {options})\ntask"
    with stage.task(stamps, run) as (notebook, _):
        notebook.page.evaluate(SEE)
        stamps.gate.set()
        completed(notebook)
        return _late(stamps.written, notebook.page.evaluate("marks"))


def _late(written: dict[str, float], seen: dict[str, float]) -> list[float]:
    if seen.keys() != written.keys():
        raise RuntimeError(f"Not seen: {sorted(written.keys() - seen.keys())}")
    return [seen[mark] - 1_000 * at_s for mark, at_s in written.items()]


def _decided(stage: Stage, cell: str | None) -> list[float]:
    asks = Asks(CLICKS)
    run = "task = client.run('Do', auto_execute=False)\ntask"
    with stage.task(asks, run, (cell or "").format(seconds=600)) as (notebook, service):
        notebook.page.evaluate(LISTEN)
        if cell:
            notebook.run(2, wait=False)
        asks.gate.set()
        for n in range(CLICKS):
            _approve(notebook, service, n)
        clicks = notebook.page.evaluate("clicks")
        if cell:
            notebook.command_soon("notebook:interrupt-kernel")
        posts = _posts(service)
    if not len(clicks) == len(posts) == CLICKS:
        raise RuntimeError(f"{CLICKS} calls, {len(clicks)} clicks, {len(posts)} decisions")
    return [1_000 * post.at.timestamp() - at for at, post in zip(clicks, posts, strict=True)]


def _pressed(stage: Stage, count: int, *, busy_s: int) -> list[float]:
    """What the same takes a button of ipywidgets, whose handler asks the service."""
    with (
        simulator.start() as service,
        stage.notebook(
            "1", PEER_BUTTON.format(url=service.base_url), COMPUTES.format(seconds=busy_s)
        ) as notebook,
    ):
        notebook.run(0)
        button = notebook.run(1).get_by_role("button", name="Approve once")
        button.wait_for()
        notebook.page.evaluate(LISTEN)
        if busy_s:
            notebook.run(2, wait=False)
            notebook.page.wait_for_timeout(500)
        for n in range(1, count + 1):
            button.click(delay=PRESS_MS)
            wait_until(notebook.page, lambda n=n: len(service.requests) >= n)
        clicks = notebook.page.evaluate("clicks")
        return [
            1_000 * request.at.timestamp() - at
            for at, request in zip(clicks, service.requests, strict=True)
        ]


def _approve(notebook: Notebook, service: simulator.Simulator, n: int) -> None:
    card = notebook.task(1).locator(".sigmic-approval", has_text=f"echo {n}").last
    card.get_by_role("button", name="Approve once").click(delay=PRESS_MS, timeout=END_MS)
    # And only then ask the page about the card.
    wait_until(notebook.page, lambda: len(_posts(service)) > n)
    card.wait_for(state="detached", timeout=END_MS)


def _posts(service: simulator.Simulator) -> list[simulator.ReceivedRequest]:
    return [each for each in service.requests if each.path.endswith("/approve")]


def _cells(delays: Sequence[float]) -> tuple[str, ...]:
    return (f"{median(delays):.0f}", f"{_p95(delays):.0f}", f"{max(delays):.0f}")


def _p95(delays: Sequence[float]) -> float:
    return quantiles(delays, n=20)[-1]
