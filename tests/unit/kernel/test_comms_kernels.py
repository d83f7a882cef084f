from __future__ import annotations

import os
import subprocess
import sys
import types

import pytest
from fake_kernels import CLICK, Desk, Kernel6, Kernel7, message

from sigmic_jupyter.kernel import comms


def replace(owner, path):
    """Put something unknown where a dotted path leads."""
    *owners, name = path.split(".")
    for each in owners:
        owner = getattr(owner, each)
    setattr(owner, name, types.SimpleNamespace())


@pytest.mark.parametrize(
    "path",
    [
        "session",
        "_publish_status",
        "shell_channel_thread",
        "shell_channel_thread.io_loop",
        "shell_stream.on_recv",
        "shell_stream._recv_copy",
    ],
)
def test_an_unknown_kernel_gets_no_filter(path):
    """Where a name is not what it was, the kernel gets every message, as it came."""
    kernel = Kernel7()
    _sent, frames = message(kernel.session, CLICK)
    replace(kernel, path)

    desk = Desk(kernel)
    kernel.shell_stream.receive(frames)

    assert desk.handled == []
    assert kernel.normal == [frames]


def test_a_stream_without_a_callback_gets_no_filter():
    """With nobody to hand other messages on to, nothing is installed."""
    kernel = Kernel7()
    kernel.shell_stream._recv_callback = None

    Desk(kernel)

    assert kernel.shell_stream._recv_callback is None


@pytest.mark.parametrize("path", ["session", "_publish_status", "msg_queue", "msg_queue._queue"])
def test_nothing_is_taken_from_an_unknown_queue(path):
    """Where a name is not what it was, what waits behind the cell stays there."""
    kernel = Kernel6()
    waiting = kernel.msg_queue._queue
    kernel.shell_stream.receive(message(kernel.session, CLICK)[1])
    replace(kernel, path)

    desk = Desk(kernel)
    desk.comms.pump(flush=False)

    assert desk.handled == []
    assert len(waiting) == 1


class KernelClass:
    """Stands for `ipykernel.kernelbase.Kernel`."""

    def __init__(self, kernel, *, initialized=True) -> None:
        self.initialized = lambda: initialized
        self.instance = lambda: kernel


HERE = types.SimpleNamespace(session=types.SimpleNamespace(pid=os.getpid()))
PARENTS = types.SimpleNamespace(session=types.SimpleNamespace(pid=os.getppid()))


@pytest.mark.parametrize(
    ("kernel_class", "found"),
    [
        (KernelClass(HERE), HERE),
        (KernelClass(HERE, initialized=False), None),
        (KernelClass(PARENTS), None),
        (KernelClass(None), None),
        (None, None),
    ],
    ids=["running", "none", "a forked child's parent", "without session", "unknown"],
)
def test_the_kernel_of_this_process_is_found(monkeypatch, kernel_class, found):
    """Only a kernel that runs, in this very process, counts."""
    kernelbase = types.SimpleNamespace(Kernel=kernel_class)
    monkeypatch.setitem(sys.modules, "ipykernel.kernelbase", kernelbase)

    assert comms._running_kernel() is found


def test_without_a_kernel_nothing_is_imported_or_started():
    """In a plain script `deliver`, `forget` and `pump` have no effect."""
    code = (
        "import sys, threading\n"
        "from sigmic_jupyter.kernel import comms\n"
        "comms.deliver('a-comm', print)\n"
        "pumped = comms.pump(flush=True)\n"
        "comms.forget('a-comm')\n"
        "print(pumped, threading.active_count(), 'ipykernel' in sys.modules, 'zmq' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "False 1 False False"
