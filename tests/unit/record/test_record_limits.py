"""A record stays moderate, and says what it leaves out."""

import pytest
from record_page import EXAMPLES, with_answer

from sigmic_jupyter.widget.record import record_html, record_markdown, record_plain

COMPLETED = EXAMPLES["completed"]
CALL = COMPLETED["tool_calls"][0]
RECORDS = [record_html, record_markdown]


def calls(count, **changes):
    """A task with so many calls."""
    made = [CALL | {"call_id": f"call_{number}"} | changes for number in range(count)]
    return COMPLETED | {"tool_calls": made, "timeline": [], "decisions": []}


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize(
    "line", ["word " * 15 + "\n", "word " * 15 + "\n\n", "x", "|a|b|\n", "&", "\u202e"]
)
def test_a_megabyte_of_answer(record, line):
    """A very long answer is shown as it was written, to its millionth character."""
    answer = line * (1_000_000 // len(line))

    made = record(with_answer(answer))

    assert len(made.encode()) < 6_000_000
    assert ("more not in this record" in made) == (line == "\u202e")


@pytest.mark.parametrize("record", RECORDS)
def test_what_an_answer_leaves_out_is_counted(record):
    """Beyond its millionth character an answer is cut, and the rest is counted."""
    made = record(with_answer("x" * 1_234_567))

    assert "234,567 characters more not in this record." in made


def test_a_long_timeline_is_left_to_the_page_s_own_styles():
    """It says the same; JupyterLab reads every style of a record for its table of contents."""
    within, beyond = (record_html(calls(count)) for count in (100, 101))

    assert within.count("style=") > 100 * 10
    assert beyond.count("style=") < 100
    assert beyond.count("<tr") > within.count("<tr")


@pytest.mark.parametrize("record", RECORDS)
def test_a_long_output_is_cut(record):
    """An output is shown to its 8,000th character, and the rest is counted."""
    made = record(calls(1, output="0123456789" * 1_000))

    assert "0123456789" * 800 in made
    assert "0123456789" * 801 not in made
    assert "2,000 characters more not in this record." in made


@pytest.mark.parametrize("record", RECORDS)
def test_a_long_argument_is_cut(record):
    """An argument is shown to its 20,000th character."""
    made = record(calls(1, args={"content": "x" * 20_001}))

    assert "x" * 20_000 in made
    assert "1 character more not in this record." in made


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize(
    "changes",
    [
        {"output": "\u202e" * 100_000, "args": {}},
        {"args": {f"name {number}": "\u202e" * 1_000 for number in range(20)}},
        {"args": {f"name {number}": "" for number in range(200)}},
        {"tool_name": "x" * 100_000},
        {"description": "<" * 100_000},
    ],
    ids=["outputs", "values", "names", "tools", "descriptions"],
)
def test_many_calls_share_what_there_is(record, changes):
    """However many calls there are and however much they hold, the record stays moderate."""
    made = record(calls(600, **changes))

    assert len(made.encode()) < 4_000_000
    assert "100 rows more" in made or "100 steps more" in made


@pytest.mark.parametrize("record", RECORDS)
def test_arguments_beyond_the_allowance_are_counted(record):
    """Where nothing more may be shown, it is said how many arguments are missing."""
    made = record(calls(1, args={f"name {number}": "" for number in range(10_000)}))

    assert "arguments more not in this record." in made


@pytest.mark.parametrize("record", RECORDS)
def test_an_argument_without_end_is_named_so(record):
    """A value that is nested too deep for JSON does not break the record."""
    value = []
    for _ in range(100_000):
        value = [value]

    assert "(nested too deeply to be shown)" in record(calls(1, args={"a": value}))


@pytest.mark.parametrize("record", [*RECORDS, record_plain])
def test_everything_else_is_bounded_too(record):
    """Long messages, errors, names of files and many of them do not make a long record."""
    long = "&" * 100_000
    made = record(
        COMPLETED
        | {
            "message": long,
            "task_id": long,
            "content": "",
            "error": {"kind": long, "message": long, "hint": long},
            "artifacts": [{"name": long, "path": long, "size": 1, "mime_type": long}] * 600,
            "decisions": [COMPLETED["decisions"][0] | {"by": {"kind": "policy", "name": long}}]
            * 600,
            "conversation": [{"role": long, "content": long, "created_at": long}] * 60,
        }
    )

    assert len(made.encode()) < 8_000_000
