"""The first rows of a CSV or TSV file. Pure."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice

from sigmic_jupyter.service import SHARED_MASK
from sigmic_jupyter.widget.replies import TablePreview

__all__ = ["table_preview"]

MOST_ROWS = 50
MOST_COLUMNS = 40
LONGEST_CELL = 200

DELIMITERS = ",;\t|"
QUOTED = re.compile(r'"[^"]*"?')
NUMBER = re.compile(r"[+\-\u2212]?[€$£¥]?\d[\d.,'\u00a0\u202f]*(?:[eE][+-]?\d+)?\s?%?")


def table_preview(text: str, *, tabs: bool) -> TablePreview | None:
    """Read a table as far as it is shown.

    Rows may have different lengths, and what looks like a formula is a text like any other.

    Args:
        text: The whole file; its first row names the columns.
        tabs: Whether tabs divide the cells, in any case. Otherwise it is whichever of comma,
            semicolon, tab and bar the first line has most of.

    Returns:
        None where it is no table.
    """
    delimiter = "\t" if tabs else _delimiter(text)
    try:
        # Line breaks within cells stay as they are.
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        filled = (row for row in reader if row)
        head = next(filled, [])
        rows = list(islice(filled, MOST_ROWS))
        count = len(rows) + sum(1 for _ in filled)
    except csv.Error:
        return None
    columns = max(map(len, [head, *rows]))
    width = min(columns, MOST_COLUMNS)
    cells = [_cells(row, width) for row in rows]
    return TablePreview(
        head=_cells(head, width),
        rows=cells,
        numbers=[_is_numeric(column) for column in zip(*cells, strict=True)] or [False] * width,
        note=_note(len(rows), count, width, columns),
    )


def _delimiter(text: str) -> str:
    line = QUOTED.sub("", text[:10_000].partition("\n")[0])
    return max(DELIMITERS, key=line.count)


def _cells(row: list[str], width: int) -> list[str]:
    return [_cell(cell) for cell in row[:width]] + [""] * (width - len(row))


def _cell(text: str) -> str:
    masked = SHARED_MASK.text(text)  # quotes in a cell are doubled in the file
    return masked if len(masked) <= LONGEST_CELL else f"{masked[:LONGEST_CELL]}…"


def _is_numeric(column: tuple[str, ...]) -> bool:
    filled = [cell.strip() for cell in column if cell.strip()]
    return bool(filled) and all(map(NUMBER.fullmatch, filled))


def _note(shown: int, count: int, width: int, columns: int) -> str:
    rows = f"First {shown:,} of {count:,} rows" if shown < count else _counted(count, "row")
    return rows if width == columns else f"{rows}, {width} of {columns:,} columns"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
