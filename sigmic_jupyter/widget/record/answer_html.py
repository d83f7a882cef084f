"""An answer's Markdown as HTML, by an allow-list: what is not named here is shown as text. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmic_jupyter.widget.record import limits, styles
from sigmic_jupyter.widget.record.document import inside, parse, plain
from sigmic_jupyter.widget.record.elements import Html, element, join, unstyled, void
from sigmic_jupyter.widget.record.links import link
from sigmic_jupyter.widget.record.tables import as_is, code, left_out, muted
from sigmic_jupyter.widget.record.text import Cut, as_written, name

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.tree import SyntaxTreeNode

__all__ = ["answer_html"]

# What shows notebooks reads each style for itself: of a longer answer the page's own styles do.
STYLED = 30_000
# Above this many cells, each with a style, a table of figures would be ten times its own size.
STYLED_CELLS = 2_000


def answer_html(markdown: str, limit: int = limits.ANSWER) -> Html:
    """An answer as HTML; as it was written where it is too long or too nested for that.

    Args:
        markdown: What the agent wrote.
        limit: How many characters of it are shown.
    """
    head = markdown[:limit]
    tree = parse(head)
    made = _children(tree) if tree is not None else None
    if made is None or len(made) > limits.HTML_ANSWER:
        cut = as_written(markdown, limit)
        return join(as_is(cut.text, styles.AS_WRITTEN), left_out(cut))
    if len(head) > STYLED:
        made = unstyled(made)
    return join(made, left_out(Cut(head, len(markdown) - len(head))))


def _children(node: SyntaxTreeNode) -> Html:
    return join(*(_render(child) for child in node.children))


def _render(node: SyntaxTreeNode) -> Html:
    render = RENDERERS.get(node.type)
    return render(node) if render else join(node.content)


def _simple(tag: str, style: str) -> Callable[[SyntaxTreeNode], Html]:
    return lambda node: element(tag, _children(node), style=style)


def _paragraph(node: SyntaxTreeNode) -> Html:
    # In a tight list a paragraph is its item's text alone.
    return _children(node) if node.hidden else _simple("p", styles.PARAGRAPH)(node)


def _heading(node: SyntaxTreeNode) -> Html:
    depth = int(node.tag[1])
    # The record is a part of a page that has headings of its own.
    tag = f"h{min(6, depth + 2)}"
    style = styles.HEADINGS[min(depth, 2) - 1]
    # Nor of the notebook's table of contents, which would list each heading of each answer.
    return element(tag, _children(node), style=style, **{"class": "jp-toc-ignore"})


def _code_block(node: SyntaxTreeNode) -> Html:
    text = element("code", node.content, style=styles.BLOCK_CODE)
    return element("pre", text, style=styles.BLOCK)


def _list(node: SyntaxTreeNode) -> Html:
    inner = node.parent is not None and node.parent.type == "list_item"
    style = styles.INNER_LIST if inner else styles.LIST
    start = node.attrs.get("start")
    first = {} if start is None else {"start": str(start)}
    tag = "ul" if node.type == "bullet_list" else "ol"
    return element(tag, _children(node), style=style, **first)


def _item(node: SyntaxTreeNode) -> Html:
    style = styles.TASK if node.meta.get("task") else styles.ITEM
    return element("li", _children(node), style=style)


def _table(node: SyntaxTreeNode) -> Html:
    rows = [row for part in node.children for row in part.children]
    styled = sum(len(row.children) for row in rows) <= STYLED_CELLS
    head, *body = (
        element("tr", *_cells(row, styled=styled), style=styles.row(last=row is rows[-1]))
        for row in rows
    )
    parts = [element("thead", head), *([element("tbody", *body)] if body else [])]
    return element("table", *parts, style=styles.NARROW_TABLE)


def _cells(row: SyntaxTreeNode, *, styled: bool) -> list[Html]:
    cells = []
    for cell in row.children:
        head = cell.type == "th"
        style = styles.cell(
            head=head,
            last=cell is row.children[-1],
            align=str(cell.attrs.get("style", "")).removeprefix("text-align:") or "left",
            nowrap=head,
        )
        text = _children(cell)
        cells.append(
            element(cell.tag, muted(text) if head else text, style=style if styled else "")
        )
    return cells


def _link(node: SyntaxTreeNode) -> Html:
    address = str(node.attrs.get("href", ""))
    words = _children(node)
    target = link(address)
    if target is None:
        # Nowhere to go, but not hidden: a path in the sandbox, an address that is not safe.
        return join(words, " ", muted("(", code(name(address)), ")")) if address else words
    anchor = _anchor(target.href, words)
    if target.disguised_by(plain(node)):
        return join(anchor, " ", muted("(leads to ", code(target.host), ")"))
    return anchor


def _image(node: SyntaxTreeNode) -> Html:
    """An image is never loaded: its address could carry away what the agent has seen."""
    address = str(node.attrs.get("src", ""))
    alt = f": {name(node.content)}" if node.content else ""
    target = link(address)
    if target is None:
        return muted(f"Image not loaded{alt}")
    if inside(node, "link"):
        return muted(f"Image from {target.host} not loaded{alt}")
    return muted("Image from ", _anchor(target.href, target.host), f" not loaded{alt}")


def _anchor(href: str, words: str) -> Html:
    return element("a", words, href=href, target="_blank", rel="noopener noreferrer")


RENDERERS: dict[str, Callable[[SyntaxTreeNode], Html]] = {
    "blockquote": _simple("blockquote", styles.QUOTE),
    "bullet_list": _list,
    "code_block": _code_block,
    "code_inline": lambda node: code(node.content),
    "em": _simple("em", ""),
    "fence": _code_block,
    "hardbreak": lambda _node: void("br"),
    "heading": _heading,
    "hr": lambda _node: void("hr", style=styles.THIN_RULE),
    "image": _image,
    "inline": _children,
    "link": _link,
    "list_item": _item,
    "ordered_list": _list,
    "paragraph": _paragraph,
    "s": _simple("del", ""),
    "softbreak": lambda _node: Html("\n"),
    "strong": _simple("strong", styles.STRONG),
    "table": _table,
}
