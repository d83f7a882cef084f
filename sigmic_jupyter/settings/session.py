"""Settings for the session: what `configure` was given, until the kernel ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sigmic_jupyter.settings.resolved import resolve
from sigmic_jupyter.settings.values import Layer, layer

if TYPE_CHECKING:
    import os

    from sigmic_jupyter.follow import Transport
    from sigmic_jupyter.settings.resolved import Settings

__all__ = ["configure", "settings_for"]


class _Session(msgspec.Struct):
    """What counts for all that is made from now on."""

    layer: Layer = {}
    dotenv: Path | None = None


_session = _Session()


def configure(
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float | None = None,
    interval: float | None = None,
    transport: Transport | None = None,
    dotenv: bool | str | os.PathLike[str] | None = None,
    reset: bool = False,
) -> Settings:
    """Show the settings and where each came from, and change them for this session.

    They count for each `Client`, `run` and `attach` from then on, unless those are given their own.
    Nothing is written anywhere.

    Args:
        api_key: `sigmic_` and 64 hex digits, or a token of the widget token endpoint.
        base_url: Where the service is.
        timeout: Limit for one answer of the service, in seconds.
        interval: Seconds between two polls, at least 0.1.
        transport: `"auto"`, `"stream"` or `"poll"`.
        dotenv: True reads `SIGMIC_…` variables from the `.env` in the working directory, which is
            the notebook's; a path reads that file; False reads none any more.
        reset: First forget what was given before.

    Returns:
        The settings that count now. Shown in a notebook, they are a table; the key is masked.

    Raises:
        ConfigurationError: A value cannot be used, or a file can't be read. Nothing was changed.
    """
    try:
        given = _layer(
            "configure({}=…)",
            api_key=api_key,
            base_url=base_url,
            timeout=timeout,
            interval=interval,
            transport=transport,
        )
    finally:
        del api_key, base_url  # a traceback may print locals
    for setting in given.values():
        setting.get()
    before = _Session() if reset else _session
    after = before.dotenv if dotenv is None else _dotenv_path(dotenv)
    settings = resolve({}, before.layer | given, after)
    _session.layer, _session.dotenv = before.layer | given, after
    return settings


def settings_for(**arguments: Any) -> Settings:
    """The settings that count where these arguments were given; None was not given.

    Raises:
        ConfigurationError: A file can't be read.
    """
    try:
        given = _layer("the argument {}=", **arguments)
    finally:
        del arguments
    return resolve(given, _session.layer, _session.dotenv)


def _layer(place: str, /, **values: Any) -> Layer:
    return layer(values, place.format)


def _dotenv_path(dotenv: bool | str | os.PathLike[str]) -> Path | None:  # noqa: FBT001
    if isinstance(dotenv, bool):
        return Path.cwd() / ".env" if dotenv else None
    return Path(dotenv).expanduser().absolute()
