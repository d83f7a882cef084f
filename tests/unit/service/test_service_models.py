import pickle

import msgspec
import pytest

from sigmic_jupyter.service import (
    FINAL_STATUSES,
    Approval,
    Artifact,
    CallStatus,
    Output,
    Task,
    TaskList,
    TaskStatus,
    TaskSummary,
    Thought,
    ToolCall,
)
from sigmic_jupyter.service.decode import convert, parse_json
from sigmic_jupyter.service.envelope import page_of
from sigmic_jupyter.service.models import ArtifactList

MINIMAL = {"id": "t1", "status": "running"}


def test_task_that_waits(contract):
    """A task has its fields, its output and the calls that wait."""
    task = convert(parse_json(contract("task-awaiting-approval.json"))["data"], Task)

    assert task == Task(
        id="0c5f2d1e-7a44-4b0e-9a53-3f1d7c2b8e90",
        status="awaiting_approval",
        message="Summarise sales.csv by region",
        api_key_id="5b1c9a70-2f0d-4b1e-8a4e-6d2f9b7c1a33",
        username="ada",
        session_id="9d3e8f10-55aa-4c7b-b1f2-0e6a7d8c9b21",
        conversation_id="1769442659997-k3f9qz7ab",
        show_in_history=True,
        auto_execute=False,
        env={"TENANT": "acme"},
        created_at="2026-01-26T15:50:54.870Z",
        started_at="2026-01-26T15:50:59.998Z",
        output=Output(
            "I will look at the file first.\n\n",
            "2026-01-26T15:51:02.123Z",
            (Thought("Looking at the file", "The request names sales.csv; I need its columns."),),
            (
                ToolCall(
                    "call_001",
                    "list_directory",
                    CallStatus.SUCCESS.value,
                    {"path": "/workspace/uploads"},
                    "sales.csv",
                    "List uploaded files",
                ),
                ToolCall(
                    "call_002",
                    "read_file",
                    CallStatus.AWAITING_APPROVAL.value,
                    {"path": "/workspace/uploads/sales.csv", "limit": 200},
                ),
            ),
        ),
        pending_approvals=(
            Approval(
                "call_002", "read_file", {"path": "/workspace/uploads/sales.csv", "limit": 200}
            ),
        ),
    )
    assert pickle.loads(pickle.dumps(task)) == task  # noqa: S301 - made here


@pytest.mark.parametrize(
    ("name", "status", "output", "error"),
    [
        ("task-pending.json", "pending", None, None),
        (
            "task-failed.json",
            "failed",
            Output("The file has two revenue columns", "2026-01-26T15:52:09.731Z"),
            "Sandbox stopped: memory limit exceeded",
        ),
    ],
)
def test_task_before_and_after(contract, name, status, output, error):
    """A task without output has None; a failed one says why."""
    task = convert(parse_json(contract(name))["data"], Task)

    assert (task.status, task.output, task.error) == (status, output, error)


def test_list_of_tasks(contract):
    """A page has the rows, and which rows they are."""
    page = convert(page_of(parse_json(contract("task-list.json"))), TaskList)
    (row,) = page.tasks

    assert (page.total, page.limit, page.offset, page.has_more) == (42, 50, 0, False)
    assert isinstance(row, TaskSummary)
    assert (row.status, row.last_activity_at, row.message_count, row.output) == (
        "completed",
        "2026-01-26T15:56:03.070Z",
        2,
        None,
    )


def test_artifacts(contract):
    """An artifact has its path in the workspace, size and types."""
    files = convert(parse_json(contract("artifacts.json"))["data"], ArtifactList).files

    assert len(files) == 3
    assert files[1] == Artifact(
        "report.pdf",
        "downloads/report.pdf",
        50432,
        "application/pdf",
        "pdf",
        "2026-01-26T16:01:00.000Z",
    )


@pytest.mark.parametrize(
    ("data", "model", "expected"),
    [
        (MINIMAL | {"newField": [1]}, Task, Task("t1", "running")),
        ({"id": "t1", "status": "paused"}, Task, Task("t1", "paused")),
        (
            MINIMAL | {"message": None, "output": None, "pendingApprovals": None, "env": None},
            Task,
            Task("t1", "running"),
        ),
        (
            MINIMAL | {"error": {"message": "x"}},
            Task,
            Task("t1", "running", error='{"message":"x"}'),
        ),
        (
            MINIMAL | {"output": {"content": None, "thoughts": None, "toolCalls": None}},
            Task,
            Task("t1", "running", output=Output()),
        ),
        (
            MINIMAL | {"output": {"thoughts": [{"subject": None}]}},
            Task,
            Task("t1", "running", output=Output(thoughts=(Thought(),))),
        ),
        (
            {"callId": "c", "toolName": "x", "status": "success", "args": None, "output": None},
            ToolCall,
            ToolCall("c", "x", "success"),
        ),
        (
            {"callId": "c", "toolName": "x", "status": "success", "output": {"a": [None, 1]}},
            ToolCall,
            ToolCall("c", "x", "success", output='{"a":[null,1]}'),
        ),
        (
            {
                "callId": "c",
                "toolName": "x",
                "status": "new",
                "args": {"a": None, "b": {"c": None}},
            },
            ToolCall,
            ToolCall("c", "x", "new", {"a": None, "b": {"c": None}}),
        ),
        (
            {"callId": "c", "toolName": "x", "args": {"n": 123456789012345678901234567890}},
            Approval,
            Approval("c", "x", {"n": 123456789012345678901234567890}),
        ),
        ({"name": "a", "path": "a", "size": None}, Artifact, Artifact("a", "a")),
    ],
)
def test_tolerant(data, model, expected):
    """What is new, unknown, absent or null does no harm, and arguments stay exactly as sent."""
    assert convert(data, model) == expected


@pytest.mark.parametrize(
    ("data", "model", "place"),
    [
        (None, Task, "got `null`"),
        ([], Task, "got `array`"),
        ({"status": "running"}, Task, "missing required field `id`"),
        ({"id": None, "status": "running"}, Task, r"\$\.id"),
        ({"id": "t1", "status": 3}, Task, r"\$\.status"),
        (MINIMAL | {"output": "text"}, Task, r"\$\.output"),
        (MINIMAL | {"output": []}, Task, r"\$\.output"),
        (MINIMAL | {"output": {"toolCalls": {}}}, Task, r"\$\.output\.toolCalls"),
        (MINIMAL | {"output": {"toolCalls": [{"callId": "c"}]}}, Task, r"toolCalls\[0\]"),
        ({"callId": "c", "toolName": "x", "args": "rm"}, Approval, r"\$\.args"),
    ],
)
def test_wrong_structure(data, model, place):
    """What is required and missing or of a wrong type is an error that names the place."""
    with pytest.raises(msgspec.ValidationError, match=place):
        convert(data, model)


@pytest.mark.parametrize("status", [*TaskStatus, "paused", ""])
def test_is_final(status):
    """Three statuses are final; one that is not known is not."""
    assert Task("t1", str(status)).is_final is (status in FINAL_STATUSES)
    assert {"completed", "failed", "cancelled"} == FINAL_STATUSES
