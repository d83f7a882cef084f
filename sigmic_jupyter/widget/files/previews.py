"""The bytes of a file → what a browser shows of it. Pure.

Nothing that is made here can do anything: text stays text, and an image is one by its own bytes.
"""

from __future__ import annotations

import codecs
import re
from base64 import b64encode
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from sigmic_jupyter.service import SHARED_MASK
from sigmic_jupyter.widget.files.images import image_type, pixels
from sigmic_jupyter.widget.files.tables import table_preview
from sigmic_jupyter.widget.replies import ImagePreview, NoPreview, TextPreview

if TYPE_CHECKING:
    from sigmic_jupyter.widget.files.types import FileType
    from sigmic_jupyter.widget.replies import PreviewReply

__all__ = ["limit_of", "make_preview", "refusal"]

# More is not fetched for a look at it.
LARGEST_TEXT_BYTES = 1_000_000
LARGEST_IMAGE_BYTES = 10_000_000
BYTES_PER_MB = 1_000_000

# Laid out, a pixel takes four bytes of the page's memory, however well the file is compressed.
MOST_PIXELS = 64_000_000
# More is not sent.
MOST_CHARACTERS = 200_000
MOST_LINES = 2_000
# Laid out, deeper JSON would be mostly spaces.
DEEPEST_JSON = 64

BYTE_ORDERS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])', re.DOTALL)
SVG_START = re.compile(r"<(?:\w+:)?svg[\s>]")
SVG_HEAD = 4_096

NOTHING_TO_SEE = "There is no preview of this kind of file"
NO_TEXT = "There is no preview: it is no text, whatever its name says"
AS_TEXT = "shown as text"
WINDOWS = "read as Windows-1252, for it is not UTF-8"


def limit_of(kind: FileType) -> int:
    """How many bytes are fetched for a preview at most."""
    return LARGEST_IMAGE_BYTES if kind.view == "image" else LARGEST_TEXT_BYTES


def refusal(kind: FileType, size: int | None) -> NoPreview | None:
    """Why a file is not even fetched for a preview; None: it is.

    Args:
        kind: What the file is said to be.
        size: Bytes, None if unknown; with any number above the limit it is too large.
    """
    if kind.view is None:
        return NoPreview(NOTHING_TO_SEE)
    if size is not None and size > (limit := limit_of(kind)):
        most = f"{limit // BYTES_PER_MB} MB"
        return NoPreview(f"Files of this kind have a preview up to {most}: download it to see it")
    return None


def make_preview(kind: FileType, content: bytes) -> PreviewReply:
    """Make a preview of a whole file.

    Args:
        kind: What the file is said to be.
        content: Its bytes.
    """
    if not content:
        return NoPreview("The file is empty")
    if kind.view == "image":
        return _image(kind, content)
    decoded = _decoded(content)
    if decoded is None:
        return NoPreview(NO_TEXT)
    text, note = decoded
    text = SHARED_MASK.text(text)
    if kind.view == "svg":
        return _svg(text)
    if kind.view == "table":
        table = table_preview(text, tabs=kind.label == "TSV")
        if table is not None:
            return msgspec.structs.replace(table, note=_notes(table.note, note))
        note = _notes("It is no table", AS_TEXT, note)
    if kind.view == "json":
        pretty = _pretty(text)
        text, note = (pretty, note) if pretty else (text, _notes("As it stands in the file", note))
    return _text(text, _notes(AS_TEXT, note) if kind.label == "HTML" else note)


def _image(kind: FileType, content: bytes) -> PreviewReply:
    media_type = image_type(content)
    size = media_type and pixels(content, media_type)
    if media_type is None or not size:
        name = kind.label.removesuffix(" image")
        return NoPreview(f"There is no preview: it is no {name} image that can be shown")
    if size > MOST_PIXELS:
        return NoPreview(f"There is no preview: it has {size:,} pixels, too many for a browser")
    return ImagePreview(media_type, b64encode(content).decode())


def _svg(text: str) -> PreviewReply:
    if not SVG_START.search(text[:SVG_HEAD]):
        return _text(text, _notes("It is no SVG image", AS_TEXT))
    return ImagePreview("image/svg+xml", b64encode(text.encode()).decode())


def _decoded(content: bytes) -> tuple[str, str | None] | None:
    """The text, and what there is to say of it; None where it is none."""
    encoding = next(
        (name for mark, name in BYTE_ORDERS.items() if content.startswith(mark)), "utf-8"
    )
    note = None
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        text, note = content.decode("windows-1252", errors="replace"), WINDOWS
    return None if "\0" in text else (text, note)


def _pretty(text: str) -> str | None:
    """JSON with a line for each value; digits and escapes stay as they were written."""
    steps = (bool(found[1]) - bool(found[2]) for found in STRING_OR_BRACKET.finditer(text))
    if max(accumulate(steps), default=0) > DEEPEST_JSON:
        return None
    try:
        return SHARED_MASK.text(msgspec.json.format(text, indent=2))
    except (msgspec.DecodeError, RecursionError):
        return None


def _text(text: str, note: str | None) -> TextPreview:
    lines = text.count("\n") + (not text.endswith("\n"))
    head = "".join(text.splitlines(keepends=True)[:MOST_LINES]) if lines > MOST_LINES else text
    shown = head[:MOST_CHARACTERS]
    if len(shown) == len(text):
        return TextPreview(text, _notes(note))
    part = f"First {MOST_LINES:,} of {lines:,} lines"
    if len(shown) < len(head):
        part = f"First {MOST_CHARACTERS:,} of {len(text):,} characters"
    return TextPreview(shown, _notes(part, note))


def _notes(*notes: str | None) -> str | None:
    note = ", ".join(filter(None, notes))
    return note[:1].upper() + note[1:] or None
