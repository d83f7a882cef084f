"""Rows that did not change stay the same objects, and nothing else does."""

from __future__ import annotations

import pytest

from sigmic_jupyter.follow import ThoughtRow
from sigmic_jupyter.widget.plain import Plain
from sigmic_jupyter.widget.wire import Connection, Problem


def thought(number: int, settled_at: str | None = None) -> ThoughtRow:
    return ThoughtRow(f"thought-{number}", "2026-01-26T15:51:00.100Z", settled_at, "Look", "why")


def test_values_are_plain_json():
    """Structs become objects, texts and lists stay what they are."""
    plain = Plain().of(
        {
            "content": "text",
            "connection": Connection("live", "now", reason=Problem("server", "503")),
            "timeline": (thought(0),),
            "error": None,
        }
    )

    assert plain["content"] == "text"
    assert plain["error"] is None
    assert plain["connection"]["reason"]["message"] == "503"
    assert plain["timeline"][0]["kind"] == "thought"
    assert isinstance(plain["timeline"], list)


def test_rows_that_are_equal_stay_the_same_objects():
    """Each snapshot has them anew."""
    plain = Plain()
    before = plain.of({"timeline": (thought(0), thought(1))})["timeline"]
    after = plain.of({"timeline": (thought(0), thought(1, "later"), thought(2))})["timeline"]

    assert after[0] is before[0]
    assert after[1] is not before[1]
    assert after[1]["settled_at"] == "later"
    assert [row["id"] for row in after] == ["thought-0", "thought-1", "thought-2"]


@pytest.mark.parametrize(("one", "other"), [(True, 1), (1, 1.0), ({"n": 1}, {"n": True})])
def test_what_python_takes_for_equal_is_not_taken_for_the_same(one, other):
    """A call with `True` for `1` is another call."""
    plain = Plain()
    plain.of({"tool_calls": [{"call_id": "c", "args": one}]})

    rows = plain.of({"tool_calls": [{"call_id": "c", "args": other}]})["tool_calls"]

    assert repr(rows[0]["args"]) == repr(other)


def test_a_row_of_a_list_that_shrank_is_not_found_again():
    """What is remembered is the list before, not all that ever was."""
    plain = Plain()
    plain.of({"timeline": (thought(0), thought(1))})
    plain.of({"timeline": ()})

    assert plain.of({"timeline": (thought(5),)})["timeline"][0]["id"] == "thought-5"
