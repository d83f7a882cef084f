"""The steps of the timeline as Markdown: a numbered list with arguments and outputs. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sigmic_jupyter.widget.record import limits
from sigmic_jupyter.widget.record.code_spans import escaped, fence, indented, span
from sigmic_jupyter.widget.record.links import host_notes
from sigmic_jupyter.widget.record.steps import summary
from sigmic_jupyter.widget.record.text import grouped, name, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sigmic_jupyter.widget.record.steps import Step
    from sigmic_jupyter.widget.record.text import Allowance, Cut

__all__ = ["arguments", "quoted", "steps_parts"]


def steps_parts(listed: Sequence[Step], allowance: Allowance) -> Iterable[str]:
    """The steps under a heading, each with all that is to be said of it."""
    if not listed:
        return
    yield f"### {summary(listed)}"
    for number, step in enumerate(listed[: limits.ROWS], start=1):
        marker = f"{number}. "
        yield indented("\n\n".join(_step(step, allowance)), " " * len(marker), marker)
    if len(listed) > limits.ROWS:
        yield f"{grouped(len(listed) - limits.ROWS, 'step', 'steps')} more not in this record."


def _step(step: Step, allowance: Allowance) -> Iterable[str]:
    result = ", ".join(escaped(text) for text in (step.result, step.took) if text)
    is_call = step.args is not None
    title = span(step.title) if is_call else f"**{escaped(step.title)}**"
    hint = f" {span(step.hint)}" if step.hint else ""
    yield f"{title}{hint} ({result})"
    if step.description:
        words = step.description.replace("\r\n", "\n")
        yield from ["The agent says:"] if is_call else []
        yield quoted(allowance.cut(words, limits.WORDS))
    if step.args is not None:
        yield arguments(step.args, allowance)
    if step.output:
        yield "Output:"
        yield _fenced(allowance.cut(step.output.replace("\r\n", "\n"), limits.OUTPUT))


def arguments(args: Mapping[str, Any], allowance: Allowance) -> str:
    """All arguments of a call as a list."""
    if not args:
        return "No arguments"
    items = [
        _argument(key, value(argument), allowance)
        for key, argument in args.items()
        if allowance.spend(len(key) + limits.ROW_COST)
    ]
    missing = len(args) - len(items)
    if missing:
        items.append(f"- {grouped(missing, 'argument', 'arguments')} more not in this record.")
    return "\n".join(items)


def _argument(key: str, text: str, allowance: Allowance) -> str:
    cut = allowance.cut(text, limits.ARGUMENT)
    hosts = "".join(
        f" (the host is {span(note.ascii)}{note.warning})" for note in host_notes(cut.text)
    )
    if "\n" not in cut.text and not cut.left_out:
        return f"- {span(name(key))}: {span(cut.text)}{hosts}"
    return indented(f"{span(name(key))}:{hosts}\n\n{_fenced(cut)}", "  ", "- ")


def _fenced(cut: Cut) -> str:
    made = fence(cut.text)
    return f"{made}\n\n{cut.note}" if cut.left_out else made


def quoted(cut: Cut) -> str:
    """Somebody's words, as a quote."""
    made = indented("\n".join(escaped(line.strip()) for line in cut.text.split("\n")), "> ")
    return f"{made}\n\n{cut.note}" if cut.left_out else made
