"""What a request's body says, checked as the service checks it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from sigmic_jupyter.simulator.errors import ApiError, validation_error
from sigmic_jupyter.simulator.facts import MAX_FILE_BYTES, MAX_FILES, OUTCOMES
from sigmic_jupyter.simulator.records import FollowUp, NewTask, Upload
from sigmic_jupyter.simulator.workspace import safe_name

__all__ = ["Body", "follow_up", "new_task", "outcome", "read"]

_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True)
class Body:
    """The fields and files of a request, not yet checked."""

    fields: Mapping[str, Any]
    uploads: tuple[Upload, ...] = ()


async def read(request: Request) -> Body:
    """The body of a request, JSON or multipart.

    Raises:
        ApiError: it is neither.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        async with request.form() as form:
            return await _multipart(form)
    if content_type != "application/json":
        raise validation_error("The body must be application/json or multipart/form-data")
    try:
        fields = json.loads(await request.body())
    except ValueError:
        raise validation_error("The body is not valid JSON") from None
    if not isinstance(fields, dict):
        raise validation_error("The body must be a JSON object")
    if "files" in fields:
        raise validation_error("files need multipart/form-data")
    return Body(fields)


def new_task(body: Body) -> NewTask:
    """A request for a new task.

    Raises:
        ApiError: a field is missing or bad.
    """
    if body.uploads and ("env" in body.fields or "secrets" in body.fields):
        raise validation_error("files cannot be combined with env or secrets in one request")
    system_prompt = body.fields.get("systemPrompt")
    if not isinstance(system_prompt, str | None):
        raise validation_error("systemPrompt must be a string or null")
    return NewTask(
        message=_message(body),
        uploads=body.uploads,
        system_prompt=system_prompt,
        show_in_history=_flag(body, "showInHistory"),
        auto_execute=_flag(body, "autoExecute"),
        env=_variables(body, "env"),
        secrets=_variables(body, "secrets") or {},
    )


def follow_up(body: Body) -> FollowUp:
    """A message to an existing session.

    Raises:
        ApiError: a field is missing or bad.
    """
    return FollowUp(_message(body), body.uploads)


def outcome(body: Body) -> str:
    """A decision about a tool call.

    Raises:
        ApiError: it is none that the service knows.
    """
    value = body.fields.get("outcome")
    if not isinstance(value, str) or value not in OUTCOMES:
        raise validation_error(f"outcome must be one of: {', '.join(OUTCOMES)}")
    return value


async def _multipart(form: FormData) -> Body:
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    if "files" in fields:
        raise validation_error("files must be files")
    files = [value for value in form.getlist("files") if isinstance(value, UploadFile)]
    if len(files) > MAX_FILES:
        raise validation_error(f"At most {MAX_FILES} files are allowed")
    uploads = [await _upload(file) for file in files]
    flags = {
        name: _FLAGS.get(value, value) for name, value in fields.items() if name in _FLAG_NAMES
    }
    return Body(fields | flags, tuple(uploads))


async def _upload(file: UploadFile) -> Upload:
    name = safe_name(file.filename or "")
    if (file.size or 0) > MAX_FILE_BYTES:
        raise validation_error(f"{name} is larger than {MAX_FILE_BYTES // 1024**2} MB")
    return Upload(name, await file.read())


_FLAG_NAMES = ("showInHistory", "autoExecute")


def _message(body: Body) -> str:
    message = body.fields.get("message")
    if not isinstance(message, str) or not message.strip():
        raise validation_error("message is required")
    return message


def _flag(body: Body, name: str) -> bool:
    value = body.fields.get(name, True)
    if not isinstance(value, bool):
        raise validation_error(f"{name} must be true or false")
    return value


def _variables(body: Body, name: str) -> dict[str, str] | None:
    variables = body.fields.get(name)
    if variables is None:
        return None
    if not isinstance(variables, dict):
        raise validation_error(f"{name} must be an object; it needs application/json")
    for key, value in variables.items():
        if not _ENV_NAME.fullmatch(key):
            raise _invalid_env(f"{name}: {key!r} is not a valid variable name")
        if not isinstance(value, str):
            raise _invalid_env(f"{name}: the value of {key} must be a string")
    return variables


def _invalid_env(message: str) -> ApiError:
    return ApiError(HTTPStatus.BAD_REQUEST, "INVALID_ENV", message)
