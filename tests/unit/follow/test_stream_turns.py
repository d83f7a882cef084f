"""Follow-ups are streamed too, whatever of the earlier turns GET tells."""

from __future__ import annotations

import pytest
from scripted_service import begun, finished

pytestmark = pytest.mark.usefixtures("quick")


def only_last(data):
    """Have GET tell of the running turn alone."""
    if "output" in data:
        data["output"]["content"] = data["output"]["content"].rpartition("\n\n")[2]
        data["output"]["thoughts"] = data["output"].get("thoughts", [])[-1:]


TOLD = {"all turns": lambda _: None, "the running turn": only_last}


@pytest.mark.parametrize("body", TOLD.values(), ids=TOLD.keys())
async def test_a_follow_up_is_streamed_too(service, watch, body):
    """After the end it is followed anew, whether GET tells all turns or the last alone."""
    service.body = body
    await begun(service, watch)
    service.think("one")
    service.say("first")
    await watch.until(lambda w: w.content == "first")
    service.journal.end_turn()
    await finished(service, watch)

    watch.start(stale=watch.tasks[-1])
    service.begin("More")
    for piece in ("I think ", "so ", "too"):
        service.say(piece)
        await watch.settle()
    service.think("two")
    await watch.until(lambda w: w.content.endswith("I think so too"))
    service.journal.end_turn()
    await finished(service, watch)
    assert watch.differences == []
    assert service.streams == 2


@pytest.mark.parametrize("body", TOLD.values(), ids=TOLD.keys())
async def test_a_message_sent_meanwhile_begins_a_turn(service, watch, body):
    """On the same connection; where its text begins, GET tells."""
    service.body = body
    await begun(service, watch)
    service.say("first")
    await watch.until(lambda w: w.content == "first")
    service.journal.end_turn()
    service.begin("More")
    for piece in ("second", " and", " more"):
        service.say(piece)
        await watch.settle()
    await watch.until(lambda w: w.content.endswith("second and more"))
    service.journal.end_turn()
    await finished(service, watch)

    assert watch.differences == []


async def test_attaching_in_a_later_turn(service, watch):
    """The history tells what is before the text that comes."""
    service.begin("One")
    service.think("a")
    service.say("first")
    service.journal.end_turn()
    service.begin("Two")
    service.think("b")
    service.say("se")
    watch.start()
    await watch.until(lambda w: w.is_streaming and w.content == "first\n\nse")
    service.say("cond")
    service.think("c")
    await watch.until(lambda w: w.content == "first\n\nsecond")
    service.journal.end_turn()
    await finished(service, watch)

    assert watch.differences == []
    assert [thought.subject for thought in watch.tasks[-1].output.thoughts] == ["a", "b", "c"]


async def test_a_turn_that_begins_with_a_blank(service, watch):
    """Blanks may also stand between two turns: the first word tells where the turn begins."""
    await begun(service, watch)
    service.say("first")
    service.journal.end_turn()
    service.begin("More")
    for piece in ("\n\n", "\n", "second", " and", " more"):
        service.say(piece)
        await watch.settle()
    await watch.until(lambda w: w.content == "first\n\n\n\n\nsecond and more")
    service.journal.end_turn()
    await finished(service, watch)

    assert watch.differences == []
