"""What a file is called, and what it is."""

from __future__ import annotations

import pytest

from sigmic_jupyter.widget.files.types import type_of


@pytest.mark.parametrize(
    ("path", "mime_type", "label", "view"),
    [
        ("downloads/a.png", "image/png", "PNG image", "image"),
        ("downloads/a.JPG", None, "JPEG image", "image"),
        ("downloads/chart", "image/gif", "GIF image", "image"),
        ("a.svg", "text/plain", "SVG image", "svg"),
        ("a.csv", "application/vnd.ms-excel", "CSV", "table"),
        ("a.tsv", None, "TSV", "table"),
        ("a.ipynb", None, "Notebook", "json"),
        ("a", "application/json; charset=utf-8", "JSON", "json"),
        ("page.html", "image/png", "HTML", "text"),
        ("page", "text/html", "HTML", "text"),
        ("a.py", "application/octet-stream", "Python", "text"),
        ("notes", "text/x-whatever", "Text", "text"),
        ("notes.odd", "text/x-whatever", "Text", "text"),
        ("a.parquet", None, "Parquet", None),
        ("a.xyz", None, "XYZ", None),
        ("a.xyz", "application/x-odd", "XYZ", None),
        ("a", "application/x-odd", "application/x-odd", None),
        ("a", None, "File", None),
        ("a", "application/octet-stream", "File", None),
        # What the agent chooses gets into no label.
        ("a.<img src=x>", "<b>bold</b>", "File", None),
        ("a.\u202egnp", "image/\u202epng", "File", None),
        ("a.averylongsuffix", "", "File", None),
        ("a.\u0440ng", None, "File", None),
    ],
)
def test_what_it_is_said_to_be(path, mime_type, label, view):
    """The suffix counts before the media type; a label has letters that are as they look."""
    assert type_of(path, mime_type) == (label, view)


@pytest.mark.parametrize(
    ("path", "look"), [("a.svg", "image"), ("a.json", "text"), ("a.csv", "table"), ("a.zip", None)]
)
def test_what_is_seen_of_it(path, look):
    """Front ends know images, tables and text."""
    assert type_of(path, None).look == look
