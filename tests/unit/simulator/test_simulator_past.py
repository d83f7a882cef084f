from __future__ import annotations

from collections import Counter

import pytest

from sigmic_jupyter import simulator


def test_there_are_tasks_of_the_days_before():
    """As many as asked for, all ended, each in the list once and there when it is asked for."""
    with simulator.start(speed=100, history=130) as service:
        client = service.client()
        page = client.tasks(limit=100)
        rows = list(page)

        assert (page.total, len({row.id for row in rows})) == (130, 130)
        assert [row.last_activity_at for row in rows] == sorted(
            (row.last_activity_at for row in rows), reverse=True
        )
        assert Counter(row.status for row in rows).keys() == {"completed", "failed", "cancelled"}
        task = client.get(rows[1].id)
        assert (task.status, task.error) == ("failed", "Sandbox stopped: out of memory")


def test_a_message_goes_to_one_of_them():
    """It is taken up as ever."""
    with simulator.start(speed=100, history=1) as service:
        task = service.client().attach(service.client().tasks().tasks[0].id).wait(20)
        before = len(task.conversation)

        task.send("And now?")

        assert task.wait(20).status == "completed"
        assert len(task.conversation) > before


def test_there_can_not_be_fewer_than_none():
    """It says so at once."""
    with pytest.raises(ValueError, match="history must be 0 or more, not -1"):
        simulator.start(history=-1)
