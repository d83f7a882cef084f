"""The list of recent tasks as a widget: what is fetched of it, filtered, and opened in place."""

from sigmic_jupyter.widget.browse.browser import TaskBrowser

__all__ = ["TaskBrowser"]
