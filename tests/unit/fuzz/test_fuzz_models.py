"""Any answer is a model or an error that says so; any bytes of a stream are events."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st
from strange import answers, chunks, fuzzed, strange

from sigmic_jupyter.service.envelope import Answer, page_of, read
from sigmic_jupyter.service.errors import APIError
from sigmic_jupyter.service.events import EventDecoder
from sigmic_jupyter.service.mask import Mask
from sigmic_jupyter.service.models import (
    Acknowledgement,
    ApprovalAnswer,
    ArtifactList,
    CreatedTask,
    MessageAnswer,
    Task,
    TaskList,
)
from sigmic_jupyter.service.retry import parse_retry_after

NOW = datetime(2026, 1, 26, 15, 50, 54, tzinfo=UTC)
MODELS = (Task, CreatedTask, ArtifactList, MessageAnswer, ApprovalAnswer, Acknowledgement)


@fuzzed
@given(answers, st.sampled_from([*MODELS, TaskList]))
def test_answers(answer, model):
    """Nothing else is raised, and what is told can be shown."""
    status, body, _headers = answer
    told = Answer(status, body.decode("utf-8-sig", "replace"), Mask(), "t", if_lost="Look.")
    try:
        result = read(told, model, *([page_of] if model is TaskList else []))
    except APIError as error:
        str(error).encode()
        return
    assert isinstance(result, model)
    assert 200 <= status < 300
    repr(result)


@fuzzed
@given(chunks, st.integers(1, 40))
@example([b'event: tool_call\ndata: "\\ud83d"\n\n'], 1)
def test_events(pieces, size):
    """However they are cut, the same comes out, and the text of it can be shown."""
    whole, decoder, cut = b"".join(pieces), EventDecoder(Mask()), EventDecoder(Mask())
    told = [*decoder.feed(whole), *decoder.flush()]
    in_pieces = [
        event for at in range(0, len(whole), size) for event in cut.feed(whole[at : at + size])
    ]
    assert repr([*in_pieces, *cut.flush()]) == repr(told)
    assert decoder.unfinished == cut.unfinished <= len(whole)
    for event in told:
        assert isinstance(event, msgspec.Struct)


@fuzzed
@given(strange | st.text(), strange | st.text())
def test_retry_after(value, date):
    """Whatever the headers have, it is a number of seconds or nothing."""
    seconds = parse_retry_after(str(value), NOW, answered_at=str(date))
    assert seconds is None or seconds >= 0
