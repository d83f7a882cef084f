"""Where the service is, and whether a key may go there. Pure."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from sigmic_jupyter.service.errors import ConfigurationError

__all__ = ["DEFAULT_BASE_URL", "check_base_url"]

DEFAULT_BASE_URL = "https://api.sigmic.ai"

_HINT = f"Give an address such as {DEFAULT_BASE_URL} as base_url= or in SIGMIC_BASE_URL."


def check_base_url(base_url: str) -> str:
    """Check an address and return it without a slash at its end.

    Args:
        base_url: `https://…`, or `http://…` to this machine: elsewhere the key would go over the
            network in the clear.

    Raises:
        ConfigurationError: The address cannot be used.
    """
    problem = _problem(base_url)
    if problem is None:
        return base_url.rstrip("/")
    del base_url  # it may hold a password
    raise ConfigurationError(problem, hint=_HINT)


def _problem(base_url: str) -> str | None:
    if not (isinstance(base_url, str) and base_url.isascii() and base_url.isprintable()):
        return "base_url has characters that no address has"
    if set(base_url) & set(" \\@?#"):
        return "base_url has a space, a backslash, a user name, a query or a fragment"
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "base_url is no address"
    if parts.scheme not in {"https", "http"} or not host:
        return "base_url does not begin with https:// and a host"
    if parts.scheme == "http" and not _is_loopback(host):
        return f"The key would go to {host} unencrypted, as base_url begins with http://"
    return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
