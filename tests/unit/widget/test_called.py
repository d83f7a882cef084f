"""What the wire has of a call is made once for as long as the call stays the same."""

from __future__ import annotations

import json

import msgspec
import pytest

from sigmic_jupyter.service.models import ToolCall
from sigmic_jupyter.widget import called as module
from sigmic_jupyter.widget.called import CalledMemo
from sigmic_jupyter.widget.digest import canonical, digest_of_json


def call(args, tool_name="tool"):
    """A call as a new snapshot brings it: equal to the one before at best."""
    return ToolCall("c1", tool_name, "awaiting_approval", json.loads(json.dumps(args)))


@pytest.fixture
def computed(monkeypatch):
    """The arguments of which a digest was made."""
    made = []

    def count(call_id, tool_name, args_json):
        made.append(args_json)
        return digest_of_json(call_id, tool_name, args_json)

    monkeypatch.setattr(module, "digest_of_json", count)
    return made


def test_an_unchanged_call_costs_no_second_digest(computed):
    """However often a poll brings it anew; another status is the same call."""
    memo = CalledMemo()
    args = {"content": "x" * 1_000, "n": [1, 2.5, None]}
    first = memo.of(call(args))

    for _ in range(3):
        again = msgspec.structs.replace(call(args), status="executing")
        assert memo.of(again) is first
    assert len(computed) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"n": 1}, {"n": True}),
        ({"n": 0}, {"n": False}),
        ({"n": 1}, {"n": 1.0}),
        ({"n": 0.0}, {"n": -0.0}),
        ({"n": [{"a": 1}]}, {"n": [{"a": True}]}),
        ({"n": "a\ud800"}, {"n": "a\udfff"}),
        ({"n": 1}, {"n": 2}),
    ],
)
def test_whoever_compares_sees_every_change(before, after):
    """Also one that Python takes for none: a trait that compares equal would not be sent."""
    memo = CalledMemo()
    first, second, third = (memo.of(call(args)) for args in (before, after, before))

    assert first.digest == third.digest != second.digest
    assert (first.args, first.args_json) != (second.args, second.args_json)
    assert (second.args, second.args_json) != (third.args, third.args_json)


def test_another_tool_is_another_call():
    """With the same arguments."""
    memo = CalledMemo()

    assert memo.of(call({}, "read_file")).digest != memo.of(call({}, "write_file")).digest


def test_another_order_is_the_same_call():
    """The order of the arguments says nothing."""
    memo = CalledMemo()
    first = memo.of(call({"a": 1, "b": 2}))

    assert memo.of(call({"b": 2, "a": 1})) is first
    assert first.args_json is None


def test_half_a_character_is_shown_as_such_beside():
    """What can't be sent is replaced, and stands in the exact text."""
    args = {"s": "a\ud800b"}

    made = CalledMemo().of(call(args))

    assert (made.args, made.args_json) == ({"s": "a\ufffdb"}, canonical(args))
