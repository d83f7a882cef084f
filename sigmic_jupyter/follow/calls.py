"""The tool calls of a task, as GET tells them and the stream goes on. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sigmic_jupyter.follow.timeline import known_calls
from sigmic_jupyter.service.models import SETTLED_CALL_STATUSES, Approval, CallStatus

if TYPE_CHECKING:
    from sigmic_jupyter.service.events import ToolResultEvent
    from sigmic_jupyter.service.models import Task, ToolCall

__all__ = ["Calls"]

# A call's status only goes on. One that is not known is somewhere on the way.
_RANKS: dict[str, int] = {
    CallStatus.PENDING: 0,
    CallStatus.AWAITING_APPROVAL: 1,
    **dict.fromkeys(SETTLED_CALL_STATUSES, 3),
}
_UNDER_WAY = 2


class _Heard(NamedTuple):
    """What the stream told of a call, and its number among all events."""

    call: ToolCall
    number: int


class Calls:
    """The newest state of each call. What a person is to decide on is only what GET has told.

    The stream tells less of a call than GET, not the agent's words about it, and a person must see
    all of it. So a call that begins to wait is shown as pending until GET has it.
    """

    def __init__(self) -> None:
        self._told: dict[str, ToolCall] = {}
        self._heard: dict[str, _Heard] = {}
        self._shown: dict[str, ToolCall] = {}
        self._waited: set[str] = set()  # by GET's word, now or before
        self._unconfirmed: set[str] = set()
        self._all: tuple[ToolCall, ...] | None = ()

    @property
    def all(self) -> tuple[ToolCall, ...]:
        """All calls, the same object as long as nothing is new."""
        if self._all is None:
            self._all = tuple(self._shown.values())
        return self._all

    @property
    def waiting(self) -> tuple[Approval, ...]:
        """The calls that wait for a decision."""
        if not self._waited:
            return ()
        return tuple(
            Approval(call.call_id, call.tool_name, call.args) for call in self.all if _waits(call)
        )

    @property
    def open(self) -> int:
        """About how many calls GET is to be asked."""
        return len(self._unconfirmed)

    def hear(self, call: ToolCall, number: int) -> bool:
        """Take what the stream tells of a call.

        Args:
            call: The call, as far as it is told.
            number: The event's, counted up.

        Returns:
            Whether something is new.
        """
        before = self._heard.get(call.call_id)
        if before is not None:
            if _rank(call) < _rank(before.call):
                return False  # told once more, by a connection that catches up
            call = _updated(before.call, call)
        self._heard[call.call_id] = _Heard(call, number)
        return self._show(call.call_id, asked_at=0)

    def hear_result(self, event: ToolResultEvent, number: int) -> bool:
        """Take what a call gave; of one that is not known GET will tell."""
        known = self._shown.get(event.call_id)
        if known is None:
            self._unconfirmed.add(event.call_id)
            return False
        result = msgspec.structs.replace(
            known, args={}, status=event.status, output=event.output, description=None
        )
        return self.hear(result, number)

    def take(self, task: Task, asked_at: int, *, exact: bool) -> bool:
        """Take GET's word.

        Args:
            task: The answer.
            asked_at: The number of the last event that was heard before it was asked for.
            exact: Whether the answer tells all there is.

        Returns:
            Whether the stream had told nothing else.
        """
        before, self._told = self._shown, {call.call_id: call for call in known_calls(task)}
        self._waited |= {call.call_id for call in self._told.values() if _waits(call)}
        agrees = all(map(self._agrees, self._heard))
        if exact:
            self._heard = {}
        self._unconfirmed.clear()
        self._shown, self._all = {}, None
        for call_id in {**self._told, **before}:
            self._forget(call_id, asked_at)
            self._show(call_id, asked_at)
        return agrees

    def _agrees(self, call_id: str) -> bool:
        """Whether GET has the same end of a call as the stream, as far as that told it."""
        heard, told = self._heard[call_id].call, self._told.get(call_id)
        if told is None or not (_ended(told) and _ended(heard)):
            return True
        return _updated(told, heard) == told

    def _forget(self, call_id: str, asked_at: int) -> None:
        """What GET told after it, and told to its end, counts no more."""
        heard, told = self._heard.get(call_id), self._told.get(call_id)
        if heard is None or heard.number > asked_at:
            return
        if (told is None and call_id in self._waited) or (told is not None and _ended(told)):
            del self._heard[call_id]

    def _show(self, call_id: str, asked_at: int) -> bool:
        heard, told = self._heard.get(call_id), self._told.get(call_id)
        self._unconfirmed.discard(call_id)
        shown = told
        if heard is not None and (told is None or _is_newer(heard, told, asked_at)):
            shown = heard.call if told is None else _updated(told, heard.call)
            if _waits(shown) and shown != told:
                self._unconfirmed.add(call_id)
                if call_id not in self._waited:
                    shown = msgspec.structs.replace(shown, status=CallStatus.PENDING.value)
        if shown is None or self._shown.get(call_id) == shown:
            return False
        self._shown[call_id], self._all = shown, None
        return True


def _is_newer(heard: _Heard, told: ToolCall, asked_at: int) -> bool:
    ahead = _rank(heard.call) - _rank(told)
    return ahead > 0 or (ahead == 0 and heard.number > asked_at)


def _updated(call: ToolCall, newer: ToolCall) -> ToolCall:
    """A call with what is new of it: what is left out stays."""
    return msgspec.structs.replace(
        call,
        status=newer.status,
        args=newer.args or call.args,
        output=call.output if newer.output is None else newer.output,
        description=newer.description or call.description,
    )


def _waits(call: ToolCall) -> bool:
    return call.status == CallStatus.AWAITING_APPROVAL


def _ended(call: ToolCall) -> bool:
    return call.status in SETTLED_CALL_STATUSES


def _rank(call: ToolCall) -> int:
    return _RANKS.get(call.status, _UNDER_WAY)
