from __future__ import annotations

import threading
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION

import pytest

from sigmic_jupyter.kernel import Settled, in_order, wait_for


@pytest.fixture
def flags():
    """Four flags of which the second and the fourth are set."""
    flags = [Settled() for _ in range(4)]
    flags[1].set()
    flags[3].set()
    return flags


def numbers(flags, some):
    return sorted(flags.index(flag) for flag in some)


def set_later(*flags):
    """Set flags from another thread, in order."""

    def work() -> None:
        for flag in flags:
            flag.set()

    threading.Timer(0.01, work).start()


@pytest.mark.parametrize(
    ("return_when", "failing", "expected"),
    [
        (FIRST_COMPLETED, (), [1, 3]),
        (FIRST_EXCEPTION, (3,), [1, 3]),
        (FIRST_EXCEPTION, (0,), [0, 1, 3]),
        (FIRST_EXCEPTION, (), [0, 1, 2, 3]),
        (ALL_COMPLETED, (3,), [0, 1, 2, 3]),
    ],
)
def test_wait_for_returns_when_it_is_told_to(flags, return_when, failing, expected):
    """At the first, at the first that failed, or when all are set."""
    set_later(*(flags[number] for number in expected if number not in {1, 3}))

    done, pending = wait_for(
        flags, 5, return_when=return_when, failed=lambda flag: flags.index(flag) in failing
    )

    assert numbers(flags, done) == expected
    assert numbers(flags, pending) == sorted({0, 1, 2, 3} - set(expected))


def test_wait_for_gives_up_after_its_limit(flags):
    """A limit that passes is no error: what is not set is among the others."""
    done, pending = wait_for(flags, 0.01)

    assert (numbers(flags, done), numbers(flags, pending)) == ([1, 3], [0, 2])


def test_wait_for_nothing_returns_at_once():
    """Nothing to wait for, nothing waited for."""
    assert wait_for([], return_when=FIRST_COMPLETED) == (set(), set())


def test_wait_for_refuses_another_condition(flags):
    """A condition that does not exist is named, with those that do."""
    with pytest.raises(ValueError, match=r"'ANY', but must be one of .*'FIRST_COMPLETED'"):
        wait_for(flags, return_when="ANY")


def test_in_order_yields_each_once_in_order_of_its_end(flags):
    """What is set already comes first, as it was mentioned; then each as it is set."""
    set_later(flags[2], flags[0])

    order = [flags.index(flag) for flag in in_order([*flags, flags[1]], 5)]

    assert order == [1, 3, 2, 0]


def test_in_order_says_how_many_were_left(flags):
    """A limit that passes is a TimeoutError, after what was set has been yielded."""
    came = []

    with pytest.raises(TimeoutError, match=r"^2 \(of 4\) unfinished$"):
        came.extend(flags.index(flag) for flag in in_order(flags, 0.01))

    assert came == [1, 3]


@pytest.mark.parametrize("wait", [wait_for, lambda *args, **more: list(in_order(*args, **more))])
def test_a_check_ends_waiting_for_many(flags, wait):
    """What a check raises reaches the caller, and no flag keeps a callback."""

    def check() -> None:
        raise LookupError("nobody there")

    with pytest.raises(LookupError, match="nobody there"):
        wait(flags, check=check)

    assert [flag._callbacks for flag in flags] == [[], [], [], []]
