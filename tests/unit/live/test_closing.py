"""What a task leaves behind when it is closed: nothing."""

from __future__ import annotations

import asyncio
import gc
import time
import weakref

import comm
from ipywidgets.widgets import widget
from live import LIMIT_S

from sigmic_jupyter.kernel import background


def test_nothing_is_left(client):
    """Neither a comm nor a widget, nor the task itself."""
    client.run("Hello").wait(LIMIT_S).close()  # what all tasks share is made
    before = (len(comm.get_comm_manager().comms), len(widget._instances))
    task = client.run("Hello").wait(LIMIT_S)
    alive = weakref.ref(task)
    task.close()
    assert (len(comm.get_comm_manager().comms), len(widget._instances)) == before

    del task
    deadline = time.monotonic() + LIMIT_S
    while alive() is not None and time.monotonic() < deadline:
        background().run(asyncio.sleep(0.05))  # of the end of a task's work nobody tells
        gc.collect()
    assert alive() is None
