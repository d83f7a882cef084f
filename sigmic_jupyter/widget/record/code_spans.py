"""Text of the agent's within Markdown of ours, so that it ends where we say it ends. Pure."""

from __future__ import annotations

import re

__all__ = ["escaped", "fence", "indented", "span"]

# What could begin something within a line, Markdown's or a formula. At the end `!` could make an
# image of a link that follows, and `#` could be a heading's; within a word `_` is nothing. Of
# `ftp://` GitHub's parser makes a link by itself.
SPECIAL = re.compile(r"[\\`*\[\]~|$]|(?<=[fF][tT][pP]:)/(?=/)|(?<![^\W_])_|_(?![^\W_])|[!#]$")
# What begins a heading, a list, a rule, or the underline of a heading or table.
FIRST = re.compile(r"^(?:#(?=#*(?:\s|$))|[-+](?=\s|$)|[-=:](?=[-=:\s]*$))")
NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")


def escaped(text: str) -> str:
    """Text that Markdown and HTML take for text, on one line."""
    line = SPECIAL.sub(r"\\\g<0>", text.replace("\n", " "))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return NUMBERED.sub(r"\1\\", FIRST.sub(r"\\\g<0>", line))


def span(text: str, *, in_table: bool = False) -> str:
    """A code span; its fence is longer than any run of backticks inside."""
    line = text.replace("\n", " ")
    if not line.strip():
        return "*empty*"
    ticks = "`" * (_longest_run(line) + 1)
    padding = " " if line[0] in "` " or line[-1] in "` " else ""
    made = f"{ticks}{padding}{line}{padding}{ticks}"
    # A pipe ends a table's cell even within code, unless it is escaped.
    return made.replace("|", r"\|") if in_table else made


def fence(text: str, language: str = "") -> str:
    """A fenced block of code; its fence is longer than any run of backticks inside."""
    ticks = "`" * max(3, _longest_run(text) + 1)
    end = "" if text.endswith("\n") or not text else "\n"
    return f"{ticks}{language}\n{text}{end}{ticks}"


def indented(text: str, prefix: str, first: str = "") -> str:
    """Text with a prefix on each line: `> `, or the spaces of an item whose marker is `first`."""
    lines = [f"{prefix}{line}" if line else prefix.rstrip() for line in text.split("\n")]
    if first:
        lines[0] = f"{first}{lines[0][len(prefix) :]}"
    return "\n".join(lines)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
