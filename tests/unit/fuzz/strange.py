"""What a service might send: nearly right, or not at all. Strategies for hypothesis.

`make fuzz` tries 10,000 examples of each, other ones every time; the tests try the same 200.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sigmic_jupyter.service.models import CallStatus, TaskStatus

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["EVENTS", "answers", "chunks", "events", "fuzzed", "strange", "tasks"]

FEW = 200
MANY = os.environ.get("FUZZ")

fuzzed = settings(
    max_examples=int(MANY or FEW),
    derandomize=MANY is None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

EVENTS = (
    "history_message",
    "history_done",
    "status",
    "thought",
    "content",
    "tool_call",
    "tool_result",
    "subagent_start",
    "subagent_thought",
    "subagent_tool",
    "subagent_end",
    "error",
    "done",
)
TEXTS = st.text(max_size=12) | st.sampled_from(
    ["", "one", "one two", "one two three", "\ud83d", "\x00", "\u202e", "[]", "null", "t", "c1"]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(2**63), 2**53 + 1])
    | st.floats()
    | TEXTS
)
strange = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def mostly(right: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Right seven times of eight."""
    return st.one_of(*[right] * 7, strange)


def having(required: dict[str, Any], optional: dict[str, Any]) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {name: mostly(value) for name, value in required.items()},
        optional={name: mostly(value) for name, value in optional.items()} | {"surprise": strange},
    )


GROWN = st.sampled_from(["", "one", "one two", "one two three", "four"])
CALL_IDS = st.sampled_from(["c1", "c2", "c3"])
ARGS = st.dictionaries(TEXTS, strange, max_size=3) | st.just({"n": 1})
TIMES = st.sampled_from(["2026-01-26T15:50:54.870Z", "2026-01-26T15:50:55.870Z", "yesterday"])
THOUGHTS = having({}, {"subject": GROWN, "description": GROWN})
CALLS = having(
    {
        "callId": CALL_IDS,
        "toolName": TEXTS,
        "status": st.sampled_from([*map(str, CallStatus), "pondering"]),
    },
    {"args": ARGS, "output": GROWN, "description": TEXTS},
)
APPROVALS = having({"callId": CALL_IDS, "toolName": TEXTS}, {"args": ARGS})
OUTPUTS = having(
    {"content": GROWN},
    {
        "updatedAt": TIMES,
        "thoughts": st.lists(THOUGHTS, max_size=3),
        "toolCalls": st.lists(CALLS, max_size=4),
    },
)
tasks = having(
    {
        "id": st.just("t"),
        "status": st.sampled_from([*map(str, TaskStatus), "running", "running", "hibernating"]),
    },
    {
        "message": TEXTS,
        "error": TEXTS,
        "createdAt": TIMES,
        "completedAt": TIMES,
        "env": st.dictionaries(TEXTS, TEXTS, max_size=2),
        "output": OUTPUTS,
        "pendingApprovals": st.lists(APPROVALS, max_size=3),
    },
)
ENVELOPES = having({"success": st.just(value=True), "data": tasks}, {}) | having(
    {"success": st.just(value=False), "error": having({"message": TEXTS}, {"code": TEXTS})}, {}
)


def spoilt(text: str, how: int) -> bytes:
    """Cut off, doubled, in another encoding; mostly as it is."""
    body = text.encode("utf-8", "surrogatepass")
    return {0: body[: len(body) // 2], 1: body * 2, 2: text.encode("utf-16", "replace")}.get(
        how, body
    )


BODIES = st.builds(spoilt, ENVELOPES.map(json.dumps) | TEXTS, st.integers(0, 15)) | st.binary(
    max_size=20
)
answers = st.tuples(
    st.sampled_from([200] * 12 + [201, 302, 400, 409, 429, 500, 502, 503]),
    BODIES,
    st.dictionaries(
        st.sampled_from(["Retry-After", "Date", "Content-Type"]),
        st.sampled_from(["0", "-1", "1e999", "Mon, 26 Jan 2026 15:50:54 GMT", "99 Foo 0", "x"]),
        max_size=2,
    ),
)

EVENT_DATA = (
    having({"text": GROWN}, {"isPartial": st.booleans()})
    | CALLS
    | THOUGHTS
    | having({"callId": CALL_IDS, "status": st.sampled_from(list(CallStatus))}, {"output": GROWN})
    | having({"role": st.sampled_from(["user", "assistant"])}, {"content": GROWN})
    | having({"isStreaming": st.booleans()}, {"messageCount": st.integers()})
    | having({"status": st.sampled_from(["connecting", "processing", "retrying"])}, {})
    | having({"agentName": TEXTS}, {"text": GROWN, "status": TEXTS, "toolName": TEXTS})
    | having({"message": TEXTS}, {"code": TEXTS, "finalResponse": GROWN})
    | strange
)


def written(name: str, data: Any, wraps: int) -> str:
    body = {"type": name, "data": data} if wraps == 0 else data
    return f"event: {name}\ndata: {json.dumps(body)}\n\n"


events = st.builds(
    written, st.sampled_from([*EVENTS, *EVENTS, "surprise"]), EVENT_DATA, st.integers(0, 7)
) | st.sampled_from(
    [
        ":heartbeat\n\n",
        'event: history_done\ndata: {"messageCount": 1, "isStreaming": true}\n\n',
        'event: content\ndata: {"text": "one", "isPartial": true}\n\n',
        "data: {\r\rdata\r\n\n",
    ]
)
chunks = st.lists(
    events.map(lambda event: event.encode("utf-8", "surrogatepass")) | st.binary(max_size=9),
    max_size=12,
)
