"""Whatever follows whatever: the timeline only grows, and all of it can be shown."""

from __future__ import annotations

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from strange import chunks, fuzzed, tasks

from sigmic_jupyter.follow import Timeline, advance
from sigmic_jupyter.follow.draft import Draft
from sigmic_jupyter.service.decode import convert, parse_json
from sigmic_jupyter.service.events import EventDecoder
from sigmic_jupyter.service.mask import Mask
from sigmic_jupyter.service.models import Task
from sigmic_jupyter.widget.called import CalledMemo
from sigmic_jupyter.widget.traits import traits_of


def read(body):
    """A task, where the body is one."""
    try:
        return convert(parse_json(json.dumps(body)), Task)
    except (ValueError, msgspec.ValidationError):
        return None


snapshots = st.lists(tasks.map(read), max_size=6).map(
    lambda read_tasks: [task for task in read_tasks if task is not None]
)


def assert_grown(before, after):
    """No row or call is lost, moved or twice there."""
    ids, known = [row.id for row in after.rows], [row.id for row in before.rows]
    assert ids[: len(known)] == known
    assert len(ids) == len(set(ids))
    calls = [call.call_id for call in after.calls]
    assert calls[: len(before.calls)] == [call.call_id for call in before.calls]
    assert len(calls) == len(set(calls))
    assert {row.call_id for row in after.rows if hasattr(row, "call_id")} == set(calls)


@fuzzed
@given(snapshots, st.booleans())
def test_snapshots(successive, witnessed):
    """One after the other, as polling brings them."""
    timeline = Timeline(witnessed=witnessed)
    called = CalledMemo().of
    for number, task in enumerate(successive):
        before, timeline = timeline, advance(timeline, task, f"2026-01-26T15:50:{number:02}.000Z")
        assert_grown(before, timeline)
        msgspec.json.encode(traits_of(task, timeline, called, {}))


@fuzzed
@given(st.lists(st.tuples(tasks.map(read), chunks, st.booleans()), max_size=4))
def test_drafts(heard):
    """With what a stream tells in between."""
    draft, timeline = Draft(), Timeline()
    decoder = EventDecoder(Mask())
    for task, pieces, connects in heard:
        asked_at = draft.heard
        if connects:
            decoder = EventDecoder(Mask())
            draft.connect()
        for piece in pieces:
            for event in decoder.feed(piece):
                draft.hear(event)
        if task is not None:
            draft.take(task, asked_at)
        if draft.base is None:
            continue
        before, timeline = timeline, advance(timeline, draft.snapshot(), "2026-01-26T15:50:54.870Z")
        assert_grown(before, timeline)
