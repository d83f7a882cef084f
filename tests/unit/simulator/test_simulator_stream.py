def names(events):
    return [name for name, _ in events]


def test_idle(api):
    """The stream of an idle task has the saved conversation and ends."""
    task_id = api.create("Hello", files=[("a.txt", b"a")])
    content = api.until(task_id, "completed")["output"]["content"]
    with api.stream(task_id) as stream:
        (_, question), (_, answer), done = stream
    assert (question["role"], question["content"]) == ("user", "Hello")
    assert question["attachedFiles"] == [{"name": "a.txt", "path": "uploads/a.txt"}]
    assert (answer["role"], answer["content"]) == ("assistant", content)
    assert [call["status"] for call in answer["toolCalls"]] == ["success"]
    assert done == ("history_done", {"messageCount": 2, "isStreaming": False})


def test_catch_up_and_live(api):
    """A connection in the middle gets what there is, then all that follows, once."""
    task_id = api.create(autoExecute=False)
    (pending,) = api.waiting(task_id)
    with api.stream(task_id) as stream:
        opening = [next(stream) for _ in range(5)]
        api.decide(task_id, pending["callId"], "proceed_once")
        live = list(stream)
    assert names(opening) == ["history_message", "history_done", "status", "thought", "tool_call"]
    assert opening[1][1] == {"messageCount": 1, "isStreaming": True}
    assert opening[4][1]["status"] == "awaiting_approval"
    assert names(live[:2]) == ["tool_call", "tool_result"]
    assert live[0][1] == opening[4][1] | {"status": "executing"}
    assert live[1][1] == {
        "callId": pending["callId"],
        "status": "success",
        "output": "downloads/\nuploads/",
    }
    text = "".join(data["text"] for name, data in live if name == "content")
    assert live[-1] == ("done", {"finalResponse": text})
    assert api.get(task_id)["output"]["content"] == text


def test_catch_up_with_text(api, sales):
    """Catching up brings the text so far as one chunk, and settled calls with their results."""
    file = ("sales.csv", sales.read_bytes())
    task_id = api.create("Sum up", files=[file], autoExecute="false")
    api.decide_next(task_id, "proceed_once")
    api.waiting(task_id)
    with api.stream(task_id) as stream:
        events = [next(stream) for _ in range(8)]
    assert names(events[2:]) == [
        *("status", "thought", "tool_call", "tool_result", "tool_call", "content")
    ]
    assert events[-1][1] == {"text": "I will look at the file first.\n\n", "isPartial": True}


def test_chunks(api):
    """Only the last chunk of what the agent says at once is not partial."""
    task_id = api.create("Write a report", autoExecute=False)
    with api.stream(task_id) as stream:
        api.decide_next(task_id, "proceed_once")
        partial = [data["isPartial"] for name, data in stream if name == "content"]
    assert len(partial) > 100
    assert partial == [True] * (len(partial) - 1) + [False]


def test_failed(api):
    """The stream of a task that fails ends with the error."""
    task_id = api.create("Fail", autoExecute=False)
    with api.stream(task_id) as stream:
        api.decide_next(task_id, "proceed_once")
        *_, last = stream
    assert last[0] == "error"
    assert last[1]["message"].startswith("Sandbox stopped")


def test_cancelled(api):
    """The stream of a task that is cancelled ends."""
    task_id = api.create(autoExecute=False)
    api.waiting(task_id)
    with api.stream(task_id) as stream:
        next(stream)
        api.data("DELETE", f"/tasks/{task_id}")
        *_, result, last = stream
    assert (result[0], result[1]["status"]) == ("tool_result", "cancelled")
    assert last == ("done", {"finalResponse": ""})


def test_heartbeat(start, monkeypatch):
    """A quiet connection is kept alive by comments."""
    monkeypatch.setattr("sigmic_jupyter.simulator.app.HEARTBEAT_S", 0.01)
    api = start()
    task_id = api.create(autoExecute=False)
    api.waiting(task_id)
    with api.stream(task_id) as stream:
        assert (None, "heartbeat") in stream


def test_stop_ends_streams(start):
    """Stopping the simulator ends the streams that are open."""
    api = start()
    task_id = api.create(autoExecute=False)
    api.waiting(task_id)
    with api.stream(task_id) as stream:
        next(stream)
        api.simulator.stop()
        assert names(stream)[-1] == "tool_call"
