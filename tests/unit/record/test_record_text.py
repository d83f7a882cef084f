import json
import subprocess
import sys
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmic_jupyter.widget.files import byte_count
from sigmic_jupyter.widget.record.hidden import prose, visible
from sigmic_jupyter.widget.record.links import host_notes
from sigmic_jupyter.widget.record.text import Allowance, first_line, grouped, name
from sigmic_jupyter.widget.record.times import clock, date_time, duration, span


def contract(name):
    """Cases that the front end is held to as well."""
    return json.loads((Path(__file__).parents[3] / "contract" / f"{name}.json").read_text())


@pytest.mark.parametrize("case", contract("hidden"), ids=itemgetter("name"))
def test_hidden_characters_are_shown(case):
    """What cannot be seen becomes tokens with its numbers, as in the browser; less in prose."""
    assert visible(case["text"]) == case["exact"]
    assert prose(case["text"]) == case["prose"].replace("\r\n", "\n")


@given(st.text(st.characters(exclude_categories=())))
def test_prose_is_the_more_lenient(text):
    """What is left alone exactly is left alone in prose."""
    assert prose(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\nb", "a⟦U+000A⟧b"), ("a\tb", "a⟦U+0009⟧b"), ("x" * 301, "x" * 300 + "…"), ("", "")],
)
def test_a_name_is_on_one_line(text, expected):
    """A line break in a name is shown, and a name without end is cut."""
    assert name(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("\n  a b \nc", "a b"), ("", ""), ("x" * 161, "x" * 160 + "…"), ("a\u202eb\nc", "a⟦U+202E⟧b")],
)
def test_the_first_line_that_says_anything(text, expected):
    """Space before it does not count, and a line without end is cut."""
    assert first_line(text) == expected


def test_an_allowance_is_shared():
    """What one text takes, by its length as shown, is missing to the next."""
    allowance = Allowance(20)

    assert allowance.cut("\u202e23456", 3) == ("⟦U+202E⟧23", 3)
    assert allowance.cut("1234567890123", 100) == ("1234567890", 3)
    assert allowance.cut("12", 100) == ("", 2)
    assert allowance.spend(1) is False


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 lines"), (1, "1 line"), (2, "2 lines"), (1204, "1,204 lines")]
)
def test_counts_have_their_noun(count, expected):
    """Numbers are grouped by thousands."""
    assert grouped(count, "line", "lines") == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        *((0, "< 0.1 s"), (0.04, "< 0.1 s"), (0.4, "0.4 s"), (2, "2 s"), (9.94, "9.9 s")),
        *((9.96, "10 s"), (47.6, "48 s"), (59.6, "1 min 0 s"), (72, "1 min 12 s")),
        *((3_600, "1 h 0 min"), (7_500, "2 h 5 min"), (3_600_000, "1,000 h 0 min")),
    ],
)
def test_durations(seconds, expected):
    """Tenths below ten seconds, then whole seconds, minutes and hours."""
    assert duration(seconds) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        *((0, "0 bytes"), (999, "999 bytes"), (1_000, "1 KB"), (2_641, "2.6 KB")),
        *((41_210, "41 KB"), (9_960, "10 KB"), (50_000_000, "50 MB"), (None, ""), (5e15, "")),
        (5 * 10**15, "5,000 TB"),
    ],
)
def test_sizes(size, expected):
    """Sizes go by 1,000; an unknown one says nothing."""
    assert byte_count(size) == expected


@pytest.mark.parametrize("value", [None, "", "soon", "2026-13-01T00:00:00Z", "\u202e", 5])
def test_what_is_no_time_says_nothing(value):
    """A time that is not known is no guess."""
    assert (clock(value), date_time(value), span(value, value)) == ("", "", "")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-01-26T15:50:54.870Z", None, "26 January 2026, 15:50:54 UTC"),
        (None, "2026-01-26T15:50:54.870Z", "26 January 2026, 15:50:54 UTC"),
        (
            "2026-01-26T23:59:59Z",
            "2026-01-27T00:00:01Z",
            "26 January 2026, 23:59:59 to 27 January 2026, 00:00:01 UTC",
        ),
        (
            "2026-01-26T16:50:54+01:00",
            "2026-01-26T15:51:00",
            "26 January 2026, 15:50:54 to 15:51:00 UTC",
        ),
        ("0001-01-01T00:00:00+14:00", None, ""),
    ],
)
def test_spans_are_in_utc(start, end, expected):
    """Days are told apart only where they differ."""
    assert span(start, end) == expected


@pytest.mark.parametrize("case", contract("hosts"), ids=itemgetter("text"))
def test_hosts_that_are_not_what_they_seem(case):
    """The hosts of addresses that have other letters are told as they are looked up."""
    assert [list(note) for note in host_notes(case["text"])] == case["hosts"]


def test_the_import_is_light():
    """The Markdown parser is loaded with the first answer, not with the package."""
    code = "import sys, sigmic_jupyter.widget.record; print('markdown_it' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "False"
