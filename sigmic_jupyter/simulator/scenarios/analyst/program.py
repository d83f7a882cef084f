"""The Python that the agent runs, and what its output says. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from typing import Final

from sigmic_jupyter.simulator.scenarios.analyst.columns import Columns

__all__ = ["Group", "Result", "parse", "program"]

_PROGRAM: Final = Template("""\
import csv
import json
import math

PATH = $path
GROUP, MEASURE, DATE = $group, $measure, $date
SUMS = $sums

with open(PATH, newline="", encoding="utf-8-sig") as file:
    rows = list(csv.DictReader(file, delimiter=$delimiter))


def number(row, column):
    try:
        value = float(row[column])
    except (TypeError, ValueError):
        return 0.0
    return value if math.isfinite(value) else 0.0


# Compare the later half of the dates with the earlier half.
dates = sorted({row[DATE] for row in rows if row[DATE]}) if DATE else []
middle = dates[len(dates) // 2] if dates else None

groups = {}
for row in rows:
    group = groups.setdefault(
        row[GROUP] or "", {"rows": 0, "sums": dict.fromkeys(SUMS, 0.0), "early": 0.0, "late": 0.0}
    )
    group["rows"] += 1
    for column in SUMS:
        group["sums"][column] += number(row, column)
    if middle and row[DATE]:
        group["late" if row[DATE] >= middle else "early"] += number(row, MEASURE)

for group in groups.values():
    group["sums"] = {column: round(total, 2) for column, total in group["sums"].items()}

print(json.dumps({
    "rows": len(rows),
    "total": round(sum(number(row, MEASURE) for row in rows), 2),
    "dates": [dates[0], middle, dates[-1]] if dates else None,
    "groups": groups,
}))
""")


@dataclass(frozen=True)
class Group:
    """The figures of one group.

    Attributes:
        value: the sum of the measure.
        change: from the earlier half of the time to the later, as a fraction; None if unknown.
    """

    name: str
    rows: int
    sums: Mapping[str, float]
    value: float
    change: float | None


@dataclass(frozen=True)
class Result:
    """What the program found.

    Attributes:
        total: the sum of the measure over all rows, added up apart from the groups.
        dates: the first, the middle and the last date.
        groups: by value, largest first.
    """

    rows: int
    total: float
    dates: tuple[str, str, str] | None
    groups: tuple[Group, ...]


def program(path: str, columns: Columns) -> str:
    """The code for one file: `path` is relative to the workspace."""
    return _PROGRAM.substitute(
        path=repr(path),
        group=repr(columns.group),
        measure=repr(columns.measure),
        date=repr(columns.date),
        sums=repr(list(columns.sums)),
        delimiter=repr(columns.delimiter),
    )


def parse(output: str, measure: str) -> Result:
    """What the program printed."""
    found = json.loads(output)
    groups = (
        Group(
            name=name or "(none)",
            rows=figures["rows"],
            sums=figures["sums"],
            value=figures["sums"][measure],
            change=figures["late"] / figures["early"] - 1 if figures["early"] > 0 else None,
        )
        for name, figures in found["groups"].items()
    )
    return Result(
        rows=found["rows"],
        total=found["total"],
        dates=tuple(found["dates"]) if found["dates"] else None,
        groups=tuple(sorted(groups, key=lambda group: group.value, reverse=True)),
    )
