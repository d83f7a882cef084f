"""What can be done to a task at the service."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sigmic_jupyter.service import AsyncClient
    from sigmic_jupyter.service.models import Outcome

__all__ = ["Acting"]


class Acting:
    """Acts on one task, and says so each time, also when nobody knows whether it arrived.

    Args:
        service: The client of the service.
        task_id: The task.
        acted: Called after each act, before it returns or raises.
    """

    def __init__(self, service: AsyncClient, task_id: str, *, acted: Callable[[], None]) -> None:
        self._service = service
        self._task_id = task_id
        self._acted = acted

    async def approve(self, call_id: str, outcome: Outcome) -> None:
        """Send a decision about a call."""
        with self._act():
            await self._service.approve_tool_call(self._task_id, call_id, outcome)

    async def cancel(self) -> None:
        """Ask for the end of the task."""
        with self._act():
            await self._service.cancel_task(self._task_id)

    async def send(self, message: str, files: tuple[Any, ...]) -> str:
        """Send a message, and return the status that the task has with it."""
        with self._act():
            return await self._service.send_message(self._task_id, message, files=files)

    @contextmanager
    def _act(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._acted()
