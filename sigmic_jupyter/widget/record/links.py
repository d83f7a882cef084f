"""Where a link in an answer may lead, and what is said of it. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["Link", "ascii_hosts", "link"]

HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
ADDRESS = re.compile(r"(?:https?://|mailto:)[\x21-\x7e]+", re.IGNORECASE)
WEB_HOST = re.compile(r"https?://(?:[^\s/?#@]*@)?([^\s/?#:@]{1,253})", re.IGNORECASE)
HOST_LENGTH_LIMIT = 253


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


def ascii_hosts(text: str) -> list[str]:
    """The hosts in the addresses of a text that are not ASCII, in the form that is looked up."""
    found = dict.fromkeys(host for host in WEB_HOST.findall(text) if not host.isascii())
    return [_ascii(host) for host in found]


def _host_like(text: str) -> list[str]:
    """What a reader may take for a host: `bank.example`, in `https://bank.example/login` too."""
    words = (word.strip(".-") for word in re.split(r"[^\w.-]+", text))
    return [word for word in words if "." in word and len(word) <= HOST_LENGTH_LIMIT]


def _ascii(host: str) -> str:
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode()
        for label in host.lower().split(".")
    )
