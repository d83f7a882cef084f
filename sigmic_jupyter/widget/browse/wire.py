"""The contract of the list of tasks with the browser, types only.

Its twin is `js/src/browse/wire.ts`.
"""

from typing import Literal

import msgspec

from sigmic_jupyter.widget.wire import GetBundle, Hello, Problem, Refresh

__all__ = ["Back", "BrowseCommand", "Find", "Listed", "Look", "More", "Open", "TaskRow"]

Look = Literal["pending", "running", "waiting", "completed", "failed", "cancelled"]


class TaskRow(msgspec.Struct, frozen=True):
    """A task in the list.

    `status` is in words; `message` the first line, maybe cut; `messages` how many there are; `at`
    when there was last something new.
    """

    id: str
    look: Look
    status: str
    message: str
    messages: int | None
    at: str | None


class Listed(msgspec.Struct, frozen=True):
    """The trait `listed`: what there is to see, in one piece, so that it never contradicts itself.

    `count` says how many tasks there are, `foot` how many of them are shown or searched, and `more`
    what is to be had beyond, None at the end. `text` and `status` are the filter that the rows have
    passed; `statuses` are those that can be chosen, as pairs with their words. `retry` is the
    command that tries again what led to the `problem`.
    """

    rows: list[TaskRow]
    count: str
    foot: str
    more: str | None
    text: str
    status: str
    statuses: list[tuple[str, str]]
    problem: Problem | None
    retry: Literal["refresh", "more"]


class _Command(msgspec.Struct, frozen=True, tag_field="command"):
    id: str


class Find(_Command, frozen=True, tag="find"):
    """Show the tasks alone that have all words of a text, and a status; empty: any."""

    text: str
    status: str


class More(_Command, frozen=True, tag="more"):
    """Fetch further tasks, or search on."""


class Open(_Command, frozen=True, tag="open"):
    """Follow a task, and name its model in the trait `opened`."""

    task_id: str


class Back(_Command, frozen=True, tag="back"):
    """Show the list again."""


BrowseCommand = GetBundle | Hello | Refresh | Find | More | Open | Back
