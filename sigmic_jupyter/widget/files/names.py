"""Any path that the service names → the name of a file in a folder of the user's. Pure.

The name is valid on Windows, macOS and Linux alike, so that a folder can move between them.

Source: learn.microsoft.com, Naming Files, Paths, and Namespaces.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LONGEST_NAME_BYTES", "file_name"]

UNNAMED = "unnamed"
LONGEST_NAME_BYTES = 255
LONGEST_SUFFIX_BYTES = 32

SEPARATORS = re.compile(r"[/\\]")
# Windows forbids these; a colon would also name a drive or a hidden stream of another file, and a
# tilde another file by its short name (PROGRA~1) or, to a shell, the home folder.
FORBIDDEN = '<>:"|?*~'
# Read as slashes; programs that normalise turn some of them into slashes.
LIKE_SEPARATORS = "\u2044\u2215\u2216\u2571\u2572\u27cb\u27cd\u29f5\u29f8\u29f9\ufe68\uff0f\uff3c"
# Letters, marks and symbols without ink, which no category tells: fillers, variation selectors.
BLANK = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef"
)
UNWANTED = re.compile(f"[{FORBIDDEN}{LIKE_SEPARATORS}{BLANK}]")
# Controls, formats (what has no width or turns the direction), surrogates, private and unassigned
# characters, and ends of lines and paragraphs.
UNWANTED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# Of Windows, with whatever suffix.
DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}
)


def file_name(path: str, name: str = "") -> str:
    """Make the name under which a file is saved.

    Args:
        path: The file's path as the service tells it; its last part counts.
        name: The file's name as the service tells it, where the path ends in none.

    Returns:
        A name without folders, of at most 255 bytes in UTF-8 and in normal form C. Whatever could
        lead out of a folder, hide or mislead is `_`; so is a leading dot or hyphen, which would
        hide the file or read as an option. A name that is good already stays as it is.
    """
    return _tidy(_last_part(path)) or _tidy(_last_part(name)) or UNNAMED


def _last_part(path: str) -> str:
    return SEPARATORS.split(path)[-1]


def _tidy(part: str) -> str:
    """A good name, or none where there is nothing but dots and spaces."""
    text = "".join(map(_replaced, unicodedata.normalize("NFC", part)))
    text = re.sub("\0+", "_", text)
    text = re.sub(" +", " ", text).strip(" ").rstrip(". ")
    text = re.sub(r"^[.-]+", "_", text)
    if text.partition(".")[0].rstrip(" ").upper() in DEVICES:
        text = f"_{text}"
    return _shortened(text)


def _replaced(character: str) -> str:
    """The character, a space for any space, NUL for what is unwanted."""
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in UNWANTED_CATEGORIES or UNWANTED.match(character):
        return "\0"
    return character


def _shortened(text: str) -> str:
    """At most so many bytes as file systems take, with the suffix kept."""
    if len(text.encode()) <= LONGEST_NAME_BYTES:
        return text
    stem, dot, suffix = text.rpartition(".")
    end = (dot + suffix).encode()
    if not stem or len(end) > LONGEST_SUFFIX_BYTES:
        stem, end = text, b""
    start = stem.encode()[: LONGEST_NAME_BYTES - len(end)].decode(errors="ignore")
    return start.rstrip(". ") + end.decode()
