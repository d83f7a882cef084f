import pytest


def calls(task):
    return [(call["toolName"], call["status"]) for call in task["output"]["toolCalls"]]


def outputs(task):
    return [call.get("output") for call in task["output"]["toolCalls"]]


@pytest.fixture
def analysis(api, sales):
    return api.create("Sum up", files=[("sales.csv", sales.read_bytes())], autoExecute="false")


def test_waits(api):
    """A call that needs approval waits, is listed with its arguments, and has not run."""
    task_id = api.create(autoExecute=False)
    pending = api.waiting(task_id)
    task = api.get(task_id)
    assert pending == [{"callId": "call_001", "toolName": "list_directory", "args": {"path": "."}}]
    assert (task["status"], calls(task)) == (
        "awaiting_approval",
        [("list_directory", "awaiting_approval")],
    )
    assert outputs(task) == [None]


def test_proceed_once(api):
    """An approved call runs for real."""
    task_id = api.create(autoExecute=False)
    (pending,) = api.waiting(task_id)
    answer = api.decide(task_id, pending["callId"], "proceed_once").json()
    assert answer == {"success": True, "data": {"approved": True}}
    task = api.until(task_id, "completed")
    assert calls(task) == [("list_directory", "success")]
    assert outputs(task) == ["downloads/\nuploads/"]


def test_reject(api):
    """A rejected call does not run, and the agent goes on without it."""
    task_id = api.create(autoExecute=False)
    (pending,) = api.waiting(task_id)
    assert api.decide(task_id, pending["callId"], "cancel").json()["data"] == {"approved": False}
    task = api.until(task_id, "completed")
    assert calls(task) == [("list_directory", "cancelled")]
    assert outputs(task) == ["Cancelled: the call did not run."]
    assert "listing it was not allowed" in task["output"]["content"]


def test_decided_once(api):
    """A second decision about the same call finds no call that waits."""
    task_id = api.create(autoExecute=False)
    pending = api.decide_next(task_id, "proceed_once")
    answer = api.decide(task_id, pending["callId"], "cancel")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


def test_unknown_call(api):
    """A decision about a call that does not exist is answered with 404."""
    answer = api.decide(api.create(), "call_999", "proceed_once")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


def test_proceed_always(api):
    """Always approves later calls of the same tool in the session, and of no other."""
    task_id = api.create("think", autoExecute=False)
    assert api.decide_next(task_id, "proceed_always")["toolName"] == "run_python"
    assert calls(api.until(task_id, "completed")) == [("run_python", "success")] * 2
    api.data("POST", f"/tasks/{task_id}/messages", json={"message": "Next"})
    assert api.waiting(task_id)[0]["toolName"] == "list_directory"


def test_two_at_once(api, analysis):
    """Two calls may wait at once, and are decided one by one in any order."""
    for _ in range(3):
        api.decide_next(analysis, "proceed_once")
    table, chart = api.waiting(analysis, count=2)
    assert [call["args"]["path"] for call in (table, chart)] == [
        "downloads/revenue_by_region.csv",
        "downloads/revenue_by_region.svg",
    ]
    api.decide(analysis, chart["callId"], "proceed_once")
    assert api.waiting(analysis) == [table]
    api.decide(analysis, table["callId"], "cancel")
    content = api.until(analysis, "completed")["output"]["content"]
    assert api.paths(analysis) == ["downloads/revenue_by_region.svg", "uploads/sales.csv"]
    assert "- [ ] `downloads/revenue_by_region.csv` is missing: the call was rejected" in content
    assert "- [x] `downloads/revenue_by_region.svg` is written" in content


@pytest.mark.parametrize(
    ("approved", "said"),
    [
        (1, "I could not read `uploads/sales.csv`: the call of `read_file` was rejected."),
        (2, "I could not compute the figures: the call of `run_python` was rejected."),
    ],
)
def test_reject_what_is_needed(api, analysis, approved, said):
    """Without what it needs, the analysis stops and says why."""
    for _ in range(approved):
        api.decide_next(analysis, "proceed_once")
    api.decide_next(analysis, "cancel")
    task = api.until(analysis, "completed")
    assert said in task["output"]["content"]
    assert len(task["output"]["toolCalls"]) == approved + 1
    assert api.paths(analysis) == ["uploads/sales.csv"]


def test_cancel_while_waiting(api, analysis):
    """Cancelling the task settles the call that waits; it never runs."""
    (pending,) = api.waiting(analysis)
    api.data("DELETE", f"/tasks/{analysis}")
    task = api.get(analysis)
    assert (task["status"], calls(task)) == ("cancelled", [("list_directory", "cancelled")])
    assert "pendingApprovals" not in task
    assert api.decide(analysis, pending["callId"], "proceed_once").status_code == 404
