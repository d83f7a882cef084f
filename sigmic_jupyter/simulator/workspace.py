"""The files of one session, in a temporary directory that nothing leaves."""

import io
import mimetypes
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sigmic_jupyter.simulator.clock import instant
from sigmic_jupyter.simulator.errors import validation_error
from sigmic_jupyter.simulator.facts import CATEGORIES, MAX_UNPACKED_BYTES, OTHER_CATEGORY
from sigmic_jupyter.simulator.records import Upload

__all__ = ["OutsideWorkspaceError", "Workspace", "media_type", "safe_name"]

_UPLOADS = "uploads"
_DOWNLOADS = "downloads"

# Without the system's tables: the same file has the same type on every machine.
_MEDIA_TYPES = mimetypes.MimeTypes()
_MEDIA_TYPES.add_type("text/markdown", ".md")


class OutsideWorkspaceError(ValueError):
    """A path that does not stay inside the workspace."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path!r} is not inside the workspace")


class Workspace:
    """`uploads/` and `downloads/` of one session."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True)
        self.root = root.resolve()
        for folder in (_UPLOADS, _DOWNLOADS):
            (self.root / folder).mkdir()

    def resolve(self, path: str) -> Path:
        """The file or folder at `path`, which is relative to the workspace.

        Raises:
            OutsideWorkspaceError: the path, or what it links to, lies elsewhere.
        """
        try:
            resolved = (self.root / path).resolve()
        except (OSError, ValueError):
            raise OutsideWorkspaceError(path) from None
        if not resolved.is_relative_to(self.root):
            raise OutsideWorkspaceError(path)
        return resolved

    def save(self, uploads: Iterable[Upload]) -> list[str]:
        """Put the files of a message under `uploads/`; archives are unpacked.

        Returns:
            The workspace paths of what is there now because of it.
        """
        return [path for upload in uploads for path in self._save(upload)]

    def artifacts(self) -> list[dict[str, Any]]:
        """All files, as the service lists them, by path."""
        files = (
            path
            for folder in (_UPLOADS, _DOWNLOADS)
            for path in (self.root / folder).rglob("*")
            if path.is_file() and not path.is_symlink()
        )
        return sorted(map(self._describe, files), key=lambda file: str(file["path"]))

    def _save(self, upload: Upload) -> list[str]:
        if upload.name.lower().endswith(".zip"):
            return self._unpack(upload)
        path = f"{_UPLOADS}/{upload.name}"
        self.resolve(path).write_bytes(upload.content)
        return [path]

    def _unpack(self, upload: Upload) -> list[str]:
        try:
            with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
                    raise validation_error(f"{upload.name} is too large when unpacked")
                # extract() drops drive letters, leading slashes and `..` from a member's name.
                paths = [Path(archive.extract(member, self.root / _UPLOADS)) for member in members]
        except zipfile.BadZipFile:
            raise validation_error(f"{upload.name} is not a ZIP archive") from None
        return [path.resolve().relative_to(self.root).as_posix() for path in paths]

    def _describe(self, path: Path) -> dict[str, Any]:
        status = path.stat()
        mime_type = media_type(path)
        return {
            "name": path.name,
            "path": path.relative_to(self.root).as_posix(),
            "size": status.st_size,
            "mimeType": mime_type,
            "category": _category(mime_type),
            "modifiedAt": instant(datetime.fromtimestamp(status.st_mtime, UTC)),
        }


def media_type(path: Path) -> str:
    """The media type by the file's name."""
    return _MEDIA_TYPES.guess_type(path.name)[0] or "application/octet-stream"


def safe_name(filename: str) -> str:
    """The last part of a file name as a browser or client sent it.

    Raises:
        ApiError: there is none.
    """
    name = PurePosixPath(filename.replace("\\", "/").replace("\0", "")).name
    if name in ("", "..", "."):
        raise validation_error("A file needs a name")
    return name


def _category(mime_type: str) -> str:
    return next(
        (name for prefix, name in CATEGORIES.items() if mime_type.startswith(prefix)),
        OTHER_CATEGORY,
    )
