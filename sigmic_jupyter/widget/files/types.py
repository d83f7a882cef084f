"""What a file is said to be, by its name and by the service's word for it. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["FileType", "View", "type_of"]

View: TypeAlias = Literal["image", "svg", "table", "json", "text"]


class FileType(NamedTuple):
    """A kind of file.

    Attributes:
        label: Such as `PNG image`.
        view: How its preview is made, None where there is none.
    """

    label: str
    view: View | None = None

    @property
    def look(self) -> Literal["image", "table", "text"] | None:
        """What is seen of its preview."""
        match self.view:
            case "svg":
                return "image"
            case "json":
                return "text"
            case view:
                return view


# By media type and by suffix; what a person calls it by counts before what a server says.
KNOWN: dict[FileType, str] = {
    FileType("PNG image", "image"): "image/png png",
    FileType("JPEG image", "image"): "image/jpeg jpg jpeg",
    FileType("GIF image", "image"): "image/gif gif",
    FileType("WebP image", "image"): "image/webp webp",
    FileType("SVG image", "svg"): "image/svg+xml svg",
    FileType("CSV", "table"): "text/csv csv",
    FileType("TSV", "table"): "text/tab-separated-values tsv tab",
    FileType("JSON", "json"): "application/json json geojson",
    FileType("Notebook", "json"): "application/x-ipynb+json ipynb",
    FileType("JSON lines", "text"): "application/x-ndjson jsonl ndjson",
    FileType("HTML", "text"): "text/html application/xhtml+xml html htm xhtml",
    FileType("Markdown", "text"): "text/markdown md markdown",
    FileType("Text", "text"): "text/plain txt text",
    FileType("Log", "text"): "log",
    FileType("Python", "text"): "text/x-python py",
    FileType("R", "text"): "r",
    FileType("SQL", "text"): "application/sql sql",
    FileType("JavaScript", "text"): "text/javascript application/javascript js mjs",
    FileType("TypeScript", "text"): "ts tsx",
    FileType("CSS", "text"): "text/css css",
    FileType("XML", "text"): "text/xml application/xml xml",
    FileType("YAML", "text"): "application/yaml yaml yml",
    FileType("TOML", "text"): "application/toml toml",
    FileType("Settings", "text"): "ini cfg conf",
    FileType("Shell script", "text"): "application/x-sh sh bash",
    FileType("LaTeX", "text"): "application/x-tex tex",
    FileType("Patch", "text"): "text/x-diff diff patch",
    FileType("PDF"): "application/pdf pdf",
    FileType("Excel workbook"): (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx"
    ),
    FileType("ZIP archive"): "application/zip zip",
    FileType("Parquet"): "application/vnd.apache.parquet parquet",
}
BY_WORD = {word: kind for kind, words in KNOWN.items() for word in words.split()}

SHORT_SUFFIX = re.compile(r"\.([a-z0-9]{1,8})", re.IGNORECASE | re.ASCII)
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,60}", re.ASCII)

UNKNOWN = "application/octet-stream"


def type_of(path: str, mime_type: str | None) -> FileType:
    """Tell what a file is said to be.

    Args:
        path: Its path, or name.
        mime_type: Its media type as the service tells it; parameters do not count.
    """
    suffix = SHORT_SUFFIX.fullmatch(PurePosixPath(path).suffix)
    media_type = (mime_type or "").partition(";")[0].strip().lower()
    for word in (suffix[1].lower() if suffix else "", media_type):
        if word in BY_WORD:
            return BY_WORD[word]
    if media_type.startswith("text/"):
        return FileType("Text", "text")
    if suffix:
        return FileType(suffix[1].upper())
    is_telling = MEDIA_TYPE.fullmatch(media_type) and media_type != UNKNOWN
    return FileType(media_type if is_telling else "File")
