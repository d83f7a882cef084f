"""Tasks in which every place for text holds the same hostile one.

`TEXT`, `ARGS` and `ARGS_JSON` stand for a case's text and arguments.
"""

from __future__ import annotations

from typing import Any

TEXT = "%text%"
ARGS = "%args%"
ARGS_JSON = "%args_json%"

Json = dict[str, Any]

WHOLE = {"args": ARGS, "args_json": ARGS_JSON}
# The arguments are what takes time, and one call has them all.
SHORT = {"args": {"command": TEXT}, "args_json": None}
CHANGED: Json = {"args": {"command": f"{TEXT}2", "why": TEXT}, "args_json": None}
NONE: Json = {"args": {}, "args_json": None}
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
POLICY = {"kind": "policy", "name": TEXT}
PERSON = {"kind": "person"}


def at(second: int) -> str:
    """A time of the task, which began at second 0."""
    return f"2026-01-26T15:51:{second:02d}.000Z"


def problem(kind: str) -> Json:
    return {"kind": kind, "message": TEXT, "hint": TEXT, "http_status": None, "code": TEXT}


def call(call_id: str, status: str, output: str | None, args: Json = SHORT) -> Json:
    named = {"call_id": call_id, "tool_name": TEXT, "status": status, **args}
    return {**named, "output": output, "description": TEXT}


def pending(call_id: str, args: Json = SHORT) -> Json:
    named = {"call_id": call_id, "tool_name": TEXT, **args, "description": TEXT}
    return {**named, "waiting_at": at(9), "policy_error": TEXT}


def decision(  # noqa: PLR0917 - as the trait's fields stand
    call_id: str,
    outcome: str | None,
    by: Json,
    state: str = "confirmed",
    reason: str | None = None,
    args: Json = SHORT,
) -> Json:
    error = problem("server")
    return {
        "call_id": call_id,
        "tool_name": TEXT,
        **args,
        "outcome": outcome,
        "by": by,
        "state": state,
        "decided_at": at(20),
        "confirmed_at": at(22),
        "error": error if state == "failed" else None,
        "reason": reason and {"text": TEXT, "state": reason, "error": error},
    }


def row(call_id: str) -> Json:
    seen = {"first_seen_at": at(5), "settled_at": at(24)}
    waited = {"waiting_at": at(9), "resumed_at": at(21)}
    return {"id": f"call-{call_id}", "kind": "tool_call", "call_id": call_id, **seen, **waited}


def message(role: str, *, rows: list[str] | None = None, waits: bool = False) -> Json:
    said = {"role": role, "content": TEXT, "created_at": at(0), "files": [TEXT, TEXT]}
    return {**said, "rows": rows, "waits": waits}


def thought(name: str = TEXT) -> Json:
    seen = {"first_seen_at": at(2), "settled_at": at(4)}
    return {"id": name, "kind": "thought", **seen, "subject": TEXT, "description": TEXT}


def file(folder: str) -> Json:
    told = {"mime_type": TEXT, "category": TEXT, "modified_at": TEXT}
    # In our own words.
    made = {"about": "Text, 1 byte", "view": "text"}
    return {"name": TEXT, "path": f"{folder}{TEXT}", "size": 1, **told, **made}


def connection(state: str, reason: str | None = None, time: str = at(1)) -> Json:
    why = problem(reason) if reason else None
    return {"state": state, "since": time, "next_try_at": time, "reason": why}


def scene(
    *,
    refusal: str = "server",
    replies: Json | None = None,
    later: Json | None = None,
    **changed: Any,
) -> Json:
    """Traits, what becomes of them `later`, and how the kernel answers: else with a refusal."""
    traits = {
        "task_id": TEXT,
        "status": "running",
        "message": TEXT,
        "content": TEXT,
        "timeline": [],
        "tool_calls": [],
        "pending_approvals": [],
        "decisions": [],
        "conversation": [],
        "artifacts": [],
        "artifacts_error": None,
        "error": None,
        "connection": connection("live"),
        "created_at": at(0),
        "started_at": at(1),
        "completed_at": None,
        "updated_at": at(59),
    }
    answers = {"replies": replies or {}, "refusal": problem(refusal)}
    return {"traits": traits | changed, "later": later or {}, **answers}


SCENES: dict[str, Json] = {
    "waiting": scene(
        status="awaiting_approval",
        artifacts=[file("downloads/")],
        replies={
            "preview": {"kind": "image", "media_type": "image/png", "base64": PNG, "note": TEXT}
        },
        timeline=[thought("first"), row(TEXT), row("failed"), row("running"), thought("last")],
        tool_calls=[
            call(TEXT, "awaiting_approval", None, WHOLE),
            call("failed", "error", TEXT),
            call("running", "executing", TEXT),
        ],
        pending_approvals=[
            pending(TEXT, WHOLE),
            pending("second step", NONE),
            pending("undelivered"),
            pending("by policy"),
        ],
        decisions=[
            decision("undelivered", "proceed_always", PERSON, "failed", reason="waiting"),
            decision("by policy", "proceed_once", POLICY, "sent"),
        ],
    ),
    "failed": scene(
        status="failed",
        completed_at=at(50),
        error=problem("task_failed"),
        connection=connection("ended"),
        timeline=[thought(), row(TEXT), row("stopped"), row("odd")],
        tool_calls=[
            call(TEXT, "success", TEXT, WHOLE),
            call("stopped", "cancelled", None),
            call("odd", TEXT, TEXT),
        ],
        decisions=[
            decision(TEXT, "proceed_once", POLICY, reason="sent", args=WHOLE),
            decision("stopped", "cancel", PERSON, reason="failed"),
            decision("odd", "cancel", PERSON, "failed", reason="dropped"),
            decision("elsewhere", None, {"kind": "elsewhere"}),
            decision("with the task", "cancel", {"kind": "stop"}),
            decision("late", None, {"kind": "expired"}),
        ],
        conversation=[
            message("user", rows=[]),
            message(TEXT),
            message("user"),
            message("user", waits=True),
        ],
        artifacts=[file(""), file("uploads/")],
        artifacts_error=TEXT,
        replies={
            "preview": {
                "kind": "table",
                "head": [TEXT, TEXT],
                "rows": [[TEXT, TEXT], [TEXT, ""]],
                "numbers": [False, True],
                "note": TEXT,
            },
            "details": {
                "session_id": TEXT,
                "conversation_id": TEXT,
                "username": TEXT,
                "system_prompt": TEXT,
                "auto_execute": True,
                "show_in_history": False,
                "env": [TEXT, TEXT],
                "secrets": [TEXT, TEXT],
            },
        },
    ),
    "offline": scene(
        status="awaiting_approval",
        content="",
        pending_approvals=[pending("refused", NONE)],
        artifacts=[file("downloads/")],
        connection=connection("retrying", "connection"),
        refusal="changed",
    ),
    "odd": scene(
        status=TEXT,
        content="",
        error=problem("authentication"),
        pending_approvals=[pending("changing")],
        artifacts=[file("downloads/")],
        replies={"preview": {"kind": "text", "text": TEXT, "note": TEXT}},
        later={"pending_approvals": [pending("changing", CHANGED) | {"tool_name": f"{TEXT}2"}]},
        timeline=[thought(), {**row(TEXT), "first_seen_at": TEXT, "waiting_at": TEXT}],
        tool_calls=[call(TEXT, TEXT, TEXT)],
        decisions=[decision(TEXT, TEXT, {"kind": TEXT, "name": TEXT}, TEXT, reason=TEXT)],
        connection=connection(TEXT, TEXT, TEXT),
        **dict.fromkeys(("created_at", "started_at", "completed_at", "updated_at"), TEXT),
    ),
}


def filled(value: Any, text: str, args: Any, args_json: str | None) -> Any:
    """A scene with a case's text in each place for it."""
    if value in (ARGS, ARGS_JSON):
        return args if value == ARGS else args_json
    if isinstance(value, str):
        return value.replace(TEXT, text)
    if isinstance(value, list):
        return [filled(item, text, args, args_json) for item in value]
    if isinstance(value, dict):
        return {name: filled(item, text, args, args_json) for name, item in value.items()}
    return value
