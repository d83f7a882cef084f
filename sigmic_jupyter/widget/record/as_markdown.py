"""The record as Markdown without HTML: what the agent wrote is in code, quoted or escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sigmic_jupyter.widget.record import facts, limits
from sigmic_jupyter.widget.record.answer_markdown import answer_markdown
from sigmic_jupyter.widget.record.code_spans import escaped, span
from sigmic_jupyter.widget.record.hidden import visible
from sigmic_jupyter.widget.record.steps import earlier_turns, newest_question, steps
from sigmic_jupyter.widget.record.steps_markdown import arguments, quoted, steps_parts
from sigmic_jupyter.widget.record.text import Allowance, first_line, grouped, name
from sigmic_jupyter.widget.record.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sigmic_jupyter.widget.record.steps import Turn
    from sigmic_jupyter.widget.record.verdicts import Verdict

__all__ = ["record_markdown"]


def record_markdown(traits: Mapping[str, Any]) -> str:
    """The record of a task as Markdown.

    Args:
        traits: The widget's traits as plain JSON, as in `contract/traits/`.

    Returns:
        Text of bounded size. Nothing in the traits can leave its place in it, and it has neither
        HTML nor images.
    """
    allowance = Allowance(limits.ALL_STEPS)
    parts = (
        *_header(traits, allowance),
        *_problem(traits, allowance),
        *_answer(traits),
        *_decisions(traits, allowance),
        *_files(traits),
        *steps_parts(steps(traits), allowance),
        *_conversation(traits),
        f"{facts.standing(traits)} {span(facts.attach(traits))}",
    )
    return "\n\n".join(parts) + "\n"


def _header(traits: Mapping[str, Any], allowance: Allowance) -> Iterable[str]:
    message = traits.get("message") or ""
    line = first_line(message)
    mark = facts.status(traits)
    yield f"**{mark.sign} {escaped(mark.word)}** {escaped(line)}".rstrip()
    yield f"{facts.timing(traits)} Task {span(name(traits.get('task_id') or ''))}".strip()
    if visible(message.strip()) != line:
        yield quoted(allowance.cut(message.replace("\r\n", "\n"), limits.WORDS))


def _problem(traits: Mapping[str, Any], allowance: Allowance) -> Iterable[str]:
    problem = traits.get("error")
    if not problem:
        return
    yield f"### {facts.problem_title(problem.get('kind'))}"
    yield quoted(allowance.cut(problem.get("message") or "", limits.WORDS))
    if hint := problem.get("hint"):
        yield f"What you can do: {escaped(first_line(hint, limits.WORDS))}"


def _answer(traits: Mapping[str, Any]) -> Iterable[str]:
    content = traits.get("content") or ""
    if (question := newest_question(traits)) is not None:
        yield from _said(question)
    if content.strip():
        yield "### Answer" if traits.get("status") == "completed" else "### Answer so far"
        yield answer_markdown(content)


def _decisions(traits: Mapping[str, Any], allowance: Allowance) -> Iterable[str]:
    listed = verdicts(traits)
    if not listed:
        return
    yield "### Decisions"
    yield _table(("Decision", "Call", "By", "Time, UTC"), [_decision(each) for each in listed])
    for verdict in listed[: limits.ROWS]:
        if verdict.args is not None:
            yield f"Arguments that were decided on, of {span(verdict.tool)}:"
            yield arguments(verdict.args, allowance)
        if verdict.reason:
            yield f"{escaped(verdict.told)}, of {span(verdict.tool)}:"
            yield quoted(allowance.cut(verdict.reason.replace("\r\n", "\n"), limits.WORDS))


def _decision(verdict: Verdict) -> tuple[str, ...]:
    call = span(verdict.tool, in_table=True)
    call += f" {span(verdict.hint, in_table=True)}" if verdict.hint else ""
    call += f": {escaped(verdict.note)}" if verdict.note else ""
    by = f"{verdict.by} {span(verdict.policy, in_table=True)}" if verdict.policy else verdict.by
    return f"{verdict.mark.sign} {verdict.mark.word}", call, by, verdict.at


def _files(traits: Mapping[str, Any]) -> Iterable[str]:
    rows = [
        (span(file.path, in_table=True), escaped(file.kind), file.size)
        for file in facts.files(traits)
    ]
    if rows:
        yield "### Files"
        yield _table(("File", "Type", "Size"), rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rules = ["---"] * (len(columns) - 1) + ["---:"]
    lines = [f"| {' | '.join(row)} |" for row in (columns, rules, *rows[: limits.ROWS])]
    left_out = len(rows) - limits.ROWS
    if left_out > 0:
        lines += ["", f"{grouped(left_out, 'row', 'rows')} more not in this record."]
    return "\n".join(lines)


def _conversation(traits: Mapping[str, Any]) -> Iterable[str]:
    turns = earlier_turns(traits)
    if turns:
        yield f"### {grouped(len(turns), 'earlier message', 'earlier messages')}"
    for turn in turns:
        yield from _said(turn)


def _said(turn: Turn) -> Iterable[str]:
    yield f"**{escaped(turn.who)}** {turn.at}".rstrip()
    yield answer_markdown(turn.content, limits.TURN)
