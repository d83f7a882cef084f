"""Which reasons can be given, and as what they are told."""

from __future__ import annotations

import pytest
from fakes import decide

from sigmic_jupyter.service.errors import ValidationError
from sigmic_jupyter.service.models import Outcome


@pytest.mark.parametrize(
    ("outcome", "reason", "words"),
    [
        (Outcome.PROCEED_ONCE, "because", "goes with a rejection only"),
        (Outcome.PROCEED_ALWAYS, "because", "goes with a rejection only"),
        (Outcome.CANCEL, "x" * 10_001, "10,001 characters"),
    ],
)
async def test_a_reason_that_can_t_be_sent_is_refused(
    service, traits, session, *, outcome, reason, words
):
    """Before the decision is taken."""
    with pytest.raises(ValidationError, match=words):
        await decide(session, "c1", outcome, reason=reason)

    assert (service.sent, traits["decisions"]) == ([], [])


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (None, None),
        ("", None),
        (" \n\t", None),
        ("x" * 10_000, "x" * 10_000),
        ("a\ud800", "a\ufffd"),
    ],
)
async def test_a_reason_is_told_as_it_can_be_sent(traits, session, reason, told):
    """Blank is none, and half a character is replaced."""
    await decide(session, "c1", Outcome.CANCEL, reason=reason)

    assert (traits["decisions"][0]["reason"] or {"text": None})["text"] == told


@pytest.mark.parametrize("outcome", [Outcome.PROCEED_ONCE, Outcome.CANCEL])
async def test_no_reason_is_no_mistake(service, session, outcome):
    """A browser sends null, or an empty text, with every decision."""
    await decide(session, "c1", outcome, reason="")

    assert service.sent == [("approve", "c1", outcome.value)]
