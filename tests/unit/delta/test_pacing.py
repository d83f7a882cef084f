"""Many senders, each at most 10 times a second and 200 times together; the latest arrives."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from sigmic_jupyter.widget.pacing import Pacer, Turns


class Hours(asyncio.SelectorEventLoop):
    """A loop whose clock goes on as soon as nothing is left to do."""

    def __init__(self) -> None:
        super().__init__()
        self._now_s = 1_000.0

    def time(self) -> float:
        return self._now_s

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self._now_s = max(self._now_s, self._scheduled[0]._when)
        super()._run_once()


def run(main):
    """Run a coroutine on a clock of its own; it takes no time."""
    with asyncio.Runner(loop_factory=Hours) as runner:
        return runner.run(main)


def now_s() -> float:
    return asyncio.get_running_loop().time()


async def busy(senders: int, seconds: float) -> list[tuple[float, int]]:
    """Senders that have something new every millisecond; what was sent, when, by whom."""
    sent: list[tuple[float, int]] = []
    pacer = Pacer()
    turns = [Turns(pacer, lambda n=n: sent.append((now_s(), n))) for n in range(senders)]
    started_s = now_s()
    while now_s() < started_s + seconds:
        for each in turns:
            each.ask()
        await asyncio.sleep(0.001)
    for each in turns:
        await each.over()
    return [(at - started_s, n) for at, n in sent]


def most_in_a_second(times: list[float]) -> int:
    return max(sum(start <= at < start + 1 - 1e-9 for at in times) for start in times)


@pytest.mark.parametrize(("senders", "together"), [(1, 10), (20, 200), (50, 200), (100, 200)])
def test_no_second_has_more_messages_than_the_limits(senders, together):
    """Neither of one sender nor of all."""
    sent = run(busy(senders, 3.0))

    assert most_in_a_second([at for at, _ in sent]) <= together
    by_sender = Counter(n for _, n in sent)
    assert len(by_sender) == senders
    assert most_in_a_second([at for at, n in sent if n == 0]) <= 10
    # In turn: nobody waits while another is served twice as often.
    assert max(by_sender.values()) <= 2 * min(by_sender.values())


def test_a_crowd_is_told_half_as_often_until_there_is_room():
    """More than 182 messages a second are wanted for two seconds, then few, then more again."""

    async def main():
        sent: list[float] = []
        pacer = Pacer()
        started_s = now_s()
        for messages, pause_s in ((600, 0.003), (20, 1.0), (100, 0.003)):
            for _ in range(messages):
                pacer.ask(lambda: sent.append(now_s() - started_s))
                await asyncio.sleep(pause_s)
        await asyncio.sleep(10)
        return sent

    gaps = [round(later - before, 4) for before, later in pairwise(run(main()))]
    crowded = gaps.index(0.011)
    alone = next(n for n, gap in enumerate(gaps) if gap > 0.011)
    assert sum(gaps[:crowded]) == pytest.approx(1.0, abs=0.02)
    assert set(gaps[crowded:alone]) == {0.011}
    assert gaps[-1] == 0.0055


def test_what_goes_another_way_takes_its_turns():
    """Nothing else goes meanwhile."""

    async def main():
        sent: list[float] = []
        pacer = Pacer()
        started_s = now_s()
        pacer.ask(lambda: None)
        waiting = asyncio.ensure_future(pacer.room(2))
        await asyncio.sleep(0)
        pacer.ask(lambda: sent.append(now_s() - started_s))
        await waiting
        await asyncio.sleep(1)
        return sent, now_s() - started_s

    assert run(main()) == ([pytest.approx(0.011)], pytest.approx(1.0165))


def test_what_never_rests_slows_down_and_is_brisk_again_after_a_rest():
    """Ten gaps of 0.1 s, then of 0.4 s; half a second without a message is a rest."""

    async def main():
        sent: list[float] = []
        turns = Turns(Pacer(), lambda: sent.append(now_s()))
        for pause_s in (0.001,) * 2_000, (1.5,), (0.001,) * 300:
            for each in pause_s:
                turns.ask()
                await asyncio.sleep(each)
        await turns.over()
        return [round(later - before, 2) for before, later in pairwise(sent)]

    gaps = run(main())
    rest = next(n for n, gap in enumerate(gaps) if gap >= 0.5)
    assert gaps[:10] == [0.1] * 10
    assert set(gaps[10:rest]) == {0.4}
    assert set(gaps[rest + 1 :]) == {0.1}


def test_the_first_message_goes_soon_and_the_last_tells_the_latest():
    """What is new while a turn is waited for goes with that turn; what comes together, together."""

    async def main():
        news: list[int] = []
        sent: list[tuple[float, int]] = []
        turns = Turns(Pacer(), lambda: sent.append((now_s() - started_s, news[-1])))
        started_s = now_s()
        for pause_s in (0, 0.01, 0.01, 0):
            news.append(len(news))
            turns.ask()
            await asyncio.sleep(pause_s)
        await turns.over()
        return sent

    assert run(main()) == [(pytest.approx(0.005), 1), (pytest.approx(0.105), 3)]
