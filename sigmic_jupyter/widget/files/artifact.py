"""What `task.artifacts` holds: files of the task's workspace, by path."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from sigmic_jupyter.service import models
from sigmic_jupyter.widget.files.names import file_name
from sigmic_jupyter.widget.files.saving import saved, target_of
from sigmic_jupyter.widget.files.sizes import byte_count
from sigmic_jupyter.widget.files.types import type_of

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["Artifact", "Artifacts"]

FIELDS = models.Artifact.__struct_fields__
IN_MEMORY_BYTES = 8 * 1024 * 1024
MOST_LINES = 100
LONGEST_TEXT = 200
MOST_NEAR = 3
MOST_COMPARED = 1_000

NOT_LISTED = "not listed yet; they are when the task ends, and by task.refresh()"


class Opened(tempfile.SpooledTemporaryFile[bytes]):
    """Closed with its last reference, as those expect who hand it to a reader that leaves it open.

    Python's own would warn.
    """

    def __del__(self) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file in the task's workspace, as it was when the files were listed.

    The bytes are fetched when they are asked for. Trouble that passes is tried again a few times;
    an interrupt ends the transfer.

    Attributes:
        name: Its name.
        path: Relative to the workspace, such as `downloads/report.pdf`.
        size: Bytes, None if unknown.
        mime_type: Such as `text/csv`.
        category: The service's own grouping, such as `csv`.
        modified_at: When it was last written.
    """

    name: str
    path: str
    size: int | None
    mime_type: str | None
    category: str | None
    modified_at: str | None
    _copy: Callable[[str, int | None, BinaryIO], None] = field(repr=False, compare=False)

    def download(self, to: str | os.PathLike[str] = ".", *, overwrite: bool = False) -> Path:
        """Save the file, whole or not at all.

        Args:
            to: A folder, which is made if need be: the file gets the last part of its path as name
                there, without what could lead elsewhere or is no file name on some system. Or the
                file itself, where the last part has a suffix and is no folder. A folder whose name
                has a dot and that does not exist yet needs a slash at its end.
            overwrite: Whether a file of that name is replaced.

        Returns:
            Where the file is.

        Raises:
            FileExistsError: Something of that name is there; it stays as it is.
            OSError: The file can't be written.
            APIError: The service does not give the file, or not all of it.
        """
        target = target_of(to, file_name(self.path, self.name))
        with saved(target, overwrite=overwrite) as file:
            self._copy(self.path, self.size, file)
        return target

    def read_bytes(self) -> bytes:
        """Fetch the file into memory.

        Raises:
            APIError: The service does not give the file, or not all of it.
        """
        content = io.BytesIO()
        self._copy(self.path, self.size, content)
        return content.getvalue()

    def read_text(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """Fetch the file as text, with line ends as in Python's own text files.

        Args:
            encoding: Such as `utf-8-sig` for a file that Excel wrote.
            errors: What to do with bytes that are no text, such as `replace`.

        Raises:
            UnicodeDecodeError: It is no text in this encoding.
            APIError: The service does not give the file, or not all of it.
        """
        with io.TextIOWrapper(self.open(), encoding=encoding, errors=errors) as text:
            return text.read()

    def open(self) -> BinaryIO:
        """Fetch the file and open it for reading, as in `pandas.read_csv(artifact.open())`.

        Returns:
            A seekable binary file, in memory up to 8 MB and in the system's temporary folder
            above; it is gone when it is closed.

        Raises:
            APIError: The service does not give the file, or not all of it.
        """
        with ExitStack() as stack:
            file = stack.enter_context(Opened(IN_MEMORY_BYTES))
            content = cast("BinaryIO", file)
            self._copy(self.path, self.size, content)
            content.seek(0)
            stack.pop_all()
            return content

    def __repr__(self) -> str:
        return f"<Artifact {'  '.join(filter(None, _cells(self)))}>"


class Artifacts(Mapping[str, Artifact]):
    """The files of a task by path, in the service's order. It does not change: a new one comes.

    Args:
        files: The files.
        note: What there is to say about the list, such as that it could not be had.
        trouble: Why it could not be had, and these are those of the time before.
    """

    def __init__(
        self,
        files: Iterable[Artifact] = (),
        *,
        note: str | None = NOT_LISTED,
        trouble: str | None = None,
    ) -> None:
        self._files = {file.path: file for file in files}
        self.note = note
        self.trouble = trouble

    def __getitem__(self, path: str) -> Artifact:
        if path not in self._files:
            raise KeyError(self._no_such_file(path))
        return self._files[path]

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Artifacts) and self.note != other.note:
            return False
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment] # as of every mapping

    def rows(self) -> list[dict[str, Any]]:
        """The files as plain JSON, as the browser gets them: with words on what each of them is."""
        return [_row(file) for file in self.values()]

    def __repr__(self) -> str:
        counted = [_counted(len(self))] if self or not self.note else []
        head = f"<Artifacts: {', '.join([*counted, *self._notes()])}>"
        table = [_cells(file) for file in list(self.values())[:MOST_LINES]]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines = ["  ".join(map(str.ljust, cells, widths)).rstrip() for cells in table]
        more = [f"… and {len(self) - MOST_LINES} more"] if len(self) > MOST_LINES else []
        return "\n".join([head, *lines, *more])

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)

    def _no_such_file(self, path: object) -> str:
        near = self._near(path) if isinstance(path, str) else []
        hints = [f"near: {', '.join(map(_literal, near))}"] if near else []
        hints += self._notes()
        return f"no file {_literal(path)} ({'; '.join(hints or [_counted(len(self))])})"

    def _notes(self) -> list[str]:
        return [_escaped(self.note)] if self.note else []

    def _near(self, path: str) -> list[str]:
        """Paths with the same last part, then those that are spelled alike."""
        from difflib import get_close_matches  # noqa: PLC0415 - the import is to be quick

        known = [each for each in self if len(each) <= LONGEST_TEXT][:MOST_COMPARED]
        last = path.rpartition("/")[2]
        near = [each for each in known if each.rpartition("/")[2] == last]
        near += get_close_matches(path[:LONGEST_TEXT], known, MOST_NEAR)
        return list(dict.fromkeys(near))[:MOST_NEAR]


def _row(file: Artifact) -> dict[str, Any]:
    kind = type_of(file.path, file.mime_type)
    fields = {name: getattr(file, name) for name in FIELDS}
    about = ", ".join(filter(None, (kind.label, byte_count(file.size))))
    return fields | {"about": about, "view": kind.look}


def _counted(number: int) -> str:
    return "1 file" if number == 1 else f"{number or 'no'} files"


def _cells(file: Artifact) -> tuple[str, str, str, str]:
    size = "" if file.size is None else f"{file.size:,} bytes"
    return _literal(file.path), size, _escaped(file.mime_type), _escaped(file.modified_at)


def _literal(value: object) -> str:
    """A path as it is written in Python: what is hidden shows, and it can be copied."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{value[:LONGEST_TEXT]!r}…"
    return repr(value)


def _escaped(text: str | None) -> str:
    return repr(text[:LONGEST_TEXT])[1:-1] if text else ""
