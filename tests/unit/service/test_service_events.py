import json
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sigmic_jupyter.service import Thought, ToolCall, events
from sigmic_jupyter.service.events import EventDecoder, UnknownEvent
from sigmic_jupyter.service.mask import Mask
from sigmic_jupyter.service.sse import Comment, Decoder, Message


def decode(text):
    return EventDecoder(Mask()).feed(text.encode())


def test_contract_stream(contract):
    """Every documented event is typed, a tool call bare and wrapped."""
    assert decode(contract("stream.txt")) == [
        events.HistoryMessageEvent(
            "user",
            "Summarise sales.csv by region",
            "msg-1",
            "2026-01-26T15:50:54.870Z",
            (events.AttachedFile("sales.csv", "uploads/sales.csv"),),
        ),
        events.HistoryMessageEvent(
            "assistant",
            "North leads.",
            "msg-2",
            "2026-01-26T15:50:59.998Z",
            thoughts=(Thought("Looking at the file", "Reading its columns"),),
            tool_calls=(ToolCall("call_001", "read_file", "success"),),
        ),
        events.HistoryDoneEvent(is_streaming=True, message_count=2),
        events.HeartbeatEvent(),
        events.StatusEvent("processing"),
        events.ThoughtEvent(Thought("Comparing", "Against the quarter before")),
        events.ContentEvent("Compared with the quarter before, ", is_partial=True),
        events.ToolCallEvent(
            ToolCall("call_456", "write_file", "executing", {"path": "by_region.csv"})
        ),
        events.ToolCallEvent(
            ToolCall("call_457", "list_directory", "awaiting_approval", {"path": "/workspace"})
        ),
        events.ToolResultEvent("call_456", "success", "File written"),
        events.SubagentStartEvent(
            "code-writer", "Code Writer", "Writes and edits code files", "Draw a chart"
        ),
        events.SubagentThoughtEvent("code-writer", "Bars suit this"),
        events.SubagentToolEvent("code-writer", "end", "write_file", "Chart saved"),
        events.SubagentEndEvent("code-writer", "GOAL", "Drew the chart"),
        events.ContentEvent("west fell.", is_partial=False),
        events.DoneEvent("Compared with the quarter before, west fell."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('event: error\ndata: {"message":"x"}\n\n', events.ErrorEvent("x")),
        ('event: plan\ndata: {"a":1}\n\n', UnknownEvent("plan", {"a": 1})),
        ('event: thought\ndata: {"a"\n\n', UnknownEvent("thought", '{"a"')),
        ("event: thought\ndata: [1]\n\n", UnknownEvent("thought", [1])),
        ('event: tool_call\ndata: {"callId":1}\n\n', UnknownEvent("tool_call", {"callId": 1})),
        ('data: {"a":1}\n\n', UnknownEvent("message", {"a": 1})),
        (
            'event: content\ndata: {"type":"content","data":{"text":"x"}}\n\n',
            events.ContentEvent("x"),
        ),
        (
            'event: tool_result\ndata: {"callId":"c","status":"error","output":{"a":null}}\n\n',
            events.ToolResultEvent("c", "error", '{"a":null}'),
        ),
        ("event: done\ndata: {}\n\n", events.DoneEvent()),
        (":heartbeat\n", events.HeartbeatEvent()),
    ],
)
def test_one_event(text, expected):
    """An event that is unknown or broken survives as it came, and the stream with it."""
    later = "event: thought\ndata: {}\n\n"

    assert decode(text + later) == [expected, events.ThoughtEvent(Thought())]


def told(*events_sent):
    """What is told of events while "hunter2-troutman" is a secret."""
    mask = Mask()
    mask.add_secrets({"A": "hunter2-troutman"})
    decoder = EventDecoder(mask)
    text = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events_sent)
    return [*decoder.feed(text.encode()), *decoder.flush()]


def content(text, **more):
    return "content", {"text": text, **more}


def thinks(name, text):
    return "subagent_thought", {"agentName": name, "text": text}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (
            [content("is hunt"), content("er2-trout", isPartial=False), content("man.")],
            [
                events.ContentEvent("is "),
                events.ContentEvent("", is_partial=False),
                events.ContentEvent("[secret A]."),
            ],
        ),
        (
            [content("a h"), ("thought", {"subject": "x"}), content("at")],
            [
                events.ContentEvent("a "),
                events.ThoughtEvent(Thought("x")),
                events.ContentEvent("hat"),
            ],
        ),
        (
            [content("is hunter2-t"), ("done", {"finalResponse": "is hunter2-t"}), content(".")],
            [
                events.ContentEvent("is "),
                events.ContentEvent("[secret A]"),
                events.DoneEvent("is [secret A]"),
                events.ContentEvent("."),
            ],
        ),
        ([content("is h")], [events.ContentEvent("is "), events.ContentEvent("h")]),
        (
            [
                thinks("a", "hunter2-"),
                thinks("b", "hunter2-"),
                content("troutman"),
                thinks("a", "troutman"),
                ("subagent_end", {"agentName": "b"}),
            ],
            [
                events.SubagentThoughtEvent("a", ""),
                events.SubagentThoughtEvent("b", ""),
                events.ContentEvent("troutman"),
                events.SubagentThoughtEvent("a", "[secret A]"),
                events.SubagentThoughtEvent("b", "[secret A]"),
                events.SubagentEndEvent("b"),
            ],
        ),
        (
            [thinks("hunter2-troutman", "h")],
            [
                events.SubagentThoughtEvent("[secret A]", ""),
                events.SubagentThoughtEvent("[secret A]", "h"),
            ],
        ),
    ],
    ids=["content", "hat", "done", "end", "subagents", "name"],
)
def test_secret_in_pieces(sent, expected):
    """What may become a secret is withheld; what did not is told with the next piece, or last."""
    assert told(*sent) == expected


def test_half_a_character_in_arguments():
    """Arguments are exact; elsewhere half a character is U+FFFD."""
    call = {"callId": "c", "toolName": "x\ud83d", "status": "executing", "args": {"a": "\ud83d"}}

    assert told(("tool_call", call)) == [
        events.ToolCallEvent(ToolCall("c", "x�", "executing", {"a": "\ud83d"}))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data: YHOO\ndata: +2\ndata: 10\n\n", [Message("message", "YHOO\n+2\n10")]),
        ("data\n\ndata\ndata\n\ndata:", [Message("message", ""), Message("message", "\n")]),
        ("data:test\n\ndata: test\n\n", [Message("message", "test")] * 2),
        ("data:  two\n\n", [Message("message", " two")]),
        (": test stream\n\ndata: a\nid: 1\n\n", [Comment(" test stream"), Message("message", "a")]),
        ("event: a\n\ndata: b\n\n", [Message("message", "b")]),
        ("event: a\rdata: b\r\rdata: c\r\n\r\n", [Message("a", "b"), Message("message", "c")]),
        ("data: a\u2028b\x0bc\n\n", [Message("message", "a\u2028b\x0bc")]),
        ("\ufeffdata: a\n\n", [Message("message", "a")]),
        ("retry: 5\nunknown: x\ndata: a\n\n", [Message("message", "a")]),
        ("data: unfinished\n", []),
    ],
)
def test_standard(text, expected):
    """The decoder does what the HTML standard says of event streams."""
    assert Decoder().feed(text.encode()) == expected


PIECES = st.sampled_from(
    ["data: ", "event: x", ":c", "é😀", "\r\n", "\r", "\n", "\n\n", '{"a":1}', "\ufeff"]
).map(str.encode) | st.binary(max_size=3)


@settings(deadline=None, derandomize=True)
@given(st.lists(PIECES).map(b"".join), st.lists(st.integers(0, 200)))
@example("data: é\r\n\r\n".encode(), list(range(16)))
def test_cut_anywhere(stream, cuts):
    """The messages are the same however the bytes are cut, within a character or a CRLF too."""
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    decoder = Decoder()
    pieces = (stream[start:end] for start, end in pairwise(edges))
    cut = [message for piece in pieces for message in decoder.feed(piece)]

    assert cut == Decoder().feed(stream)
