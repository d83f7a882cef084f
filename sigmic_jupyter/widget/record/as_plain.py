"""The record as a few lines of plain text: what untrusted notebooks and terminals show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sigmic_jupyter.widget.record import facts
from sigmic_jupyter.widget.record.hidden import prose
from sigmic_jupyter.widget.record.text import first_line, grouped, name
from sigmic_jupyter.widget.record.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["record_plain"]

LINES = 20
LINE_LENGTH = 200


def record_plain(traits: Mapping[str, Any]) -> str:
    """The status, the message and the beginning of the answer.

    Args:
        traits: The widget's traits as plain JSON, as in `contract/traits/`.
    """
    task = name(traits.get("task_id") or "")
    parts = [
        f"<TaskWidget {task} {name(traits.get('status') or 'not connected')}>",
        first_line(traits.get("message") or "", LINE_LENGTH),
        facts.timing(traits),
        _problem(traits.get("error") or {}),
        *(f"{each.mark.word}: {each.tool} {each.hint}" for each in verdicts(traits) if not each.by),
        _answer(traits.get("content") or ""),
    ]
    return "\n".join(part.rstrip() for part in parts if part)


def _problem(problem: Mapping[str, Any]) -> str:
    if not problem:
        return ""
    told = [facts.problem_title(problem.get("kind")), problem.get("message"), problem.get("hint")]
    return "\n".join(first_line(text, LINE_LENGTH) for text in told if text)


def _answer(content: str) -> str:
    lines = content.strip().splitlines()
    shown = [prose(line[:LINE_LENGTH]) + "…" * (len(line) > LINE_LENGTH) for line in lines[:LINES]]
    if len(lines) > LINES:
        shown.append(f"… {grouped(len(lines) - LINES, 'line', 'lines')} more in task.content")
    return "\n".join(["", *shown]) if shown else ""
