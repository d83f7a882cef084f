"""Helpers for tests of tasks with a real service behind them: the simulator, over HTTP."""

from __future__ import annotations

import threading

LIMIT_S = 20


def until(task, name, condition):
    """Wait, without polling, until a trait meets a condition."""
    met = threading.Event()

    def look(change):
        if condition(change["new"]):
            met.set()

    task.observe(look, name)
    look({"new": getattr(task, name)})
    assert met.wait(LIMIT_S), f"{name} is {getattr(task, name)!r}"
    task.unobserve(look, name)


def waiting(client):
    task = client.run("Think about this", auto_execute=False)
    until(task, "pending_approvals", bool)
    return task
