"""What has to hold for clicks while a cell runs, by raw protocol in any version of ipykernel.

Each check returns what it saw, which is to equal what is expected.
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Any

from kernel_notebook import FRESH, IN_TIME_S

from sigmic_jupyter.widget.digest import digest_of_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from kernel_harness import Message
    from kernel_notebook import Notebook

__all__ = ["CHECKS", "Check"]

INTERRUPTED_S = 1.0

RUNNING = "print('running', flush=True)\n"
WAIT = RUNNING + "print(settled.wait(20), handled)"
AWAIT = RUNNING + "await settled.wait_async()\nprint(True, handled)"
BUSY = RUNNING + "while not settled.is_set(): time.sleep(0.01)\nprint(True, handled)"
TASK = """
from sigmic_jupyter import simulator
simulated = simulator.start(speed=20)
task = simulated.client().run("Say hello", auto_execute=False)
print(task.comm.comm_id)
"""
WAIT_FOR_TASK = RUNNING + "print(task.wait(20).status, [each['by'] for each in task.decisions])"


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


def _task(notebook: Notebook) -> Any:
    """A call of a real task is approved while `task.wait()` runs."""
    comm_id = notebook.run(TASK)
    cell = notebook.start(WAIT_FOR_TASK)

    def data_of(message: Message) -> dict[str, Any]:
        ours = message["content"].get("comm_id") == comm_id
        return message["content"].get("data", {}) if ours else {}

    asked = notebook.wait(lambda m: bool(data_of(m).get("state", {}).get("pending_approvals")))
    approval = data_of(asked)["state"]["pending_approvals"][0]
    command = {"id": "1", "command": "decide", "outcome": "proceed_once"}
    command |= {"call_id": approval["call_id"], "digest": digest_of_shown(approval)}
    sent_at = time.monotonic()
    notebook.send(
        "comm_msg", {"comm_id": comm_id, "data": {"method": "custom", "content": command}}
    )
    reply = notebook.wait(lambda m: data_of(m).get("content", {}).get("reply_to") == "1")
    in_time = time.monotonic() - sent_at < IN_TIME_S
    output = notebook.output(cell).splitlines()[-1]
    notebook.run("task.close(); simulated.stop()")
    return in_time, data_of(reply)["content"]["ok"], output


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
    Check("interrupt await", _interrupt(AWAIT), (True, "CancelledError:", "[]")),
    Check("task", _task, (True, True, "completed [{'kind': 'person'}]")),
)
