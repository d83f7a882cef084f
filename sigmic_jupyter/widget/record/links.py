"""Where a link in an answer may lead, and what is said of it. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import urlsplit

__all__ = ["HostNote", "Link", "host_notes", "link"]

HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
ADDRESS = re.compile(r"(?:https?://|mailto:)[\x21-\x7e]+", re.IGNORECASE)
# Of a host's characters those that are ASCII: anything else may be one.
HOST_IN_TEXT = r"([^\s\x00-\x24\x26-\x2c/:-@\[-^`\x7b-\x7f]{1,253})"
AFTER_SCHEME = re.compile(
    rf"(?:https?|wss?|ftp):[/\\]+(?:[^\s/\\?#]*@)?{HOST_IN_TEXT}", re.IGNORECASE
)
BARE = re.compile(rf"(?://(?:[^\s/\\?#]*@)?|\w@){HOST_IN_TEXT}")
HOST_LENGTH_LIMIT = 253


class HostNote(NamedTuple):
    """A host that is not what it seems: as written, as looked up, and whether its scripts mix."""

    host: str
    ascii: str
    mixed: bool

    @property
    def warning(self) -> str:
        """What else there is to say of it."""
        return ", whose letters are of several scripts" if self.mixed else ""


class Link:
    """An address that may be followed, and the host that it leads to."""

    def __init__(self, href: str, host: str) -> None:
        self.href = href
        self.host = host

    def disguised_by(self, text: str) -> bool:
        """Whether the link's words name another host, or the host has letters that mislead."""
        named = {_ascii(host).removeprefix("www.") for host in _host_like(text)}
        return "xn--" in self.host or bool(named - {self.host.removeprefix("www.")})


def link(address: str) -> Link | None:
    """A link that is safe to follow: http, https or mailto, nothing relative, no name or password.

    Args:
        address: As the Markdown parser gives it, percent-encoded and with its host in ASCII.

    Returns:
        None where the address must not become a link.
    """
    if not ADDRESS.fullmatch(address):
        return None
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return None
    if parts.scheme == "mailto":
        host = parts.path.rpartition("@")[2].lower()
    else:
        host = "" if "@" in parts.netloc else (parts.hostname or "")
        host = f"[{host}]" if ":" in host else host
    return Link(address, host) if HOST.fullmatch(host) else None


def host_notes(text: str) -> list[HostNote]:
    """The hosts in the addresses of a text that are not ASCII. contract/hosts.json has examples."""
    found = AFTER_SCHEME.findall(text)
    # Without a scheme it may be anything, such as a comment's first word.
    found += [host for host in BARE.findall(text) if "." in _normal(host).strip(".")]
    hosts = dict.fromkeys(_without_punctuation(host) for host in found)
    return [
        HostNote(host, _ascii(host), _mixes_scripts(host)) for host in hosts if not host.isascii()
    ]


def _without_punctuation(host: str) -> str:
    while host and unicodedata.category(host[-1])[0] == "P":
        host = host[:-1]
    return host


def _mixes_scripts(host: str) -> bool:
    return any(
        len({_script(letter) for letter in label if letter.isalpha()} - {"CJK"}) > 1
        for label in _normal(host).split(".")
    )


def _script(letter: str) -> str:
    """The first word of a letter's name, with one for the scripts that are written together."""
    word = unicodedata.name(letter, "UNKNOWN").split()[0]
    return "CJK" if word in {"HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"} else word


def _normal(host: str) -> str:
    return unicodedata.normalize("NFKC", host.lower()).replace("。", ".")


def _host_like(text: str) -> list[str]:
    """What a reader may take for a host: `bank.example`, in `https://bank.example/login` too."""
    words = (word.strip(".-") for word in re.split(r"[^\w.-]+", text))
    return [word for word in words if "." in word and len(word) <= HOST_LENGTH_LIMIT]


def _ascii(host: str) -> str:
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode()
        for label in _normal(host).split(".")
    )
