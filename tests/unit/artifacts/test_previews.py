"""What is seen of a file, whatever is in it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmic_jupyter.service.mask import Mask
from sigmic_jupyter.widget.files import previews, tables
from sigmic_jupyter.widget.files.previews import make_preview, refusal
from sigmic_jupyter.widget.files.types import type_of
from sigmic_jupyter.widget.replies import ImagePreview, NoPreview, TablePreview, TextPreview

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
WINDOWS = "Read as Windows-1252, for it is not UTF-8"
NAMES = ["a.png", "a.svg", "a.csv", "a.tsv", "a.json", "a.html", "a.txt"]


@pytest.fixture
def mask(monkeypatch):
    """One of its own: what the process's mask holds back, other tests would wait for."""
    mask = Mask()
    for module in (previews, tables):
        monkeypatch.setattr(module, "SHARED_MASK", mask)
    return mask


def preview(name, content):
    return make_preview(type_of(name, None), content)


def image(media_type, content):
    return ImagePreview(media_type, base64.b64encode(content).decode())


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.png", PNG, image("image/png", PNG)),
        # Under a wrong name it is what it is.
        ("a.gif", PNG, image("image/png", PNG)),
        ("a.svg", SVG, image("image/svg+xml", SVG)),
        ("a.svg", b"\xef\xbb\xbf" + SVG, image("image/svg+xml", SVG)),
        ("a.svg", b"<p>no", TextPreview("<p>no", "It is no SVG image, shown as text")),
        ("a.html", b"<script>x</script>", TextPreview("<script>x</script>", "Shown as text")),
        ("a.txt", b"\xef\xbb\xbfone\r\ntwo", TextPreview("one\r\ntwo")),
        ("a.txt", "größer".encode("utf-16"), TextPreview("größer")),
        ("a.txt", "größer".encode("cp1252"), TextPreview("größer", WINDOWS)),
        ("a.txt", "in\u202evoice".encode(), TextPreview("in\u202evoice")),
        ("a.py", b"x = 1\n", TextPreview("x = 1\n")),
    ],
)
def test_what_is_shown(name, content, expected):
    """Images are images, and everything else is text."""
    assert preview(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", SVG),
        ("a.png", b"<html><script>x</script>"),
        ("a.jpg", b"%PDF-1.7"),
        ("a.webp", b""),
        ("a.txt", PNG),
        ("a.csv", b"PK\x03\x04\0\0"),
        ("a.svg", b"\0<svg>"),
        ("a.json", b"\xff\xfe\x00"),
    ],
)
def test_what_lies_about_itself_is_not_shown(name, content):
    """Bytes that are not what the name says are never handed on."""
    assert isinstance(preview(name, content), NoPreview)


def test_an_image_that_is_too_large_for_a_page():
    """A small file can be laid out to gigabytes."""
    note = preview("a.png", PNG[:16] + b"\0\1\0\0" * 2).note

    assert note == "There is no preview: it has 4,294,967,296 pixels, too many for a browser"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"b":1,"a":[1,{}]}', '{\n  "b": 1,\n  "a": [\n    1,\n    {}\n  ]\n}'),
        ("1.000000000000000000001", "1.000000000000000000001"),
        ('{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'),
        (r'["\u202e"]', '[\n  "\\u202e"\n]'),
    ],
)
def test_json_is_laid_out(text, expected):
    """Digits, escapes, order and names that come twice stay as they were written."""
    assert preview("a.json", text.encode()) == TextPreview(expected)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":',
        "NaN",
        "{'a': 1}",
        "[" * 65 + "]" * 65,
        "[" * 5000,
        r'["\ud800"]',
        '{"a":' * 100 + "1" + "}" * 100,
    ],
)
def test_what_is_no_json_or_too_deep_stays_as_it_is(text):
    """Laid out, something deep would be mostly spaces: a million for each thousand."""
    assert preview("a.json", text.encode()) == TextPreview(text, "As it stands in the file")


def test_depth_counts_brackets_that_are_no_text():
    """A text of brackets is a text."""
    assert preview("a.json", b'["' + b"[" * 999 + b'"]').text.startswith("[\n  ")


def test_a_long_text_is_cut(monkeypatch):
    """What is cut off is said, by lines or, where lines are long, by characters."""
    monkeypatch.setattr(previews, "MOST_LINES", 2)
    monkeypatch.setattr(previews, "MOST_CHARACTERS", 8)

    assert preview("a.txt", b"a\nb\nc\nd\n") == TextPreview("a\nb\n", "First 2 of 4 lines")
    assert preview("a.txt", b"a\nb") == TextPreview("a\nb")
    assert preview("a.txt", b"123456789") == TextPreview("12345678", "First 8 of 9 characters")


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.txt", "key {0}", "key [secret TOKEN]"),
        ("a.csv", "a,b\n1,{0}\n", "[secret TOKEN]"),
        ("a.csv", 'a,b\n1,"{1}"\n', "[secret QUOTED]"),
        ("a.json", '{{"a": "{0}"}}', "[secret TOKEN]"),
        ("a.json", '{{"a": "{2}"}}', "[secret QUOTED]"),
        ("a.html", "<b>{0}</b>", "[secret TOKEN]"),
    ],
)
def test_secrets_are_masked(mask, name, content, shown):
    """A secret that the agent wrote into a file is not seen in its preview."""
    token, quoted = "tok-4711-preview-0815", 'say-"hush"-preview-0815'
    mask.add_secrets({"TOKEN": token, "QUOTED": quoted})
    values = token, quoted.replace('"', '""'), quoted.replace('"', '\\"')

    made = str(preview(name, content.format(*values).encode()))

    assert shown in made
    assert token not in made
    assert "hush" not in made


def test_secrets_in_an_svg_are_masked(mask):
    """Of the images this one is a text."""
    mask.add_secrets({"DRAWN": "drawn-secret-4711-0815"})

    made = preview("a.svg", b"<svg><text>drawn-secret-4711-0815</text></svg>")

    assert base64.b64decode(made.base64) == b"<svg><text>[secret DRAWN]</text></svg>"


@pytest.mark.parametrize(
    ("name", "size", "note"),
    [
        ("a.zip", 1, "There is no preview of this kind of file"),
        ("a.csv", 1_000_001, "Files of this kind have a preview up to 1 MB"),
        ("a.svg", 1_000_001, "up to 1 MB"),
        ("a.png", 10_000_001, "up to 10 MB"),
    ],
)
def test_what_is_not_even_fetched(name, size, note):
    """A large file, or one without a preview, says why."""
    assert note in refusal(type_of(name, None), size).note


@pytest.mark.parametrize(("name", "size"), [("a.csv", 1_000_000), ("a.png", 10_000_000)])
def test_what_is_fetched(name, size):
    """Up to the limit, and where the size is not known."""
    assert refusal(type_of(name, None), size) is None
    assert refusal(type_of(name, None), None) is None


@given(st.sampled_from(NAMES), st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_the_bytes_are(name, content):
    """There is always some preview, and an image only of what is one."""
    made = preview(name, content)

    assert isinstance(made, (TextPreview, TablePreview, ImagePreview, NoPreview))
    if isinstance(made, ImagePreview):
        assert made.media_type.startswith("image/")
        assert name in {"a.png", "a.svg"}
