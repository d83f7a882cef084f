"""What became of a call that waits no more is told by the task's own state."""

from __future__ import annotations

import pytest

from sigmic_jupyter.service.models import Outcome
from sigmic_jupyter.widget.settling import bears_out, ending
from sigmic_jupyter.widget.wire import DecidedBy, Decision

STATUSES = ["pending", "awaiting_approval", "decided", "strange"]


@pytest.mark.parametrize(
    ("call", "task", "expected"),
    [
        *[(status, "running", (None, "elsewhere")) for status in STATUSES],
        *[(status, "completed", (None, "expired")) for status in STATUSES],
        *[(status, "failed", (None, "expired")) for status in STATUSES],
        *[(status, "cancelled", ("cancel", "stop")) for status in STATUSES],
        *[
            (ran, task, (None, "elsewhere"))
            for ran in ("executing", "success", "error")
            for task in ("running", "completed", "failed", "cancelled")
        ],
        ("cancelled", "running", ("cancel", "elsewhere")),
        ("cancelled", "completed", ("cancel", "elsewhere")),
        ("cancelled", "failed", ("cancel", "elsewhere")),
        ("cancelled", "cancelled", ("cancel", "stop")),
        ("executing", "awaiting_approval", (None, "elsewhere")),
    ],
)
def test_without_a_decision_of_ours(call, task, expected):
    """Approved or rejected elsewhere, stopped with its task, or expired."""
    outcome, by = ending(call, task)

    assert (outcome, by.kind) == expected


@pytest.mark.parametrize(
    ("call", "task", "state", "approval", "rejection"),
    [
        ("executing", "running", "sending", True, False),
        ("success", "completed", "sent", True, False),
        ("error", "cancelled", "sent", True, False),
        ("cancelled", "running", "sending", False, True),
        ("cancelled", "cancelled", "sent", False, True),
        ("awaiting_approval", "cancelled", "sent", False, True),
        ("decided", "running", "sending", True, True),
        ("decided", "running", "sent", True, True),
        ("awaiting_approval", "completed", "sent", True, True),
        ("awaiting_approval", "completed", "sending", False, False),
        ("decided", "failed", "sending", False, False),
    ],
)
def test_with_a_decision_of_ours(call, task, state, approval, rejection):
    """Confirmed by what it was to bring about; where that does not show, by the service's word."""

    def holds(outcome):
        decision = Decision("c", "t", {}, None, outcome, DecidedBy("person"), state, "2026")
        return bears_out(call, task, decision)

    assert holds(Outcome.PROCEED_ONCE) == holds(Outcome.PROCEED_ALWAYS) == approval
    assert holds(Outcome.CANCEL) == rejection
