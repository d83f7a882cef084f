"""Run, watch and steer a Sigmic agent task from a notebook cell.

`run("…")` creates a task and returns a `TaskWidget`, which shows itself as the last value of
a cell.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from sigmic_jupyter.client import Client, attach, browse, run
    from sigmic_jupyter.service import (
        APIError,
        ApprovalNeeded,
        AuthenticationError,
        CallChanged,
        ConfigurationError,
        ConnectionFailed,
        NotFoundError,
        PermissionDeniedError,
        RateLimitError,
        ServerError,
        SigmicError,
        TaskCancelled,
        TaskFailed,
        TaskNotFinished,
        UnexpectedResponse,
        ValidationError,
    )
    from sigmic_jupyter.settings import configure
    from sigmic_jupyter.widget import TaskWidget, as_completed, wait

    __version__: str
    """Of the package, such as `1.2.0`."""

__all__ = [
    "APIError",
    "ApprovalNeeded",
    "AuthenticationError",
    "CallChanged",
    "Client",
    "ConfigurationError",
    "ConnectionFailed",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "SigmicError",
    "TaskCancelled",
    "TaskFailed",
    "TaskNotFinished",
    "TaskWidget",
    "UnexpectedResponse",
    "ValidationError",
    "__version__",
    "as_completed",
    "attach",
    "browse",
    "configure",
    "run",
    "wait",
]

# What is not in `service`. Each is imported when it is first asked for: a notebook's import of the
# package, and that of the magic, are at once.
_HOMES = {
    "Client": "client",
    "TaskWidget": "widget",
    "as_completed": "widget",
    "attach": "client",
    "browse": "client",
    "configure": "settings",
    "run": "client",
    "wait": "widget",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = _version() if name == "__version__" else getattr(_home(name), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def _home(name: str) -> Any:
    return import_module(f"{__name__}.{_HOMES.get(name, 'service')}")


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - it takes longer than all else here

    return version("sigmic-jupyter")


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register `%%sigmic` and `%sigmic`; called by `%load_ext sigmic_jupyter`."""
    from sigmic_jupyter.magics import load  # noqa: PLC0415 - the import of the package is to be quick

    load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take the magic away; called by `%unload_ext` and `%reload_ext`."""
    from sigmic_jupyter.magics import unload  # noqa: PLC0415 - the same

    unload(shell)
