"""What a secret may look like where a text repeats it: escaped, encoded, line by line. Pure."""

from __future__ import annotations

import base64
import html
import json
import re
from itertools import product
from typing import NamedTuple
from urllib.parse import quote, quote_plus

__all__ = ["SHORTEST", "Forms", "forms_of"]

SHORTEST = 8  # characters; shorter values would be masked in words that are none of them

_HEX = re.compile(r"(?<=\\u)[0-9a-f]{4}|(?<=%)[0-9A-F]{2}")
_JSON_FOR_HTML = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})
_URL_SAFE = str.maketrans("+/", "-_")
# What encodeURIComponent leaves as it is, beyond what `quote` does.
_SAFE_IN_JAVASCRIPT = "!*'()"


class Forms(NamedTuple):
    """The forms of one value.

    Attributes:
        plain: What is found as it is.
        base64: What is found as it is, and broken over lines.
    """

    plain: frozenset[str]
    base64: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """All of them."""
        return self.plain | self.base64


def forms_of(value: str) -> Forms:
    """List what a value may look like; nothing for a value that is too short to be masked."""
    wholes = {value, value.strip()} if len(value.strip()) >= SHORTEST else set()
    lines = {line.strip() for line in value.splitlines()} - wholes
    plain = {form for whole in wholes for form in _written(whole)}
    # Of a value with many lines, such as a private key, one line is enough to be masked.
    plain |= {form for line in lines for form in _in_json(line)}
    encoded = {form for whole in wholes for form in _in_base64(whole)}
    return Forms(_long_enough(plain), _long_enough(encoded))


def _long_enough(forms: set[str]) -> frozenset[str]:
    return frozenset(form for form in forms if len(form) >= SHORTEST)


def _written(text: str) -> set[str]:
    once = _in_json(text)
    # JSON in a string of JSON, or of a program: so agents write it into arguments.
    twice = {form for escaped in once for form in (*_in_json(escaped), *_in_python(escaped))}
    return {text, *once, *twice, *_in_python(text), *_in_url(text), *_in_html(text)}


def _in_json(text: str) -> set[str]:
    r"""As a string in JSON: non-ASCII as it is or not, `\/` as PHP, `\u003c` as Go writes it."""
    escaped = {json.dumps(text, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    escaped |= {form.replace("/", r"\/") for form in escaped}
    escaped |= {form.translate(_JSON_FOR_HTML) for form in escaped}
    return escaped | {_HEX.sub(lambda digits: digits[0].upper(), form) for form in escaped}


def _in_python(text: str) -> set[str]:
    """As `repr` and `ascii` show it, and its bytes; a `"` elsewhere has `'` escaped."""
    shown = {show(text)[1:-1] for show in (repr, ascii)}
    shown |= {show(f'"{text}')[2:-1] for show in (repr, ascii)}
    return shown | {repr(text.encode(errors="replace"))[2:-1]}


def _in_url(text: str) -> set[str]:
    quoted = {quote(text, safe, errors="replace") for safe in ("", "/", _SAFE_IN_JAVASCRIPT)}
    quoted.add(quote_plus(text, errors="replace"))
    return quoted | {_HEX.sub(lambda digits: digits[0].lower(), form) for form in quoted}


def _in_html(text: str) -> set[str]:
    escaped = html.escape(text, quote=False)
    quotes = product(('"', "&quot;", "&#34;"), ("'", "&#x27;", "&#39;", "&apos;"))
    return {escaped.replace('"', double).replace("'", single) for double, single in quotes}


def _in_base64(text: str) -> set[str]:
    """Base64 of anything that holds the text, without the characters that its neighbours shape."""
    data = text.encode(errors="replace")
    forms = set()
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + data).decode()
        first = -(-before * 8 // 6)
        end = (before + len(data)) * 8 // 6
        forms.add(encoded[first:end])
    return forms | {form.translate(_URL_SAFE) for form in forms}
