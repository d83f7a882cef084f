"""In every place of every answer and event, secrets are masked before anybody sees them."""

import copy
import json
import pathlib

import pytest

from sigmic_jupyter.service import APIError, Output, Task, Thought, ToolCall
from sigmic_jupyter.service.envelope import Answer, page_of, read
from sigmic_jupyter.service.events import EventDecoder
from sigmic_jupyter.service.mask import Mask
from sigmic_jupyter.service.masked import Snapshots, masked
from sigmic_jupyter.service.models import ArtifactList, TaskList

CONTRACT = pathlib.Path(__file__).parents[3] / "contract" / "api"
SECRET = 'hunter2-"sword"/fish'
LABEL = "[secret TOKEN]"
HARMLESS = "xyzzy-xyzzy"


def mask():
    made = Mask()
    made.add_secrets({"TOKEN": SECRET})
    return made


def places(value, path=()):
    """Where a text may stand: at each string, and at each name that is not the service's own."""
    if isinstance(value, str):
        yield path, "value"
    elif isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            if path and path[-1] in {"args", "env"}:
                yield (*path, key), "name"
            yield from places(item, (*path, key))


def repeated(value, path, kind, text):
    """A copy of JSON that repeats a text in one place."""
    value = copy.deepcopy(value)
    *way, last = path
    inner = value
    for key in way:
        inner = inner[key]
    if kind == "name":
        inner[f"{last} {text}"] = inner.pop(last)
    else:
        inner[last] += f" {text}"
    return value


def answered(body, read_as):
    answer = Answer(401 if read_as is None else 200, json.dumps(body), mask())
    try:
        return repr(read(answer, *(read_as or (Task,))))
    except APIError as error:
        return f"{error} {error!r} {vars(error)}"


BODIES = {
    "task-awaiting-approval.json": (Task,),
    "task-failed.json": (Task,),
    "task-list.json": (TaskList, page_of),
    "artifacts.json": (ArtifactList,),
    "error.json": None,
}


def cases():
    for name, read_as in BODIES.items():
        body = json.loads((CONTRACT / name).read_text())
        for path, kind in places(body):
            yield pytest.param(body, read_as, path, kind, id=f"{name} {path} {kind}")


@pytest.mark.parametrize(("body", "read_as", "path", "kind"), [*cases()])
def test_answers(body, read_as, path, kind):
    """Whatever of an answer is taken over, is taken over masked."""
    is_taken = HARMLESS in answered(repeated(body, path, kind, HARMLESS), read_as)
    shown = answered(repeated(body, path, kind, SECRET), read_as)

    assert (LABEL in shown, SECRET in shown, "sword" in shown) == (is_taken, False, False)


def events():
    text = (CONTRACT / "stream.txt").read_text()
    text += 'event: error\ndata: {"message":"x","code":"y"}\n\n'
    text += 'event: plan\ndata: {"steps":[{"args":{"a":["b"]}}]}\n\n'
    for message in text.split("\n\n"):
        if message.startswith("event: "):
            name, data = message.removeprefix("event: ").split("\ndata: ")
            for path, kind in places(json.loads(data)):
                yield pytest.param(name, json.loads(data), path, kind, id=f"{name} {path} {kind}")


def streamed(name, data):
    decoder = EventDecoder(mask())
    told = decoder.feed(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
    return repr([*told, *decoder.flush()])


@pytest.mark.parametrize(("name", "data", "path", "kind"), [*events()])
def test_events(name, data, path, kind):
    """Whatever of an event is taken over, is taken over masked."""
    is_taken = HARMLESS in streamed(name, repeated(data, path, kind, HARMLESS))
    shown = streamed(name, repeated(data, path, kind, SECRET))

    assert (LABEL in shown, SECRET in shown, "sword" in shown) == (is_taken, False, False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"event: {SECRET}\ndata: {{}}\n\n", LABEL),
        (f"event: content\ndata: {SECRET}\n\n", LABEL),
        (f"event: content\ndata: [{json.dumps(SECRET)}]\n\n", LABEL),
        (f": {SECRET}\n", "Heartbeat"),
    ],
    ids=["name", "no JSON", "strange JSON", "comment"],
)
def test_strange_events(text, shown):
    """What is no event of the documentation is masked as well."""
    told = repr(EventDecoder(mask()).feed(text.encode()))

    assert shown in told
    assert "sword" not in told


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({SECRET: 1, "hunter2-%22sword%22/fish": 2}, {LABEL: 1, f"{LABEL} again": 2}),
        ({LABEL: 1, SECRET: 2}, {LABEL: 1, f"{LABEL} again": 2}),
        ([SECRET, [{"a": (SECRET,)}]], [LABEL, [{"a": (LABEL,)}]]),
        ([12345678, 112345678.5, 1234567, True, None], ["[secret PIN]", "1[secret PIN].5", 1234567,
         True, None]),
        (ToolCall("c", "completed", "completed"), ToolCall("c", "[secret WORD]", "completed")),
        (ToolCall("c", "x", "completed!"), ToolCall("c", "x", "[secret WORD]!")),
    ],
    ids=range(6),
)  # fmt: skip
def test_free_json(value, expected):
    """Names stay apart, numbers are digits, and the service's own statuses are what they are."""
    made = mask()
    made.add_secrets({"PIN": "12345678", "WORD": "completed"})

    assert masked(value, made.text) == expected


BEGUN = "is hunter2-"
GROWS = Task(
    "t",
    "running",
    message=BEGUN,
    output=Output(
        BEGUN,
        thoughts=(Thought(BEGUN, BEGUN), Thought(BEGUN, BEGUN)),
        tool_calls=tuple(
            ToolCall("c", "x", status, {"a": BEGUN}, BEGUN, BEGUN)
            for status in ("executing", "success", "new")
        ),
    ),
)


def test_what_grows():
    """The end of what still grows is left out where it may become a secret; the rest is masked."""
    cut = f"is {LABEL}"

    def call(status, output):
        return ToolCall("c", "x", status, {"a": cut}, output, cut)

    assert Snapshots(mask()).masked(GROWS) == Task(
        "t",
        "running",
        message=cut,
        output=Output(
            "is ",
            thoughts=(Thought(cut, cut), Thought("is ", "is ")),
            tool_calls=(call("executing", "is "), call("success", cut), call("new", "is ")),
        ),
    )


def test_what_grows_no_more():
    """In a task that is final everything is whole, and what was cut off is masked."""
    output = repr(Snapshots(mask()).masked(Task("t", "failed", output=GROWS.output)))

    assert "hunter2" not in output
    assert output.count(LABEL) == 14


def test_snapshots_look_at_what_is_new():
    """A text that was there before is not masked again, unless more is known by then."""
    looked_at = []

    class Counting(Mask):
        def text(self, text, *, growing=False):
            looked_at.append(text)
            return super().text(text, growing=growing)

    counting = Counting()
    snapshots = Snapshots(counting)
    call = ToolCall("c", "x", "success", {"a": "one"}, "two " * 10)
    task = Task("t", "running", message="three", output=Output("four", tool_calls=(call,)))

    first = snapshots.masked(task)
    before = len(looked_at)
    assert snapshots.masked(task) == first
    assert not {"one", "two " * 10, "three"} & {*looked_at[before:]}

    counting.add_secrets({"TOKEN": "two two two "})
    assert LABEL in snapshots.masked(task).output.tool_calls[0].output
