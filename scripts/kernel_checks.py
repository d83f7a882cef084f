"""What has to hold for clicks while a cell runs, by raw protocol in any version of ipykernel.

Each check returns what it saw, which is to equal what is expected.
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Any

from kernel_harness import Kernel

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CHECKS", "Check", "Notebook"]

IN_TIME_S = 0.5
INTERRUPTED_S = 1.0

FIRST_CELL = """
import time, anywidget, ipywidgets, traitlets
from sigmic_jupyter.kernel import Settled, deliver, forget

class Button(anywidget.AnyWidget):
    _esm = "export default { render() {} }"
    seen = traitlets.List().tag(sync=True)

def by(way):
    def handler(content, buffers):
        handled.append(content["n"])
        ways.add(way)
        received.extend(bytes(buffer) for buffer in buffers)
        button.seen = list(handled)
        if content["last"]:
            settled.set()
    return handler

button, settled = Button(), Settled()
delivered, normal = by("delivered"), by("normal")
button.on_msg(lambda _widget, content, buffers: normal(content, buffers))

slider, plain = ipywidgets.IntSlider(), ipywidgets.Button()
plain.on_click(lambda _button: pressed.append(slider.value))
"""
FRESH = """
handled, ways, received, pressed = [], set(), [], []
settled.clear()
slider.value = 0
button.seen = []
deliver(button.comm.comm_id, delivered)
"""
RUNNING = "print('running', flush=True)\n"
WAIT = RUNNING + "print(settled.wait(20), handled)"
AWAIT = RUNNING + "await settled.wait_async()\nprint(True, handled)"
BUSY = RUNNING + "while not settled.is_set(): time.sleep(0.01)\nprint(True, handled)"


class Notebook(Kernel):
    """A kernel with a button that `deliver` knows, an ordinary button and a slider."""

    def __enter__(self) -> Notebook:
        super().__enter__()
        self.run(FIRST_CELL)
        self.comms = dict(
            pair.split()
            for pair in self.run(
                "for name in ('button', 'slider', 'plain'):"
                " print(name, globals()[name].comm.comm_id)"
            ).splitlines()
        )
        self.major = int(self.run("import ipykernel; print(ipykernel.version_info[0])"))
        self.shells = [None, *([shell] if (shell := self.subshell()) else [])]
        return self

    def start(self, code: str) -> str:
        """Start a cell that prints `running`, and wait until it does."""
        self.run(FRESH)
        cell = self.execute(code)
        self.wait(lambda m: m["msg_type"] == "stream", parent=cell)
        return cell

    def click(self, n: int = 1, *, last: bool = True, **more: Any) -> tuple[str, list[bytes]]:
        """The frames of a click."""
        data = {"method": "custom", "content": {"n": n, "last": last}}
        return self.make("comm_msg", {"comm_id": self.comms["button"], "data": data}, **more)

    def in_time(self, request: str, sent_at: float) -> bool:
        """Wait until the kernel is done with a request; whether that was quick."""
        self.wait_idle(request)
        return time.monotonic() - sent_at < IN_TIME_S

    def show(self, names: str) -> str:
        """The values of variables, when nothing else runs any more."""
        return self.run(f"print({names})")


@dataclasses.dataclass(frozen=True)
class Check:
    """One thing that has to hold.

    Attributes:
        name: What is done, as a heading.
        run: Does it, and returns what it saw.
        expected: What it has to see.
        since: The first major version of ipykernel for which it holds.
    """

    name: str
    run: Callable[[Notebook], Any]
    expected: Any
    since: int = 6


def _click_during(cell_code: str) -> Callable[[Notebook], Any]:
    """Click while a cell runs, once for each shell that a front end may send it to."""

    def run(notebook: Notebook) -> Any:
        saw = []
        for shell in notebook.shells:
            cell = notebook.start(cell_code)
            click, frames = notebook.click(subshell=shell)
            sent_at = time.monotonic()
            notebook.post(frames)
            in_time = notebook.in_time(click, sent_at)
            output = notebook.output(cell).splitlines()[-1]
            handled = notebook.show("handled, ways")
            saw.append((in_time, output, handled, notebook.states(click), _was_seen(notebook)))
        return saw[-1] if all(each == saw[0] for each in saw) else saw

    return run


def _was_seen(notebook: Notebook) -> bool:
    """Whether the browser was told of the newest click by the handler's change of a trait."""
    updates = [
        m["content"]["data"]["state"]
        for m in notebook.messages
        if m["msg_type"] == "comm_msg" and m["content"]["comm_id"] == notebook.comms["button"]
    ]
    return bool(updates) and updates[-1] == {"seen": [1]}


CLICKED = (True, "True [1]", "[1] {'delivered'}", ["busy", "idle"], True)


def _queue(notebook: Notebook) -> Any:
    """Cells and others' messages behind the running cell stay in order."""
    cells = {notebook.start(WAIT): "first"}
    cells[notebook.execute("print(settled.is_set())")] = "second"
    for name, data in (
        ("slider", {"method": "update", "state": {"value": 7}, "buffer_paths": []}),
        ("plain", {"method": "custom", "content": {"event": "click"}}),
    ):
        notebook.send("comm_msg", {"comm_id": notebook.comms[name], "data": data})
    completion = notebook.send("complete_request", {"code": "slid", "cursor_pos": 4})
    cells[notebook.execute("print(slider.value, pressed)")] = "third"
    click, frames = notebook.click()
    sent_at = time.monotonic()
    notebook.post(frames)
    in_time = notebook.in_time(click, sent_at)
    outputs = [notebook.output(cell).splitlines()[-1] for cell in cells]
    completed = notebook.wait(lambda m: m["msg_type"] == "complete_reply", parent=completion)
    order = [
        cells[m["parent_header"]["msg_id"]]
        for m in notebook.messages
        if m["msg_type"] == "execute_input" and m["parent_header"]["msg_id"] in cells
    ]
    return in_time, outputs, order, completed["content"]["matches"]


def _idle(notebook: Notebook) -> Any:
    """A click while nothing runs."""
    notebook.run(FRESH)
    click, frames = notebook.click(buffers=[b"some", b"bytes"])
    sent_at = time.monotonic()
    notebook.post(frames)
    in_time = notebook.in_time(click, sent_at)
    return in_time, notebook.show("handled, received"), notebook.states(click)


def _other_widgets(notebook: Notebook) -> Any:
    """A slider is moved and an ordinary button pressed while nothing runs."""
    notebook.run(FRESH)
    data = {"method": "update", "state": {"value": 3}, "buffer_paths": []}
    notebook.send("comm_msg", {"comm_id": notebook.comms["slider"], "data": data})
    data = {"method": "custom", "content": {"event": "click"}}
    press = notebook.send("comm_msg", {"comm_id": notebook.comms["plain"], "data": data})
    notebook.wait_idle(press)
    return notebook.show("slider.value, pressed, handled"), notebook.states(press)


def _forged(notebook: Notebook) -> Any:
    """A click with a signature that is not its own, then a right one."""
    cell = notebook.start(WAIT)
    _forged, frames = notebook.click(1)
    at = next(i for i, frame in enumerate(frames) if frame == b"<IDS|MSG>")
    frames[at + 1] = b"0" * 64
    notebook.post(frames)
    click, frames = notebook.click(2)
    notebook.post(frames)
    notebook.wait_idle(click)
    return notebook.output(cell).splitlines()[-1], notebook.show("handled, ways")


def _twice(notebook: Notebook) -> Any:
    """The same click sent twice, then another."""
    cell = notebook.start(WAIT)
    once, frames = notebook.click(1, last=False)
    notebook.post(frames)
    notebook.post(frames)
    click, frames = notebook.click(2)
    notebook.post(frames)
    notebook.wait_idle(click)
    return notebook.output(cell).splitlines()[-1], notebook.show("handled"), notebook.states(once)


def _forgotten(notebook: Notebook) -> Any:
    """A click on a widget that was forgotten goes the kernel's own way."""
    notebook.run(FRESH + "forget(button.comm.comm_id)")
    click, frames = notebook.click()
    notebook.post(frames)
    notebook.wait_idle(click)
    return notebook.show("handled, ways")


def _interrupt(cell_code: str) -> Callable[[Notebook], Any]:
    def run(notebook: Notebook) -> Any:
        cell = notebook.start(cell_code)
        sent_at = time.monotonic()
        notebook.interrupt()
        error = notebook.output(cell).splitlines()[-1]
        in_time = time.monotonic() - sent_at < INTERRUPTED_S
        return in_time, error, notebook.show("handled")

    return run


CHECKS = (
    Check("wait", _click_during(WAIT), CLICKED),
    Check("await", _click_during(AWAIT), CLICKED),
    Check("busy cell", _click_during(BUSY), CLICKED, since=7),
    Check(
        "queue",
        _queue,
        (True, ["True [1]", "True", "7 [7]"], ["first", "second", "third"], ["slider"]),
    ),
    Check("idle", _idle, (True, "[1] [b'some', b'bytes']", ["busy", "idle"])),
    Check("other widgets", _other_widgets, ("3 [3] []", ["busy", "idle"])),
    Check("forged", _forged, ("True [2]", "[2] {'delivered'}")),
    Check("twice", _twice, ("True [1, 2]", "[1, 2]", ["busy", "idle"])),
    Check("forgotten", _forgotten, "[1] {'normal'}"),
    Check("interrupt wait", _interrupt(WAIT), (True, "KeyboardInterrupt:", "[]")),
    Check("interrupt await", _interrupt(AWAIT), (True, "KeyboardInterrupt:", "[]")),
)
