"""Where settings are looked for besides files: the environment, and the system's keyring."""

from __future__ import annotations

import os
from importlib.util import find_spec

from sigmic_jupyter.settings.files import (
    APP,
    CONFIG_VARIABLE,
    PREFIX,
    VARIABLES,
    Found,
    unknown,
)
from sigmic_jupyter.settings.values import layer

__all__ = ["environment", "keyring_key"]

# Read elsewhere.
OTHER_VARIABLES = {CONFIG_VARIABLE, f"{PREFIX}NONINTERACTIVE"}


def environment() -> Found:
    """The `SIGMIC_…` variables of this process."""
    ours = {name for name in os.environ if name.startswith(PREFIX)}
    return Found(
        layer(
            {name: os.getenv(variable) or None for name, variable in VARIABLES.items()},
            lambda name: f"the environment variable {VARIABLES[name]}",
            text=True,
        ),
        # A variable of another program may begin like ours.
        unknown(
            ours - OTHER_VARIABLES - set(VARIABLES.values()),
            VARIABLES.values(),
            "the environment",
            near=True,
        ),
    )


def keyring_key(base_url: str) -> Found:
    """The key that the system's keyring has for an address.

    Where `keyring` is not installed there is none; where it fails, a note says so.
    """
    if find_spec("keyring") is None:
        return Found()
    place = f"the keyring ({APP}, {base_url})"
    try:
        import keyring  # noqa: PLC0415 - an optional dependency, and slow to import

        key = keyring.get_password(APP, base_url) or None
    except Exception as error:  # noqa: BLE001 - of any backend; without it things go on as before
        # Its words are the backend's own, and may say anything.
        return Found({}, (f"The keyring could not be asked ({type(error).__name__}).",))
    return Found(layer({"api_key": key}, lambda _name: place))
