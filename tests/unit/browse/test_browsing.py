"""What is fetched of the list, what passes the filter, and what is said of both."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from sigmic_jupyter.service import ServerError

DOWN = ServerError("The service did not answer (503).", http_status=503)


def ids(listed):
    return [row.id for row in listed.rows]


async def test_a_page_at_first_and_then_more(start, shown):
    """Each time 50; whoever asks twice for the same gets it once."""
    service, browsing = await start(120)
    assert (browsing.listed.foot, browsing.listed.more) == ("50 of 120 shown", "Show 50 more")

    await asyncio.gather(browsing.more(50), browsing.more(50))

    assert (browsing.listed.foot, browsing.listed.more) == ("100 of 120 shown", "Show 20 more")
    await browsing.more(100)
    assert ids(browsing.listed) == [f"id-{number}" for number in range(120)]
    assert (browsing.listed.foot, browsing.listed.more) == ("120 of 120 shown", None)
    # The last one looks whether anything moved to the front meanwhile.
    assert service.asked == [(50, 0), (50, 50), (50, 100), (30, 0)]
    assert shown.listed[-1] == browsing.listed


@pytest.mark.parametrize(
    ("count", "foot"), [(0, "No tasks yet"), (1, "1 of 1 shown"), (2, "2 of 2 shown")]
)
async def test_a_short_list_is_one_request(start, count, foot):
    """What came whole is not asked for again."""
    service, browsing = await start(count)

    assert (browsing.listed.foot, browsing.listed.more) == (foot, None)
    assert len(service.asked) == 1


async def test_a_search_goes_on_for_a_while_and_says_how_far(start):
    """Five requests of 100 at a step, unless a page is full of matches before."""
    service, browsing = await start(1204)
    service.tasks[1000] = replace(service.tasks[1000], message="The needle")

    await browsing.find("NEEDLE the", "")
    assert (browsing.listed.foot, browsing.listed.more) == (
        "No task matches; searched 550 of 1,204",
        "Search on",
    )
    await browsing.more(0)

    assert browsing.listed.foot == "1 task matches; searched 1,050 of 1,204"
    await browsing.more(1)
    assert (browsing.listed.foot, browsing.listed.more) == (
        "1 task matches; searched 1,204 of 1,204",
        None,
    )
    assert {limit for limit, _ in service.asked} == {50, 100}


async def test_what_is_here_is_filtered_at_once(start, shown):
    """Before any request, and with the filter that it has passed."""
    service, browsing = await start(80)
    service.gate.clear()
    finding = asyncio.ensure_future(browsing.find("7 task", ""))
    await asyncio.sleep(0)

    assert ids(shown.listed[-1]) == ["id-7", "id-17", "id-27", "id-37", "id-47"]
    assert (shown.listed[-1].text, shown.listed[-1].status) == ("7 task", "")
    service.gate.set()
    await finding
    assert ids(browsing.listed) == [f"id-{number}" for number in range(80) if "7" in str(number)]


async def test_a_newer_filter_ends_the_search_of_an_older_one(start):
    """Which then asks for no further page."""
    service, browsing = await start(1204)
    service.gate.clear()
    older = asyncio.ensure_future(browsing.find("nothing", ""))
    await asyncio.sleep(0)
    newer = asyncio.ensure_future(browsing.find("nothing either", ""))
    await asyncio.sleep(0)
    service.gate.set()
    await asyncio.gather(older, newer)

    # The first page, the one that was under way, and those of one step.
    assert len(service.asked) == 1 + 1 + 5
    assert browsing.listed.text == "nothing either"


async def test_refreshing_keeps_as_much_as_there_was(start, shown):
    """And the old list stays until the new one is there."""
    service, browsing = await start(300)
    await browsing.more(50)
    service.tasks.insert(0, replace(service.tasks[0], id="new"))
    service.gate.clear()
    published = len(shown.listed)
    refreshing = asyncio.ensure_future(browsing.refresh())
    await asyncio.sleep(0)
    assert len(shown.listed) == published
    assert shown.requests[-1] == 1

    service.gate.set()
    await refreshing

    assert (browsing.listed.foot, ids(browsing.listed)[0]) == ("100 of 301 shown", "new")
    assert shown.requests[-1] == 0


@pytest.mark.parametrize(
    ("step", "again"),
    [
        (lambda browsing: browsing.refresh(), (50, 0)),
        (lambda browsing: browsing.more(50), (50, 50)),
        (lambda browsing: browsing.find("nothing", ""), (100, 0)),
    ],
    ids=["refresh", "more", "find"],
)
async def test_a_failure_is_told_and_can_be_tried_again(start, step, again):
    """What was here stays; `more` does again what has failed."""
    service, browsing = await start(120)
    service.fails = DOWN

    with pytest.raises(ServerError):
        await step(browsing)

    problem = browsing.listed.problem
    assert (problem.kind, problem.http_status, browsing.listed.more) == ("server", 503, "Retry")
    assert len(browsing.tasks) == (0 if browsing.listed.text else 50)
    await browsing.more(len(browsing.tasks))
    assert browsing.listed.problem is None
    assert service.asked[-1] == again


async def test_the_first_failure_is_told_too(start, shown):
    """There is nothing but the problem then."""
    service, browsing = await start(3)
    service.fails = DOWN
    fresh = type(browsing)(service, shown.listed.append, shown.requests.append)
    assert fresh.listed.foot == "Asking the service…"

    with pytest.raises(ServerError):
        await fresh.refresh()

    assert fresh.asked.is_set()
    assert (fresh.listed.rows, fresh.listed.foot, fresh.listed.more) == ([], "", "Retry")
    await fresh.more(0)
    assert fresh.listed.foot == "3 of 3 shown"


async def test_what_a_followed_task_has_become_is_told(start):
    """Without a request; a status that nobody knows yet changes nothing."""
    service, browsing = await start(3)
    browsing.saw("id-1", "failed")
    browsing.saw("id-2", "")
    browsing.saw("elsewhere", "failed")

    assert [row.kind for row in browsing.listed.rows] == ["completed", "failed", "completed"]
    assert len(service.asked) == 1
