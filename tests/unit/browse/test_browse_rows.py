"""What a row says, which rows a filter lets through, and the contract with the browser."""

from __future__ import annotations

import json
import pathlib

import msgspec
import pytest

from sigmic_jupyter.service import TaskSummary
from sigmic_jupyter.widget.browse.rows import WORDS, Query, row
from sigmic_jupyter.widget.browse.wire import BrowseCommand, Listed, Opened, Words
from sigmic_jupyter.widget.replying import replied

CONTRACT = pathlib.Path(__file__).parents[3] / "contract" / "browse"
TRAITS = json.loads((CONTRACT / "traits.json").read_text())
COMMANDS = json.loads((CONTRACT / "commands.json").read_text())

INVOICES = TaskSummary(
    "3f1d7c2b-8e90-4b0e-9a53-0c5f2d1e7a44",
    "awaiting_approval",
    "Which of these 40 Invoices lack a VAT number?\nThey are in the ZIP.",
    message_count=1204,
    last_activity_at="2026-01-26T15:50:00.000Z",
)


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        (Query(), True),
        (Query("  "), True),
        (Query("invoices"), True),
        (Query("VAT which"), True),
        (Query("zip"), True),  # beyond the first line
        (Query("invoices march"), False),
        (Query("waiting for you"), True),
        (Query("failed"), False),
        (Query("3F1D7C2B"), True),
        (Query("3f1"), False),
        (Query("8e90"), False),  # not at the id's start
        (Query("", "awaiting_approval"), True),
        (Query("invoices", "failed"), False),
    ],
    ids=str,
)
def test_a_filter(query, passes):
    """Words of the message, of the status, or the start of the id."""
    assert query.matches(INVOICES) is passes


def test_a_row():
    """The first line alone, and numbers in groups."""
    assert msgspec.to_builtins(row(INVOICES)) == {
        "id": INVOICES.id,
        "kind": "waiting",
        "status": "Waiting for you",
        "message": "Which of these 40 Invoices lack a VAT number?…",
        "messages": "1,204",
        "at": "2026-01-26T15:50:00.000Z",
    }


def test_a_row_of_what_is_not_known():
    """A status reads as the service words it, and the id stands for a message."""
    assert msgspec.to_builtins(row(TaskSummary("t-3", "sleeping"))) == TRAITS["listed"]["rows"][2]


def test_a_long_message_is_cut():
    """It goes to the browser with every list."""
    assert len(row(TaskSummary("t", "running", "x" * 9_000)).message) == 301


@pytest.mark.parametrize(
    ("trait", "kind"), [("listed", Listed), ("opened", Opened), ("words", Words)]
)
def test_traits_have_the_shape_of_the_contract(trait, kind):
    """Nothing is lost, and nothing is added."""
    value = msgspec.convert(TRAITS[trait], kind)

    assert json.loads(msgspec.json.encode(value)) == TRAITS[trait]


def test_the_words_are_those_of_the_contract():
    """The browser draws them as they are."""
    assert json.loads(msgspec.json.encode(WORDS)) == TRAITS["words"]


@pytest.mark.parametrize("content", COMMANDS["valid"], ids=lambda c: c["command"])
def test_commands_of_the_contract_are_understood(content):
    """Every command that the browser may send is decoded, with nothing lost."""
    assert msgspec.to_builtins(msgspec.convert(content, BrowseCommand)) == content


@pytest.mark.parametrize("content", [*COMMANDS["invalid"], None, 7, []])
async def test_what_is_no_command_gets_one_reply(content):
    """It says what is wrong, and nothing is done."""
    reply = await replied(content, BrowseCommand, lambda _command: pytest.fail("done"))

    assert (reply["ok"], reply["error"]["kind"]) == (False, "validation")
