"""Which columns of a table to group by and to add up, told from its first rows. Pure."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

__all__ = ["Columns", "find_columns"]

_MAX_GROUPS: Final = 12
# Adding these up says nothing.
_NOT_ADDITIVE: Final = ("price", "rate", "discount", "percent", "pct", "ratio", "year", "id")
# What is worth most to whoever asks, best first.
_REVENUE: Final = ("net", "revenue", "sales", "turnover", "amount", "gross")


@dataclass(frozen=True)
class Columns:
    """The columns that matter.

    Attributes:
        group: a text column with few different values.
        measure: the one of `sums` that the answer is about.
        sums: the numeric columns that can be added up.
        date: a column of ISO dates, if there is one.
        is_revenue: whether the measure's name speaks of money earned.
    """

    delimiter: str
    group: str
    measure: str
    sums: tuple[str, ...]
    date: str | None
    is_revenue: bool

    @property
    def title(self) -> str:
        """What is computed, as a heading."""
        return f"{'Revenue' if self.is_revenue else self.measure} by {self.group}"


def find_columns(head: str) -> Columns | None:
    """The columns of a CSV file that begins with `head`; None where nothing can be grouped."""
    if not head:
        return None
    first_line = head.partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    header, *rows = csv.reader(head.splitlines(), delimiter=delimiter)
    values = {
        name: [row[index] for row in rows if len(row) > index and row[index]]
        for index, name in enumerate(header)
    }
    sums = tuple(name for name, column in values.items() if _is_additive(name, column))
    dates = [name for name, column in values.items() if _all_parse(column, date.fromisoformat)]
    groups = [
        name
        for name, column in values.items()
        if name not in dates and not _all_parse(column, float) and _has_few_values(column)
    ]
    if not sums or not groups:
        return None
    revenue = _revenue_column(sums)
    return Columns(
        delimiter=delimiter,
        group=groups[0],
        measure=revenue or sums[-1],
        sums=sums,
        date=dates[0] if dates else None,
        is_revenue=revenue is not None,
    )


def _is_additive(name: str, column: Sequence[str]) -> bool:
    words = name.lower().replace("-", "_").replace(" ", "_").split("_")
    return _all_parse(column, float) and not any(word in _NOT_ADDITIVE for word in words)


def _has_few_values(column: Sequence[str]) -> bool:
    return 0 < len(set(column)) <= min(_MAX_GROUPS, max(1, len(column) // 2))


def _revenue_column(sums: Sequence[str]) -> str | None:
    return next((name for word in _REVENUE for name in sums if word in name.lower()), None)


def _all_parse(column: Sequence[str], parse: Callable[[str], object]) -> bool:
    try:
        for value in column:
            parse(value)
    except ValueError:
        return False
    return bool(column)
