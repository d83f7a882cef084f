"""A step of the timeline as HTML: one line that opens to arguments and output. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sigmic_jupyter.widget.record import limits, styles
from sigmic_jupyter.widget.record.elements import Html, element, join
from sigmic_jupyter.widget.record.links import host_notes
from sigmic_jupyter.widget.record.tables import as_is, called, code, left_out, lines, muted
from sigmic_jupyter.widget.record.text import grouped, name, value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sigmic_jupyter.widget.record.steps import Step
    from sigmic_jupyter.widget.record.text import Allowance

__all__ = ["args_table", "step_cell"]

LONG_NAME = 24


def step_cell(step: Step, allowance: Allowance) -> Html:
    """The step's line, which opens where there is more to say of it."""
    if step.args is None:
        title = join(step.title)
        parts = [_words(step.description, allowance)]
    else:
        title = called(step.title, step.hint)
        parts = [
            _words(step.description, allowance, said_by="The agent says:"),
            args_table(step.args, allowance),
            _output(step.output, allowance),
        ]
    body = join(*parts)
    if not body:
        return title
    return element(
        "details",
        element("summary", title, style=styles.INNER_SUMMARY),
        element("div", body, style=styles.INNER_BODY),
    )


def args_table(args: Mapping[str, Any], allowance: Allowance) -> Html:
    """All arguments of a call, each with its whole value unless that is very long."""
    if not args:
        return element("p", "No arguments", style=styles.LABEL)
    shown = [
        element("tr", *_argument(key, argument, allowance), style=styles.row())
        for key, argument in args.items()
        if allowance.spend(len(key) + limits.ROW_COST)
    ]
    body = element("table", element("tbody", *shown), style=styles.ARGS_TABLE) if shown else Html()
    missing = len(args) - len(shown)
    if not missing:
        return body
    note = f"{grouped(missing, 'argument', 'arguments')} more not in this record."
    return join(body, element("p", note, style=styles.LABEL))


def _argument(key: str, argument: Any, allowance: Allowance) -> tuple[Html, Html]:
    text = value(argument)
    cut = allowance.cut(text, limits.ARGUMENT)
    hosts = [
        element("p", "The host is ", code(note.ascii), note.warning, style=styles.LABEL)
        for note in host_notes(cut.text)
    ]
    name_style = styles.LONG_ARG_NAME if len(key) > LONG_NAME else styles.ARG_NAME
    # One line stays a line where a viewer has removed the styles.
    shown = as_is(cut.text) if "\n" in cut.text else code(cut.text)
    return (
        element("td", code(name(key)), style=name_style),
        element(
            "td", shown if text else muted("empty"), left_out(cut), *hosts, style=styles.ARG_VALUE
        ),
    )


def _output(text: str, allowance: Allowance) -> Html:
    if not text:
        return Html()
    cut = allowance.cut(text.replace("\r\n", "\n"), limits.OUTPUT)
    return join(element("p", "Output", style=styles.LABEL), as_is(cut.text), left_out(cut))


def _words(text: str, allowance: Allowance, said_by: str = "") -> Html:
    if not text:
        return Html()
    cut = allowance.cut(text.replace("\r\n", "\n"), limits.WORDS)
    label = join(muted(said_by), " ") if said_by else Html()
    return join(element("p", label, lines(cut.text), style=styles.WORDS), left_out(cut))
