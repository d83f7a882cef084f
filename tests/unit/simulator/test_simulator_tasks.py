import pytest


def test_created(api):
    """A new task is answered at once with its id."""
    answer = api.request("POST", "/tasks", json={"message": "Hello"})
    data = answer.json()["data"]
    assert (answer.status_code, data) == (201, {"id": data["id"], "status": "pending"})


def test_fields_as_json(api):
    """GET returns what the task was created with, and of the secrets nothing."""
    fields = {"systemPrompt": "Be brief.", "showInHistory": False, "env": {"TENANT": "acme"}}
    task = api.get(api.create("Hello", secrets={"TOKEN": "hush"}, autoExecute=False, **fields))
    expected = {"message": "Hello", "autoExecute": False, **fields}
    assert {name: task[name] for name in expected} == expected
    assert "hush" not in str(task)


def test_fields_as_form(api):
    """In a form, flags are the words true and false."""
    form = {"systemPrompt": "Be brief.", "showInHistory": "false", "autoExecute": "true"}
    task = api.get(api.create("Hello", files=[("a.txt", b"a")], **form))
    expected = {"systemPrompt": "Be brief.", "showInHistory": False, "autoExecute": True}
    assert {name: task[name] for name in expected} == expected


def test_before_anything_ran(start):
    """Before anything ran there is no output and no approval."""
    api = start(speed=0.1)
    task = api.get(api.create())
    assert (task["status"], task["startedAt"]) == ("pending", None)
    assert {"output", "pendingApprovals"}.isdisjoint(task)


def test_finished(api):
    """A finished task has its times in order, and no approvals."""
    task = api.until(api.create(), "completed")
    times = [task["createdAt"], task["startedAt"], task["output"]["updatedAt"], task["completedAt"]]
    assert times == sorted(times)
    assert "pendingApprovals" not in task


def test_updated_at_follows_output(api):
    """Two outputs that differ never carry the same time."""
    task_id = api.create("Write a report")
    seen = {}
    while (task := api.get(task_id))["status"] != "completed":
        if output := task.get("output"):
            seen.setdefault(output["updatedAt"], set()).add(output["content"])
    assert len(seen) > 1
    assert {len(contents) for contents in seen.values()} == {1}


def test_list(start):
    """The list has the task of the newest activity first, page by page, without output."""
    api = start()
    ids = [api.create(f"Task {number}") for number in range(3)]
    for task_id in ids:
        api.until(task_id, "completed")
    api.data("POST", f"/tasks/{ids[0]}/messages", json={"message": "Again"})
    api.until(ids[0], "completed")
    pages = [api.request("GET", f"/tasks?limit=2&offset={offset}").json() for offset in (0, 2)]
    listed = [task for page in pages for task in page["data"]]
    assert listed[0]["id"] == ids[0]
    assert {task["id"]: task["messageCount"] for task in listed} == dict(
        zip(ids, (4, 2, 2), strict=True)
    )
    assert not any("output" in task for task in listed)
    assert [page["pagination"] for page in pages] == [
        {"total": 3, "limit": 2, "offset": 0, "hasMore": True},
        {"total": 3, "limit": 2, "offset": 2, "hasMore": False},
    ]


def test_cancel(start):
    """DELETE stops a task that works; it stays as it was."""
    api = start(speed=1)
    task_id = api.create()
    assert api.data("DELETE", f"/tasks/{task_id}") == {"message": "Task cancelled"}
    task = api.get(task_id)
    assert (task["status"], task["error"], task["completedAt"] is None) == (
        "cancelled",
        None,
        False,
    )


@pytest.mark.parametrize(("message", "status"), [("Hello", "completed"), ("fail", "failed")])
def test_cancel_when_final(api, message, status):
    """DELETE of a task that is final is refused."""
    task_id = api.create(message)
    api.until(task_id, status)
    answer = api.request("DELETE", f"/tasks/{task_id}")
    error = {"message": f"Task is already {status}", "code": "VALIDATION_ERROR"}
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_follow_up(api):
    """A follow-up continues the session, and the output goes on after a blank line."""
    task_id = api.create()
    before = api.until(task_id, "completed")
    path = f"/tasks/{task_id}/messages"
    answer = api.data("POST", path, data={"message": "Next"}, files={"files": ("b.txt", b"b")})
    assert answer == {"status": "running"}
    assert api.get(task_id)["completedAt"] is None
    task = api.until(task_id, "completed")
    first, rest = before["output"]["content"], task["output"]["content"]
    assert rest.startswith(f"{first}\n\nYou asked before: “Hello”.")
    assert "- `uploads/b.txt`\n" in rest
    assert (task["startedAt"], task["message"]) == (before["startedAt"], "Hello")


def test_follow_up_while_working(api):
    """A message to a task that works is answered after what is under way."""
    task_id = api.create(autoExecute=False)
    api.waiting(task_id)
    api.data("POST", f"/tasks/{task_id}/messages", json={"message": "And then?"})
    for _ in range(3):
        api.decide_next(task_id, "proceed_once")
    content = api.until(task_id, "completed")["output"]["content"]
    assert content.index("Hello! This is") < content.index("You asked before: “Hello”")


def test_follow_up_after_failure(api):
    """A follow-up sets a failed task running again, and clears its error."""
    task_id = api.create("Please fail")
    assert api.until(task_id, "failed")["error"].startswith("Sandbox stopped: memory limit")
    api.data("POST", f"/tasks/{task_id}/messages", json={"message": "Again"})
    assert api.until(task_id, "completed")["error"] is None
