"""An answer's Markdown as Markdown of ours: without HTML, without images, without open ends.

It is written anew from the tree, so that it does not matter where another parser sees an end. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sigmic_jupyter.widget.record import limits
from sigmic_jupyter.widget.record.code_spans import escaped, fence, indented, span
from sigmic_jupyter.widget.record.document import inside, parse, plain
from sigmic_jupyter.widget.record.hidden import prose
from sigmic_jupyter.widget.record.links import link
from sigmic_jupyter.widget.record.text import Cut, as_written, name

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.tree import SyntaxTreeNode

__all__ = ["answer_markdown"]

# The record's own headings are of the third level.
HEADING_SHIFT = 3
LARGEST_NUMBER = 999_999_999
COLUMN_RULES = {"left": "---", "center": ":---:", "right": "---:"}


def answer_markdown(markdown: str, limit: int = limits.ANSWER) -> str:
    """An answer as Markdown that stays in its place.

    Args:
        markdown: What the agent wrote.
        limit: How many characters of it are shown.
    """
    head = markdown[:limit]
    tree = parse(head)
    if tree is None:
        cut = as_written(markdown, limit)
        made = fence(cut.text)
    else:
        cut = Cut(head, len(markdown) - len(head))
        made = _blocks(tree)
    return f"{made}\n\n{cut.note}" if cut.left_out else made


def _blocks(node: SyntaxTreeNode, between: str = "\n\n") -> str:
    return between.join(_render(child) for child in node.children)


def _inline(node: SyntaxTreeNode) -> str:
    return "".join(_render(child) for child in node.children)


def _render(node: SyntaxTreeNode) -> str:
    render = RENDERERS.get(node.type)
    # Once more: an entity may have become a hidden character.
    return render(node) if render else escaped(prose(node.content))


def _paragraph(node: SyntaxTreeNode) -> str:
    # Space at the start of a line, which an entity can bring, would make code of it.
    return "\n".join(line.strip() for line in _inline(node).split("\n"))


def _heading(node: SyntaxTreeNode) -> str:
    signs = "#" * min(6, int(node.tag[1]) + HEADING_SHIFT)
    return f"{signs} {_inline(node)}".replace("\\\n", " ").replace("\n", " ")


def _fence(node: SyntaxTreeNode) -> str:
    language = re.match(r"[\w+#.-]{0,30}", node.info)
    return fence(node.content, language[0] if language else "")


def _list(node: SyntaxTreeNode) -> str:
    first = node.attrs.get("start", 1)
    number = first if isinstance(first, int) else 1
    tight = all(
        part.hidden for item in node.children for part in item.children if part.type == "paragraph"
    )
    between = "\n" if tight else "\n\n"
    items = []
    for place, item in enumerate(node.children):
        numbered = node.type == "ordered_list"
        marker = f"{min(number + place, LARGEST_NUMBER) if numbered else ''}{node.markup} "
        items.append(indented(_blocks(item, between), " " * len(marker), marker).rstrip())
    return between.join(items)


def _table(node: SyntaxTreeNode) -> str:
    rows = [
        [_inline(cell) for cell in row.children] for part in node.children for row in part.children
    ]
    head = node.children[0].children[0]
    rules = [
        COLUMN_RULES.get(str(cell.attrs.get("style", "")).removeprefix("text-align:"), "---")
        for cell in head.children
    ]
    rows.insert(1, rules)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _link(node: SyntaxTreeNode) -> str:
    address = str(node.attrs.get("href", ""))
    words = _inline(node)
    target = link(address)
    in_table = inside(node, "table")
    if target is None:
        return f"{words} ({span(name(address), in_table=in_table)})" if address else words
    made = f"[{words}](<{target.href}>)"
    return f"{made} (leads to {span(target.host)})" if target.disguised_by(plain(node)) else made


def _image(node: SyntaxTreeNode) -> str:
    target = link(str(node.attrs.get("src", "")))
    alt = f": {escaped(name(node.content))}" if node.content else ""
    if target is None:
        return f"Image not loaded{alt}"
    host = escaped(target.host)
    where = host if inside(node, "link") else f"[{host}](<{target.href}>)"
    return f"Image from {where} not loaded{alt}"


def _around(sign: str) -> Callable[[SyntaxTreeNode], str]:
    return lambda node: f"{sign}{_inline(node)}{sign}"


RENDERERS: dict[str, Callable[[SyntaxTreeNode], str]] = {
    "blockquote": lambda node: indented(_blocks(node), "> "),
    "bullet_list": _list,
    "code_block": _fence,
    "code_inline": lambda node: span(node.content, in_table=inside(node, "table")),
    "em": _around("*"),
    "fence": _fence,
    "hardbreak": lambda _node: "\\\n",
    "heading": _heading,
    "hr": lambda _node: "---",
    "image": _image,
    "inline": _inline,
    "link": _link,
    "ordered_list": _list,
    "paragraph": _paragraph,
    "s": _around("~~"),
    "softbreak": lambda _node: "\n",
    "strong": _around("**"),
    "table": _table,
}
