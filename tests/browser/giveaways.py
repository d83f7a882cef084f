"""Looks for a secret in whatever was written, sent and shown, in the forms that it can take."""

from __future__ import annotations

import base64
import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["forms", "found"]


def forms(value: str) -> dict[str, str]:
    """A value as a text may have it, by what was done to it.

    Base64 packs three bytes into four characters, so it has three forms, by what stands before: of
    each the characters that depend on the value alone.
    """
    named = {
        "as it is": value,
        "in JSON": json.dumps(value)[1:-1],
        "in JSON, UTF-8": json.dumps(value, ensure_ascii=False)[1:-1],
        "in an address": quote(value, safe=""),
        "in a form": quote_plus(value),
    }
    content = value.encode()
    for offset in range(3):
        end = offset + len(content)
        for alphabet, encode in (("", base64.b64encode), ("urlsafe ", base64.urlsafe_b64encode)):
            encoded = encode(bytes(offset) + content).decode()
            named[f"in {alphabet}base64 + {offset}"] = encoded[-(-offset * 4 // 3) : end * 4 // 3]
    return named


def found(value: str, places: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Where a value is, and in which form: one half of it is enough."""
    return {
        (place, form)
        for form, text in forms(value).items()
        for place, content in places.items()
        if any(needle in content for half in _halves(text) for needle in _carried(half))
    }


def _halves(text: str) -> tuple[str, str]:
    """Wherever a text is cut in two, one of the pieces has one of these."""
    middle = (len(text) + 1) // 2
    return text[:middle], text[-middle:]


def _carried(text: str) -> Iterator[bytes]:
    """A text in a text, in JSON and in HTML, and in JSON that these are in."""
    for carried in (text, html.escape(text, quote=False), html.escape(text)):
        for _ in range(3):
            yield carried.encode()
            yield json.dumps(carried)[1:-1].encode()
            carried = json.dumps(carried, ensure_ascii=False)[1:-1]  # noqa: PLW2901 - once deeper
