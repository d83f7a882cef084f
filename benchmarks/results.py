"""Tables of what was measured, and how it stands to what is promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Row", "Table"]


@dataclass(frozen=True)
class Row:
    """One line: its name, and a cell for each head."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One workload.

    Attributes:
        key: Such as `W1`.
        title: What is done.
        heads: Of the columns after the first.
        rows: What was measured.
        checks: What is promised, and which part of what it allows was used: 1.0 is all of it.
    """

    key: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Row]
    checks: Mapping[str, float]

    def markdown(self) -> str:
        """The section of the page."""
        lines = [
            f"## {self.key}: {self.title}",
            "",
            f"| | {' | '.join(self.heads)} |",
            "| --- |" + " ---: |" * len(self.heads),
            *(f"| {row.name} | {' | '.join(row.cells)} |" for row in self.rows),
            "",
            "| promised | used of what it allows | |",
            "| --- | ---: | --- |",
        ]
        for name, used in self.checks.items():
            lines.append(f"| {name} | {used:.0%} | {'kept' if used <= 1 else '**missed**'} |")
        return "\n".join([*lines, ""])
