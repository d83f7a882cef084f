"""What the pages of the documentation have: their headings, links and tables."""

from __future__ import annotations

import pathlib
import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt

__all__ = ["PAGES", "ROOT", "Link", "anchors", "links", "rows", "stressed"]

ROOT = pathlib.Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


class Link(NamedTuple):
    """Where a page leads."""

    page: pathlib.Path
    path: str
    anchor: str


@cache
def anchors(page: pathlib.Path) -> set[str]:
    """Of its headings, as forges make them: of the same words the later ones are numbered."""
    tokens = MARKDOWN.parse(page.read_text("utf-8"))
    known: dict[str, int] = {}
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            text = "".join(child.content for child in token.children or ())
            slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            count = known[slug] = known.get(slug, -1) + 1
            known[f"{slug}-{count}" if count else slug] = count
    return set(known)


def links(page: pathlib.Path) -> list[Link]:
    """To files of the project, and to places in them; an image is one, too."""
    addresses = [
        str(child.attrs[name])
        for token in MARKDOWN.parse(page.read_text("utf-8"))
        for child in token.children or ()
        for name in ("href", "src")
        if name in child.attrs
    ]
    return [
        Link(page, *address.partition("#")[::2])
        for address in addresses
        if not re.match(r"\w+:", address)
    ]


def rows(page: pathlib.Path, heading: str) -> list[list[str]]:
    """The cells of the tables under a heading, without those of their heads."""
    section = page.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    tokens = MARKDOWN.parse(section)
    table: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open" and token.type == "td_open":
            table.append([])
        if before.type == "td_open":
            table[-1].append(token.content)
    return table


def stressed(page: pathlib.Path) -> set[str]:
    """What stands in italics."""
    tokens = [token.children or [] for token in MARKDOWN.parse(page.read_text("utf-8"))]
    return {
        text.content
        for children in tokens
        for before, text in pairwise(children)
        if before.type == "em_open"
    }
