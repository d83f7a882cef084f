"""Files on their way to a browser, piece by piece. Belongs to the background loop."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, NamedTuple

from sigmic_jupyter.service.errors import ValidationError
from sigmic_jupyter.widget.files.sizes import byte_count
from sigmic_jupyter.widget.replies import DownloadReply

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

__all__ = ["Transfers"]

# So much goes in one message, as with uploads: a server drops connections that bring too much.
PIECE_BYTES = 1024 * 1024
# A browser that went away asks for no more.
IDLE_S = 60.0
MOST_AT_ONCE = 8
# A browser has to hold all of it.
LARGEST_FILE_MB = 512
LARGEST_FILE_BYTES = LARGEST_FILE_MB * 1024 * 1024

# How many pieces are fetched before they are asked for.
AHEAD = 1


class Transfers:
    """Keeps what is fetched until the browser has asked for it, or has gone."""

    def __init__(self) -> None:
        self._open: dict[str, _Transfer] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._open

    def __len__(self) -> int:
        return len(self._open)

    def begin(
        self, name: str, file: str, size: int | None, chunks: AsyncGenerator[bytes | None, None]
    ) -> None:
        """Begin to fetch a file.

        Args:
            name: What the browser calls the transfer.
            file: The name that the file is to have there.
            size: Bytes, None if unknown.
            chunks: The bytes; None where they begin anew.

        Raises:
            ValidationError: It is too large, or there are too many.
        """
        if size is not None:
            _check_size(file, size)
        if len(self._open) >= MOST_AT_ONCE:
            raise ValidationError(
                f"{MOST_AT_ONCE} files are on their way already",
                hint="Begin again when one has arrived.",
            )
        self.drop(name)
        self._open[name] = _Transfer(file, size, chunks)
        self._wait_for_browser(name)

    async def next_piece(self, name: str) -> tuple[DownloadReply, bytes]:
        """The next piece, when it is there.

        Raises:
            ValidationError: It was given up, by the browser or since nobody asked for a while.
            APIError: The service does not give the file, or not all of it.
        """
        transfer = self._open.get(name)
        if transfer is None:
            raise _given_up()
        if transfer.timer is not None:
            transfer.timer.cancel()
        try:
            piece = await transfer.take()
        except BaseException:
            self.drop(name)
            raise
        if piece.ended:
            self.drop(name)
        elif name in self._open:
            self._wait_for_browser(name)
        end = piece.at + len(piece.content)
        far = [byte_count(end), byte_count(transfer.size)]
        note = " of ".join(filter(None, far))
        return DownloadReply(transfer.file, note, piece.at, end, piece.ended), piece.content

    def drop(self, name: str) -> None:
        """Fetch no more of a file, if it is on its way."""
        transfer = self._open.pop(name, None)
        if transfer is not None:
            transfer.close()

    def close(self) -> None:
        """Fetch nothing any more."""
        for name in tuple(self._open):
            self.drop(name)

    def _wait_for_browser(self, name: str) -> None:
        self._open[name].timer = asyncio.get_running_loop().call_later(IDLE_S, self.drop, name)


class _Piece(NamedTuple):
    at: int
    content: bytes
    ended: bool


class _Transfer:
    """Fetches a file, a piece ahead of who takes it."""

    def __init__(
        self, file: str, size: int | None, chunks: AsyncGenerator[bytes | None, None]
    ) -> None:
        self.file = file
        self.size = size
        self.timer: asyncio.TimerHandle | None = None
        self._ready: asyncio.Queue[_Piece | Exception] = asyncio.Queue(AHEAD)
        self._fetching = asyncio.get_running_loop().create_task(self._fetch(chunks))

    async def take(self) -> _Piece:
        """The next piece; an error again and again."""
        piece = await self._ready.get()
        if isinstance(piece, Exception):
            self._end_with(piece)
            raise piece
        return piece

    def close(self) -> None:
        """Fetch no more; whoever waits is told."""
        if self.timer is not None:
            self.timer.cancel()
        self._fetching.cancel()
        self._end_with(_given_up())

    async def _fetch(self, chunks: AsyncGenerator[bytes | None, None]) -> None:
        at, rest = 0, bytearray()
        try:
            async with aclosing(chunks):
                async for chunk in chunks:
                    if chunk is None:
                        at, rest = 0, bytearray()
                        continue
                    rest += chunk
                    _check_size(self.file, at + len(rest))
                    while len(rest) > PIECE_BYTES:
                        await self._ready.put(_Piece(at, bytes(rest[:PIECE_BYTES]), ended=False))
                        at += PIECE_BYTES
                        del rest[:PIECE_BYTES]
            await self._ready.put(_Piece(at, bytes(rest), ended=True))
        except Exception as error:  # noqa: BLE001 - told to who takes the pieces
            await self._ready.put(error)

    def _end_with(self, error: Exception) -> None:
        while not self._ready.empty():
            self._ready.get_nowait()
        self._ready.put_nowait(error)


def _check_size(file: str, size: int) -> None:
    if size > LARGEST_FILE_BYTES:
        raise ValidationError(
            f"{file} is larger than {LARGEST_FILE_MB} MB, too large for a browser to hold",
            hint="Save it beside the notebook, or call .download() in Python.",
        )


def _given_up() -> ValidationError:
    return ValidationError("The download was given up", hint="")
