"""An answer's Markdown → a tree, with what could make it grow without bound cut off."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sigmic_jupyter.widget.record.hidden import prose

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["inside", "parse", "plain"]

# Longer answers are shown as they are: a megabyte of tables takes six seconds to parse, and one
# that was made to take long takes twenty.
LENGTH_LIMIT = 100_000
BOXES = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}
BLOCK_DEPTH = 24
INLINE_DEPTH = 24


def parse(markdown: str) -> SyntaxTreeNode | None:
    """Read Markdown with GitHub's tables and strikethrough; HTML in it is text.

    Hidden characters become tokens first, so that none can hide a character of Markdown's.

    Returns:
        The tree, None where the text is too long or too nested and is to be shown as it is.
    """
    if len(markdown) > LENGTH_LIMIT:
        return None
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - most notebooks never need it

    try:
        return SyntaxTreeNode(_parser().parse(prose(markdown)))
    except RecursionError:
        return None


def inside(node: SyntaxTreeNode, kind: str) -> bool:
    """Whether a node stands somewhere in a `link`, a `table` or the like."""
    parent = node.parent
    while parent is not None and parent.type != kind:
        parent = parent.parent
    return parent is not None


def plain(node: SyntaxTreeNode) -> str:
    """The words of a node without their form."""
    return "".join(each.content for each in node.walk() if not each.children)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - as above

    parser = MarkdownIt("js-default", {"html": False, "maxNesting": BLOCK_DEPTH + 2})
    # Every address comes through, and `links` says which may be followed: none is dropped unseen.
    parser.validateLink = _any_address  # type: ignore[method-assign]
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.core.ruler.after("inline", "flatten", _flatten)
    parser.core.ruler.after("flatten", "check_boxes", _check_boxes)
    return parser


def _any_address(url: str) -> bool:  # noqa: ARG001 - the parser asks by name
    return True


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Take the rest of a block that is nested too deep as it is; the parser would drop it."""
    if state.level < BLOCK_DEPTH or silent:
        return False
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start, end, state.blkIndent, keepLastLF=True)
    state.line = end
    return True


def _flatten(state: StateCore) -> None:
    """Make plain text of what has emphasis in emphasis in emphasis without end."""
    from markdown_it.token import Token  # noqa: PLC0415 - as above

    for token in state.tokens:
        if token.type == "inline" and _depth(token.children or []) > INLINE_DEPTH:
            token.children = [Token("text", "", 0, content=token.content)]


def _check_boxes(state: StateCore) -> None:
    """Show `[ ]` and `[x]` at the start of a list's item as boxes, and note it in the item."""
    for item, _paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if item.type != "list_item_open" or not inline.children:
            continue
        first = inline.children[0]
        box = BOXES.get(first.content[:4])
        if first.type == "text" and box is not None:
            first.content = f"{box} {first.content[4:]}"
            item.meta["task"] = True


def _depth(tokens: list[Token]) -> int:
    depth = deepest = 0
    for token in tokens:
        depth += token.nesting
        deepest = max(deepest, depth)
    return deepest
