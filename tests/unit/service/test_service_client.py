import email
import json

import pytest

from sigmic_jupyter.service import CreatedTask, Outcome, errors

BASE = "https://api.example/api/v1/tasks"


def form(request):
    """The parts of a multipart body: name, file name, content."""
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + request.content)
    return [
        (
            part.get_param("name", header="Content-Disposition"),
            part.get_filename(),
            part.get_payload(decode=True).decode(),
        )
        for part in message.get_payload()
    ]


TASK = {"id": "t1", "status": "running"}


@pytest.mark.parametrize(
    ("call", "sent", "data"),
    [
        (lambda c: c.get_task("t1"), ("GET", "/t1", None), TASK),
        (lambda c: c.get_task("a/../b?c"), ("GET", "/a%2F..%2Fb%3Fc", None), TASK),
        (lambda c: c.cancel_task("t1"), ("DELETE", "/t1", None), {"message": "Task cancelled"}),
        (
            lambda c: c.send_message("t1", "Go on"),
            ("POST", "/t1/messages", {"message": "Go on"}),
            {"status": "running"},
        ),
        (
            lambda c: c.approve_tool_call("t1", "c/1", Outcome.PROCEED_ALWAYS),
            ("POST", "/t1/tools/c%2F1/approve", {"outcome": "proceed_always"}),
            {"approved": True},
        ),
        (
            lambda c: c.approve_tool_call("t1", "c1", "cancel"),
            ("POST", "/t1/tools/c1/approve", {"outcome": "cancel"}),
            {"approved": False},
        ),
        (lambda c: c.list_artifacts("t1"), ("GET", "/t1/artifacts", None), {"files": []}),
        (
            lambda c: c.create_task("Hi", env={"A": "1"}, secrets={"B": "2"}, system_prompt="Be."),
            (
                "POST",
                "",
                {
                    "message": "Hi",
                    "showInHistory": True,
                    "autoExecute": True,
                    "systemPrompt": "Be.",
                    "env": {"A": "1"},
                    "secrets": {"B": "2"},
                },
            ),
            {"id": "t1", "status": "pending"},
        ),
    ],
)
async def test_request(client, recorder, call, sent, data):
    """Each method makes one request: its method, its path with ids encoded, its body, the key."""
    recorder.answer_data(data)
    await call(client)

    request = recorder.request
    body = json.loads(request.content) if request.content else None
    assert (request.method, str(request.url).removeprefix(BASE), body) == sent
    assert request.headers["Authorization"] == f"Bearer {client.api_key.reveal()}"
    assert request.headers["Accept"] == "application/json"


async def test_list_tasks(client, recorder, contract):
    """A page is asked for by limit and offset."""
    recorder.answer(text=contract("task-list.json"))
    page = await client.list_tasks(limit=7, offset=14)

    assert str(recorder.request.url) == f"{BASE}?limit=7&offset=14"
    assert (len(page.tasks), page.total) == (1, 42)


@pytest.mark.parametrize("env", [None, {}])
async def test_create_task_as_form(client, recorder, env):
    """Without env and secrets a task is created as multipart, its bools as text."""
    recorder.answer_data({"id": "t1", "status": "pending"})
    created = await client.create_task(
        "Über\r\nalles", env=env, system_prompt="Be.", auto_execute=False, show_in_history=True
    )

    assert created == CreatedTask("t1", "pending")
    assert form(recorder.request) == [
        ("message", None, "Über\r\nalles"),
        ("showInHistory", None, "true"),
        ("autoExecute", None, "false"),
        ("systemPrompt", None, "Be."),
    ]


async def test_files(client, recorder, tmp_path):
    """Files go as parts named `files`, from paths or from memory."""
    (tmp_path / "sales.csv").write_text("region,sum")
    files = [tmp_path / "sales.csv", ('na"me.txt', b"hello")]
    recorder.answer_data({"id": "t1", "status": "pending"})
    await client.create_task("Sum up", files=files)
    recorder.answer_data({"status": "running"})
    status = await client.send_message("t1", "Again", files=[str(tmp_path / "sales.csv")])

    create, send = recorder.requests
    assert status == "running"
    assert form(create) == [
        ("message", None, "Sum up"),
        ("showInHistory", None, "true"),
        ("autoExecute", None, "true"),
        ("files", "sales.csv", "region,sum"),
        ("files", "na%22me.txt", "hello"),
    ]
    assert str(send.url) == f"{BASE}/t1/messages"
    assert form(send) == [("message", None, "Again"), ("files", "sales.csv", "region,sum")]


@pytest.mark.parametrize(
    ("call", "data", "expected"),
    [
        (lambda c: c.send_message("t1", "Go on"), {"status": "running"}, "running"),
        (lambda c: c.approve_tool_call("t1", "c1", "cancel"), {"approved": False}, False),
        (lambda c: c.approve_tool_call("t1", "c1", "proceed_once"), {"approved": True}, True),
        (lambda c: c.cancel_task("t1"), None, None),
        (lambda c: c.list_artifacts("t1"), {"files": []}, ()),
    ],
)
async def test_result(client, recorder, call, data, expected):
    """What a method returns is what the answer holds."""
    recorder.answer_data(data)

    assert await call(client) == expected


@pytest.mark.parametrize(
    ("headers", "media_type", "size"),
    [
        ({"Content-Type": "text/CSV; charset=utf-8", "Content-Length": "10"}, "text/csv", 10),
        ({"Content-Length": "ten"}, "", None),
        ({"Content-Encoding": "identity", "Content-Length": "10"}, "", None),
    ],
)
async def test_download(client, recorder, headers, media_type, size):
    """A download has its type, its size where that is known, and its bytes."""
    recorder.answer(content=b"region,sum", headers=headers)
    async with client.download_artifact("t1", "downloads/a b.csv") as download:
        content = b"".join([chunk async for chunk in download.iter_bytes()])

    assert (download.media_type, download.size, content) == (media_type, size, b"region,sum")
    assert str(recorder.request.url.copy_with(query=None)) == f"{BASE}/t1/artifacts/download"
    assert dict(recorder.request.url.params) == {"path": "downloads/a b.csv"}
    assert recorder.request.headers["Accept-Encoding"] == "identity"


async def test_stream(client, recorder, contract):
    """A stream yields events until it ends."""
    recorder.answer(text=contract("stream.txt"), headers={"Content-Type": "text/event-stream"})
    async with client.stream_task("t1") as events:
        names = [type(event).__name__ async for event in events]

    # One more than there are: an "s" that could have become the key comes after the rest.
    assert (len(names), names[0], names[-1]) == (17, "HistoryMessageEvent", "DoneEvent")
    assert str(recorder.request.url) == f"{BASE}/t1/stream"
    assert recorder.request.headers["Accept"] == "text/event-stream"


async def test_stream_that_ends_early(client, recorder):
    """What was withheld at its end is told when it ends."""
    text = 'event: content\ndata: {"text":"this"}\n\n'
    recorder.answer(text=text, headers={"Content-Type": "text/event-stream"})
    async with client.stream_task("t1") as events:
        told = [event.text async for event in events]

    assert told == ["thi", "s"]


async def test_snapshots_are_not_kept_for_ever(client, recorder, monkeypatch):
    """Of tasks that are final nothing is remembered, and of others not more than of so many."""
    monkeypatch.setattr("sigmic_jupyter.service.client.MOST_SNAPSHOTS", 2)
    for task_id, status in [("a", "running"), ("b", "running"), ("c", "running"), ("b", "failed")]:
        recorder.answer_data({"id": task_id, "status": status})
        await client.get_task(task_id)

    assert list(client._snapshots) == ["c"]


@pytest.mark.parametrize(
    "open_",
    [lambda c: c.download_artifact("t1", "a"), lambda c: c.stream_task("t1")],
    ids=["download", "stream"],
)
@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, errors.NotFoundError), (502, errors.ServerError), (302, errors.UnexpectedResponse)],
)
async def test_nothing_to_open(client, recorder, open_, status, expected):
    """A download or stream that is refused raises before anything is yielded."""
    recorder.answer(status, text="<html></html>", headers={"Location": "https://evil.example"})
    with pytest.raises(errors.APIError) as caught:
        await open_(client).__aenter__()

    assert type(caught.value) is expected
    assert caught.value.task_id == "t1"


async def test_page_instead_of_stream(client, recorder):
    """A login page in the stream's place is no stream without events."""
    recorder.answer(200, html="<html></html>")
    with pytest.raises(errors.UnexpectedResponse, match="HTML page"):
        await client.stream_task("t1").__aenter__()
