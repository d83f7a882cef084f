"""The bytes of a file, from the service; trouble that passes is waited for."""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing, closing
from typing import TYPE_CHECKING, BinaryIO

from sigmic_jupyter.kernel import iterate
from sigmic_jupyter.service import (
    APIError,
    NotFoundError,
    UnexpectedResponse,
    backoff_s,
    is_transient,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sigmic_jupyter.service import AsyncClient

__all__ = ["chunks", "copy", "pause_or_raise"]

MOST_TRIES = 4
# Longer than this nobody should be kept waiting in a cell: the error says how long to wait.
LONGEST_PAUSE_S = 30.0


def copy(service: AsyncClient, task_id: str, path: str, size: int | None, file: BinaryIO) -> None:
    """Write a file of a task's workspace into an open one, from any thread but the loop's.

    Args:
        service: The client of the service.
        task_id: The task.
        path: The file's path as the service tells it.
        size: Bytes as the service listed them, None if it did not.
        file: Empty, writable and seekable; holds the whole file afterwards.

    Raises:
        APIError: The service does not give the file, or not all of it, after several tries.
        OSError: The file could not be written.
    """
    with closing(iterate(chunks(service, task_id, path, size))) as arriving:
        for chunk in arriving:
            if chunk is None:
                file.seek(0)
                file.truncate()
            else:
                file.write(chunk)


async def pause_or_raise(error: APIError, tries: int) -> None:
    """Wait until the next try is due; raise the error where there is none.

    Args:
        error: Why the last try failed.
        tries: How many there have been.
    """
    if tries >= MOST_TRIES or not is_transient(error):
        raise error
    pause_s = backoff_s(tries, retry_after_s=error.retry_after_s, random=random.random())  # noqa: S311 - it spreads tries
    if pause_s > LONGEST_PAUSE_S:
        raise error
    await asyncio.sleep(pause_s)


async def chunks(
    service: AsyncClient, task_id: str, path: str, size: int | None
) -> AsyncGenerator[bytes | None, None]:
    """The bytes of a file in pieces, None where they begin anew; otherwise as `copy`."""
    tries = 0
    while True:
        try:
            async with aclosing(_one_try(service, task_id, path, size)) as arriving:
                async for chunk in arriving:
                    yield chunk
        except NotFoundError as error:
            error.hint = "It may be gone: task.refresh() lists the files that there are."
            raise
        except APIError as error:
            tries += 1
            await pause_or_raise(error, tries)
            yield None
        else:
            return


async def _one_try(
    service: AsyncClient, task_id: str, path: str, size: int | None
) -> AsyncGenerator[bytes, None]:
    """The bytes in pieces, no more than were listed, and all of them if it ends.

    Whether they are as many as the answer's head says, HTTP itself sees to.
    """
    async with service.download_artifact(task_id, path) as download:
        received = 0
        async for chunk in download.iter_bytes():
            received += len(chunk)
            if size is not None and received > size:
                raise _wrong_size(task_id, size, f"{received:,} or more")
            yield chunk
        if size not in {None, received}:
            raise _wrong_size(task_id, size, f"{received:,}")


def _wrong_size(task_id: str, listed: int | None, sent: str) -> UnexpectedResponse:
    return UnexpectedResponse(
        f"Of a file of {listed:,} bytes the service sent {sent}",
        task_id=task_id,
        hint="It may have changed: call task.refresh(), then take it from task.artifacts anew.",
    )
