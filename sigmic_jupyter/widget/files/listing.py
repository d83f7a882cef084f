"""The files of one task, as the service lists them."""

from __future__ import annotations

import asyncio
import functools
import logging
from typing import TYPE_CHECKING

import msgspec

from sigmic_jupyter.service import APIError
from sigmic_jupyter.widget.files.artifact import Artifact, Artifacts
from sigmic_jupyter.widget.files.fetching import copy, pause_or_raise

if TYPE_CHECKING:
    from sigmic_jupyter.service import AsyncClient, models

__all__ = ["Listing"]

log = logging.getLogger("sigmic_jupyter")

# Who waits for the task also waits for its files, but not long.
LIMIT_S = 10.0


class Listing:
    """Asks for the files of a task. It belongs to the background loop.

    Args:
        service: The client of the service.
        task_id: The task.

    Attributes:
        newest: The list that was had last.
    """

    def __init__(self, service: AsyncClient, task_id: str) -> None:
        self._service = service
        self._task_id = task_id
        self._copy = functools.partial(copy, service, task_id)
        self.newest = Artifacts()
        self._in_turn = asyncio.Lock()  # so that an older answer never follows a newer one

    async def list(self) -> Artifacts:
        """List the files anew. Where that fails, they are those of the last time and say so."""
        async with self._in_turn:
            self.newest = await self._listed()
            return self.newest

    async def _listed(self) -> Artifacts:
        try:
            async with asyncio.timeout(LIMIT_S):
                rows = await self._rows()
            return Artifacts(map(self._artifact, rows), note=None)
        except APIError as error:
            return self._failed(error.message.rstrip(". "))
        except TimeoutError:
            return self._failed(f"No answer within {LIMIT_S:.0f} s")
        except Exception as error:  # its text can hold anything, so it stays in the log
            log.exception("files not listed task_id=%s", self._task_id)
            return self._failed(f"{type(error).__name__}, see the kernel's log")

    def _artifact(self, row: models.Artifact) -> Artifact:
        return Artifact(**msgspec.structs.asdict(row), _copy=self._copy)

    async def _rows(self) -> tuple[models.Artifact, ...]:
        tries = 0
        while True:
            try:
                return await self._service.list_artifacts(self._task_id)
            except APIError as error:
                tries += 1
                await pause_or_raise(error, tries)

    def _failed(self, reason: str) -> Artifacts:
        """Log why there is no list, and say it with what to do: the task itself goes on."""
        log.warning("files not listed task_id=%s reason=%r", self._task_id, reason)
        note = f"not listed: {reason}. task.refresh() tries again"
        return Artifacts(
            self.newest.values(), note=note, trouble=f"The list could not be had: {reason}."
        )
