"""What is asked of the service: each endpoint's method, path and body, checked before it is sent.

Pure but for a look at the files that are to be uploaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from sigmic_jupyter.service.errors import ValidationError
from sigmic_jupyter.service.models import Outcome
from sigmic_jupyter.service.uploads import Upload, check_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sigmic_jupyter.service.key import Secrets
    from sigmic_jupyter.service.uploads import FileLike

__all__ = [
    "Call",
    "approve_tool_call",
    "create_task",
    "download_artifact",
    "list_tasks",
    "on_task",
    "send_message",
    "stream_task",
]

TASKS_PATH = "/api/v1/tasks"
DOWNLOAD_SEGMENT = "download"  # assumed: the documentation shows the parameter `path` only
MOST_TASKS = 100
EVENT_STREAM = "text/event-stream"
# The service sends a heartbeat every 15 s; after two that did not come the connection is dead.
STREAM_SILENCE_S = 40.0

_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Call(msgspec.Struct, frozen=True):
    """One request. Its repr leaves out what it carries, for that may be secret.

    Attributes:
        method: Such as `GET`.
        path: Below the base URL, percent-encoded.
        task_id: The task that it is about.
        params: Of the query.
        json: The body, if it is sent as JSON.
        form: The body's fields, if it is sent as multipart.
        uploads: The body's files.
        headers: But for the key.
        media_type: What the answer must be, if it is no JSON; None takes any.
        silence_s: How long the answer may pause, where that differs from other calls.
    """

    method: str
    path: str
    task_id: str | None = None
    params: Mapping[str, str] = {}
    json: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    uploads: tuple[Upload, ...] = ()
    headers: Mapping[str, str] = msgspec.field(
        default_factory=lambda: {"Accept": "application/json"}
    )
    media_type: str | None = None
    silence_s: float | None = None

    def __repr__(self) -> str:
        # A body may have secrets.
        return f"<Call {self.method} {self.path}>"

    @property
    def if_lost(self) -> str | None:
        """What to do where nobody knows whether it arrived; None for what only asks."""
        if self.method == "GET":
            return None
        if self.path == TASKS_PATH:
            return "The task may run all the same: look at client.tasks() before you repeat it."
        return "The request may have arrived all the same: look before you repeat it."


def on_task(method: str, task_id: str, *segments: str, **more: Any) -> Call:
    """A call about one task.

    Args:
        method: Such as `GET`.
        task_id: The task.
        segments: What follows the task's id in the path.
        more: Other fields of the call.

    Raises:
        ValidationError: The task id or a segment can name nothing.
    """
    path = "/".join((TASKS_PATH, *map(_segment, (task_id, *segments))))
    return Call(method, path, task_id, **more)


def create_task(
    message: str,
    *,
    files: Iterable[FileLike | Upload],
    env: Mapping[str, str] | None,
    secrets: Secrets,
    system_prompt: str | None,
    auto_execute: bool,
    show_in_history: bool,
) -> Call:
    """Create a task: as JSON with env or secrets, else as multipart; the service takes no third."""
    uploads = check_files(files)
    _check_filled("message", message, "Say what the agent is to do.")
    _check_env("env", env or {})
    _check_env("secrets", secrets)
    if uploads and (env or secrets):
        raise ValidationError(
            "The service takes no files together with env or secrets",
            hint="Create the task with env or secrets, then send the files in a message.",
        )
    body: dict[str, Any] = {
        "message": message,
        "showInHistory": _checked_bool("show_in_history", show_in_history),
        "autoExecute": _checked_bool("auto_execute", auto_execute),
    }
    if system_prompt is not None:
        body["systemPrompt"] = _checked_text("system_prompt", system_prompt)
    if not (env or secrets):
        # In multipart a bool is the text true or false.
        form = {
            name: value if isinstance(value, str) else str(value).lower()
            for name, value in body.items()
        }
        return Call("POST", TASKS_PATH, form=form, uploads=uploads)
    if env:
        body["env"] = dict(env)
    if secrets:
        body["secrets"] = secrets
    return Call("POST", TASKS_PATH, json=body)


def list_tasks(limit: int, offset: int) -> Call:
    """List tasks, newest activity first."""
    if not (_is_count(limit) and 1 <= limit <= MOST_TASKS):
        raise ValidationError(
            f"limit is {limit!r}", hint=f"Give 1 to {MOST_TASKS}, and page with offset."
        )
    if not (_is_count(offset) and offset >= 0):
        raise ValidationError(f"offset is {offset!r}", hint="Give 0 or more.")
    return Call("GET", TASKS_PATH, params={"limit": str(limit), "offset": str(offset)})


def send_message(task_id: str, message: str, files: Iterable[FileLike | Upload]) -> Call:
    """Send a follow-up: as JSON, or as multipart with files."""
    uploads = check_files(files)
    _check_filled("message", message, "Say what the agent is to do.")
    if uploads:
        return on_task("POST", task_id, "messages", form={"message": message}, uploads=uploads)
    return on_task("POST", task_id, "messages", json={"message": message})


def approve_tool_call(task_id: str, call_id: str, outcome: Outcome | str) -> Call:
    """Decide about a tool call that waits."""
    if outcome not in tuple(Outcome):
        raise ValidationError(
            f"{outcome!r} is no outcome", hint=f"Give one of {', '.join(Outcome)}."
        )
    return on_task("POST", task_id, "tools", call_id, "approve", json={"outcome": str(outcome)})


def download_artifact(task_id: str, path: str) -> Call:
    """Fetch the bytes of a file in the task's workspace."""
    _check_filled("path", path, "Give the path of an artifact, such as downloads/report.pdf.")
    return on_task(
        "GET",
        task_id,
        "artifacts",
        DOWNLOAD_SEGMENT,
        params={"path": path},
        # Not compressed, so that Content-Length is the file's size.
        headers={"Accept": "*/*", "Accept-Encoding": "identity"},
    )


def stream_task(task_id: str) -> Call:
    """Listen to what happens."""
    return on_task(
        "GET",
        task_id,
        "stream",
        headers={"Accept": EVENT_STREAM},
        media_type=EVENT_STREAM,
        silence_s=STREAM_SILENCE_S,
    )


def _segment(text: str) -> str:
    # Dots are not percent-encoded, and servers and proxies resolve them even where they are.
    if not _is_text(text) or text.strip(".") == "":
        raise ValidationError(f"{text!r} is no id", hint="Give the id as the service shows it.")
    return quote(text, safe="")


def _check_filled(field_name: str, text: str, hint: str) -> None:
    if not _checked_text(field_name, text).strip():
        raise ValidationError(f"The {field_name} is empty", hint=hint)


def _check_env(field_name: str, values: Mapping[str, str]) -> None:
    """Names only in the messages: a value may be a secret, in whichever field it was given."""
    if not isinstance(values, Mapping):
        raise ValidationError(f"{field_name} is no mapping", hint='Give {"NAME": "value"}.')
    for name in values:
        if not (isinstance(name, str) and _ENV_NAME.fullmatch(name)):
            raise ValidationError(
                f"{name!r} in {field_name} is no name of a variable",
                hint="Use letters, digits and underscores, and no digit first.",
            )
        if not _is_text(values[name]):
            raise ValidationError(
                f"{name} in {field_name} is no text that can be sent ({_type_of(values[name])})",
                hint="Values are text: use str(…).",
            )


def _checked_text(field_name: str, value: str) -> str:
    if not _is_text(value):
        raise ValidationError(
            f"{field_name} is no text that can be sent ({_type_of(value)})",
            hint="Give a str of whole characters.",
        )
    return value


def _type_of(value: object) -> str:
    return type(value).__name__


def _is_text(value: object) -> bool:
    # Half a surrogate pair has no UTF-8.
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def _checked_bool(field_name: str, value: object) -> bool:
    # A text such as "false" would count as true and let every tool call run.
    if not isinstance(value, bool):
        raise ValidationError(f"{field_name} is {value!r}", hint="Give True or False.")
    return value


def _is_count(value: object) -> bool:
    # True and False count as 1 and 0, and are meant as something else.
    return isinstance(value, int) and not isinstance(value, bool)
