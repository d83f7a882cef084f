"""Settings that are kept in files: the config file, and a `.env`.

What the parsers raise holds the whole text, and with it the key. So it ends here: ours is raised
outside the handler, from frames that have no text any more.
"""

from __future__ import annotations

import io
import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sigmic_jupyter.service import ConfigurationError
from sigmic_jupyter.settings.values import CHECKS, Layer, layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


__all__ = [
    "CONFIG_VARIABLE",
    "PREFIX",
    "VARIABLES",
    "Found",
    "config_path",
    "read_config",
    "read_dotenv",
    "unknown",
]

APP = "sigmic-jupyter"
PREFIX = "SIGMIC_"
CONFIG_VARIABLE = f"{PREFIX}CONFIG"
VARIABLES = {name: f"{PREFIX}{name.upper()}" for name in CHECKS}
# A name that is longer may be a key in the wrong place.
LONGEST_NAME = 30
OTHERS_MAY_READ = 0o044


class Found(msgspec.Struct, frozen=True):
    """What a place has.

    Attributes:
        layer: The settings by name.
        notes: What a person should know of the place, in whole sentences.
        warning: The same, where it is a danger to the key that the place has.
    """

    layer: Layer = {}
    notes: tuple[str, ...] = ()
    warning: str | None = None


def config_path() -> Path:
    """Where the config file is, or would be: `SIGMIC_CONFIG`, or the platform's place."""
    named = os.getenv(CONFIG_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path  # noqa: PLC0415 - the import is to be quick

    return user_config_path(APP, appauthor=False) / "config.toml"


def read_config(path: Path) -> Found:
    """Read the config file; where there is none it has nothing.

    Raises:
        ConfigurationError: It can't be read, or `SIGMIC_CONFIG` names a file that is not there.
    """
    found = _read(path, _from_toml)
    if found is not None:
        return found
    if os.getenv(CONFIG_VARIABLE):
        raise ConfigurationError(
            f"There is no file {path}, which {CONFIG_VARIABLE} names",
            hint="Create it, or unset the variable.",
        )
    return Found()


def read_dotenv(path: Path) -> Found:
    """Read the `SIGMIC_…` variables of a `.env`. The environment stays as it is.

    Raises:
        ConfigurationError: It is not there, or it can't be read.
    """
    found = _read(path, _from_dotenv)
    if found is not None:
        return found
    raise ConfigurationError(
        f"There is no file {path}",
        hint='Create it, name another with configure(dotenv="…"), or give dotenv=False.',
    )


def unknown(
    names: Iterable[str], known: Iterable[str], where: str, *, near: bool = False
) -> tuple[str, ...]:
    """Say of names that are no settings what they may be meant to be.

    Args:
        names: The names.
        known: The names of settings.
        where: The place that has them.
        near: Say so only of those that are nearly a setting's name.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - the import is to be quick

    notes = []
    for name in sorted(names):
        close = get_close_matches(name, known, n=1, cutoff=0.75)
        what = name if len(name) <= LONGEST_NAME else f"A name of {len(name)} characters"
        if close or not near:
            guess = f": did you mean {close[0]}?" if close else "."
            notes.append(f"{what} in {where} is no setting{guess}")
    return tuple(notes)


def _read(path: Path, parse: Callable[[str, Path], Found]) -> Found | None:
    found = _attempt(path, parse)
    if isinstance(found, str):
        raise ConfigurationError(
            f"The settings in {path} can't be read: {found}",
            hint="Correct the file, or move it away.",
        )
    return found


def _attempt(path: Path, parse: Callable[[str, Path], Found]) -> Found | str | None:
    """Read a file: None where there is none, a text where something is wrong with it."""
    try:
        return _guarded(parse(path.read_text("utf-8-sig"), path), path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return (error.strerror or type(error).__name__).lower()
    except UnicodeError:
        return "it is not in UTF-8"
    except (ValueError, RecursionError) as error:
        # Its words may quote the text; where it stands is harmless.
        at = re.search(r"\(at (?:line \d+, column \d+|end of document)\)", str(error))
        return f"it is no TOML {at[0]}" if at else "it is no TOML"


def _from_toml(text: str, path: Path) -> Found:
    import tomllib  # noqa: PLC0415 - the import is to be quick

    values = tomllib.loads(text)
    return Found(
        layer(
            {name: value for name, value in values.items() if value != ""},
            lambda name: f"{name} in {path}",
        ),
        unknown(values.keys() - CHECKS.keys(), CHECKS, str(path)),
    )


def _from_dotenv(text: str, path: Path) -> Found:
    from dotenv import dotenv_values  # noqa: PLC0415 - the import is to be quick

    values = dotenv_values(stream=io.StringIO(text), interpolate=False)
    ours = {name for name in values if name.startswith(PREFIX)}
    return Found(
        layer(
            {name: values.get(variable) or None for name, variable in VARIABLES.items()},
            lambda name: f"{VARIABLES[name]} in {path}",
            text=True,
        ),
        unknown(ours - set(VARIABLES.values()), VARIABLES.values(), str(path)),
    )


def _guarded(found: Found, path: Path) -> Found:
    """Say so if the file has a key that others of this machine may read."""
    if "api_key" not in found.layer or os.name != "posix":
        return found
    if not path.stat().st_mode & OTHERS_MAY_READ:
        return found
    warning = f"{path} has an API key, and others may read it: chmod 600 {shlex.quote(str(path))}"
    return Found(found.layer, found.notes, warning)
