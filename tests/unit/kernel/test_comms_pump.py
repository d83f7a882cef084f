from __future__ import annotations

import concurrent.futures
import signal

import pytest
from fake_kernels import CLICK, Desk, Kernel6, message


@pytest.mark.parametrize(
    "other", [(), (0,), (0, None, ()), (0, None, ("a", "b")), ("x", None, ([],))]
)
def test_an_unknown_entry_stays_in_the_queue(other):
    """What waits in another shape is left where it is, and ours behind it is found."""
    kernel = Kernel6()
    desk = Desk(kernel)
    kernel.msg_queue._queue.append(other)
    kernel.shell_stream.receive(message(kernel.session, CLICK)[1])

    desk.comms.pump(flush=False)

    assert list(kernel.msg_queue._queue) == [other]
    assert desk.handled == [(CLICK, [])]


@pytest.mark.parametrize("flush", [False, True])
def test_pump_takes_ours_and_leaves_the_rest_in_order(flush):
    """Of what waits behind the cell only clicks are taken, those still on the wire with `flush`."""
    kernel = Kernel6()
    desk = Desk(kernel)
    others = [message(kernel.session, CLICK, msg_type="execute_request")[1] for _ in range(3)]
    ours = [message(kernel.session, {"n": n})[1] for n in range(2)]
    for frames in (others[0], ours[0], others[1], ours[1], others[2]):
        kernel.shell_stream.arriving.append(frames)
    if not flush:
        kernel.shell_stream.flush()

    pumped = desk.comms.pump(flush=flush)
    kernel.finish_cell()

    assert pumped is True
    assert desk.handled == [({"n": 0}, []), ({"n": 1}, [])]
    assert kernel.normal == others


def test_pump_looks_at_each_message_once():
    """Many cells that wait cost nothing again and again."""
    kernel = Kernel6()
    desk = Desk(kernel)
    kernel.shell_stream.receive(message(kernel.session, CLICK, msg_type="execute_request")[1])
    looked_at: list[object] = []
    taking = desk.comms._take
    desk.comms._take = lambda frames: looked_at.append(frames) or taking(frames)

    for _ in range(3):
        desk.comms.pump(flush=False)

    assert len(looked_at) == 1


def test_pump_on_another_thread_does_nothing():
    """The queue belongs to the main thread."""
    kernel = Kernel6()
    desk = Desk(kernel)
    kernel.shell_stream.receive(message(kernel.session, CLICK)[1])

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pumped = pool.submit(desk.comms.pump, flush=True).result()

    assert pumped is False
    assert len(kernel.msg_queue._queue) == 1


def test_an_interrupt_comes_after_the_message_that_is_being_read():
    """An interrupt loses nothing that is half read, and is not lost itself."""
    kernel = Kernel6()
    desk = Desk(kernel)
    kernel.shell_stream.flush = lambda: (
        signal.raise_signal(signal.SIGINT),
        kernel.shell_stream.receive(message(kernel.session, CLICK)[1]),
    )

    with pytest.raises(KeyboardInterrupt):
        desk.comms.pump(flush=True)

    assert desk.handled == [(CLICK, [])]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_pump_gives_up_where_the_channel_cannot_be_read():
    """A stream that fails is not tried again; the cell goes on."""
    kernel = Kernel6()
    desk = Desk(kernel)
    kernel.shell_stream.flush = lambda: 1 / 0

    assert desk.comms.pump(flush=True) is False
    assert desk.comms.pump(flush=False) is False
