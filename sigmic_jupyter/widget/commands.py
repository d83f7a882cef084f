"""A message from the browser → a typed command → the service → exactly one reply."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from sigmic_jupyter.follow import instant, now
from sigmic_jupyter.service.decode import whole
from sigmic_jupyter.service.errors import SigmicError
from sigmic_jupyter.service.models import Task
from sigmic_jupyter.widget.bundle import sources
from sigmic_jupyter.widget.problems import problem_of
from sigmic_jupyter.widget.replies import DetailsReply, HelloReply
from sigmic_jupyter.widget.wire import (
    Cancel,
    Command,
    Decide,
    DecidedBy,
    Details,
    Download,
    Drop,
    GetBundle,
    Hello,
    Preview,
    Problem,
    Refresh,
    Save,
    Send,
    Upload,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sigmic_jupyter.widget.session import Session

__all__ = ["answer"]

log = logging.getLogger("sigmic_jupyter")


async def answer(
    session: Session,
    content: Any,
    buffers: Sequence[bytes | memoryview] = (),
    *,
    secret_names: Sequence[str] = (),
) -> dict[str, Any]:
    """Carry out what a message asks for.

    Args:
        session: The task that the message is about.
        content: The message as it came, whatever that is.
        buffers: The bytes that came with it.
        secret_names: Names of the secrets that the task was created with.

    Returns:
        The reply as plain JSON, also when the command failed; `buffers`, if any, are bytes to go
        with it. It never raises.
    """
    content = whole(content)  # half a character can neither be sent on nor told back
    identifier = content.get("id") if isinstance(content, dict) else None
    reply_to = identifier if isinstance(identifier, str) else ""
    try:
        command = msgspec.convert(content, Command)
        done = await _carry_out(session, command, buffers, secret_names)
    except msgspec.ValidationError as error:
        problem = Problem("validation", f"The kernel does not understand this command: {error}")
    except SigmicError as error:
        problem = problem_of(error)
    except Exception as error:  # the browser waits for its one reply, whatever happened
        log.exception("command failed")
        problem = problem_of(error)
    else:
        data, content = done if isinstance(done, tuple) else (done, b"")
        reply = {"reply_to": reply_to, "ok": True, "data": msgspec.to_builtins(data)}
        return reply | {"buffers": [content]} if content else reply
    return {"reply_to": reply_to, "ok": False, "error": msgspec.to_builtins(problem)}


async def _carry_out(
    session: Session,
    command: Command,
    buffers: Sequence[bytes | memoryview],
    secret_names: Sequence[str],
) -> Any:
    """Do it, and return the reply's data; as a pair with bytes that go beside it."""
    match command:
        case Hello(revision=revision):
            session.greet(revision)
            return HelloReply(instant(now()))
        case Decide(call_id=call_id, outcome=outcome, digest=digest, reason=reason):
            by = DecidedBy("person")
            await session.decide(call_id, outcome, by, digest=digest, reason=reason)
        case Upload():
            session.uploads.add(command, buffers)
        case Send(message=message, upload=upload):
            await session.send(message, session.uploads.take(upload))
        case Cancel():
            await session.cancel()
        case Refresh():
            await session.refresh()
        case Details():
            return _details(session, secret_names)
        case Preview() | Download() | Drop() | Save():
            return await session.files.answer(command)
        case GetBundle():
            return sources()
    return None


def _details(session: Session, secret_names: Sequence[str]) -> DetailsReply:
    task = session.task or Task(id="", status="")  # before the first answer nothing is known
    return DetailsReply(
        session_id=task.session_id,
        conversation_id=task.conversation_id,
        username=task.username,
        system_prompt=task.system_prompt,
        auto_execute=task.auto_execute,
        show_in_history=task.show_in_history,
        env=sorted(task.env or ()),
        secrets=sorted(secret_names),
    )
