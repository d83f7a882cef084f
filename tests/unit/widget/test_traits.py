from __future__ import annotations

import json
import pathlib

import msgspec
import pytest

from sigmic_jupyter.follow import Timeline, advance
from sigmic_jupyter.service.models import Approval, Output, Task, Thought, ToolCall
from sigmic_jupyter.widget.called import CalledMemo
from sigmic_jupyter.widget.task_widget import TRAITS
from sigmic_jupyter.widget.traits import traits_of
from sigmic_jupyter.widget.wire import Connection, Decision, Message, PendingApproval, Problem

CONTRACT = pathlib.Path(__file__).parents[3] / "contract" / "traits"
EXAMPLES = {path.stem: json.loads(path.read_text()) for path in sorted(CONTRACT.glob("*.json"))}


@pytest.mark.parametrize("traits", EXAMPLES.values(), ids=EXAMPLES)
def test_the_contract_has_the_widget_s_traits(traits):
    """The examples that the front end is tested with have exactly the traits of the widget."""
    assert set(traits) == TRAITS


@pytest.mark.parametrize("traits", EXAMPLES.values(), ids=EXAMPLES)
def test_the_contract_has_the_shapes_of_the_wire(traits):
    """What stands in the examples is what Python would send."""
    for value, kind in [
        (traits["pending_approvals"], list[PendingApproval]),
        (traits["decisions"], list[Decision]),
        (traits["conversation"], list[Message]),
        (traits["error"], Problem | None),
        (traits["connection"], Connection),
    ]:
        assert msgspec.to_builtins(msgspec.convert(value, kind)) == value


def test_a_snapshot_becomes_the_traits_of_the_contract():
    """A task with a call that waits gives the keys and values that the front end reads."""
    expected = EXAMPLES["awaiting-approval"]
    args = {"path": "/workspace/uploads/sales.csv", "limit": 200}
    snapshots = [
        ToolCall("call_001", "list_directory", "executing", {"path": "/workspace/uploads"}),
        ToolCall("call_001", "list_directory", "success", {"path": "/workspace/uploads"}),
    ]
    timeline = Timeline()
    for call in snapshots:
        task = Task(
            id=expected["task_id"],
            status="awaiting_approval",
            output=Output(thoughts=(Thought("Looking", "…"),), tool_calls=(call,)),
            pending_approvals=(Approval("call_002", "read_file", args),),
        )
        timeline = advance(timeline, task, expected["updated_at"])

    traits = msgspec.to_builtins(traits_of(task, timeline, CalledMemo().of, {}))

    assert traits["pending_approvals"] == expected["pending_approvals"]
    assert [set(row) for row in traits["timeline"]] == [set(row) for row in expected["timeline"]]
    assert [set(call) for call in traits["tool_calls"]] == [
        set(call) for call in expected["tool_calls"]
    ]
    assert traits["tool_calls"][1]["args"] == args
