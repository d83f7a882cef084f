"""A message from the browser → a typed command → exactly one reply, whatever comes of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from sigmic_jupyter.service.decode import whole
from sigmic_jupyter.service.errors import SigmicError
from sigmic_jupyter.widget.problems import problem_of
from sigmic_jupyter.widget.wire import Problem

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["replied"]

log = logging.getLogger("sigmic_jupyter")


async def replied(
    content: Any, commands: Any, carry_out: Callable[[Any], Awaitable[Any]]
) -> dict[str, Any]:
    """Carry out what a message asks for.

    Args:
        content: The message as it came, whatever that is.
        commands: The union of commands that it may be.
        carry_out: Does what a command says, and returns the reply's data; as a pair with bytes
            that go beside it.

    Returns:
        The reply as plain JSON, also when the command failed; `buffers`, if any, are bytes to go
        with it. It never raises.
    """
    content = whole(content)  # half a character can neither be sent on nor told back
    identifier = content.get("id") if isinstance(content, dict) else None
    reply_to = identifier if isinstance(identifier, str) else ""
    try:
        done = await carry_out(msgspec.convert(content, commands))
    except msgspec.ValidationError as error:
        problem = Problem("validation", f"The kernel does not understand this command: {error}")
    except SigmicError as error:
        problem = problem_of(error)
    except Exception as error:  # the browser waits for its one reply, whatever happened
        log.exception("command failed")
        problem = problem_of(error)
    else:
        data, beside = done if isinstance(done, tuple) else (done, b"")
        reply = {"reply_to": reply_to, "ok": True, "data": msgspec.to_builtins(data)}
        return reply | {"buffers": [beside]} if beside else reply
    return {"reply_to": reply_to, "ok": False, "error": msgspec.to_builtins(problem)}
