"""The first rows of CSV and TSV files, however they were written."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmic_jupyter.widget.files import tables
from sigmic_jupyter.widget.files.tables import table_preview

CELLS = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)


def rows_of(text, *, tabs=False):
    made = table_preview(text, tabs=tabs)
    return [made.head, *made.rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b\r\n1,5;2\r\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1\t2", [["a", "b"], ["1", "2"]]),
        ("a|b\n1|2", [["a", "b"], ["1", "2"]]),
        ('"a;b;c",d\n1,2', [["a;b;c", "d"], ["1", "2"]]),
        ('a,b\n"one\ntwo","say ""x"""', [["a", "b"], ["one\ntwo", 'say "x"']]),
        ("a,b\n1\n1,2,3\n", [["a", "b", ""], ["1", "", ""], ["1", "2", "3"]]),
        ("\n\na,b\n\n1,2\n\n", [["a", "b"], ["1", "2"]]),
        (",a\n0,x\n", [["", "a"], ["0", "x"]]),
        ('a\n=HYPERLINK("x")\n@SUM(1)', [["a"], ['=HYPERLINK("x")'], ["@SUM(1)"]]),
        ('a,b\n"open', [["a", "b"], ["open", ""]]),
        ("only", [["only"]]),
    ],
)
def test_rows(text, expected):
    """Ragged, quoted, without an end: each row has all columns, and a formula is a text."""
    assert rows_of(text) == expected


def test_tabs_divide_a_tsv_whatever_else_is_in_it():
    """Commas in it are text."""
    assert rows_of("a,b,c\td\n1\t2", tabs=True) == [["a,b,c", "d"], ["1", "2"]]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "-2.5", "1,204", "+6.1 %", "€3", "1e-5", ""], True),
        (["\u22121"], True),
        (["1", "x"], False),
        (["2026-01-26"], False),
        (["A-120"], False),
        (["", ""], False),
    ],
)
def test_numbers(cells, expected):
    """A column is one of numbers if all that is in it are some."""
    text = "key,value\n" + "".join(f'x,"{cell}"\n' for cell in cells)

    assert table_preview(text, tabs=False).numbers == [False, expected]


def test_notes_say_what_is_not_shown(monkeypatch):
    """How many rows and columns there are."""
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    monkeypatch.setattr(tables, "MOST_COLUMNS", 3)

    def note(text):
        return table_preview(text, tabs=False).note

    assert note("a\n1") == "1 row"
    assert note("a\n1\n2") == "2 rows"
    assert note("a\n1\n2\n3") == "First 2 of 3 rows"
    assert note("a,b,c,d\n1\n2\n3") == "First 2 of 3 rows, 3 of 4 columns"
    assert note("a") == "0 rows"


def test_long_cells_are_cut():
    """A cell stays one that fits into a row."""
    assert rows_of(f"a\n{'x' * 300}") == [["a"], [f"{'x' * 200}…"]]


def test_a_field_that_is_too_long_for_the_reader():
    """Then it is no table, and is shown as text."""
    assert table_preview('"' + "x" * 200_000, tabs=False) is None


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_python_writes_is_read(rows):
    """Whatever is in the cells, they are the same again."""
    written = io.StringIO()
    csv.writer(written, delimiter="\t", quoting=csv.QUOTE_ALL).writerows(rows)
    width = max(map(len, rows))

    read = rows_of(written.getvalue(), tabs=True)

    assert read == [row + [""] * (width - len(row)) for row in rows]
