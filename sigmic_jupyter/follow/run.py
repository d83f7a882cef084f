"""One following of a task, from its start until the task is final: what to do when."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

from sigmic_jupyter.follow.items import Snapshot
from sigmic_jupyter.service.errors import APIError
from sigmic_jupyter.service.retry import is_transient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sigmic_jupyter.follow.draft import Draft
    from sigmic_jupyter.follow.items import Route, Trouble, Update
    from sigmic_jupyter.follow.listener import Listener
    from sigmic_jupyter.follow.polls import Polls
    from sigmic_jupyter.service.models import Task

__all__ = ["Run", "differs"]

# How long the same answer as before a follow-up is taken for a service that has not caught up.
STALE_AFTER_FOLLOW_UP_S = 10.0
# What the stream tells is shown at once, then together: a new piece seldom matters by itself.
TOGETHER_S = 0.08


class Run:
    """Polls; as long as a listener hears the task, only when a question comes up.

    Args:
        draft: Puts together what is heard.
        polls: Asks for the task.
        listener: Hears its stream; None polls alone.
        stale: The final snapshot after which a follow-up was sent, None if there was none.

    Attributes:
        is_over: Whether the task is final and that was told.
    """

    def __init__(
        self,
        draft: Draft,
        polls: Polls,
        listener: Listener | None,
        stale: Task | None,
    ) -> None:
        self.is_over = False
        self._draft = draft
        self._polls = polls
        self._listener = listener
        self._previous = self._stale = stale
        self._stale_until = math.inf  # counted from the first answer: there may be trouble before
        self._heard = self._questions = 0  # when it was asked last
        self._must_show = False
        self._is_corrected = False
        self._shown_at = -math.inf
        self._route: Route | None = None

    @property
    def heard(self) -> int:
        """How many events were heard."""
        return self._draft.heard

    def due(self) -> Iterator[Update]:
        """Do what is due, and yield what is new of the task.

        Raises:
            APIError: The service refuses for good.
        """
        yield from self._take_answer()
        yield from self._take_route()
        if not self.is_over and self._ask_at() <= _now():
            self._heard, self._questions = self._draft.heard, self._draft.questions
            self._polls.ask()
        if self._show_at() <= _now():
            self._shown_at = _now()
            yield Snapshot(self._newest())

    def due_at(self) -> float:
        """When there is something to do, by the event loop's clock, if nothing happens before."""
        return min(self._ask_at(), self._show_at())

    def look(self, task: Task, heard: int) -> Task:
        """Take an answer that somebody else asked for, who gets the newest state.

        Args:
            task: The answer.
            heard: The draft's count of events when it was asked for.
        """
        self._take(task, heard)
        if task.is_final:
            self._polls.want()
        return self._newest()

    def _take_answer(self) -> Iterator[Trouble]:
        try:
            task = self._polls.answer()
        except APIError as error:
            if not is_transient(error):
                raise
            yield self._polls.fail(error)
            return
        if task is None:
            return
        self._must_show |= self._polls.attempt > 0
        changed = self._take(task, self._heard)
        self._polls.rest(changed=changed, waiting=bool(task.pending_approvals))
        is_stale = self._stale is not None and _now() <= self._stale_until
        # What was asked for before somebody wanted to know says nothing of the end.
        self.is_over = task.is_final and not is_stale and not self._polls.is_awaited
        was_corrected, self._is_corrected = self._is_corrected, self._draft.difference is not None
        self._must_show |= changed or (self._is_corrected and not was_corrected)
        if self._listener is not None and not self.is_over:
            self._listener.start()

    def _take(self, task: Task, heard: int) -> bool:
        """Take an answer, and return whether it has something new."""
        changed = self._previous is None or differs(self._previous, task)
        self._previous = task
        if changed:
            self._stale = None
        if self._stale_until == math.inf:
            self._stale_until = _now() + STALE_AFTER_FOLLOW_UP_S
        if self._stale is None and (changed or self._draft.difference is not None):
            self._draft.take(task, heard)
        return changed

    def _take_route(self) -> Iterator[Route]:
        listener = self._listener
        if listener is None:
            return
        listener.check()
        if listener.route is not None and listener.route != self._route:
            self._route = listener.route
            yield listener.route

    def _newest(self) -> Task:
        self._must_show = False
        if self._draft.base is None and self._previous is not None:
            return self._previous  # a follow-up is not taken up yet
        return self._draft.snapshot()

    def _ask_at(self) -> float:
        if self._polls.is_asking:
            return math.inf
        if self._polls.is_wanted:
            return -math.inf
        if self._polls.attempt == 0:
            if self._questions != self._draft.questions:
                return -math.inf
            if self._listener is not None and self._listener.is_live and not self._draft.is_open:
                return math.inf
        return self._polls.next_at

    def _show_at(self) -> float:
        # What was heard before somebody wanted to know may be what they know not to hold any more.
        if self._polls.is_awaited:
            return math.inf
        if self._must_show:
            return -math.inf
        is_right = self._draft.base is not None and self._draft.difference is None
        return self._shown_at + TOGETHER_S if self._draft.changed and is_right else math.inf


def differs(previous: Task, task: Task) -> bool:
    """Whether a snapshot has something new, told without comparing all of its output."""
    return _mark(previous) != _mark(task) or (
        # Without `updatedAt` there is no short cut.
        task.output is not None and task.output.updated_at is None and previous != task
    )


def _mark(task: Task) -> tuple[object, ...]:
    return (
        task.status,
        task.output.updated_at if task.output is not None else None,
        task.pending_approvals,
        task.error,
        task.completed_at,
    )


def _now() -> float:
    return asyncio.get_running_loop().time()
