"""What a browser asks of a task: each command is carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sigmic_jupyter.follow import instant, now
from sigmic_jupyter.service.models import Task
from sigmic_jupyter.widget.bundle import sources
from sigmic_jupyter.widget.replies import DetailsReply, HelloReply
from sigmic_jupyter.widget.replying import replied
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
    Look,
    Preview,
    Refresh,
    Save,
    Send,
    Upload,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sigmic_jupyter.widget.session import Session

__all__ = ["answer"]


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

    async def carry_out(command: Command) -> Any:
        return await _carry_out(session, command, buffers, secret_names)

    return await replied(content, Command, carry_out)


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
        case Details():
            return _details(session, secret_names)
        case Preview() | Download() | Drop() | Save():
            return await session.files.answer(command)
        case GetBundle():
            return sources()
    await _act(session, command, buffers)
    return None


async def _act(
    session: Session,
    command: Look | Decide | Upload | Send | Cancel | Refresh,
    buffers: Sequence[bytes | memoryview],
) -> None:
    """Do what has no answer but that it is done."""
    match command:
        case Look():
            session.look_ahead()
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
