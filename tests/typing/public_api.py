"""How the public names are used, for the type checker alone: never run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, assert_type

from sigmic_jupyter import TaskWidget, as_completed, attach, browse, configure, run, wait
from sigmic_jupyter.pages import TaskPage
from sigmic_jupyter.service import Task, TaskSummary
from sigmic_jupyter.settings import Settings

if TYPE_CHECKING:
    from sigmic_jupyter import Client
    from sigmic_jupyter.service import ToolCall


def only_reading(call: ToolCall) -> str | None:
    """A policy as a callable."""
    return "once" if call.tool_name == "read_file" else None


def from_a_notebook(client: Client) -> None:
    """Plain calls."""
    task = run("Summarise", files=["sales.csv", ("notes.txt", b"text")], auto_execute=False)
    assert_type(task, TaskWidget)
    task.approve(always=True)
    task.reject("call_001", reason="Keep the archive.")
    assert_type(task.wait(timeout=5).result, str)
    assert_type(attach("id", policy={"read_*": "once", "*": None}), TaskWidget)
    assert_type(client.run("Summarise", policy=only_reading, interval=1.0), TaskWidget)
    assert_type(client.tasks(limit=10), TaskPage)
    assert_type(client.tasks().next(), TaskPage | None)
    assert_type(list(client.tasks()), list[TaskSummary])
    assert_type(client.get("id"), Task)
    assert_type(browse(client).task, TaskWidget | None)


def settings() -> None:
    """Where each setting came from."""
    now = configure(base_url="https://api.example", interval=1.0, transport="poll", dotenv=True)
    assert_type(now, Settings)
    assert_type(now.base_url, str)
    assert_type(now["timeout"].place, str)


def files(task: TaskWidget) -> None:
    """The files of a task."""
    for path, file in task.artifacts.items():
        assert_type(path, str)
        assert_type(file.size, int | None)
    assert_type(file.download("out", overwrite=True), Path)
    assert_type(file.read_bytes(), bytes)
    assert_type(file.read_text(), str)
    assert_type(file.open().seek(0), int)


def many(tasks: list[TaskWidget]) -> None:
    """Several tasks keep their type."""
    done, not_done = wait(tasks, return_when="FIRST_COMPLETED")
    assert_type(done, set[TaskWidget])
    assert_type(not_done, set[TaskWidget])
    for task in as_completed(tasks):
        assert_type(task, TaskWidget)


async def awaiting(task: TaskWidget) -> None:
    """A task is awaitable."""
    assert_type(await task, TaskWidget)
