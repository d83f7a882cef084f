from __future__ import annotations

import pytest

from sigmic_jupyter.follow.cadence import next_interval_s


def intervals(count, *, waiting):
    previous, taken = None, []
    for _ in range(count):
        previous = next_interval_s(previous, changed=False, waiting=waiting)
        taken.append(previous)
    return taken


def test_it_slows_down_when_nothing_changes():
    """From 0.4 s to 5 s."""
    expected = [0.4, 0.6, 0.9, 1.35, 2.025, 3.0375, 4.55625, 5.0, 5.0]
    assert intervals(9, waiting=False) == pytest.approx(expected)


def test_it_stays_quick_while_a_call_waits():
    """Never slower than 2 s while a person is expected to decide."""
    assert intervals(7, waiting=True) == pytest.approx([0.4, 0.6, 0.9, 1.35, 2.0, 2.0, 2.0])


def test_a_change_makes_it_quick_again():
    """After a change it starts from 0.4 s."""
    assert next_interval_s(5.0, changed=True, waiting=False) == 0.4
