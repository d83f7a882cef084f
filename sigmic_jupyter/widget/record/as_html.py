"""The record as HTML: inline styles, no scripts, nothing loaded.

It reads as plain paragraphs and tables where styles are removed, as forges do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sigmic_jupyter.widget.record import facts, limits, styles
from sigmic_jupyter.widget.record.answer_html import answer_html
from sigmic_jupyter.widget.record.elements import NO_MATH, Html, element, join, unstyled, void
from sigmic_jupyter.widget.record.hidden import visible
from sigmic_jupyter.widget.record.steps import earlier_turns, newest_question, steps, summary
from sigmic_jupyter.widget.record.steps_html import args_table, step_cell
from sigmic_jupyter.widget.record.tables import (
    Column,
    called,
    code,
    left_out,
    lines,
    marked,
    muted,
    table,
)
from sigmic_jupyter.widget.record.text import Allowance, first_line, grouped, name
from sigmic_jupyter.widget.record.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sigmic_jupyter.widget.record.steps import Turn
    from sigmic_jupyter.widget.record.verdicts import Verdict

__all__ = ["record_html"]

# What shows notebooks reads each style for itself: of a longer timeline the page's own styles do.
STYLED_STEPS = 100
DECISIONS = (
    Column("Decision", nowrap=True),
    Column("Call", wide=True),
    Column("By", nowrap=True),
    Column("Time, UTC", align="right", nowrap=True),
)
FILES = (
    Column("File"),
    Column("Type", nowrap=True),
    Column("Size", align="right", nowrap=True),
)
STEPS = (
    Column("Step"),
    Column("Result", nowrap=True),
    Column("Time", align="right", nowrap=True),
)


def record_html(traits: Mapping[str, Any]) -> str:
    """The record of a task as a piece of HTML that stands for itself.

    Args:
        traits: The widget's traits as plain JSON, as in `contract/traits/`.

    Returns:
        A `div` of bounded size. Whatever the texts in the traits are, it has only elements,
        attributes and styles of ours, and loads nothing.
    """
    allowance = Allowance(limits.ALL_STEPS)
    parts = (
        _problem(traits, allowance),
        _answer(traits),
        _decisions(traits, allowance),
        _files(traits),
        _steps(traits, allowance),
        _conversation(traits),
        _footer(traits),
    )
    body = (join(void("hr", style=styles.RULE), part) for part in parts if part)
    return str(element("div", _header(traits, allowance), *body, style=styles.FRAME, **NO_MATH))


def _header(traits: Mapping[str, Any], allowance: Allowance) -> Html:
    message = traits.get("message") or ""
    line = first_line(message)
    task = join("Task ", code(name(traits.get("task_id") or "")))
    whole = Html()
    if visible(message.strip()) != line:
        cut = allowance.cut(message.replace("\r\n", "\n"), limits.WORDS)
        whole = element(
            "details",
            element("summary", "The whole message", style=styles.SMALL_SUMMARY),
            element("p", lines(cut.text), style=styles.WORDS),
            left_out(cut),
        )
    return element(
        "div",
        element("p", marked(facts.status(traits)), "\u00a0 ", line, style=styles.LINE_OF_TEXT),
        whole,
        element("p", f"{facts.timing(traits)} ", task, style=styles.META),
        style=styles.HEADER,
    )


def _problem(traits: Mapping[str, Any], allowance: Allowance) -> Html:
    problem = traits.get("error")
    if not problem:
        return Html()
    title = element("strong", facts.problem_title(problem.get("kind")), style=styles.STRONG)
    cut = allowance.cut(problem.get("message") or "", limits.WORDS)
    hint = first_line(problem.get("hint") or "", limits.WORDS)
    return element(
        "div",
        element("p", title, style=styles.LINE_OF_TEXT),
        element("p", lines(cut.text), style=styles.WORDS),
        left_out(cut),
        element("p", muted("What you can do: "), hint, style=styles.LINE_OF_TEXT)
        if hint
        else Html(),
        style=styles.SECTION,
    )


def _answer(traits: Mapping[str, Any]) -> Html:
    content = traits.get("content") or ""
    if not content.strip():
        return _asked(traits)
    whole = traits.get("status") == "completed"
    label = Html() if whole else element("p", "Answer so far", style=styles.LABEL)
    return element("div", _asked(traits), label, answer_html(content), style=styles.ANSWER)


def _asked(traits: Mapping[str, Any]) -> Html:
    question = newest_question(traits)
    return _said(question) if question is not None else Html()


def _decisions(traits: Mapping[str, Any], allowance: Allowance) -> Html:
    rows = [
        (
            marked(verdict.mark),
            _decided_call(verdict, allowance),
            join(verdict.by, " ", code(verdict.policy)) if verdict.policy else verdict.by,
            verdict.at,
        )
        for verdict in verdicts(traits)
    ]
    return _section(DECISIONS, rows)


def _decided_call(verdict: Verdict, allowance: Allowance) -> Html:
    call = called(verdict.tool, verdict.hint)
    note = join(void("br"), verdict.note) if verdict.note else Html()
    reason = _reason(verdict, allowance)
    if verdict.args is None:
        return join(call, note, reason)
    args = element("div", args_table(verdict.args, allowance), style=styles.INNER_BODY)
    summary_line = element("summary", call, note, style=styles.INNER_SUMMARY)
    return join(element("details", summary_line, args), reason)


def _reason(verdict: Verdict, allowance: Allowance) -> Html:
    if not verdict.reason:
        return Html()
    cut = allowance.cut(verdict.reason.replace("\r\n", "\n"), limits.WORDS)
    label = join(muted(f"{verdict.told}:"), " ")
    return join(element("p", label, lines(cut.text), style=styles.WORDS), left_out(cut))


def _files(traits: Mapping[str, Any]) -> Html:
    rows = [(code(file.path), file.kind, file.size) for file in facts.files(traits)]
    return _section(FILES, rows)


def _section(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> Html:
    return element("div", table(columns, rows), style=styles.SECTION) if rows else Html()


def _steps(traits: Mapping[str, Any], allowance: Allowance) -> Html:
    listed = steps(traits)
    rows = [(step_cell(step, allowance), muted(step.result), muted(step.took)) for step in listed]
    if not rows:
        return Html()
    body = table(STEPS, rows)
    return _fold(summary(listed), unstyled(body) if len(rows) > STYLED_STEPS else body)


def _conversation(traits: Mapping[str, Any]) -> Html:
    turns = earlier_turns(traits)
    title = grouped(len(turns), "earlier message", "earlier messages")
    return _fold(title, join(*map(_said, turns))) if turns else Html()


def _said(turn: Turn) -> Html:
    label = element("p", turn.who, " ", turn.at, style=styles.LABEL)
    return join(label, answer_html(turn.content, limits.TURN))


def _fold(title: str, body: Html) -> Html:
    return element(
        "details",
        element("summary", title, style=styles.FOLD_SUMMARY),
        element("div", body, style=styles.FOLD_BODY),
        style=styles.FOLD,
    )


def _footer(traits: Mapping[str, Any]) -> Html:
    return element(
        "p", facts.standing(traits), " ", code(facts.attach(traits)), style=styles.FOOTER
    )
