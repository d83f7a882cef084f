"""The Sigmic Task API over HTTP. Knows nothing of Jupyter."""

from sigmic_jupyter.service.address import DEFAULT_BASE_URL
from sigmic_jupyter.service.client import AsyncClient
from sigmic_jupyter.service.errors import (
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
from sigmic_jupyter.service.events import Event
from sigmic_jupyter.service.key import API_KEY_VARIABLE, ApiKey, Secrets
from sigmic_jupyter.service.mask import SHARED_MASK
from sigmic_jupyter.service.models import (
    FINAL_STATUSES,
    Approval,
    Artifact,
    CallStatus,
    CreatedTask,
    Outcome,
    Output,
    Task,
    TaskList,
    TaskStatus,
    TaskSummary,
    Thought,
    ToolCall,
)
from sigmic_jupyter.service.retry import backoff_s, is_transient
from sigmic_jupyter.service.transport import Download, Http, close_shared_http, shared_http
from sigmic_jupyter.service.uploads import FileLike, Upload, check_files
from sigmic_jupyter.service.walk import Walk

__all__ = [
    "API_KEY_VARIABLE",
    "DEFAULT_BASE_URL",
    "FINAL_STATUSES",
    "SHARED_MASK",
    "APIError",
    "ApiKey",
    "Approval",
    "ApprovalNeeded",
    "Artifact",
    "AsyncClient",
    "AuthenticationError",
    "CallChanged",
    "CallStatus",
    "ConfigurationError",
    "ConnectionFailed",
    "CreatedTask",
    "Download",
    "Event",
    "FileLike",
    "Http",
    "NotFoundError",
    "Outcome",
    "Output",
    "PermissionDeniedError",
    "RateLimitError",
    "Secrets",
    "ServerError",
    "SigmicError",
    "Task",
    "TaskCancelled",
    "TaskFailed",
    "TaskList",
    "TaskNotFinished",
    "TaskStatus",
    "TaskSummary",
    "Thought",
    "ToolCall",
    "UnexpectedResponse",
    "Upload",
    "ValidationError",
    "Walk",
    "backoff_s",
    "check_files",
    "close_shared_http",
    "is_transient",
    "shared_http",
]
