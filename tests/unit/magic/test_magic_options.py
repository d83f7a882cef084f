"""What can be written after the magic, and what is said where that is wrong."""

from __future__ import annotations

import inspect
import pathlib
import re

import pytest
from IPython.core.error import UsageError

from sigmic_jupyter import Client
from sigmic_jupyter.magics import SigmicMagics
from sigmic_jupyter.magics.options import COMMANDS, MESSAGE, OPTIONS, command_of, parse, words

ROOT = pathlib.Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", []),
        ("--files a.csv b.csv", ["--files", "a.csv", "b.csv"]),
        ('--system "Be brief." --wait', ["--system", "Be brief.", "--wait"]),
        (r"--files C:\data\a.csv", ["--files", r"C:\data\a.csv"]),
        ("--system 'a # b'", ["--system", "a # b"]),
        ('--system="a b"', ["--system=a b"]),
        ("--system {x}", ["--system", "{x}"]),
    ],
)
def test_words(line, expected):
    """Quotation marks hold words together; nothing else is special."""
    assert words(line) == expected


def test_a_quotation_mark_that_is_not_closed():
    """It is likely an apostrophe."""
    with pytest.raises(UsageError, match="A quotation mark is not closed"):
        words("--system don't")


def test_all_options_at_once():
    """They are read in any order; files may be named in several goes."""
    line = (
        "--files a b --approve --system S --as t --wait --fill --policy p --env e --secrets s "
        "--no-history --interval 2 --transport poll --client c --files d"
    )

    assert vars(parse(MESSAGE, words(line))) == {
        "files": ["a", "b", "d"],
        "approve": True,
        "system": "S",
        "name": "t",
        "wait": True,
        "fill": True,
        "policy": "p",
        "env": "e",
        "secrets": "s",
        "no_history": True,
        "interval": 2.0,
        "transport": "poll",
        "client": "c",
    }
    assert parse(MESSAGE, []).files == []


@pytest.mark.parametrize(
    ("command", "line", "message"),
    [
        (MESSAGE, "--aprove", "there is no option --aprove: did you mean --approve?"),
        (MESSAGE, "-wait", "there is no option -wait: did you mean --wait?"),
        (MESSAGE, "--WAIT", "there is no option --WAIT: did you mean --wait?"),
        (MESSAGE, "--file a.csv", "there is no option --file: did you mean --files?"),
        (MESSAGE, "--system_prompt=x", "no option --system_prompt: did you mean --system?"),
        (MESSAGE, "--no-auto-execute", "no option --no-auto-execute: did you mean --approve?"),
        (MESSAGE, "--name t", "there is no option --name: did you mean --as?"),
        (MESSAGE, "--limit 3", "there is no option --limit: it is one of list"),
        (MESSAGE, "--colour", "there is no option --colour. %sigmic?"),
        (MESSAGE, "attach", "Did you mean %sigmic attach (one %)?"),
        (MESSAGE, "hello", "'hello' is no option. %sigmic?"),
        (MESSAGE, "--files", "--files: expected at least one argument."),
        (MESSAGE, "--as", "--as: expected one argument."),
        (MESSAGE, "--as 1x", "--as: it takes a name, as for a variable."),
        (MESSAGE, "--as class", "--as: it takes a name, as for a variable."),
        (MESSAGE, "--interval soon", "--interval: invalid float value: 'soon'."),
        (MESSAGE, "--transport pigeon", "--transport: invalid choice: 'pigeon' (choose from"),
        ("attach", "", "%sigmic attach: the following arguments are required: ID."),
        ("attach", "id more", "%sigmic attach: 'more' is no option."),
        ("attach", "id --approve", "there is no option --approve: it is one of %%sigmic."),
        ("list", "--limt 3", "%sigmic list: there is no option --limt: did you mean --limit?"),
        ("list", "--wait", "no option --wait: it is one of %%sigmic and attach."),
    ],
)
def test_a_wrong_option_says_what_is_meant(command, line, message):
    """Whatever is wrong is named, with what it may be meant to be, and where all options are."""
    with pytest.raises(UsageError, match=re.escape(message)) as caught:
        parse(command, words(line))

    assert str(caught.value).endswith("%sigmic? tells of all options.")


def test_a_value_in_a_variables_place_is_not_repeated():
    """Somebody who writes a secret itself does not find it in an output."""
    with pytest.raises(UsageError, match="--secrets: it takes a variable's name") as caught:
        parse(MESSAGE, ["--secrets", "TOKEN=hunter2"])

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("atach", "%sigmic has no command 'atach': did you mean attach?"),
        ("List", "did you mean list?"),
        ("%%sigmic", "%sigmic has no command '%%sigmic'"),
        ("Summarise", "A message goes below %%sigmic (two %)."),
    ],
)
def test_a_wrong_command_says_what_is_meant(word, message):
    """The line magic has two commands; a message is none."""
    with pytest.raises(UsageError, match=re.escape(message)):
        command_of(word)


def test_the_options_mirror_the_client():
    """Each argument of `run`, `attach` and `tasks` has its option, and no option is without one."""
    names = {"system_prompt": "--system", "auto_execute": "--approve", "message": None}
    names |= {"show_in_history": "--no-history", "self": None}
    mirrored = {MESSAGE: Client.run, "attach": Client.attach, "list": Client.tasks}
    for command, method in mirrored.items():
        arguments = inspect.signature(method).parameters
        expected = {names.get(name, f"--{name}") for name in arguments} - {None, "--task_id"}
        own = {"--as", "--wait", "--fill", "--client"}
        assert {name for name in COMMANDS[command] if name in OPTIONS} - own == expected


def test_the_help_tells_of_all_options():
    """`%sigmic?` has each option, and so has the page."""
    page = (ROOT / "docs" / "configuration.md").read_text()

    for text in (SigmicMagics.sigmic.__doc__, page):
        assert [option for option in OPTIONS if option not in text] == []


def test_the_examples_of_the_page_are_right():
    """Each cell of the page can be written so."""
    page = (ROOT / "docs" / "configuration.md").read_text()
    lines = re.findall(r"^%%sigmic.*", page, re.MULTILINE)

    assert len(lines) == 2
    for line in lines:
        assert parse(MESSAGE, words(line.removeprefix(MESSAGE)))
