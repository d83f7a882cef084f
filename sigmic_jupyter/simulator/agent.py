"""The scripted agent: what a script can do, and what a person decides about it."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

from sigmic_jupyter.simulator.clock import Pace
from sigmic_jupyter.simulator.errors import not_found
from sigmic_jupyter.simulator.facts import (
    NOT_RUN_OUTPUT,
    NOT_WAITING_MESSAGE,
    PROCEED_ALWAYS,
    REJECT,
)
from sigmic_jupyter.simulator.journal import Journal
from sigmic_jupyter.simulator.records import Thought, ToolCall, Turn
from sigmic_jupyter.simulator.tools import Toolbox, ToolError

__all__ = ["Agent", "ScriptFailedError"]

_THOUGHT_S = 1.2
_TOOL_S = 0.9
_CHUNK_S = 0.1
_CHUNK_CHARACTERS = 40


class ScriptFailedError(Exception):
    """The script ends as a failed task; the message becomes the task's `error`."""


class Agent:
    """Plays scripts for one session: the same interface for all of them.

    Attributes:
        environment: what it could give away: the task's `env` and `secrets`, and the API key.
    """

    def __init__(
        self, journal: Journal, toolbox: Toolbox, pace: Pace, environment: Mapping[str, str]
    ) -> None:
        self.environment = environment
        self._journal = journal
        self._toolbox = toolbox
        self._pace = pace
        self._always_allowed: set[str] = set()
        self._decided: dict[str, asyncio.Event] = {}

    @property
    def turn(self) -> Turn:
        """The message that is being answered, and the answer so far."""
        return self._journal.turn

    @property
    def earlier_turns(self) -> list[Turn]:
        """What was said before in this session."""
        return self._journal.task.turns[:-1]

    async def think(self, subject: str, description: str) -> None:
        """Have a thought."""
        await self._pace.pause(_THOUGHT_S)
        self._journal.think(Thought(subject, description))

    async def say(self, text: str, *, chunk: int = _CHUNK_CHARACTERS) -> None:
        """Add `text` to the answer, `chunk` characters at a time."""
        pieces = list(_pieces(text, chunk))
        for number, piece in enumerate(pieces, start=1):
            await self._pace.pause(_CHUNK_S)
            self._journal.say(piece, is_partial=number < len(pieces))

    async def call(
        self,
        tool_name: str,
        *,
        why: str | None = None,
        patience_s: float | None = None,
        **args: Any,
    ) -> ToolCall:
        """Call a tool, once it may run.

        Args:
            tool_name: one of the `Toolbox`; another is an error when it runs.
            why: the agent's own words about the call.
            patience_s: how long it waits for a person, in seconds at speed 1; None: for ever.
            args: the tool's arguments, exactly as they are shown and run.

        Returns:
            The settled call: succeeded, failed with its output saying why, or rejected.

        Raises:
            TimeoutError: nobody decided in time; the call waits on, though in vain.
        """
        call = ToolCall(
            call_id=f"call_{len(self._journal.task.calls) + 1:03}",
            tool_name=tool_name,
            args=args,
            status="executing" if self._may_run(tool_name) else "awaiting_approval",
            description=why,
        )
        self._journal.open_call(call)
        if call.waits:
            await self._decision(call, patience_s)
        if call.is_open:
            await self._pace.pause(_TOOL_S)
            await self._run(call)
        return call

    def decide(self, call_id: str, outcome: str) -> bool:
        """Settle what a person decided about a waiting call.

        `proceed_always` holds for later calls of the same tool; a call that waits already keeps
        waiting for its own decision (assumed).

        Returns:
            Whether the call may run.

        Raises:
            ApiError: no such call waits.
        """
        call = self._waiting(call_id)
        if outcome == REJECT:
            self._journal.settle(call, "cancelled", NOT_RUN_OUTPUT)
        else:
            self._journal.execute(call)
        if outcome == PROCEED_ALWAYS:
            self._always_allowed.add(call.tool_name)
        self._decided[call_id].set()
        return call.is_open

    def change(self, call_id: str, args: Mapping[str, Any] | None, tool_name: str | None) -> None:
        """Let a waiting call ask for something else than before; None leaves it as it is.

        Raises:
            ApiError: no such call waits.
        """
        call = self._waiting(call_id)
        self._journal.change(
            call,
            tool_name=call.tool_name if tool_name is None else tool_name,
            args=call.args if args is None else args,
        )

    def _waiting(self, call_id: str) -> ToolCall:
        for call in self._journal.task.calls:
            if call.call_id == call_id and call.waits and call_id in self._decided:
                return call
        raise not_found(NOT_WAITING_MESSAGE)

    def _may_run(self, tool_name: str) -> bool:
        return self._journal.task.request.auto_execute or tool_name in self._always_allowed

    async def _decision(self, call: ToolCall, patience_s: float | None) -> None:
        decided = self._decided[call.call_id] = asyncio.Event()
        limit_s = None if patience_s is None else self._pace.seconds(patience_s)
        try:
            async with asyncio.timeout(limit_s):
                await decided.wait()
        finally:
            del self._decided[call.call_id]

    async def _run(self, call: ToolCall) -> None:
        try:
            output = await self._toolbox.run(call.tool_name, call.args)
        except ToolError as error:
            self._journal.settle(call, "error", str(error))
        else:
            self._journal.settle(call, "success", output)


def _pieces(text: str, size: int) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]
