"""What a record says of each step, before it is HTML or Markdown. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sigmic_jupyter.widget.record.calls import exact_args, hint
from sigmic_jupyter.widget.record.facts import is_final
from sigmic_jupyter.widget.record.limits import TURNS
from sigmic_jupyter.widget.record.text import first_line, grouped, name
from sigmic_jupyter.widget.record.times import between, date_time, duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Step", "Turn", "earlier_turns", "newest_question", "steps", "summary"]

CALL_RESULTS = {"success": "success", "error": "failed", "cancelled": "cancelled"}
OPEN_CALL_RESULTS = {"pending": "pending", "executing": "running", "awaiting_approval": "waiting"}

ROLES = {"user": "You", "assistant": "The agent"}


class Step(NamedTuple):
    """A thought, or a tool call: the latter has arguments."""

    title: str
    hint: str
    result: str
    took: str
    description: str
    args: dict[str, Any] | None
    output: str


class Turn(NamedTuple):
    """A message of the conversation: whose, when, and its Markdown."""

    who: str
    at: str
    content: str


def newest_question(traits: Mapping[str, Any]) -> Turn | None:
    """The message that the answer is to; None where that is the one in the record's head."""
    at = _newest(traits)
    if at < 1 or traits["conversation"][at]["content"] == traits.get("message"):
        return None
    return _turn(traits["conversation"][at])


def earlier_turns(traits: Mapping[str, Any]) -> list[Turn]:
    """The messages of the conversation that the record does not show otherwise, the newest ones."""
    newest = _newest(traits)
    turns = [
        _turn(turn)
        for at, turn in enumerate(traits.get("conversation") or ())
        if turn["content"] and at != newest and (at > 0 or turn["content"] != traits.get("message"))
    ]
    return turns[-TURNS:]


def _newest(traits: Mapping[str, Any]) -> int:
    """Which message the agent is at, or was at last."""
    asked = [
        at
        for at, turn in enumerate(traits.get("conversation") or ())
        if turn["role"] == "user" and not turn.get("waits")
    ]
    return asked[-1] if asked else -1


def _turn(turn: Mapping[str, Any]) -> Turn:
    said = [ROLES.get(turn["role"]) or name(turn["role"]), *map(name, turn.get("files") or ())]
    who = said[0] + (f", with {', '.join(said[1:])}" if said[1:] else "")
    waits = " (not taken up)" if turn.get("waits") else ""
    return Turn(who + waits, _at(turn.get("created_at")), turn["content"])


def steps(traits: Mapping[str, Any]) -> list[Step]:
    """Thoughts and tool calls in the order in which they came."""
    calls = {call["call_id"]: call for call in traits.get("tool_calls") or ()}
    decisions = {decision["call_id"]: decision for decision in traits.get("decisions") or ()}
    rows = traits.get("timeline") or ()
    listed = {row.get("call_id") for row in rows}
    # A call that has no row yet is not to be missing from the record.
    rows = [*rows, *({"kind": "tool_call", "call_id": id_} for id_ in calls if id_ not in listed)]
    return [
        _thought(row)
        if row["kind"] == "thought"
        else _call(row, calls[row["call_id"]], decisions.get(row["call_id"]), is_final(traits))
        for row in rows
        if row["kind"] == "thought" or row["call_id"] in calls
    ]


def summary(listed: Iterable[Step]) -> str:
    """`2 thoughts, 4 tool calls`."""
    kinds = [step.args is None for step in listed]
    counted = (
        (kinds.count(True), "thought", "thoughts"),
        (kinds.count(False), "tool call", "tool calls"),
    )
    return ", ".join(grouped(*kind) for kind in counted if kind[0])


def _thought(row: Mapping[str, Any]) -> Step:
    return Step(
        title=first_line(row.get("subject") or "") or "Thought",
        hint="",
        result="thought",
        took=_took(row.get("first_seen_at"), row.get("settled_at")),
        description=row.get("description") or "",
        args=None,
        output="",
    )


def _call(
    row: Mapping[str, Any],
    call: Mapping[str, Any],
    decision: Mapping[str, Any] | None,
    final: bool,  # noqa: FBT001 - of the task
) -> Step:
    # Waiting for a person is no work.
    args = exact_args(call)
    begun = row.get("resumed_at") if row.get("waiting_at") else row.get("first_seen_at")
    return Step(
        title=name(call["tool_name"]),
        hint=hint(args),
        result=_result(call["status"], decision, final=final),
        took="" if call["status"] == "cancelled" else _took(begun, row.get("settled_at")),
        description=call.get("description") or "",
        args=args,
        output=call.get("output") or "",
    )


def _result(status: str, decision: Mapping[str, Any] | None, *, final: bool) -> str:
    if status == "cancelled" and decision is not None and decision["outcome"] == "cancel":
        return "cancelled" if decision["by"]["kind"] == "stop" else "rejected"
    if status in OPEN_CALL_RESULTS:
        return "not finished" if final else OPEN_CALL_RESULTS[status]
    return CALL_RESULTS.get(status) or name(status)


def _took(start: Any, end: Any) -> str:
    # Both times in one look at the task: how long it took was not seen.
    seconds = between(start, end)
    return duration(seconds) if seconds else ""


def _at(value: Any) -> str:
    at = date_time(value)
    return f"{at} UTC" if at else ""
