import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from record_page import EXAMPLES, with_answer, with_text
from record_texts import ATTACKS, LINK_ATTACKS, hostile_texts

from sigmic_jupyter.widget.record import record_markdown

# As lenient as a viewer may be: HTML goes through, and addresses are not looked at.
VIEWER = MarkdownIt("js-default", {"html": True})
VIEWER.validateLink = lambda url: True  # noqa: ARG005 - the parser asks by name

OUR_HEADINGS = ("Answer", "Decisions", "Files", "2 thoughts, 5 tool calls")


def tokens(markdown):
    """All tokens that a viewer makes of it, those within lines too."""
    blocks = VIEWER.parse(markdown)
    return [each for block in blocks for each in (block, *(block.children or []))]


def headings(markdown, tag):
    found = VIEWER.parse(markdown)
    return [
        found[i + 1].content
        for i, each in enumerate(found)
        if each.tag == tag and each.nesting == 1
    ]


def foreign(markdown):
    """HTML, images, and links that lead elsewhere than to the web or to mail."""
    bad = {"html_block", "html_inline", "image"}
    return [
        each
        for each in tokens(markdown)
        if each.type in bad
        or not str(each.attrs.get("href", "https://"))
        .lower()
        .startswith(("http://", "https://", "mailto:"))
    ]


def test_a_finished_task_reads_as_markdown():
    """Status, answer, decisions, files and steps stand under headings of the third level."""
    markdown = record_markdown(EXAMPLES["completed"])

    assert headings(markdown, "h3") == list(OUR_HEADINGS)
    assert markdown.startswith(
        "**✓ Completed** Summarise sales.csv by region\n\n"
        "26 January 2026, 15:50:40 to 15:52:46 UTC. Worked 1 min 25 s, waited 40 s for a person. "
        "Task `0c5f2d1e-7a44-4b0e-9a53-3f1d7c2b8e90`\n"
    )
    assert "| South | 388,914 | +1.8 % | 1,167 |\n" in markdown
    assert (
        "| ✕ Rejected | `run_shell_command` `rm --recursive downloads/archive` | you |" in markdown
    )
    assert "| `downloads/summary.md` | Markdown | 1.8 KB |\n" in markdown
    assert "\n   - `limit`: `200`\n" in markdown


def test_a_reason_stands_below_the_decisions():
    """Quoted, with what became of it and the call it is about."""
    assert (
        "\n\nReason, sent to the agent, of `run_shell_command`:\n\n"
        "> Keep the archive, the auditors need it.\n\n"
    ) in record_markdown(EXAMPLES["completed"])


def test_a_snapshot_says_so():
    """A task that is not final is a snapshot, with the call that waits."""
    markdown = record_markdown(EXAMPLES["awaiting-approval"])

    assert "### Answer so far\n" in markdown
    assert (
        "| ! Waits for approval | `read_file` `/workspace/uploads/sales.csv` |  | 15:51:02 |"
        in markdown
    )
    assert "A snapshot of 26 January 2026, 15:51:02 UTC: the task was not finished" in markdown


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("# One\n\n### Three", "#### One\n\n###### Three"),
        ("Two\nlines\n===", "#### Two lines"),
        ("a *b* **c** ~~d~~ `e`", "a *b* **c** ~~d~~ `e`"),
        ("a  \nb\nc", "a\\\nb\nc"),
        ("- a\n- b\n  1. c\n  2. d", "- a\n- b\n  1. c\n  2. d"),
        ("3) a\n\n4) b", "3) a\n\n4) b"),
        ("> a\n>\n> > b", "> a\n>\n> > b"),
        ("```py\nx\n```", "```py\nx\n```"),
        ("````\n```\n````", "````\n```\n````"),
        ("```\nnever closed", "```\nnever closed\n```"),
        ("    code", "```\ncode\n```"),
        ("a\n\n***\n\nb", "a\n\n---\n\nb"),
        ("|a|b|\n|-|:-:|\n|`x\\|y`|2|", "| a | b |\n| --- | :---: |\n| `x\\|y` | 2 |"),
        ("<b>x</b> & &lt;", "&lt;b&gt;x&lt;/b&gt; &amp; &lt;"),
        ("<!-- x -->", "&lt;!-- x --&gt;"),
        ("costs $5 to $7", "costs \\$5 to \\$7"),
        ("- [ ] a\n- [x] b", "- ☐ a\n- ☑ b"),
        ("[a](https://a.example/x)", "[a](<https://a.example/x>)"),
        (
            "[bank.example](https://a.example)",
            "[bank.example](<https://a.example>) (leads to `a.example`)",
        ),
        ("[a](x.csv)", "a (`x.csv`)"),
        (
            "![a](https://a.example/x.png)",
            "Image from [a.example](<https://a.example/x.png>) not loaded: a",
        ),
        ("1\\. a\n\\- b\n\\# c", "1\\. a\n\\- b\n\\# c"),
        ("&#35; a&#10;&#10;# b", "\\# a  # b"),
        ("net_eur _a\\_ C# #", "net_eur \\_a\\_ C# \\#"),
        ("wow\\![a](https://a.example)", "wow\\![a](<https://a.example>)"),
        ("a\u202eb", "a⟦U+202E⟧b"),
    ],
)
def test_an_answer_keeps_its_form(answer, expected):
    """An answer stays what it is, but for HTML, images and what is left open."""
    markdown = record_markdown(with_answer(answer))

    assert markdown.split("### Answer\n\n")[1].split("\n\n### Decisions")[0] == expected


@pytest.mark.parametrize("attack", ATTACKS + LINK_ATTACKS)
def test_an_attack_stays_in_its_place(attack):
    """Neither the answer nor any other text makes HTML, an image, an unsafe link or a heading."""
    answered = record_markdown(with_answer(attack))

    assert foreign(answered) == []
    assert headings(answered, "h3") == list(OUR_HEADINGS)
    assert foreign(record_markdown(with_text(attack))) == []


@settings(deadline=None)
@given(hostile_texts)
def test_no_answer_leaves_its_place(text):
    """What follows the answer is what we put there, whatever the answer is."""
    prefix, suffix = "before ", "\n\nafter"
    markdown = record_markdown(with_answer(f"{prefix}{text}{suffix}"))

    assert foreign(markdown) == []
    assert headings(markdown, "h3") == list(OUR_HEADINGS)
    assert headings(markdown, "h1") == headings(markdown, "h2") == []


@settings(deadline=None)
@given(hostile_texts)
def test_no_other_text_leaves_its_place(text):
    """Names, arguments, outputs and messages make no HTML, no image, no heading and no link."""
    found = tokens(record_markdown(with_text(text)))

    assert [each for each in found if each.type in {"html_block", "html_inline", "image"}] == []
    assert [each.tag for each in found if each.type == "link_open"] == []
    assert {each.tag for each in found if each.type == "heading_open"} <= {"h3"}


@given(st.text("`x ", min_size=1), st.booleans())
def test_code_ends_where_it_ends(text, in_output):
    """Backticks in a value or output are shown, and end nothing."""
    call = EXAMPLES["completed"]["tool_calls"][0]
    changed = {"output": text} if in_output else {"args": {"a": text}, "output": None}
    traits = EXAMPLES["awaiting-approval"] | {"tool_calls": [call | changed], "timeline": []}
    found = [
        each.content.strip()
        for each in tokens(record_markdown(traits))
        if "code" in each.type or each.type == "fence"
    ]

    assert text.strip() == "" or text.strip() in found
