"""The settings as they count, each with the place that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sigmic_jupyter.settings.files import config_path, read_config, read_dotenv
from sigmic_jupyter.settings.places import environment, keyring_key
from sigmic_jupyter.settings.values import CHECKS, DEFAULTS, Setting, checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sigmic_jupyter.follow import Transport
    from sigmic_jupyter.service import ApiKey
    from sigmic_jupyter.settings.values import Layer

__all__ = ["Settings", "resolve"]

HOW_TO_SEE = "sigmic_jupyter.configure() shows where it was looked for."


class Settings:
    """The settings that count now. Shows itself as a table, the key masked.

    A setting that is wrong raises `ConfigurationError` when it is asked for, and says where it came
    from.

    Attributes:
        notes: What else a person should know, in whole sentences.
        warnings: Those of them that are a danger to the key.
        config: Where the config file is, or would be.
        dotenv: The `.env` that was read.
    """

    def __init__(
        self,
        settings: Iterable[Setting],
        *,
        notes: Iterable[str],
        warnings: Iterable[str],
        config: Path,
        dotenv: Path | None,
    ) -> None:
        self._settings = {setting.name: setting for setting in settings}
        self.notes = tuple(notes)
        self.warnings = tuple(warnings)
        self.config = config
        self.dotenv = dotenv

    @property
    def api_key(self) -> ApiKey:
        """The key, which shows itself masked."""
        key: ApiKey = self["api_key"].get()
        return key

    @property
    def base_url(self) -> str:
        """Where the service is."""
        return str(self["base_url"].get())

    @property
    def timeout(self) -> float:
        """How many seconds may pass without progress."""
        return float(self["timeout"].get())

    @property
    def interval(self) -> float | None:
        """Seconds between two polls; None lets them follow what happens."""
        interval: float | None = self["interval"].get()
        return interval

    @property
    def transport(self) -> Transport:
        """By what way tasks are followed."""
        transport: Transport = self["transport"].get()
        return transport

    def check(self) -> None:
        """Raise `ConfigurationError` for the first setting that is wrong."""
        for setting in self:
            setting.get()

    def __getitem__(self, name: str) -> Setting:
        return self._settings[name]

    def __iter__(self) -> Iterator[Setting]:
        return iter(self._settings.values())

    def __repr__(self) -> str:
        from sigmic_jupyter.settings.table import as_text  # noqa: PLC0415 - the import is to be quick

        return as_text(self)

    def _repr_html_(self) -> str:
        from sigmic_jupyter.settings.table import as_html  # noqa: PLC0415 - the import is to be quick

        return as_html(self)


def resolve(arguments: Layer, session: Layer, dotenv: Path | None) -> Settings:
    """Look for each setting: arguments, session, environment, `.env`, config file, keyring.

    Raises:
        ConfigurationError: A file can't be read. What is wrong with a value shows when it is used.
    """
    config = config_path()
    places = [environment(), *([read_dotenv(dotenv)] if dotenv else []), read_config(config)]
    layers = [arguments, session, *(place.layer for place in places)]
    base_url = _first(layers, "base_url")
    if base_url.problem is None and not any("api_key" in layer for layer in layers):
        places.append(keyring_key(base_url.value))
        layers.append(places[-1].layer)
    notes = [note for place in places for note in place.notes]
    found = [_first(layers, name) for name in CHECKS if name != "api_key"]
    return Settings(
        [_key(layers, notes), *found],
        notes=notes,
        warnings=[place.warning for place in places if place.warning],
        config=config,
        dotenv=dotenv,
    )


def _first(layers: Iterable[Layer], name: str) -> Setting:
    default = Setting(name, DEFAULTS.get(name), "default")
    return next((layer[name] for layer in layers if name in layer), default)


def _key(layers: Iterable[Layer], notes: Iterable[str]) -> Setting:
    key = _first(layers, "api_key")
    if key.place != "default":
        return key
    missing = checked("api_key", None, "")
    return replace(missing, hint=" ".join([*notes, HOW_TO_SEE, missing.hint or ""]))
