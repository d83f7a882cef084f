"""Running cells give way sooner while somebody may click."""

from __future__ import annotations

import sys

import pytest

from sigmic_jupyter.kernel import Haste
from sigmic_jupyter.kernel.haste import HASTE_S


@pytest.fixture(autouse=True)
def interval():
    """The interval that Python has from the start."""
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    yield
    sys.setswitchinterval(before_s)


def test_the_interval_is_short_until_nobody_wants_it():
    """However often each of them says so."""
    first, second = Haste(), Haste()
    seen = []
    for each, wanted in (
        (first, True),
        (first, True),
        (second, True),
        (first, False),
        (first, False),
        (second, False),
        (second, False),
    ):
        each.set(wanted=wanted)
        seen.append(sys.getswitchinterval())

    assert seen == pytest.approx([HASTE_S] * 5 + [0.005] * 2)


def test_a_shorter_interval_stays():
    """Somebody had a reason for it."""
    sys.setswitchinterval(0.00005)
    haste = Haste()
    haste.set(wanted=True)
    during_s = sys.getswitchinterval()
    haste.set(wanted=False)

    assert during_s == sys.getswitchinterval() == pytest.approx(0.00005)


def test_what_somebody_sets_meanwhile_stays():
    """It is not taken back with ours."""
    haste = Haste()
    haste.set(wanted=True)
    sys.setswitchinterval(0.02)
    haste.set(wanted=False)

    assert sys.getswitchinterval() == pytest.approx(0.02)
