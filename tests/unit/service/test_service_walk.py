"""One list of many pages, while tasks move in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sigmic_jupyter.service import TaskList, TaskSummary, Walk

# More requests than any walk through these small lists may take.
MOST_REQUESTS = 400


class Listed:
    """The list as the service keeps it: the newest activity is first."""

    def __init__(self, count: int) -> None:
        self._clock = 0
        self.tasks: list[TaskSummary] = []
        for _ in range(count):
            self.create()

    def create(self) -> None:
        at = self._tick()
        name = f"t{len(self.tasks)}"
        task = TaskSummary(name, "running", created_at=at, last_activity_at=at)
        self.tasks.insert(0, task)

    def move(self, place: int) -> None:
        task = self.tasks.pop(place % len(self.tasks))
        moved = TaskSummary(
            task.id, "running", created_at=task.created_at, last_activity_at=self._tick()
        )
        self.tasks.insert(0, moved)

    def page(self, limit: int, offset: int) -> TaskList:
        end = offset + limit
        total = len(self.tasks)
        return TaskList(tuple(self.tasks[offset:end]), total, limit, offset, end < total)

    def _tick(self) -> str:
        self._clock += 1
        return f"2026-01-26T15:50:54.{self._clock:03}Z"


def walked(listed, limit, happenings=(), offset=0):
    """The ids that a walk brings; after each page the next of the happenings happens."""
    walk, ids, later = Walk(offset), [], list(happenings)
    for _ in range(MOST_REQUESTS):
        if walk.next_offset is None:
            return ids
        ids += [task.id for task in walk.take(listed.page(limit, walk.next_offset))]
        for happening in later.pop(0) if later else ():
            happening(listed)
    raise AssertionError("it never ends")


creates = st.just(lambda listed: listed.create())
moves = st.integers(0, 30).map(lambda place: lambda listed: listed.move(place))


@given(
    st.integers(1, 12),
    st.integers(1, 5),
    st.lists(st.lists(st.one_of(creates, moves), max_size=8), max_size=20),
)
def test_each_task_comes_once(count, limit, happenings):
    """Whatever is created and moves meanwhile: all that there were come, and no other, once."""
    listed = Listed(count)
    there = {task.id for task in listed.tasks}

    ids = walked(listed, limit, happenings)

    assert sorted(ids) == sorted(there)


def test_a_list_that_rests_is_read_in_order():
    """Of more than one page only the front is looked at again."""
    listed = Listed(5)

    assert walked(listed, 2) == ["t4", "t3", "t2", "t1", "t0"]


def test_one_page_is_one_request():
    """What came at once has missed nothing."""
    walk = Walk()
    walk.take(Listed(3).page(5, 0))

    assert walk.next_offset is None


def test_who_creates_for_each_that_comes_reaches_the_end():
    """Else a loop that runs tasks again would go on with those that it has made."""
    listed, walk, ids = Listed(6), Walk(), []
    while walk.next_offset is not None:
        for task in walk.take(listed.page(2, walk.next_offset)):
            ids.append(task.id)
            listed.create()

    assert sorted(ids) == [f"t{number}" for number in range(6)]


def test_what_was_skipped_does_not_come():
    """A walk that begins further down does not look at the front."""
    listed = Listed(6)

    assert walked(listed, 2, [[lambda listed: listed.move(5)]], offset=2) == ["t3", "t2", "t1"]


def test_a_service_that_does_not_heed_the_offset_is_no_trap():
    """It tells of more for ever, and never of another."""
    page = TaskList((TaskSummary("t", "running"),), 3, 1, 0, True)  # noqa: FBT003 - a field
    walk, offsets = Walk(), []
    while walk.next_offset is not None and len(offsets) < 9:
        offsets.append(walk.next_offset)
        walk.take(page)

    assert offsets[:3] == [0, 1, 2]
    assert len(offsets) < 6


def test_times_may_be_missing():
    """Then nothing is taken for younger."""
    tasks = tuple(TaskSummary(name, "running") for name in "abcd")
    walk = Walk()
    ids = [each.id for each in walk.take(TaskList(tasks[:2], 4, 2, 0, True))]  # noqa: FBT003
    ids += [each.id for each in walk.take(TaskList(tasks[2:], 4, 2, 2, False))]  # noqa: FBT003

    assert ids == list("abcd")
