"""Files that go with a message: checked before a request, open only while it is sent."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

import msgspec

from sigmic_jupyter.service.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["FileLike", "Upload", "check_files", "opened"]

FileLike: TypeAlias = str | os.PathLike[str] | tuple[str, bytes]
"""A path, or a pair of a name and the bytes."""

MOST_FILES = 20
LARGEST_FILE_MB = 50
BYTES_PER_MB = 1024 * 1024  # assumed: the documentation says "50 MB"


class Upload(msgspec.Struct, frozen=True):
    """A file that was checked.

    Attributes:
        name: What the service saves it as, under `uploads/`.
        source: Where its bytes are, or the bytes.
    """

    name: str
    source: Path | bytes

    def __repr__(self) -> str:
        return f"<Upload {self.name}>"


def check_files(files: Iterable[FileLike | Upload]) -> tuple[Upload, ...]:
    """Check what is to be uploaded.

    Args:
        files: At most 20 paths, or pairs of a name and bytes, of at most 50 MB each; or what was
            checked before.

    Raises:
        ValidationError: Something cannot be uploaded; says what, and what to do.

    Source: docs.sigmic.ai, tasks/create.
    """
    if isinstance(files, (str, bytes, os.PathLike)):
        raise ValidationError(
            "files is a single file", hint='Give a list, as in files=["sales.csv"].'
        )
    uploads = tuple(_upload(file) for file in files)
    if len(uploads) > MOST_FILES:
        raise ValidationError(
            f"{len(uploads)} files are more than the {MOST_FILES} that one message takes",
            hint="Put them into a ZIP: the service unpacks it.",
        )
    names = [upload.name for upload in uploads]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValidationError(
            f"Several files are named {', '.join(twice)}: one would overwrite the other",
            hint="Rename them, or give pairs of a name and the bytes.",
        )
    return uploads


@contextmanager
def opened(uploads: Sequence[Upload]) -> Iterator[list[tuple[str, BinaryIO | bytes]]]:
    """Open the files for as long as they are sent: pairs of a name and what to read.

    Raises:
        ValidationError: A file cannot be read.
    """
    with ExitStack() as stack:
        yield [(upload.name, _open(upload.source, stack)) for upload in uploads]


def _open(source: Path | bytes, stack: ExitStack) -> BinaryIO | bytes:
    if isinstance(source, bytes):
        return source
    try:
        return stack.enter_context(source.open("rb"))
    except OSError as error:
        raise ValidationError(
            f"{source} cannot be read: {error.strerror}", hint="Check its permissions."
        ) from None


def _upload(file: object) -> Upload:
    match file:
        case Upload():
            return file
        case (str(name), bytes(content)):
            upload, size = Upload(name, content), len(content)
        case str() | os.PathLike():
            path = Path(file)
            upload, size = Upload(path.name, path), _size_of(path)
        case _:
            raise ValidationError(
                f"Something of type {type(file).__name__} cannot be uploaded",
                hint="Give paths, or pairs of a name and bytes.",
            )
    if not _is_file_name(upload.name):
        raise ValidationError(
            f"{upload.name!r} is no file name", hint="Give a name without folders."
        )
    if size > LARGEST_FILE_MB * BYTES_PER_MB:
        raise ValidationError(
            f"{upload.name} has {size / BYTES_PER_MB:.1f} MB, more than {LARGEST_FILE_MB}",
            hint="Split or compress it.",
        )
    return upload


def _size_of(path: Path) -> int:
    if path.is_dir():
        raise ValidationError(f"{path} is a folder", hint="Give its files, or a ZIP of it.")
    if not path.is_file():
        raise ValidationError(
            f"There is no file {path} in {Path.cwd()}", hint="Check the spelling and the folder."
        )
    return path.stat().st_size


def _is_file_name(name: str) -> bool:
    return name.isprintable() and not {"/", "\\"} & set(name) and name not in {"", ".", ".."}
