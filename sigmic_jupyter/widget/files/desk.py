"""What a browser asks for about the files of one task. Belongs to the background loop."""

from __future__ import annotations

import functools
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from sigmic_jupyter.kernel import in_thread
from sigmic_jupyter.service.errors import NotFoundError, ValidationError
from sigmic_jupyter.widget.files.fetching import chunks
from sigmic_jupyter.widget.files.listing import Listing
from sigmic_jupyter.widget.files.names import file_name
from sigmic_jupyter.widget.files.transfers import Transfers
from sigmic_jupyter.widget.files.types import type_of
from sigmic_jupyter.widget.replies import SaveReply
from sigmic_jupyter.widget.wire import Download, Drop, Preview, Save

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sigmic_jupyter.service import AsyncClient
    from sigmic_jupyter.widget.files.artifact import Artifact, Artifacts
    from sigmic_jupyter.widget.replies import DownloadReply, PreviewReply

__all__ = ["FilesDesk"]


class FilesDesk:
    """Lists the files of a task, and gives browsers what is in them.

    Args:
        service: The client of the service.
        task_id: The task.
    """

    def __init__(self, service: AsyncClient, task_id: str) -> None:
        self._service = service
        self._task_id = task_id
        self._listing = Listing(service, task_id)
        self._transfers = Transfers()

    async def list(self) -> Artifacts:
        """List the files anew; see `Listing.list`."""
        return await self._listing.list()

    async def answer(
        self, command: Preview | Download | Drop | Save
    ) -> PreviewReply | tuple[DownloadReply, bytes] | SaveReply | None:
        """Carry out a command.

        Raises:
            ValidationError: It can't be done; the message says why.
            APIError: There is no such file, or the service does not give all of it.
        """
        match command:
            case Preview(path=path):
                return await self._preview(path)
            case Download():
                return await self._download(command)
            case Save(path=path):
                return await self._save(path)
            case Drop(download=download):
                self._transfers.drop(download)
        return None

    def close(self) -> None:
        """Give up all downloads."""
        self._transfers.close()

    async def _preview(self, path: str) -> PreviewReply:
        """Look into a file, if it is not too large for that."""
        from sigmic_jupyter.widget.files.previews import (  # noqa: PLC0415 - the import is to be quick
            limit_of,
            make_preview,
            refusal,
        )

        file = self._file(path)
        kind = type_of(file.path, file.mime_type)
        refused = refusal(kind, file.size)
        if refused is not None:
            return refused
        content = await _whole(self._chunks(file), limit_of(kind))
        refused = refusal(kind, len(content))
        if refused is not None:
            return refused
        return await in_thread(functools.partial(make_preview, kind, content))

    async def _download(self, asked: Download) -> tuple[DownloadReply, bytes]:
        """Give the next piece of a file; the first one begins it."""
        if asked.at == 0 and asked.download not in self._transfers:
            file = self._file(asked.path)
            name = file_name(file.path, file.name)
            self._transfers.begin(asked.download, name, file.size, self._chunks(file))
        return await self._transfers.next_piece(asked.download)

    async def _save(self, path: str) -> SaveReply:
        """Save a file in the kernel's working folder, where nothing has its name yet."""
        file = self._file(path)
        name = file_name(file.path, file.name)
        folder = Path.cwd()
        try:
            saved = await in_thread(functools.partial(file.download, folder))
        except FileExistsError:
            raise ValidationError(
                f"{name} is there already, and stays as it is",
                hint=f"Rename or move that one, or call .download(to=…) in Python. {_in(folder)}",
            ) from None
        except OSError as error:
            raise ValidationError(
                f"{name} could not be written: {error.strerror or type(error).__name__}",
                hint=f"See whether there is room and whether you may write there. {_in(folder)}",
            ) from None
        return SaveReply(f"Saved as {saved.name} in {_shown(folder)}")

    def _file(self, path: str) -> Artifact:
        file = self._listing.newest.get(path)
        if file is None:
            raise NotFoundError(
                "This file is not among those of the task", hint="List the files anew."
            )
        return file

    def _chunks(self, file: Artifact) -> AsyncGenerator[bytes | None, None]:
        return chunks(self._service, self._task_id, file.path, file.size)


async def _whole(source: AsyncGenerator[bytes | None, None], limit: int) -> bytes:
    """All bytes, or a few more than the limit."""
    content = bytearray()
    async with aclosing(source):
        async for chunk in source:
            if chunk is None:
                content.clear()
            else:
                content += chunk
            if len(content) > limit:
                break
    return bytes(content)


def _in(folder: Path) -> str:
    return f"The folder is {_shown(folder)}."


def _shown(folder: Path) -> str:
    home = Path.home()
    return str("~" / folder.relative_to(home) if folder.is_relative_to(home) else folder)
