"""A notebook for checks: a kernel with widgets in it, and clicks on them."""

from __future__ import annotations

import time
from typing import Any, Self

from kernel_harness import Kernel

__all__ = ["FRESH", "IN_TIME_S", "Notebook"]

IN_TIME_S = 0.5

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


class Notebook(Kernel):
    """A kernel with a button that `deliver` knows, an ordinary button and a slider."""

    def __enter__(self) -> Self:
        super().__enter__()
        self.run(FIRST_CELL)
        self.comms = dict(
            pair.split()
            for pair in self.run(
                "for name in ('button', 'slider', 'plain'):"
                " print(name, globals()[name].comm.comm_id)"
            ).splitlines()
        )
        self.version = self.run("import ipykernel; print(ipykernel.__version__)")
        self.major = int(self.version.split(".")[0])
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
