"""What is masked, in which forms, and what stands in its place."""

import base64
import html
import json
import math
import pickle
import re
import textwrap
from urllib.parse import quote, quote_plus, urlencode

import pytest

from sigmic_jupyter.service import ApiKey
from sigmic_jupyter.service.mask import Mask

PLAIN = "hunter2-swordfish"
HARD = "pä\"s's/w<0>&rd + \\ 100% ~(x)!\t§😀"
PEM = "-----BEGIN KEY-----\nMIIB/OgIBAAJB+KQ\nzUzq==\nLoXz9Kq/w7n0Yc4h\n-----END KEY-----\n"
KEY = "sigmic_" + "0123456789abcdef" * 4
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


def mask_of(**secrets):
    mask = Mask()
    mask.add_secrets(secrets)
    return mask


def as_json(text):
    return json.dumps(text)[1:-1]


def as_utf8_json(text):
    return json.dumps(text, ensure_ascii=False)[1:-1]


def as_php(text):
    return as_json(text).replace("/", r"\/")


def as_go(text):
    escapes = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"}
    return as_utf8_json(text).translate(str.maketrans(escapes))


def as_dot_net(text):
    return re.sub(r"(?<=\\u)[0-9a-f]{4}", lambda digits: digits[0].upper(), as_go(text))


def lower(text):
    return re.sub("%..", lambda escape: escape[0].lower(), text)


FORMS = {
    "as it is": str,
    "JSON": as_json,
    "JSON with UTF-8": as_utf8_json,
    "JSON of PHP": as_php,
    "JSON of Go": as_go,
    "JSON of .NET": as_dot_net,
    "JSON in JSON": lambda text: as_json(as_json(text)),
    "JSON in JSON, with UTF-8": lambda text: as_utf8_json(as_utf8_json(text)),
    "JSON of PHP in JSON of PHP": lambda text: as_php(as_php(text)),
    "JSON in repr": lambda text: repr(as_json(text))[1:-1],
    "JSON in repr, with UTF-8": lambda text: repr(as_utf8_json(text))[1:-1],
    "repr": lambda text: repr(text)[1:-1],
    "repr within quotation marks": lambda text: repr(f'"{text}"')[2:-2],
    "ascii": lambda text: ascii(text)[1:-1],
    "repr of bytes": lambda text: repr(text.encode())[2:-1],
    "URL": lambda text: quote(text, safe=""),
    "URL with slashes": quote,
    "URL with plus signs": quote_plus,
    "URL in lower case": lambda text: lower(quote(text, safe="")),
    "form": lambda text: urlencode({"": text})[1:],
    "encodeURIComponent": lambda text: quote(text, safe="-_.!~*'()"),
    "HTML": html.escape,
    "HTML without quotes": lambda text: html.escape(text, quote=False),
    "HTML of Jinja": lambda text: (
        html.escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    ),
    "XML": lambda text: html.escape(text).replace("&#x27;", "&apos;"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("value", [PLAIN, HARD, PEM], ids=["plain", "hard", "PEM"])
def test_forms(value, form):
    """A value is masked in each form, and nothing round it."""
    shown = mask_of(TOKEN=value).text(f"is ({form(value)}), and ({form(value)}).")

    assert shown == "is ([secret TOKEN]), and ([secret TOKEN])."


@pytest.mark.parametrize("before", ["", "u", "u:", "user:", "Grüße "])
@pytest.mark.parametrize("after", ["", "\n", ":x", " and more"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("value", [PLAIN, HARD, PEM, "ÿ>?~" * 3, KEY], ids=range(5))
def test_base64(value, encode, before, after):
    """Base64 that holds a value is masked but for what holds bits of its neighbours as well."""
    text = encode(f"{before}{value}{after}".encode()).decode()
    first_bit = len(before.encode()) * 8
    last_bit = first_bit + len(value.encode()) * 8
    shown = mask_of(TOKEN=value).text(f"({text})")

    kept, rest = text[: math.ceil(first_bit / 6)], text[last_bit // 6 :]
    assert shown == f"({kept}[secret TOKEN]{rest})"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", r"\n", r"\r\n", r"\\n", "\n    "], ids=repr)
@pytest.mark.parametrize("width", [16, 20, 64, 76])
@pytest.mark.parametrize("value", [PLAIN, HARD, KEY], ids=["plain", "hard", "key"])
def test_base64_over_lines(value, width, line_end):
    """Base64 is masked also where it is broken over lines, with the breaks in it."""
    for shift in range(width):
        text = base64.b64encode(f"{'.' * shift}{value}{'.' * 100}".encode()).decode()
        lines = line_end.join(textwrap.wrap(text, width))
        shown = mask_of(TOKEN=value).text(f"<{lines}>")

        before, after = shown.split("[secret TOKEN]")
        assert lines.startswith(before[1:])
        assert lines.endswith(after[:-1])
        assert len(before + after) <= len(lines) - len(value.encode()) * 4 // 3 + 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zUzq==", "zUzq=="),
        ("  MIIB/OgIBAAJB+KQ\r\n", "  [secret PEM]\r\n"),
        (r"LoXz9Kq\/w7n0Yc4h", "[secret PEM]"),
        (PEM.strip(), "[secret PEM]"),
        (f"{PEM}x", "[secret PEM]x"),
        (
            PEM.replace("\n", "\r\n"),
            "[secret PEM]\r\n[secret PEM]\r\nzUzq==\r\n[secret PEM]\r\n[secret PEM]\r\n",
        ),
    ],
)
def test_lines(text, expected):
    """Of a value with several lines each line of 8 characters or more is masked by itself."""
    assert mask_of(PEM=PEM).text(text) == expected


@pytest.mark.parametrize("value", ["", "1234567", "        ", " 1234567\n", "abc\ndef"])
def test_short_values(value):
    """A value of fewer than 8 characters, white space round it apart, is left alone."""
    text = f"is {value} or {value * 2}"

    assert mask_of(TOKEN=value).text(text) == text


def test_white_space_round_a_value():
    """A value that was read from a file with its line end is found without it."""
    mask = mask_of(TOKEN=f" {PLAIN}\n")

    assert mask.text(f"({PLAIN})") == "([secret TOKEN])"
    assert mask.text("aHVudGVyMi1zd29yZGZpc2g=") == "[secret TOKEN]g="


@pytest.mark.parametrize("value", [KEY, JWT])
def test_key(value):
    """A key is masked in the same forms, with its last four characters to tell it by."""
    mask = Mask()
    mask.add_key(ApiKey(value))
    masked = f"[{ApiKey(value)}]"
    encoded = base64.b64encode(f"me:{value}:me".encode()).decode()

    assert mask.text(f"Bearer {value}!") == f"Bearer {masked}!"
    assert masked in mask.text(encoded)


@pytest.mark.parametrize(
    ("secrets", "text", "expected"),
    [
        ({"A": "abcdefgh", "B": "abcdefghij"}, "abcdefghij abcdefgh", "[secret B] [secret A]"),
        ({"A": "abcdefgh", "B": "defghijk"}, "abcdefghijk", "[secret A]"),
        ({"A": "abababab"}, "abababababac", "[secret A]ac"),
        ({"A": "aaaaaaaa"}, "a" * 20, "[secret A]"),
        ({"A": "a.c.e.g."}, "abcdefgh a.c.e.g.", "abcdefgh [secret A]"),
        ({"A": "abcdefgh", "B": "abcdefgh"}, "abcdefgh", "[secret B]"),
        ({"A": "[abcdefgh"}, "[abcdefgh", "⟦secret A⟧"),
        ({"A": "abcdefg]", "B": "⟦abcdefgh"}, "abcdefg] ⟦abcdefgh", "⟨secret A⟩ ⟨secret B⟩"),
        ({"A": "secret A"}, "is secret A", "is [secret]"),
        ({"A": "secret B", "B": "abcdefgh"}, "abcdefgh secret B", "[secret] [secret A]"),
    ],
)
def test_labels(secrets, text, expected):
    """Where values overlap the longest stretch is one; no label holds or completes a value."""
    assert mask_of(**secrets).text(text) == expected


@pytest.mark.parametrize(
    ("text", "growing", "at_the_end"),
    [
        ("is hun", "is hun", "is hun"),
        ("is hunt", "is ", "is hunt"),
        ("is hunter2", "is ", "is hunter2"),
        ("is hunter2-", "is ", "is [secret TOKEN]"),
        ("is hunter2-swordfis", "is ", "is [secret TOKEN]"),
        ("is hunter2-swordfish", "is [secret TOKEN]", "is [secret TOKEN]"),
        ("is hunter2- not", "is hunter2- not", "is hunter2- not"),
        ("aHVudGVyMi1z\n", "", "[secret TOKEN]"),
        ("aHVudGVyMi1z\\", "", "[secret TOKEN]"),
        ("aHVudGVy Mi1z", "aHVudGVy Mi1z", "aHVudGVy Mi1z"),
    ],
)
def test_end_of_a_text(text, growing, at_the_end):
    """An end that may become a value is left out while it may; one that was cut off is masked."""
    mask = mask_of(TOKEN=PLAIN)

    assert mask.text(text, growing=True) == growing
    assert mask.text(text) == at_the_end


def test_end_of_the_longer_value():
    """As long as a longer value may come, the shorter one in it is not told."""
    mask = mask_of(A="abcdefgh", B="abcdefghij", C="xxabcdefgh", D="defghijk-")

    assert mask.text("is abcdefgh", growing=True) == "is "
    assert mask.text("is xxabcdefgh", growing=True) == "is "
    assert mask.text("is xxabcdefgh ", growing=True) == "is [secret C] "


def test_nothing_known_costs_nothing():
    """Where nothing is known a text is not even copied."""
    text = "any text\n" * 3

    assert Mask().text(text) is text
    assert mask_of(TOKEN=PLAIN).text(text) is text


def test_it_shows_nothing_itself():
    """A mask is neither shown nor pickled with what it knows, nor copied."""
    mask = mask_of(TOKEN=PLAIN)

    assert repr(mask) == "<Mask of 1 values>"
    assert PLAIN not in repr(mask.finder._forms)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(mask)
