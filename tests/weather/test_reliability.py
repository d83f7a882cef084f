"""`docs/reliability.md` says what the tests of bad weather check, row by row."""

from __future__ import annotations

import importlib
import pathlib

import pytest
from test_weather_acts import ACTED, CREATED, SENT
from weathers import COVERED, LASTING, PASSING

HERE = pathlib.Path(__file__).parent
TEXT = (HERE.parents[1] / "docs" / "reliability.md").read_text()


def rows(heading):
    """The cells of the table under a heading, by the first."""
    section = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return {first: " | ".join(others) for first, *others in cells[2:]}


FOLLOWED = rows("While a task is followed")


def test_each_row_has_its_test():
    """And each test of bad weather its row."""
    for path in HERE.glob("test_weather_*.py"):
        importlib.import_module(path.stem)
    assert set(FOLLOWED) == COVERED


@pytest.mark.parametrize("row", [*PASSING, *LASTING], ids=str)
def test_what_you_see(row):
    """The kind of problem and its message are those that the test finds."""
    assert f"`{row.kind}`" in FOLLOWED[row.name]
    assert row.says in FOLLOWED[row.name]


@pytest.mark.parametrize("row", [*PASSING, *LASTING], ids=str)
def test_what_happens_next(row):
    """What passes goes on by itself; of the rest it is said what to do."""
    next_ = FOLLOWED[row.name].rpartition(" | ")[2]
    assert ("`task.refresh()`" in next_) is (row in LASTING)
    assert next_.startswith(("tried again", "pauses", "following stops"))


def test_what_is_done():
    """The advice is that of the errors."""
    acts = rows("While something is done")
    assert CREATED in acts["`run`"]
    assert SENT in acts["`send`"]
    assert ACTED in acts["`cancel`"]
