"""Run, watch and steer a Sigmic agent task from a notebook cell.

`run("…")` creates a task and returns a `TaskWidget`, which shows itself as the last value of
a cell.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from sigmic_jupyter.client import Client, attach, run
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

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

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
    "configure",
    "run",
    "wait",
]

__version__ = version("sigmic-jupyter")


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register `%%sigmic` and `%sigmic`; called by `%load_ext sigmic_jupyter`."""
    from sigmic_jupyter.magics import load  # noqa: PLC0415 - the import of the package is to be quick

    load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take the magic away; called by `%unload_ext` and `%reload_ext`."""
    from sigmic_jupyter.magics import unload  # noqa: PLC0415 - the same

    unload(shell)
