"""A file that appears under its name whole or not at all, and in no other file's place."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["saved", "target_of"]

# Neither follows a link nor takes a file that exists, whoever made it; binary on Windows.
NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
PERMISSIONS = 0o666  # less the umask, and never executable


def target_of(to: str | os.PathLike[str], name: str) -> Path:
    """Where a file goes.

    Args:
        to: A folder, or the file itself if the last part has a suffix and is no existing folder. A
            folder ends with a slash, exists, or has no suffix. `~` is the home folder.
        name: The file's name in a folder.
    """
    path = Path(to).expanduser()
    ends_with_slash = os.fspath(to).endswith(("/", os.sep))
    is_folder = ends_with_slash or path.is_dir() or not (path.suffix or path.exists())
    return path / name if is_folder else path


@contextmanager
def saved(target: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """Open a file that gets its name when the `with` ends without an exception.

    Until then it is `.sigmic-….part` in the same folder, which is made if need be. It is on disk
    before it gets the name. A link of that name is not followed.

    Args:
        target: The name.
        overwrite: Whether what is there is replaced; a link itself, not what it leads to.

    Raises:
        FileExistsError: Something is there, before or at the end; it stays as it is.
        IsADirectoryError: A folder is there.
    """
    target = target.absolute()  # the current folder may change meanwhile
    _check_free(target, overwrite=overwrite)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".sigmic-{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(draft, NEW, PERMISSIONS), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _publish(draft, target, overwrite=overwrite)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _check_free(target: Path, *, overwrite: bool) -> None:
    if target.is_dir() and not target.is_symlink():
        raise IsADirectoryError(
            errno.EISDIR, "A folder has this name; give another one with to=", str(target)
        )
    if not overwrite and os.path.lexists(target):
        raise _exists(target)


def _exists(target: Path) -> FileExistsError:
    return FileExistsError(
        errno.EEXIST,
        "Something has this name, and stays as it is; pass overwrite=True to replace it, or "
        "another folder or name with to=",
        str(target),
    )


def _publish(draft: Path, target: Path, *, overwrite: bool) -> None:
    if overwrite:
        draft.replace(target)
        return
    try:
        _rename_to_what_is_free(draft, target)
    except FileExistsError:
        raise _exists(target) from None


def _rename_to_what_is_free(draft: Path, target: Path) -> None:
    """Rename, but raise FileExistsError where there is something: `os.rename` would replace it."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        target.touch(exist_ok=False)
        try:
            draft.replace(target)
        except BaseException:
            target.unlink()
            raise


def _sync_folder(folder: Path) -> None:
    """Have the name itself on disk, where folders can be synced: not on Windows, nor everywhere."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
