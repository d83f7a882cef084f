"""Write docs/reference.md: the public names, and what their docstrings say. Nothing is imported."""

from __future__ import annotations

import pathlib

import griffe
from docstrings import Page

__all__ = ["PAGE", "page"]

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference.md"
TITLE = """\
# Reference

What the docstrings say, put together by `make reference`.

Imported from `sigmic_jupyter`: {names} and [`simulator`](#the-simulator). The other names here are
those of what these take and give.
"""
# By section, each name below `sigmic_jupyter`; a class comes with its methods and properties.
SECTIONS: dict[str, tuple[str, ...]] = {
    "Tasks": ("run", "attach", "browse", "Client", "TaskWidget", "widget.browse.TaskBrowser"),
    "Waiting": ("wait", "as_completed", "widget.waitable.DoneAndNotDone"),
    "Settings": ("configure", "settings.Settings", "__version__"),
    "Files, calls and lists": (
        *("widget.files.Artifacts", "widget.files.Artifact", "service.ToolCall", "service.Task"),
        *("service.Output", "service.Thought", "service.Approval", "pages.TaskPage"),
        "service.TaskSummary",
    ),
    "Types of arguments": (
        *("widget.Policy", "service.FileLike", "follow.Transport", "widget.asking.OnApproval"),
    ),
    "Errors": (
        *("SigmicError", "ConfigurationError", "APIError", "ValidationError", "CallChanged"),
        *("AuthenticationError", "PermissionDeniedError", "NotFoundError", "RateLimitError"),
        *("ServerError", "ConnectionFailed", "UnexpectedResponse", "TaskFailed", "TaskCancelled"),
        *("TaskNotFinished", "ApprovalNeeded"),
    ),
    "The simulator": ("simulator.start", "simulator.Simulator", "simulator.ReceivedRequest"),
}
# The modules whose docstrings introduce a section.
INTRODUCTIONS = {
    "Errors": ("service.errors",),
    "The simulator": ("simulator", "simulator.scenarios"),
}
# Public for the other parts of the package alone.
INTERNAL = frozenset(
    {
        *("ambiguous_call", "approval_check", "check", "get_state", "has_kernel", "keep", "rows"),
        *("set_state", "settled", "show"),
    }
)


def page() -> str:
    """The page as the docstrings give it."""
    package = griffe.load(
        "sigmic_jupyter",
        search_paths=[ROOT],
        allow_inspection=False,
        docstring_parser="google",
        docstring_options={"returns_named_value": False, "returns_multiple_items": False},
    )
    all_paths = [path for paths in SECTIONS.values() for path in paths]
    made = Page(package, all_paths, internal=INTERNAL)
    public = [path for path in all_paths if path in (package.exports or ())]
    names = ", ".join(made.linked(f"`{name}`") for name in public)
    parts = [TITLE.format(names=names)]
    for section, paths in SECTIONS.items():
        parts.append(f"## {section}\n")
        parts += (part for module in INTRODUCTIONS.get(section, ()) for part in made.words(module))
        parts += (part for path in paths for part in made.entries(path))
    return "\n".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
