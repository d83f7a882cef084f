"""JSON as a service should not send it, and sends it all the same."""

import pytest

from sigmic_jupyter.service import Approval, Output, Task, ToolCall
from sigmic_jupyter.service.decode import convert, parse_json, to_text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "<html>",
        '{"a": NaN}',
        '{"a": "\\ud83d", "b": -Infinity}',
        '{"a": "\\ud83d',
        "[" * 100_000,
        "]" * 100_000,
    ],
)
def test_no_json(text):
    """What is no JSON is a ValueError, however it is broken."""
    with pytest.raises(ValueError, match=r"."):
        parse_json(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"\ud83d\ude00"', "😀"),
        (r'"cut \ud83d"', "cut \ud83d"),
        (r'"\ude00 cut \uD83D\u0041"', "\ude00 cut \ud83dA"),
        (r'["\\ud83d", "\ud83d"]', [r"\ud83d", "\ud83d"]),
        ("1e400", "1e400"),
        ("[-1E+400, 1e308, 1]", ["-1E+400", 1e308, 1]),
        ("9" * 5000, "9" * 5000),
        ("9" * 100, 10**100 - 1),
        ('{"a": 1, "b": 2, "a": 3}', {"a": 3, "b": 2}),
        ('{"a": 1, "a": "\\ud83d"}', {"a": "\ud83d"}),
    ],
    ids=lambda value: str(value)[:20].encode("ascii", "replace").decode(),
)
def test_strange_json(text, expected):
    """Half a character, a number out of range or a name given twice costs nothing else."""
    assert parse_json(text) == expected


def nested(levels, core):
    return "[" * levels + core + "]" * levels


@pytest.mark.parametrize(
    ("text", "core"),
    [
        (nested(100, "1"), 1),
        (nested(101, "1"), "[1]"),
        (nested(100_000, '"]"'), nested(99_900, '"]"')),
        (nested(101, r'"\"]\ud83d"'), r'["\"]\ud83d"]'),
        (nested(99, '{"[": {"b": [1,  2]}}'), {"[": '{"b": [1,  2]}'}),
    ],
    ids=range(5),
)
def test_deep_json(text, core):
    """What is nested more than 100 levels deep is kept as the text that it came as."""
    value = parse_json(text)
    while isinstance(value, list):
        (value,) = value

    assert value == core


def test_only_what_is_deep_becomes_text():
    """Many brackets side by side are not deep."""
    text = "[" + ",".join(["[[1]]"] * 200) + "]"

    assert parse_json(text) == [[[1]]] * 200


HALF = "\ud83d"
CALL = {"callId": "c" + HALF, "toolName": HALF, "args": {HALF: [HALF, {"a": HALF}]}}


def test_half_a_character():
    """In arguments it stays what it is; anywhere else it is U+FFFD."""
    task = {
        "id": HALF,
        "status": "running",
        "env": {HALF: HALF},
        "error": {"args": HALF},
        "output": {
            "content": f"é {HALF}",
            "thoughts": [{"subject": HALF}],
            "toolCalls": [CALL | {"status": "x", "output": [HALF], "description": HALF}],
        },
        "pendingApprovals": [CALL],
    }

    args = {HALF: [HALF, {"a": HALF}]}
    converted = convert(task, Task)
    assert converted == Task(
        id="�",
        status="running",
        env={"�": "�"},
        error='{"args":"�"}',
        output=Output(
            content="é �",
            thoughts=converted.output.thoughts,
            tool_calls=(ToolCall("c�", "�", "x", args, '["�"]', "�"),),
        ),
        pending_approvals=(Approval("c�", "�", args),),
    )
    assert converted.output.thoughts[0].subject == "�"


def test_structure_as_text():
    """A structure where text was expected is compact JSON, of whole characters."""
    assert to_text({"a": [None, 1, "é" + HALF]}) == '{"a":[null,1,"é�"]}'
