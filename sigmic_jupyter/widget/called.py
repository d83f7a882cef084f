"""What the wire has of a tool call: its arguments, exactly, and its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from sigmic_jupyter.widget.digest import canonical, digest_of_json, is_read_exactly, plain_args

if TYPE_CHECKING:
    from sigmic_jupyter.service.models import ToolCall

__all__ = ["Called", "CalledMemo"]


class Called(NamedTuple):
    """What would run, or ran.

    Attributes:
        args: The arguments as a trait can have them.
        args_json: Their canonical JSON where a browser would not have all of it from `args`.
        digest: What a decision on the call is bound to.
    """

    args: dict[str, Any]
    args_json: str | None
    digest: str


class _Known(NamedTuple):
    call: ToolCall
    mark: bytes | None
    called: Called


class CalledMemo:
    """Makes `Called` of calls, once for as long as tool and arguments stay the same.

    Each poll brings all calls anew, and their arguments may be megabytes.
    """

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def of(self, call: ToolCall) -> Called:
        """What the wire has of a call, by its newest state."""
        known = self._known.get(call.call_id)
        if known is not None and known.call is call:
            return known.called
        mark = _mark(call)
        if known is None or mark is None or known.mark != mark:
            called = _called(call, known)
        else:
            called = known.called
        self._known[call.call_id] = _Known(call, mark, called)
        return called


def _called(call: ToolCall, known: _Known | None) -> Called:
    text = canonical(call.args)
    digest = digest_of_json(call.call_id, call.tool_name, text)
    if known is not None and known.called.digest == digest:
        return known.called
    if not is_read_exactly(text):
        return Called(plain_args(call.args), text, digest)
    # Python takes 1 for True: whoever compares traits must see that this is another call.
    looks_the_same = known is not None and known.call.args == call.args
    return Called(call.args, text if looks_the_same else None, digest)


def _mark(call: ToolCall) -> bytes | None:
    """Much quicker than the digest, and as strict; None where half a character can't be encoded."""
    try:
        return msgspec.json.encode((call.tool_name, call.args))
    except UnicodeEncodeError:
        return None
