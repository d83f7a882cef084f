"""What a record says of each step and each decision, before it is HTML or Markdown. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sigmic_jupyter.widget.record.facts import Mark, is_final
from sigmic_jupyter.widget.record.limits import TURNS
from sigmic_jupyter.widget.record.text import first_line, grouped, name, value
from sigmic_jupyter.widget.record.times import between, clock, date_time, duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Step", "Turn", "Verdict", "earlier_turns", "steps", "summary", "verdicts"]

CALL_RESULTS = {"success": "success", "error": "failed", "cancelled": "cancelled"}
OPEN_CALL_RESULTS = {"pending": "pending", "executing": "running", "awaiting_approval": "waiting"}

ROLES = {"user": "You", "assistant": "The agent"}
WAITS = Mark("!", "waiting", "Waits for approval")
UNCONFIRMED = "not confirmed"


class Step(NamedTuple):
    """A thought, or a tool call: the latter has arguments."""

    title: str
    hint: str
    result: str
    took: str
    description: str
    args: dict[str, Any] | None
    output: str


class Verdict(NamedTuple):
    """What was decided on a call, and who decided.

    `policy` names the policy where `by` is one. `args` is None where the steps show the same ones.
    """

    mark: Mark
    tool: str
    hint: str
    by: str
    policy: str
    at: str
    note: str
    args: dict[str, Any] | None


class Turn(NamedTuple):
    """A message of the conversation: whose, when, and its Markdown."""

    who: str
    at: str
    content: str


def earlier_turns(traits: Mapping[str, Any]) -> list[Turn]:
    """The messages of the conversation that the record does not show otherwise, the newest ones."""
    shown = {traits.get("message"), traits.get("content"), ""}
    turns = [
        Turn(
            ROLES.get(turn["role"]) or name(turn["role"]),
            _at(turn.get("created_at")),
            turn["content"],
        )
        for turn in traits.get("conversation") or ()
        if turn["content"] not in shown
    ]
    return turns[-TURNS:]


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


def verdicts(traits: Mapping[str, Any]) -> list[Verdict]:
    """Calls that wait, then what was decided, the newest first."""
    shown = {call["call_id"]: call["args"] for call in traits.get("tool_calls") or ()}
    decided = traits.get("decisions") or ()
    # A decision that failed leaves its call waiting: one row tells of both.
    mine = {decision["call_id"] for decision in decided}
    waiting = [
        _verdict(WAITS, call, at=call.get("waiting_at"), shown=shown, note=call.get("policy_error"))
        for call in traits.get("pending_approvals") or ()
        if call["call_id"] not in mine
    ]
    return waiting + [_decision(decision, shown) for decision in reversed(decided)]


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
    begun = row.get("resumed_at") if row.get("waiting_at") else row.get("first_seen_at")
    return Step(
        title=name(call["tool_name"]),
        hint=_hint(call["args"]),
        result=_result(call["status"], decision, final=final),
        took="" if call["status"] == "cancelled" else _took(begun, row.get("settled_at")),
        description=call.get("description") or "",
        args=call["args"],
        output=call.get("output") or "",
    )


def _result(status: str, decision: Mapping[str, Any] | None, *, final: bool) -> str:
    if status == "cancelled" and decision is not None and decision["outcome"] == "cancel":
        return "cancelled" if decision["by"]["kind"] == "stop" else "rejected"
    if status in OPEN_CALL_RESULTS:
        return "not finished" if final else OPEN_CALL_RESULTS[status]
    return CALL_RESULTS.get(status) or name(status)


def _decision(decision: Mapping[str, Any], shown: Mapping[str, Any]) -> Verdict:
    by = decision["by"]
    policy = name(by.get("name") or "") if by["kind"] == "policy" else ""
    problem = (decision.get("error") or {}).get("message") or ""
    confirmed = decision["state"] == "confirmed"
    return _verdict(
        _outcome(decision),
        decision,
        at=decision.get("confirmed_at") or decision.get("decided_at"),
        shown=shown,
        by={"person": "you", "policy": "policy", "stop": "stopped"}.get(by["kind"], "elsewhere"),
        policy=policy,
        note=problem or ("" if confirmed else UNCONFIRMED),
    )


def _outcome(decision: Mapping[str, Any]) -> Mark:
    outcome, kind = decision["outcome"], decision["by"]["kind"]
    if decision["state"] == "failed":
        what = "Rejection" if outcome == "cancel" else "Approval"
        return Mark("!", "bad", f"{what} not delivered")
    if kind == "stop":
        return Mark("\N{EN DASH}", "quiet", "Cancelled with the task")
    if outcome is None:
        return Mark("!", "quiet", "Already decided")
    if outcome == "cancel":
        return Mark("✕", "bad", "Rejected")
    if outcome == "proceed_always":
        return Mark("✓", "good", "Approved for this session")
    return Mark("✓", "good", "Approved" if kind == "policy" else "Approved once")


def _verdict(
    mark: Mark,
    call: Mapping[str, Any],
    *,
    at: Any,
    shown: Mapping[str, Any],
    by: str = "",
    policy: str = "",
    note: Any = "",
) -> Verdict:
    args = call["args"]
    return Verdict(
        mark=mark,
        tool=name(call["tool_name"]),
        hint=_hint(args),
        by=by,
        policy=policy,
        at=clock(at),
        note=first_line(note or "", 600),
        args=None if shown.get(call["call_id"]) == args else args,
    )


def _hint(args: Mapping[str, Any]) -> str:
    """What tells calls of the same tool apart: the first argument that is text."""
    texts = (value(argument) for argument in args.values() if isinstance(argument, str))
    return next((line for text in texts if (line := first_line(text))), "")


def _took(start: Any, end: Any) -> str:
    # Both times in one look at the task: how long it took was not seen.
    seconds = between(start, end)
    return duration(seconds) if seconds else ""


def _at(value: Any) -> str:
    at = date_time(value)
    return f"{at} UTC" if at else ""
