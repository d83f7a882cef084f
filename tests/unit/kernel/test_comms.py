from __future__ import annotations

import pytest
import zmq
from fake_kernels import CLICK, COMM_ID, Desk, Kernel7, bytes_of, message


@pytest.fixture
def desk():
    return Desk(Kernel7())


def test_a_click_is_handled_and_the_kernel_never_sees_it(desk):
    """The handler gets content and buffers, between a busy and an idle of that message."""
    sent, frames = message(desk.kernel.session, CLICK, buffers=(b"some", b"bytes"))

    desk.kernel.shell_stream.receive(frames)

    assert desk.handled == [(CLICK, [b"some", b"bytes"])]
    assert desk.kernel.statuses == [("busy", sent), ("idle", sent)]
    assert desk.kernel.normal == []


@pytest.mark.parametrize(
    "other",
    [
        {"comm_id": "of another widget"},
        {"method": "update"},
        {"msg_type": "comm_close"},
        {"msg_type": "execute_request"},
    ],
    ids=lambda other: "-".join(other.values()),
)
def test_what_is_not_ours_is_left_to_the_kernel(desk, other):
    """Other comms, other methods and other requests take the kernel's own way, once."""
    _sent, frames = message(desk.kernel.session, CLICK, **other)

    desk.kernel.shell_stream.receive(frames)

    assert desk.kernel.normal == [frames]
    assert desk.handled == []
    assert desk.kernel.statuses == []


def _tampered(frames):
    return [*frames[:-1], zmq.Frame(bytes(frames[-1]).replace(b"cancel", b"refresh"))]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda frames: [*frames[:2], zmq.Frame(b"0" * 64), *frames[3:]],
        lambda frames: [*frames[:2], zmq.Frame(b""), *frames[3:]],
        _tampered,
        lambda frames: frames[:1],
        lambda frames: frames[:4],
        lambda _frames: [],
        bytes_of,
    ],
    ids=["forged", "unsigned", "tampered", "no delimiter", "too short", "empty", "other frames"],
)
def test_a_spoilt_message_is_left_as_it_is(desk, spoil):
    """What has no right signature or an unknown form is for the kernel to drop."""
    _sent, frames = message(desk.kernel.session, CLICK)
    spoilt = spoil(frames)

    desk.kernel.shell_stream.receive(spoilt)

    assert desk.kernel.normal == [spoilt]
    assert desk.handled == []
    assert desk.kernel.session.digest_history == set()


@pytest.mark.parametrize("content", [None, b"[]", {"comm_id": COMM_ID, "data": 1}])
def test_a_message_of_another_shape_is_left_to_the_kernel(desk, content):
    """A content that no widget sends surprises nobody."""
    made = desk.kernel.session.msg("comm_msg", content)
    frames = [zmq.Frame(frame) for frame in desk.kernel.session.serialize(made)]

    desk.kernel.shell_stream.receive(frames)

    assert desk.kernel.normal == [frames]
    assert desk.handled == []


def test_where_it_cannot_be_handed_over_the_kernel_gets_it(desk):
    """Without a thread to run the handler, the click takes the kernel's own way, not spoilt."""
    desk.loop.broken = True
    _sent, frames = message(desk.kernel.session, CLICK)

    desk.kernel.shell_stream.receive(frames)

    assert desk.kernel.normal == [frames]
    assert desk.kernel.session.digest_history == set()


@pytest.mark.parametrize("holds", [False, True], ids=["handled", "under way"])
def test_a_click_that_is_sent_twice_is_handled_once(desk, holds):
    """The kernel's protection against replays holds for what was handled and what is under way."""
    desk.loop.holds = holds
    _sent, frames = message(desk.kernel.session, CLICK)

    desk.kernel.shell_stream.receive(frames)
    desk.kernel.shell_stream.receive(frames)
    desk.loop.release()

    assert desk.handled == [(CLICK, [])]
    assert len(desk.kernel.statuses) == 2


def test_a_handler_that_fails_does_no_harm(desk, caplog):
    """The failure is logged, the kernel is idle again, and the next click is handled."""
    desk.comms.deliver("another", lambda _content, _buffers: 1 / 0)

    desk.kernel.shell_stream.receive(message(desk.kernel.session, CLICK, comm_id="another")[1])
    desk.kernel.shell_stream.receive(message(desk.kernel.session, CLICK)[1])

    assert [record.message for record in caplog.records] == ["a handler failed comm_id=another"]
    assert [status for status, _ in desk.kernel.statuses] == ["busy", "idle"] * 2
    assert desk.handled == [(CLICK, [])]


def test_a_status_that_cannot_be_published_does_not_stop_the_click(desk):
    """Publishing is for the browser's counting alone."""
    desk.kernel.statuses = None

    desk.kernel.shell_stream.receive(message(desk.kernel.session, CLICK)[1])

    assert desk.handled == [(CLICK, [])]


def test_what_is_forgotten_takes_the_kernels_way(desk):
    """After `forget`, once or twice, messages are the kernel's again."""
    desk.comms.forget(COMM_ID)
    desk.comms.forget(COMM_ID)
    _sent, frames = message(desk.kernel.session, CLICK)

    desk.kernel.shell_stream.receive(frames)

    assert desk.kernel.normal == [frames]


def test_one_filter_serves_all_widgets(desk):
    """Further widgets install nothing."""
    before = desk.kernel.shell_stream._recv_callback

    desk.comms.deliver("another", desk.handle)

    assert desk.kernel.shell_stream._recv_callback is before
