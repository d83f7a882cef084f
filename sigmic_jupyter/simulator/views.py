"""A task as the service tells it: JSON bodies and stream events. Pure."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sigmic_jupyter.simulator.clock import instant
from sigmic_jupyter.simulator.facts import TURN_SEPARATOR
from sigmic_jupyter.simulator.feed import Event
from sigmic_jupyter.simulator.records import Task, Thought, ToolCall, Turn

__all__ = [
    "call_event",
    "content_event",
    "end_event",
    "listed_task",
    "opening_events",
    "processing_event",
    "result_event",
    "task_body",
    "thought_event",
]

_USERNAME = "simulator"


def task_body(task: Task) -> dict[str, Any]:
    """One task, as GET returns it."""
    body = _summary(task)
    if task.output_updated_at is not None:
        body["output"] = _output(task, task.output_updated_at)
    if not task.is_final and (waiting := [call for call in task.calls if call.waits]):
        body["pendingApprovals"] = [
            {"callId": call.call_id, "toolName": call.tool_name, "args": call.args}
            for call in waiting
        ]
    return body


def listed_task(task: Task) -> dict[str, Any]:
    """One task, as the list returns it."""
    return _summary(task) | {
        "lastActivityAt": instant(task.last_activity_at),
        "messageCount": len(_messages(task)),
    }


def opening_events(task: Task) -> list[Event]:
    """What every connection begins with: the saved conversation, then what the running turn has."""
    messages = _messages(task)
    done = {"messageCount": len(messages), "isStreaming": not task.is_final}
    events = [Event("history_message", message) for message in messages]
    events.append(Event("history_done", done))
    if not task.is_final:
        events += _catch_up(task)
    return events


def processing_event() -> Event:
    """The agent works."""
    return Event("status", {"status": "processing"})


def thought_event(thought: Thought) -> Event:
    """The agent thought something."""
    return Event("thought", _thought(thought))


def content_event(text: str, *, is_partial: bool) -> Event:
    """The answer grows by `text`; the last chunk of a block is not partial."""
    return Event("content", {"text": text, "isPartial": is_partial})


def call_event(call: ToolCall) -> Event:
    """A call is new, or stands otherwise than before."""
    return Event("tool_call", _call_head(call) | {"args": call.args})


def result_event(call: ToolCall) -> Event:
    """A call came to its end."""
    data = {"callId": call.call_id, "status": call.status, "output": call.output}
    return Event("tool_result", data)


def end_event(task: Task) -> Event:
    """The task is final. That a cancelled task ends with `done` is assumed."""
    if task.error is not None:
        return Event("error", {"message": task.error})
    return Event("done", {"finalResponse": task.turns[-1].content if task.turns else ""})


def _summary(task: Task) -> dict[str, Any]:
    request = task.request
    return {
        "id": task.task_id,
        "apiKeyId": task.api_key_id,
        "username": _USERNAME,
        "sessionId": task.session_id,
        "conversationId": task.conversation_id,
        "status": task.status,
        "message": request.message,
        "systemPrompt": request.system_prompt,
        "showInHistory": request.show_in_history,
        "autoExecute": request.auto_execute,
        "env": request.env,
        "error": task.error,
        "createdAt": instant(task.created_at),
        "startedAt": _optional_instant(task.started_at),
        "completedAt": _optional_instant(task.completed_at),
    }


def _output(task: Task, updated_at: datetime) -> dict[str, Any]:
    output: dict[str, Any] = {
        "content": _accumulated_content(task),
        "updatedAt": instant(updated_at),
    }
    if thoughts := [_thought(thought) for turn in task.turns for thought in turn.thoughts]:
        output["thoughts"] = thoughts
    if calls := [_call(call) for call in task.calls]:
        output["toolCalls"] = calls
    return output


def _accumulated_content(task: Task) -> str:
    """The answers of all turns. That a new turn adds to the old text is assumed."""
    return TURN_SEPARATOR.join(turn.content for turn in task.turns if turn.content)


def _messages(task: Task) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    for turn in task.turns:
        messages.append(_question(turn))
        if turn.ended_at is not None:
            messages.append(_answer(turn, turn.ended_at))
    return [{"id": f"msg-{number}"} | message for number, message in enumerate(messages, start=1)]


def _question(turn: Turn) -> dict[str, Any]:
    asked_at = instant(turn.asked_at)
    message: dict[str, Any] = {"role": "user", "content": turn.message, "createdAt": asked_at}
    if turn.files:
        message["attachedFiles"] = [
            {"name": PurePosixPath(path).name, "path": path} for path in turn.files
        ]
    return message


def _answer(turn: Turn, ended_at: datetime) -> dict[str, Any]:
    message: dict[str, Any] = {
        "role": "assistant",
        "content": turn.content,
        "createdAt": instant(ended_at),
    }
    if turn.thoughts:
        message["thoughts"] = [_thought(thought) for thought in turn.thoughts]
    if turn.calls:
        message["toolCalls"] = [_call_head(call) for call in turn.calls]
    return message


def _catch_up(task: Task) -> list[Event]:
    if not task.turns or task.turns[-1].ended_at is not None:
        return [Event("status", {"status": "connecting"})]
    turn = task.turns[-1]
    events = [processing_event()]
    for step in turn.steps:
        if isinstance(step, Thought):
            events.append(thought_event(step))
            continue
        events.append(call_event(step))
        if not step.is_open:
            events.append(result_event(step))
    if turn.content:
        events.append(content_event(turn.content, is_partial=True))
    return events


def _thought(thought: Thought) -> dict[str, Any]:
    return {"subject": thought.subject, "description": thought.description}


def _call_head(call: ToolCall) -> dict[str, Any]:
    return {"callId": call.call_id, "toolName": call.tool_name, "status": call.status}


def _call(call: ToolCall) -> dict[str, Any]:
    optional = {"output": call.output, "description": call.description}
    present = {name: text for name, text in optional.items() if text is not None}
    return _call_head(call) | {"args": call.args} | present


def _optional_instant(time: datetime | None) -> str | None:
    return None if time is None else instant(time)
