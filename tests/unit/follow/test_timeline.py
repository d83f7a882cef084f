from __future__ import annotations

import pytest

from sigmic_jupyter.follow import Timeline, advance
from sigmic_jupyter.service.models import Approval, Output, Task, Thought, ToolCall


def task(*, status="running", thoughts=(), calls=(), pending=()):
    return Task(
        id="t",
        status=status,
        output=Output(
            thoughts=tuple(Thought(subject, "") for subject in thoughts),
            tool_calls=tuple(ToolCall(call_id, "tool", state) for call_id, state in calls),
        ),
        pending_approvals=tuple(Approval(call_id, "tool") for call_id in pending),
    )


def play(*snapshots, witnessed=True):
    """Advance through snapshots at the times "1", "2", …."""
    timeline = Timeline(witnessed=witnessed)
    for at, snapshot in enumerate(snapshots, start=1):
        timeline = advance(timeline, snapshot, str(at))
    return timeline


def spans(timeline):
    return [(row.id, row.first_seen_at, row.settled_at) for row in timeline.rows]


def test_rows_come_in_order_of_arrival():
    """What a snapshot adds stands after what was there, whichever list it came in."""
    timeline = play(
        task(thoughts=["a"]),
        task(thoughts=["a"], calls=[("c1", "executing")]),
        task(thoughts=["a", "b"], calls=[("c1", "success")]),
    )

    assert spans(timeline) == [
        ("thought-0", "1", "2"),
        ("call-c1", "2", "3"),
        ("thought-1", "3", None),
    ]


def test_the_end_settles_what_is_open():
    """A final status settles the last thought, and a call that never answered."""
    timeline = play(
        task(calls=[("c1", "executing")]),
        task(thoughts=["a"], calls=[("c1", "executing")]),
        task(status="failed", thoughts=["a"], calls=[("c1", "executing")]),
    )

    assert spans(timeline) == [("call-c1", "1", "3"), ("thought-0", "2", "3")]


def test_a_task_attached_late_has_no_invented_times():
    """What happened before the first look has no times; what is seen from then on has."""
    timeline = play(
        task(thoughts=["a", "b"], calls=[("c1", "success"), ("c2", "awaiting_approval")]),
        task(thoughts=["a", "b"], calls=[("c1", "success"), ("c2", "executing")]),
        task(thoughts=["a", "b", "c"], calls=[("c1", "success"), ("c2", "success")]),
        witnessed=False,
    )

    assert spans(timeline) == [
        ("thought-0", None, None),
        ("thought-1", None, None),
        ("call-c1", None, None),
        ("call-c2", None, "3"),
        ("thought-2", "3", None),
    ]
    assert timeline.rows[3].waiting_at is None


def test_a_finished_task_attached_late_settles_nothing():
    """The first look at a final task invents no time at all."""
    timeline = play(
        task(status="completed", thoughts=["a"], calls=[("c1", "executing")]), witnessed=False
    )

    assert spans(timeline) == [("thought-0", None, None), ("call-c1", None, None)]


def test_waiting_is_told_apart_from_working():
    """The span in which a call waited for a person is noted once."""
    timeline = play(
        task(calls=[("c1", "pending")]),
        task(calls=[("c1", "awaiting_approval")]),
        task(calls=[("c1", "awaiting_approval")]),
        task(calls=[("c1", "executing")]),
        task(calls=[("c1", "success")]),
    )

    row = timeline.rows[0]
    assert (row.first_seen_at, row.waiting_at, row.resumed_at, row.settled_at) == (
        "1",
        "2",
        "4",
        "5",
    )


def test_a_call_that_only_waits_is_a_row_too():
    """A call named by `pendingApprovals` alone is in the timeline, as waiting."""
    timeline = play(task(pending=["c9"]))

    assert [call.call_id for call in timeline.calls] == ["c9"]
    assert timeline.rows[0].waiting_at == "1"


def test_a_new_list_of_thoughts_keeps_the_old_ones():
    """Where a follow-up starts a new list, what was seen before stays above it."""
    timeline = play(
        task(thoughts=["a", "b"], calls=[("c1", "success")]),
        task(thoughts=["c"], calls=[]),
        task(thoughts=["c", "d"], calls=[("c2", "executing")]),
    )

    assert [getattr(row, "subject", row.id) for row in timeline.rows] == [
        "a",
        "b",
        "call-c1",
        "c",
        "d",
        "call-c2",
    ]
    assert [call.call_id for call in timeline.calls] == ["c1", "c2"]


def test_a_new_list_as_long_as_the_old_one_is_new_all_the_same():
    """Other thoughts in the same places are not the old ones, changed."""
    timeline = play(task(thoughts=["a", "b"]), task(thoughts=["c", "d"]))

    assert [row.subject for row in timeline.rows] == ["a", "b", "c", "d"]


def test_a_thought_that_grows_is_the_same_row():
    """A subject that is still being written changes in its place."""
    timeline = play(task(thoughts=["Look"]), task(thoughts=["Looking at it"]))

    assert [row.subject for row in timeline.rows] == ["Looking at it"]


@pytest.mark.parametrize("witnessed", [True, False])
def test_the_same_snapshot_again_changes_nothing(witnessed):
    """Advancing by what is known already gives an equal timeline."""
    snapshot = task(thoughts=["a", "b"], calls=[("c1", "awaiting_approval")])
    once = play(snapshot, witnessed=witnessed)

    assert advance(once, snapshot, "9") == once
