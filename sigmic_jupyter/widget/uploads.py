"""Files that a browser sends for a message, piece by piece. Belongs to the background loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmic_jupyter.service.errors import ValidationError
from sigmic_jupyter.service.uploads import BYTES_PER_MB, LARGEST_FILE_MB, MOST_FILES, check_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sigmic_jupyter.widget.wire import Upload

__all__ = ["Uploads"]

# A browser that went away leaves behind what it had sent. So many are kept, the newest.
MOST_UPLOADS = 4


class Uploads:
    """Keeps what has arrived, until the message comes that it belongs to."""

    def __init__(self) -> None:
        self._files: dict[str, dict[str, _File]] = {}

    def add(self, piece: Upload, buffers: Sequence[bytes | memoryview]) -> None:
        """Take a piece. The limits are checked with the first one of each file.

        Raises:
            ValidationError: It is not what is expected next, or the service would not take it.
        """
        files = self._files.setdefault(piece.upload, {})
        if len(self._files) > MOST_UPLOADS:
            del self._files[next(iter(self._files))]
        if piece.at == 0:
            check_files([(piece.name, b"")])
            if not 0 <= piece.size <= LARGEST_FILE_MB * BYTES_PER_MB:
                raise ValidationError(
                    f"{piece.name} has more than {LARGEST_FILE_MB} MB",
                    hint="Split or compress it.",
                )
            if piece.name not in files and len(files) == MOST_FILES:
                raise ValidationError(
                    f"One message takes {MOST_FILES} files", hint="Put them into a ZIP."
                )
            files[piece.name] = _File(piece.size)
        file = files.get(piece.name)
        content = b"".join(bytes(buffer) for buffer in buffers)
        if file is None or not file.goes_on(piece, content):
            raise _incomplete(piece.name)
        file.content += content

    def take(self, upload: str | None) -> tuple[tuple[str, bytes], ...]:
        """The files of a message, as pairs of a name and the bytes. They are kept no longer.

        Raises:
            ValidationError: One has not arrived as a whole.
        """
        if upload is None:
            return ()
        files = self._files.pop(upload, {})
        if not files:
            raise _incomplete("What was attached")
        for name, file in files.items():
            if len(file.content) != file.size:
                raise _incomplete(name)
        return tuple((name, bytes(file.content)) for name, file in files.items())


class _File:
    """The beginning of a file, and how large it will be in bytes."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.content = bytearray()

    def goes_on(self, piece: Upload, content: bytes) -> bool:
        """Whether a piece is the next one, and within the size that was told."""
        has = len(self.content)
        return piece.at == has and piece.size == self.size and has + len(content) <= self.size


def _incomplete(name: str) -> ValidationError:
    return ValidationError(
        f"{name} did not arrive as a whole", hint="Nothing was sent to the agent. Send it again."
    )
