"""The contract of the list of tasks with the browser, types only.

Its twin is `js/src/browse/wire.ts`.
"""

from typing import Literal

import msgspec

from sigmic_jupyter.widget.wire import GetBundle, Hello, Problem, Refresh

__all__ = [
    "Back",
    "BrowseCommand",
    "Find",
    "Kind",
    "Listed",
    "More",
    "Open",
    "Opened",
    "TaskRow",
    "Words",
]

Kind = Literal["pending", "running", "waiting", "completed", "failed", "cancelled"]


class TaskRow(msgspec.Struct, frozen=True):
    """A task in the list.

    `kind` is how its status looks, which is in words; `message` the first line, maybe cut, or the
    id where there is none; `messages` how many there are, empty where that is unknown; `at` when
    there was last something new.
    """

    id: str
    kind: Kind
    status: str
    message: str
    messages: str
    at: str | None


class Listed(msgspec.Struct, frozen=True):
    """The trait `listed`: what there is to see, in one piece, so that it never contradicts itself.

    `count` says how many tasks there are, `foot` how many of them are shown or searched, and `more`
    what the command of that name does now, None where there is nothing more. `text` and `status`
    are the filter that the rows have passed.
    """

    rows: list[TaskRow]
    count: str
    foot: str
    more: str | None
    text: str
    status: str
    problem: Problem | None


class Words(msgspec.Struct, frozen=True):
    """The trait `words`: what stands in the list beside the tasks.

    `statuses` are those that can be chosen, as pairs with their words.
    """

    title: str
    filter: str
    status: str
    statuses: list[tuple[str, str]]
    refresh: str
    columns: list[str]
    back: str
    no_kernel: str


class Opened(msgspec.Struct, frozen=True):
    """The trait `opened`, None where the list is: the model of the open task, `IPY_MODEL_…`.

    `code` follows the task in a cell of its own: some pages show no widget within another.
    """

    model: str
    code: str


class _Command(msgspec.Struct, frozen=True, tag_field="command"):
    id: str


class Find(_Command, frozen=True, tag="find"):
    """Show the tasks alone that have all words of a text, and a status; empty: any."""

    text: str
    status: str


class More(_Command, frozen=True, tag="more"):
    """Fetch further tasks, search on, or try again what has failed.

    `rows` says how many are shown, so that what was asked twice is done once.
    """

    rows: int


class Open(_Command, frozen=True, tag="open"):
    """Follow a task, and name its model in the trait `opened`."""

    task_id: str


class Back(_Command, frozen=True, tag="back"):
    """Show the list again."""


BrowseCommand = GetBundle | Hello | Refresh | Find | More | Open | Back
