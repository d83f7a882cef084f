"""Tables and the small pieces of text in them, as HTML. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sigmic_jupyter.widget.record import styles
from sigmic_jupyter.widget.record.elements import Html, element, join, void
from sigmic_jupyter.widget.record.limits import ROWS
from sigmic_jupyter.widget.record.text import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sigmic_jupyter.widget.record.facts import Mark
    from sigmic_jupyter.widget.record.text import Cut

__all__ = ["Column", "as_is", "called", "code", "left_out", "lines", "marked", "muted", "table"]


class Column(NamedTuple):
    """A column of a table: its title, and how its cells stand."""

    title: str
    align: str = "left"
    nowrap: bool = False
    wide: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Html:
    """A table with a line under each row but the last; of many rows only the first."""
    shown = rows[:ROWS]
    head = element(
        "tr", *_cells("th", columns, [c.title for c in columns]), style=styles.row(last=False)
    )
    body = (
        element("tr", *_cells("td", columns, row), style=styles.row(last=place == len(shown)))
        for place, row in enumerate(shown, start=1)
    )
    made = element("table", element("thead", head), element("tbody", *body), style=styles.TABLE)
    if len(rows) == len(shown):
        return made
    note = f"{grouped(len(rows) - len(shown), 'row', 'rows')} more not in this record."
    return join(made, element("p", note, style=styles.LABEL))


def code(text: str) -> Html:
    """A name or a piece of an argument, within a line."""
    return element("code", text, style=styles.CODE) if text else Html()


def called(tool: str, hint: str) -> Html:
    """A tool's name, and what tells the call apart from others of the same tool."""
    return join(code(tool), " ", muted(code(hint))) if hint else code(tool)


def muted(*children: str) -> Html:
    """What stands back."""
    return element("span", *children, style=styles.MUTED) if any(children) else Html()


def as_is(text: str, style: str = styles.AS_IS) -> Html:
    """Text with its own lines and spaces."""
    # The line break right after the tag is dropped by HTML, not the text's own first one.
    return element("pre", f"\n{text}", style=style)


def lines(text: str) -> Html:
    """Text that keeps its lines where a viewer has removed the styles, too."""
    first, *others = text.split("\n")
    return join(first, *(join(void("br"), line) for line in others))


def left_out(cut: Cut) -> Html:
    """What a cut leaves out, in words."""
    return element("p", cut.note, style=styles.LABEL) if cut.left_out else Html()


def marked(mark: Mark) -> Html:
    """A sign on a ground of its own, and the word for it."""
    sign = element("span", mark.sign, style=styles.MARKS[mark.tone])
    return join(sign, "\u00a0", element("strong", mark.word, style=styles.STRONG))


def _cells(tag: str, columns: Sequence[Column], texts: Sequence[str]) -> list[Html]:
    return [
        element(
            tag,
            muted(text) if tag == "th" else text,
            style=styles.cell(
                head=tag == "th",
                last=column is columns[-1],
                align=column.align,
                nowrap=column.nowrap,
                wide=column.wide,
            ),
        )
        for column, text in zip(columns, texts, strict=True)
    ]
