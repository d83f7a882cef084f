"""What the kernel replies to commands, types only: the other half of `wire.py`."""

import msgspec

__all__ = [
    "DetailsReply",
    "DownloadReply",
    "HelloReply",
    "ImagePreview",
    "NoPreview",
    "PreviewReply",
    "SaveReply",
    "TablePreview",
    "TextPreview",
]


class HelloReply(msgspec.Struct, frozen=True):
    """What the kernel's clock shows, for ages that are counted in the browser."""

    now: str


class DetailsReply(msgspec.Struct, frozen=True):
    """The task's other fields; of `env` and `secrets` the names only."""

    session_id: str | None
    conversation_id: str | None
    username: str | None
    system_prompt: str | None
    auto_execute: bool | None
    show_in_history: bool | None
    env: list[str]
    secrets: list[str]


class _Preview(msgspec.Struct, frozen=True, tag_field="kind"):
    """What is seen of a file. `note` says what is not, why, or how it was read."""


class TextPreview(_Preview, frozen=True, tag="text"):
    """Text, code, JSON, and whatever else is shown as it is written."""

    text: str
    note: str | None = None


class TablePreview(_Preview, frozen=True, tag="table"):
    """The first rows of a table, all of the same length; `numbers` tells which columns are some."""

    head: list[str]
    rows: list[list[str]]
    numbers: list[bool]
    note: str | None = None


class ImagePreview(_Preview, frozen=True, tag="image"):
    """An image of this type, to be shown as nothing but an image.

    Its bytes are in base64, for that is how a browser has to show them: an address that it makes
    for bytes is of the page's origin, and an SVG that is opened there can run scripts.
    """

    media_type: str
    base64: str
    note: str | None = None


class NoPreview(_Preview, frozen=True, tag="none"):
    """Nothing, and why."""

    note: str


PreviewReply = TextPreview | TablePreview | ImagePreview | NoPreview


class DownloadReply(msgspec.Struct, frozen=True):
    """A piece of a file, from `at` up to `next`, and a note on how far it is.

    `name` is one that is safe to save it under. A piece at 0 begins the file anew: what came before
    does not count.
    """

    name: str
    note: str
    at: int
    next: int
    ended: bool


class SaveReply(msgspec.Struct, frozen=True):
    """Where a file was saved, in words."""

    note: str
