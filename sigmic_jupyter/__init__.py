"""Run, watch and steer a Sigmic agent task from a notebook cell.

`run("…")` creates a task and returns a `TaskWidget`, which shows itself as the last value of
a cell.
"""

from importlib.metadata import version

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
