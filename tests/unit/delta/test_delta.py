"""What is told of a change makes the one state of the other, and costs what is new."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest
from delta_browser import applied
from hypothesis import given
from hypothesis import strategies as st

from sigmic_jupyter.widget.delta import changes

CONTRACT = pathlib.Path(__file__).parents[3] / "contract"
CASES = json.loads((CONTRACT / "deltas.json").read_text())
LONG = "It was a dark and stormy night; the rain fell in torrents, except at occasional intervals. "
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8).map(lambda text: LONG + text)


def rows(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"call_id": call_id, "output": output, "args": {}} for call_id, output in pairs]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tells_what_changed(case):
    """Nothing where nothing changed, else the smallest part."""
    told = changes(case["before"], case["after"])

    assert told == case["delta"]
    assert applied(case["before"], told) == case["after"]


STATES = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["running", "completed"]),
        "content": TEXTS | st.text(max_size=3),
        "tool_calls": st.lists(
            st.tuples(st.sampled_from("abc"), TEXTS), max_size=3, unique_by=lambda pair: pair[0]
        ).map(lambda pairs: rows(*pairs)),
    }
)


@given(STATES, STATES)
def test_any_state_becomes_any_other(before, after):
    """Also where texts shrink and rows go, come and change places; as JSON, as it is sent."""
    told = json.loads(json.dumps(changes(before, after)))

    assert applied(before, told) == after


def test_what_is_told_does_not_grow_with_what_there_is():
    """A million characters and a thousand rows cost the next step no more than few do."""
    many = [{"call_id": str(n), "output": LONG, "args": {}} for n in range(1_000)]
    before = {"content": "x" * 1_000_000, "tool_calls": many}
    after = {
        "content": before["content"] + "new",
        "tool_calls": [*many[:-1], many[-1] | {"output": LONG + "new"}],
    }

    assert len(json.dumps(changes(before, after))) < 200
