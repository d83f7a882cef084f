"""The front end, once for all widgets of a kernel: as a model of its own that the others name."""

from __future__ import annotations

import pathlib
from functools import cache

import traitlets as t
from ipywidgets import Widget

__all__ = ["LOADER", "Bundle", "bundle", "sources"]

STATIC = pathlib.Path(__file__).parent.parent / "static"
# As text: anywidget would watch a file, and hold every widget for ever to tell it of changes.
LOADER = (STATIC / "loader.js").read_text("utf-8")


class Bundle(Widget):  # type: ignore[misc]  # ipywidgets has no types
    """A model without a view, which holds the front end's code.

    Attributes:
        js: An ECMAScript module.
        css: Its style sheet.
    """

    js = t.Unicode().tag(sync=True)
    css = t.Unicode().tag(sync=True)


@cache
def sources() -> dict[str, str]:
    """The front end's code, as the traits of a `Bundle`."""
    return {name: (STATIC / f"widget.{name}").read_text("utf-8") for name in ("js", "css")}


_bundles: list[Bundle] = []


def bundle() -> Bundle:
    """The one bundle of this kernel; a new one if that was closed, as by `Widget.close_all()`."""
    while _bundles and _bundles[-1].comm is None:
        _bundles.pop()
    if not _bundles:
        _bundles.append(Bundle(**sources()))
    return _bundles[-1]
