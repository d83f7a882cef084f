"""`client.tasks()`: pages of the list, and all of it."""

from __future__ import annotations

import dataclasses

import pytest

from sigmic_jupyter import ValidationError, simulator

LIMIT_S = 20


@pytest.fixture(scope="module")
def service():
    """A service with five tasks and no others."""
    with simulator.start(speed=100) as running:
        for number in range(5):
            running.client().run(f"Hello {number}").wait(LIMIT_S)
        yield running


def messages(tasks):
    return [task.message for task in tasks]


def listings(service):
    return [
        each for each in service.requests if each.method == "GET" and each.path.endswith("/tasks")
    ]


def test_iterating_goes_on_over_all_pages(client):
    """The page has its own tasks; to iterate is to go through all that follow."""
    page = client.tasks(limit=2)

    assert messages(page.tasks) == ["Hello 4", "Hello 3"]
    assert messages(page) == [f"Hello {number}" for number in (4, 3, 2, 1, 0)]
    assert messages(page) == messages(page)  # as often as you like
    assert messages(client.tasks(limit=2, offset=1)) == ["Hello 3", "Hello 2", "Hello 1", "Hello 0"]


def test_pages_are_fetched_when_they_are_reached(client, service):
    """Whoever needs the first tasks alone asks for no other page."""
    page = client.tasks(limit=2)
    before = len(listings(service))

    walked = iter(page)
    next(walked), next(walked)
    assert len(listings(service)) == before
    next(walked)
    assert len(listings(service)) == before + 1


def test_from_page_to_page(client):
    """`next` has the page after it, and None at the end."""
    first = client.tasks(limit=3)
    second = first.next()

    assert (first.total, first.limit, first.offset, first.has_more) == (5, 3, 0, True)
    assert (second.total, second.limit, second.offset, second.has_more) == (5, 3, 3, False)
    assert messages(second.tasks) == ["Hello 1", "Hello 0"]
    assert second.next() is None


def test_a_page_is_a_value(client):
    """It does not change, and has no length that could be taken for that of the list."""
    page = client.tasks(limit=2)

    with pytest.raises(dataclasses.FrozenInstanceError):
        page.total = 0
    with pytest.raises(TypeError, match="len"):
        len(page)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ({"limit": 0}, "limit is 0. Give 1 to 100"),
        ({"limit": 101}, "limit is 101"),
        ({"limit": True}, "limit is True"),
        ({"offset": -1}, "offset is -1. Give 0 or more"),
        ({"offset": "2"}, "offset is '2'"),
    ],
)
def test_what_can_not_be_asked_for(client, service, arguments, what):
    """It is said what can, and nothing is asked."""
    before = len(service.requests)

    with pytest.raises(ValidationError, match=what):
        client.tasks(**arguments)
    assert len(service.requests) == before


@pytest.mark.parametrize(
    ("arguments", "which"),
    [
        ({}, "tasks 1 to 5 of 5, newest activity first"),
        ({"limit": 1, "offset": 4}, "task 5 of 5, newest activity first"),
        ({"offset": 7}, "no tasks after 7 of 5"),
    ],
)
def test_it_shows_which_tasks_it_has(client, arguments, which):
    """In words, as text and as a table."""
    page = client.tasks(**arguments)

    assert repr(page).splitlines()[0] == f"<TaskPage: {which}>"
    assert len(repr(page).splitlines()) == 1 + len(page.tasks)
    assert which.capitalize() in page._repr_html_()
