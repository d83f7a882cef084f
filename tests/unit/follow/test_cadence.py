from __future__ import annotations

from sigmic_jupyter.follow.cadence import next_interval_s


def intervals(count, *, waiting):
    previous, taken = None, []
    for _ in range(count):
        previous = next_interval_s(previous, changed=False, waiting=waiting)
        taken.append(round(previous, 2))
    return taken


def test_it_slows_down_when_nothing_changes():
    """From 0.4 s to 5 s."""
    assert intervals(9, waiting=False) == [0.4, 0.6, 0.9, 1.35, 2.02, 3.04, 4.56, 5.0, 5.0]


def test_it_stays_quick_while_a_call_waits():
    """Never slower than 2 s while a person is expected to decide."""
    assert intervals(7, waiting=True) == [0.4, 0.6, 0.9, 1.35, 2.0, 2.0, 2.0]


def test_a_change_makes_it_quick_again():
    """After a change it starts from 0.4 s."""
    assert next_interval_s(5.0, changed=True, waiting=False) == 0.4
