"""What is an image, and how large it is laid out."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmic_jupyter.widget.files.images import MAGIC, image_type, pixels

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
GIF = b"GIF89a"
JPEG = b"\xff\xd8\xff\xe0\0\4JF"
WEBP = b"RIFF\0\0\0\0WEBP"
FRAME = struct.pack(">HBHH", 8, 8, 30, 40)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a\x01", "image/gif"),
        (b"GIF87a\x01", "image/gif"),
        (b"RIFF\n\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\n\0\0\0WAVEfmt ", None),
        (b"\x89PNG\n", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<html>GIF89a", None),
        (b"BM\x1e\0", None),
        (b"", None),
    ],
)
def test_what_its_bytes_say(start, expected):
    """Only what browsers show without running anything is an image."""
    assert image_type(start) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PNG + struct.pack(">II", 40, 30), 1_200),
        (PNG + struct.pack(">II", 60_000, 60_000), 3_600_000_000),
        (GIF + struct.pack("<HH", 40, 30), 1_200),
        (JPEG + b"\xff\xc0" + FRAME, 1_200),
        (JPEG + b"\xff\xc4\0\4xx\xff\xff\xff\xc2" + FRAME, 1_200),
        (WEBP + b"VP8X" + bytes(8) + b"\x27\0\0\x1d\0\0", 1_200),
        (WEBP + b"VP8X" + bytes(8) + b"\xff\xff\xff\xff\xff\xff", 1 << 48),
        (WEBP + b"VP8L" + bytes(5) + struct.pack("<I", 39 | 29 << 14), 1_200),
        (WEBP + b"VP8 " + bytes(10) + struct.pack("<HH", 40 | 1 << 14, 30), 1_200),
        (PNG, None),
        (JPEG, None),
        (JPEG + b"xx\0\4", None),
        (JPEG + b"\xff\xe0\0\0", None),
        (WEBP + b"ALPH", None),
    ],
)
def test_pixels(content, expected):
    """Each format says it in its head, and what does not is not shown."""
    media_type = image_type(content)

    assert media_type is not None
    assert pixels(content, media_type) == expected


@given(st.sampled_from(sorted(MAGIC)), st.binary(max_size=200))
def test_whatever_follows(media_type, rest):
    """No bytes are an error, or take long."""
    start = {"png": PNG, "gif": GIF, "jpeg": b"\xff\xd8\xff", "webp": WEBP}
    size = pixels(start[media_type.removeprefix("image/")] + rest, media_type)

    assert size is None or size >= 0
