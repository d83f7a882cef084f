"""HTML from elements and text; what is not `Html` is text, and is escaped. Pure."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from sigmic_jupyter.widget.record.hidden import prose

__all__ = ["NO_MATH", "Html", "element", "join", "unstyled", "void"]

# Viewers with MathJax would make formulas of amounts in dollars, and links of `\href`.
NO_MATH: Final = {"class": "tex2jax_ignore mathjax_ignore"}

# Neither text nor an attribute's value has these signs of their own.
_TAG = re.compile(r"<[^<>]+>")
_STYLE = re.compile(r' style="[^"]*"')


class Html(str):
    """Markup that was made here, from elements and escaped text."""

    __slots__ = ()


def element(tag: str, *children: str, style: str = "", **attributes: str) -> Html:
    """An element of ours.

    Args:
        tag: Its name.
        children: `Html` as it is, any other text escaped and with its hidden characters shown.
        style: Left out where empty.
        attributes: The others; their values are escaped.
    """
    opening = _opening(tag, style, attributes)
    return Html(f"<{opening}>{join(*children)}</{tag}>")


def void(tag: str, *, style: str = "") -> Html:
    """An element without content, such as a line break."""
    return Html(f"<{_opening(tag, style, {})}>")


def join(*children: str) -> Html:
    """Elements and text, one after the other."""
    return Html("".join(child if isinstance(child, Html) else _text(child) for child in children))


def unstyled(html: Html) -> Html:
    """The same elements, without their styles."""
    return Html(_TAG.sub(lambda tag: _STYLE.sub("", tag[0]), html))


def _text(text: str) -> str:
    return escape(prose(text), quote=False)


def _opening(tag: str, style: str, attributes: dict[str, str]) -> str:
    given = {"style": style, **attributes} if style else attributes
    return tag + "".join(f' {key}="{escape(text)}"' for key, text in given.items())
