"""The running kernel: a background loop, clicks while a cell runs, and waits.

Knows neither the service nor the widget.
"""

from sigmic_jupyter.kernel.comms import Handler, deliver, forget
from sigmic_jupyter.kernel.haste import Haste
from sigmic_jupyter.kernel.iterating import iterate
from sigmic_jupyter.kernel.loop import BackgroundLoop, background, in_thread
from sigmic_jupyter.kernel.waiting import Settled, in_order, wait_for

__all__ = [
    "BackgroundLoop",
    "Handler",
    "Haste",
    "Settled",
    "background",
    "deliver",
    "forget",
    "in_order",
    "in_thread",
    "iterate",
    "wait_for",
]
