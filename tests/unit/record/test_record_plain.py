import pytest
from record_page import EXAMPLES

from sigmic_jupyter.widget.record import record_plain


def test_a_finished_task_in_a_few_lines():
    """The first line names the widget; message, times and the answer's beginning follow."""
    assert record_plain(EXAMPLES["cancelled"]) == (
        "<TaskWidget 0c5f2d1e-7a44-4b0e-9a53-3f1d7c2b8e90 cancelled>\n"
        "Remove the files of the last run\n"
        "26 January 2026, 15:50:40 to 15:51:02 UTC. Worked 3.1 s, waited 18 s for a person.\n"
        "\n"
        "I will look at the archive first."
    )


def test_calls_that_wait_are_named():
    """A call that waits for a person has its line."""
    lines = record_plain(EXAMPLES["awaiting-approval"]).splitlines()

    assert lines[3] == "Waits for approval: read_file /workspace/uploads/sales.csv"


def test_an_error_comes_with_its_hint():
    """What happened and what to do come before what was kept of the answer."""
    assert record_plain(EXAMPLES["failed"]).splitlines()[3:] == [
        "The service reported an error",
        "Sandbox stopped: memory limit exceeded",
        "Send a message with task.send(…): the session is restored with its files.",
        "",
        "The file has two revenue columns",
    ]


@pytest.mark.parametrize(
    ("content", "last"),
    [
        ("a\n" * 20, "a"),
        ("a\n" * 21, "… 1 line more in task.content"),
        ("a\n" * 1_500, "… 1,480 lines more in task.content"),
        ("x" * 300, "x" * 200 + "…"),
        ("a\u202eb\x1b[31m", "a⟦U+202E⟧b⟦U+001B⟧[31m"),
    ],
)
def test_the_answer_s_beginning(content, last):
    """Twenty lines of an answer are shown, hidden characters as tokens."""
    assert record_plain({"status": "completed", "content": content}).splitlines()[-1] == last


def test_nothing_known_is_one_line():
    """Before the service said anything there is the widget's name alone."""
    assert record_plain({"task_id": "x"}) == "<TaskWidget x not connected>"
