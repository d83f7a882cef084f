import pytest
from record_page import EXAMPLES, Page, texts_of

from sigmic_jupyter.widget.record import record_html, record_markdown

COMPLETED = EXAMPLES["completed"]
CALL = COMPLETED["tool_calls"][0]
DECISION = COMPLETED["decisions"][0]


def page(**changes):
    return Page(record_html(COMPLETED | changes))


@pytest.mark.parametrize("traits", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_is_of_our_elements(traits):
    """The record of each example has only elements, attributes and styles of the allow-list."""
    assert Page(record_html(traits)).foreign() == []


def test_a_record_stands_for_itself():
    """Nothing is loaded, and no viewer makes formulas of it."""
    html = record_html(COMPLETED)

    assert {tag for tag, _ in Page(html).elements} & {"img", "script", "style", "link"} == set()
    assert "url(" not in html
    assert Page(html).of("div")[0]["class"] == "tex2jax_ignore mathjax_ignore"


def test_the_head_says_status_message_times_and_durations():
    """A finished task's times are in UTC; waiting for a person is told apart from work."""
    assert page().text.startswith(
        "✓\xa0Completed\xa0 Summarise sales.csv by region"
        "26 January 2026, 15:50:40 to 15:52:46 UTC. Worked 1 min 25 s, waited 40 s for a person. "
        "Task 0c5f2d1e-7a44-4b0e-9a53-3f1d7c2b8e90"
    )


def test_decisions_say_what_and_who():
    """Each decision has its outcome, the call, who decided and when, the newest first."""
    rows = [row for row in texts_of(record_html(COMPLETED)) if len(row) == 4 and ":" in row[3]]

    assert rows == [
        ["!\xa0Already decided", "write_file downloads/summary.md", "elsewhere", "15:51:34"],
        [
            "✓\xa0Approved once",
            "web_fetch https://kurse.bücher.example/ecb/2026-03.csv",
            "you",
            "15:51:09",
        ],
        [
            "✕\xa0Rejected",
            (
                "run_shell_command rm --recursive downloads/archive"
                "Reason, sent to the agent: Keep the archive, the auditors need it."
            ),
            "you",
            "15:50:58",
        ],
        [
            "✓\xa0Approved for this session",
            "run_shell_command python summarise.py --by region --column net_eur",
            "policy run_*",
            "15:50:50",
        ],
        ["✓\xa0Approved", "read_file uploads/sales.csv", "policy read_only_tools", "15:50:44"],
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"by": {"kind": "stop"}, "outcome": "cancel"},
            ["\N{EN DASH}\xa0Cancelled with the task", "stopped"],
        ),
        ({"state": "sent"}, ["✓\xa0Approved", "policy read_only_tools", "not confirmed"]),
        (
            {"state": "failed", "by": {"kind": "person"}, "error": {"message": "No connection"}},
            ["!\xa0Approval not delivered", "you", "No connection"],
        ),
        ({"state": "failed", "outcome": "cancel", "error": None}, ["!\xa0Rejection not delivered"]),
        ({"args": {"path": "other.csv"}}, ["path", "other.csv"]),
        ({"args": {}}, ["No arguments"]),
        ({"args": {**DECISION["args"], "limit": 200.0}}, ["limit", "200.0"]),
        ({"args": {}, "args_json": '{"n":12345678901234567890}'}, ["n", "12345678901234567890"]),
        ({"args": {"s": "\ufffd"}, "args_json": '{"s":"\\ud800"}'}, ["⟦U+D800⟧"]),
        (
            {"by": {"kind": "expired"}, "outcome": None},
            ["\N{EN DASH}\xa0Expired with the task", "nobody"],
        ),
    ],
)
def test_a_decision_in_other_states(changes, words):
    """What was stopped, not delivered, not confirmed, or decided on other arguments is told."""
    texts = page(
        decisions=[DECISION | changes], content="", artifacts=[], timeline=[], tool_calls=[CALL]
    ).texts
    joined = "".join(texts)

    assert [word for word in words if word not in joined] == []


@pytest.mark.parametrize(
    ("state", "error", "told"),
    [
        ("waiting", None, "Reason, not sent yet: "),
        ("sending", None, "Reason, not sent yet: "),
        ("sent", None, "Reason, sent to the agent: "),
        ("dropped", None, "Reason, not sent since the task was stopped: "),
        ("failed", {"message": "No\nconnection"}, "Reason, sending failed (No): "),
    ],
)
@pytest.mark.parametrize("args", [CALL["args"], {}], ids=["shown in the steps", "other arguments"])
def test_a_reason_and_what_became_of_it(state, error, told, args):
    """The person's words in all of their lines, and whether the agent was told."""
    reason = {"text": "Keep it.\r\nThe auditors.", "state": state, "error": error}
    decision = DECISION | {"outcome": "cancel", "args": args, "reason": reason}

    assert f"{told}Keep it.The auditors." in page(decisions=[decision], tool_calls=[CALL]).text


def test_a_long_reason_is_cut_and_says_so():
    """Its end is in `task.decisions`."""
    reason = {"text": "x" * 9_000, "state": "sent", "error": None}

    text = page(decisions=[DECISION | {"reason": reason}]).text
    assert "x" * 8_000 + "1,000 characters more not in this record." in text


def test_files_have_type_and_size():
    """Each file has its path, what it is and how large it is."""
    rows = [
        row for row in texts_of(record_html(COMPLETED)) if row and row[0].startswith("downloads")
    ]

    assert rows == [
        ["downloads/revenue_by_region.png", "PNG image", "41 KB"],
        ["downloads/revenue_by_region.csv", "CSV", "2.6 KB"],
        ["downloads/summary.md", "Markdown", "1.8 KB"],
    ]


def test_steps_come_in_their_order_with_all_arguments_and_output():
    """The timeline opens to each thought's words and each call's arguments and output."""
    text = page().text
    expected = [
        "2 thoughts, 5 tool calls",
        "Looking at the shape of the file",
        "The request names sales.csv; I need its columns first.",
        "The agent says: Read the uploaded file",
        "limit200",
        "region,net_eur,gross_eur\nNorth,412380,490732\nSouth,388914,462808\n",
        "Two columns could be revenue",
        "timeout_s60",
        '{\n  "accept": "text/csv"\n}',
        "# Summary\n\nWest fell by 14.2 %.\n",
        "Wrote 31 bytes",
    ]
    places = [text.find(part) for part in expected]

    assert -1 not in places
    assert places == sorted(places)


def test_an_international_host_is_shown_as_it_is_looked_up():
    """Letters that look like others are told apart in the host's ASCII form."""
    assert "The host is kurse.xn--bcher-kva.example" in page().text


@pytest.mark.parametrize(
    ("status", "decision", "task", "result"),
    [
        ("success", None, "running", "success"),
        ("error", None, "running", "failed"),
        ("cancelled", None, "completed", "cancelled"),
        ("cancelled", {"outcome": "cancel", "by": {"kind": "person"}}, "completed", "rejected"),
        ("cancelled", {"outcome": "cancel", "by": {"kind": "stop"}}, "cancelled", "cancelled"),
        ("executing", None, "running", "running"),
        ("executing", None, "failed", "not finished"),
        ("awaiting_approval", None, "awaiting_approval", "waiting"),
        ("pending", None, "running", "pending"),
        ("paused", None, "running", "paused"),
    ],
)
def test_a_step_says_how_it_ended(status, decision, task, result):
    """A status that this version does not know is shown as the service words it."""
    decisions = [DECISION | decision] if decision else []
    traits = COMPLETED | {
        "status": task,
        "content": "",
        "artifacts": [],
        "decisions": decisions,
        "tool_calls": [CALL | {"status": status, "description": None, "output": None, "args": {}}],
        "timeline": [],
    }

    assert texts_of(record_html(traits))[-1] == ["read_fileNo arguments", result, ""]


def test_a_call_without_a_row_is_not_lost():
    """Calls that the timeline does not list yet come at its end."""
    rows = [COMPLETED["timeline"][1] | {"call_id": "unknown"}]

    assert "5 tool calls" in page(timeline=rows).text


def test_a_task_that_is_not_final_is_a_snapshot():
    """The record says that it is a snapshot, of when, and which call waits since when."""
    html = record_html(EXAMPLES["awaiting-approval"])
    text = Page(html).text

    assert "!\xa0Waiting for approval" in text
    assert "Answer so far" in text
    assert [
        "!\xa0Waits for approval",
        "read_file /workspace/uploads/sales.csv",
        "",
        "15:51:02",
    ] in (texts_of(html))
    assert "A snapshot of 26 January 2026, 15:51:02 UTC: the task was not finished then." in text
    assert text.endswith('attach("0c5f2d1e-7a44-4b0e-9a53-3f1d7c2b8e90")')


def test_a_failed_task_says_why_and_what_to_do():
    """The service's message and the hint are shown, and what was kept of the answer."""
    text = Page(record_html(EXAMPLES["failed"])).text

    assert (
        "The service reported an error"
        "Sandbox stopped: memory limit exceeded"
        "What you can do: Send a message with task.send(…): the session is restored"
    ) in text
    assert "Answer so far" in text
    assert "A record of the finished task." in text


def test_earlier_messages_are_kept():
    """What was said before the last message is in the record, without what it shows anyway."""
    text = Page(record_html(EXAMPLES["cancelled"])).text

    assert "2 earlier messages" in text
    assert "You, with sales.csv 26 January 2026, 15:40:10 UTCSummarise sales.csv by region" in text
    assert "The agent 26 January 2026, 15:42:01 UTCNet revenue came to €1,072,344." in text


def test_the_newest_message_stands_above_its_answer():
    """What was asked last is told where it is answered, and not again among the earlier ones."""
    asked = {"role": "user", "content": "Now plot it", "created_at": None, "files": ["a.csv"]}
    answered = {"role": "assistant", "content": "Done before.", "created_at": None}
    first = {"role": "user", "content": "Summarise", "created_at": None}
    traits = EXAMPLES["completed"] | {
        "message": "Summarise",
        "conversation": [first, answered, asked, asked | {"content": "And then?", "waits": True}],
        "content": "Here it is.",
    }

    text = Page(record_html(traits)).text

    assert "You, with a.csv Now plot itHere it is." in text
    assert (
        "2 earlier messagesThe agent Done before.You, with a.csv (not taken up) And then?" in text
    )
    assert "**You, with a.csv**\n\nNow plot it\n\n### Answer" in record_markdown(traits)


def test_a_long_message_is_whole_below_its_first_line():
    """One line stands in the head, and opens to the rest."""
    text = page(message="First line\nsecond line").text

    assert "Completed\xa0 First lineThe whole messageFirst linesecond line" in text


@pytest.mark.parametrize(
    "traits",
    [{}, {"status": "", "task_id": "x", "timeline": [], "connection": {}}],
    ids=["nothing", "before the first answer"],
)
def test_a_task_that_was_not_heard_of_has_a_record(traits):
    """Before the service said anything there is a record of that."""
    page = Page(record_html(traits))

    assert page.foreign() == []
    assert page.text.startswith("·\xa0Not connected")
    assert "A snapshot: the task was not finished then." in page.text
