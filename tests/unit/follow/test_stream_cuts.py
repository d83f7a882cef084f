"""A stream that breaks anywhere costs nothing: all comes, and once."""

from __future__ import annotations

import asyncio
from itertools import accumulate, pairwise, product

import pytest
from scripted_service import ScriptedService, Watch, is_growing

TEXT = ("Zürich ", "👩‍👩‍👧", "e\u0301 ", "aaa", "aaa", "\n\n", "the end")
pytestmark = pytest.mark.usefixtures("quick")

SPINS = 12  # of the event loop, between two steps of a script


def turn(service, message):
    """A short turn with all kinds of events, step by step."""
    journal = service.journal
    yield journal.begin(message, [])
    yield service.think("one")
    for piece in TEXT[:3]:
        yield service.say(piece)
    yield (call := service.call(f"{message}-1", "awaiting_approval", path="a/b"))
    yield journal.execute(call)
    yield journal.settle(call, "success", "done")
    for piece in TEXT[3:]:
        yield service.say(piece)
    yield service.think("two")
    yield journal.end_turn()


async def follow(*cuts, messages=("Go",)):
    """Follow a task whose first streams break after so many bytes each."""
    service = ScriptedService(cuts=list(cuts))
    watch = Watch(service.client, interval_s=3600).start()
    await watch.until(lambda w: w.tasks)
    service.journal.resume()
    for message in messages:
        for _ in turn(service, message):
            for _ in range(SPINS):
                await asyncio.sleep(0)
    service.journal.finish("completed")
    await watch.end()
    return service, watch


async def check(*cuts, **options):
    service, watch = await follow(*cuts, **options)
    assert watch.tasks[-1] == await service.truth()
    assert is_growing(watch.contents)
    assert watch.differences == []
    assert service.cuts == []
    assert service.open == 0
    return watch


async def places(**options):
    """Where each event of a whole stream begins and ends, in bytes."""
    service, _ = await follow(**options)
    return [0, *accumulate(service.pieces)]


async def test_it_can_break_at_every_event():
    """Between events, at an event's first and last byte, and in the middle of it."""
    ends = await places()
    assert len(ends) > 15
    for begin, end in pairwise(ends):
        for at in (begin, begin + 1, (begin + end) // 2, end - 1):
            await check(at)


async def test_it_can_break_again_and_again():
    """Each of two connections tells more than the one before, or less."""
    ends = await places()
    for first, second in product(ends[2::3], repeat=2):
        await check(first, second)


async def test_it_can_break_in_a_later_turn():
    """A turn that begins on the same connection is put after the one before, wherever it breaks."""
    messages = ("Go", "More")
    ends = await places(messages=messages)
    for end in ends[len(ends) // 2 :]:
        watch = await check(end - 1, messages=messages)
        assert watch.content == "".join(TEXT) + "\n\n" + "".join(TEXT)
