"""What a record says of each decision, before it is HTML or Markdown. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sigmic_jupyter.widget.digest import canonical
from sigmic_jupyter.widget.record.calls import exact_args, hint
from sigmic_jupyter.widget.record.facts import Mark
from sigmic_jupyter.widget.record.text import first_line, name
from sigmic_jupyter.widget.record.times import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Verdict", "verdicts"]

WAITS = Mark("!", "waiting", "Waits for approval")
WITH_THE_TASK = {
    "stop": Mark("\N{EN DASH}", "quiet", "Cancelled with the task"),
    "expired": Mark("\N{EN DASH}", "quiet", "Expired with the task"),
}
UNCONFIRMED = "not confirmed"
DECIDERS = {"person": "you", "policy": "policy", "stop": "stopped", "expired": "nobody"}
REASONS = {
    "sent": "Reason, sent to the agent",
    "failed": "Reason, sending failed",
    "dropped": "Reason, not sent since the task was stopped",
}
NOT_SENT_YET = "Reason, not sent yet"
NOTE_LIMIT = 600


class Verdict(NamedTuple):
    """What was decided on a call, and who decided.

    `policy` names the policy where `by` is one. `args` is None where the steps show the same ones.
    `reason` is the person's own words, and `told` says what became of them.
    """

    mark: Mark
    tool: str
    hint: str
    by: str
    policy: str
    at: str
    note: str
    args: dict[str, Any] | None
    told: str
    reason: str


def verdicts(traits: Mapping[str, Any]) -> list[Verdict]:
    """Calls that wait, then what was decided, the newest first."""
    shown = {call["call_id"]: exact_args(call) for call in traits.get("tool_calls") or ()}
    decided = traits.get("decisions") or ()
    # A decision that failed leaves its call waiting: one row tells of both.
    mine = {decision["call_id"] for decision in decided}
    waiting = [
        _verdict(WAITS, call, at=call.get("waiting_at"), shown=shown, note=call.get("policy_error"))
        for call in traits.get("pending_approvals") or ()
        if call["call_id"] not in mine
    ]
    return waiting + [_decision(decision, shown) for decision in reversed(decided)]


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
        by=DECIDERS.get(by["kind"], "elsewhere"),
        policy=policy,
        note=problem or ("" if confirmed else UNCONFIRMED),
        reason=decision.get("reason"),
    )


def _outcome(decision: Mapping[str, Any]) -> Mark:
    outcome, kind = decision["outcome"], decision["by"]["kind"]
    if decision["state"] == "failed":
        what = "Rejection" if outcome == "cancel" else "Approval"
        return Mark("!", "bad", f"{what} not delivered")
    if kind in WITH_THE_TASK:
        return WITH_THE_TASK[kind]
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
    reason: Mapping[str, Any] | None = None,
) -> Verdict:
    args = exact_args(call)
    return Verdict(
        mark=mark,
        tool=name(call["tool_name"]),
        hint=hint(args),
        by=by,
        policy=policy,
        at=clock(at),
        note=first_line(note or "", NOTE_LIMIT),
        args=None if _is_same(shown.get(call["call_id"]), args) else args,
        told=_told(reason) if reason else "",
        reason=reason["text"] if reason else "",
    )


def _is_same(one: dict[str, Any] | None, other: dict[str, Any]) -> bool:
    # Python takes 1 for True.
    return one == other and canonical(one) == canonical(other)


def _told(reason: Mapping[str, Any]) -> str:
    problem = (reason.get("error") or {}).get("message") or ""
    state = REASONS.get(reason["state"], NOT_SENT_YET)
    return f"{state} ({first_line(problem, NOTE_LIMIT)})" if problem else state
