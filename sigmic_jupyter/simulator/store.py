"""All tasks of one simulator, in memory."""

import secrets
import string
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from sigmic_jupyter.simulator.clock import Pace, utc_now
from sigmic_jupyter.simulator.errors import not_found
from sigmic_jupyter.simulator.past import past_task
from sigmic_jupyter.simulator.records import NewTask, Task
from sigmic_jupyter.simulator.scenarios import Script
from sigmic_jupyter.simulator.session import Session
from sigmic_jupyter.simulator.workspace import Workspace

__all__ = ["Store"]


class Store:
    """Creates and finds sessions.

    Args:
        root: an existing directory for the workspaces.
        pace: how quickly the agent works.
        api_key: the key that clients use.
        script: what the agent plays; None lets each message choose.
    """

    def __init__(
        self, root: Path, pace: Pace, *, api_key: str, script: Script | None = None
    ) -> None:
        self._root = root
        self.pace = pace
        self._api_key = api_key
        self._script = script
        self._sessions: dict[str, Session] = {}
        self._api_key_id = str(uuid4())

    def __iter__(self) -> Iterator[Session]:
        return iter(self._sessions.values())

    def create(self, request: NewTask) -> Task:
        """A new task, which starts at once.

        Raises:
            ApiError: its files cannot be saved.
        """
        now = utc_now()
        task = Task(
            task_id=str(uuid4()),
            session_id=str(uuid4()),
            conversation_id=_conversation_id(int(now.timestamp() * 1000)),
            api_key_id=self._api_key_id,
            request=request,
            created_at=now,
            last_activity_at=now,
        )
        session = self._session(task)
        session.start()
        self._sessions[task.task_id] = session
        return task

    def remember(self, count: int) -> None:
        """Have so many tasks that ended before now."""
        now = utc_now()
        for number in range(count):
            task = past_task(number, now, api_key_id=self._api_key_id)
            self._sessions[task.task_id] = self._session(task)

    def get(self, task_id: str) -> Session:
        """The session of a task.

        Raises:
            ApiError: there is no such task.
        """
        if (session := self._sessions.get(task_id)) is None:
            raise not_found("Task not found")
        return session

    def newest_first(self) -> list[Task]:
        """All tasks by their last activity."""
        tasks = [session.task for session in self]
        return sorted(tasks, key=lambda task: task.last_activity_at, reverse=True)

    def _session(self, task: Task) -> Session:
        workspace = Workspace(self._root / task.session_id)
        return Session(task, workspace, self.pace, api_key=self._api_key, script=self._script)


def _conversation_id(created_ms: int) -> str:
    alphabet = string.digits + string.ascii_lowercase
    return f"{created_ms}-{''.join(secrets.choice(alphabet) for _ in range(9))}"
