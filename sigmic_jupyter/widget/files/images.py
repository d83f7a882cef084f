"""What an image is, by its own first bytes. Pure.

Sources: w3.org/TR/png, w3.org/Graphics/GIF/spec-gif89a.txt, ITU-T T.81, and RFC 9649 for WebP.
"""

from __future__ import annotations

import re
import struct

__all__ = ["image_type", "pixels"]

MAGIC = {
    "image/png": rb"\x89PNG\r\n\x1a\n",
    "image/jpeg": rb"\xff\xd8\xff",
    "image/gif": rb"GIF8[79]a",
    "image/webp": rb"RIFF.{4}WEBP",
}

# A frame's head, which has the size, begins with one of these; what stands before it is skipped.
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
WEBP_BITS = 0x3FFF  # of a side's length


def image_type(content: bytes) -> str | None:
    """The media type of an image that browsers show without running anything, None of all else."""
    return next(
        (name for name, start in MAGIC.items() if re.match(start, content, re.DOTALL)), None
    )


def pixels(content: bytes, media_type: str) -> int | None:
    """How many pixels an image of that type says it has, None where it does not say."""
    try:
        match media_type:
            case "image/png":
                width, height = struct.unpack_from(">II", content, 16)
            case "image/gif":
                width, height = struct.unpack_from("<HH", content, 6)
            case "image/jpeg":
                height, width = _jpeg_size(content)
            case _:
                width, height = _webp_size(content)
    except (struct.error, ValueError):
        return None
    return int(width * height)


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while True:
        while content[at + 1 : at + 2] == b"\xff":  # filled up
            at += 1
        start, marker, length = struct.unpack_from(">BBH", content, at)
        if start != 0xFF or length < 2:  # noqa: PLR2004 - as the format has it
            raise ValueError("no segment")
        if marker in JPEG_FRAMES:
            return struct.unpack_from(">HH", content, at + 5)
        at += 2 + length


def _webp_size(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        width, middle, height = struct.unpack_from("<HHH", content, 24)
        return width + (middle % 256 << 16) + 1, (middle >> 8) + (height << 8) + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & WEBP_BITS) + 1, (bits >> 14 & WEBP_BITS) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & WEBP_BITS, height & WEBP_BITS
    raise ValueError("no image")
