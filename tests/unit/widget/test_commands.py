from __future__ import annotations

import json
import pathlib

import msgspec
import pytest
from fakes import task

from sigmic_jupyter.service.errors import ServerError
from sigmic_jupyter.widget.commands import answer
from sigmic_jupyter.widget.digest import digest_of_shown
from sigmic_jupyter.widget.replies import (
    DetailsReply,
    DownloadReply,
    HelloReply,
    PreviewReply,
    SaveReply,
)
from sigmic_jupyter.widget.wire import Command, Connection, Problem

CONTRACT = pathlib.Path(__file__).parents[3] / "contract"
COMMANDS = json.loads((CONTRACT / "commands" / "commands.json").read_text())
REPLIES = json.loads((CONTRACT / "commands" / "replies.json").read_text())
WAITING = task("awaiting_approval", calls=[("c1", "awaiting_approval")])


def decision(traits, identifier, outcome, **more):
    """What a browser sends for a click on the one card that it shows."""
    (shown,) = traits["pending_approvals"]
    command = {"id": identifier, "command": "decide", "call_id": shown["call_id"]}
    return command | {"outcome": outcome, "digest": digest_of_shown(shown), "reason": None} | more


@pytest.mark.parametrize("content", COMMANDS["valid"], ids=lambda c: c["command"])
def test_commands_of_the_contract_are_understood(content):
    """Every command that the browser may send is decoded, with nothing lost."""
    understood = msgspec.to_builtins(msgspec.convert(content, Command))

    assert understood.items() >= content.items()


@pytest.mark.parametrize("content", [*COMMANDS["invalid"], None, 7, "text", [], {}])
async def test_what_is_no_command_gets_one_reply(start, content):
    """Anything else is answered with what is wrong, and does nothing."""
    reply = await answer(start(), content)

    assert reply["ok"] is False
    assert reply["error"]["kind"] == "validation"
    assert reply["reply_to"] == (content.get("id", "") if isinstance(content, dict) else "")


@pytest.mark.parametrize("reply", REPLIES, ids=lambda r: r["reply_to"])
def test_replies_have_the_shape_of_the_contract(reply):
    """The problems and data of the contract are those that Python makes."""
    kinds = {
        "0001": HelloReply,
        "0007": DetailsReply,
        "0014": PreviewReply,
        "0015": DownloadReply,
        "0017": SaveReply,
    }
    if not reply["ok"]:
        assert msgspec.to_builtins(msgspec.convert(reply["error"], Problem)) == reply["error"]
    elif reply["reply_to"] in kinds:
        kind = kinds[reply["reply_to"]]
        assert msgspec.to_builtins(msgspec.convert(reply["data"], kind)) == reply["data"]
    else:
        assert reply["data"] is None


async def test_hello_tells_the_clock(start):
    """The reply to hello has the kernel's time."""
    reply = await answer(start(), {"id": "1", "command": "hello"})

    assert reply["ok"] is True
    assert reply["data"]["now"].endswith("Z")


async def test_decide_sends_the_decision(service, traits, start):
    """A decision of the browser is a person's."""
    service.task = WAITING
    session = start()
    await traits.until(lambda t: t.get("pending_approvals"))

    reply = await answer(session, decision(traits, "7", "cancel"))

    assert reply == {"reply_to": "7", "ok": True, "data": None}
    assert service.sent == [("approve", "c1", "cancel")]
    assert traits["decisions"][0]["by"] == {"kind": "person"}


async def test_a_click_on_what_changed_is_told_apart(service, traits, start):
    """The reply is the one of the contract, so that the card says to look again."""
    service.task = WAITING
    session = start()
    await traits.until(lambda t: t.get("pending_approvals"))
    (expected,) = (r["error"] for r in REPLIES if r["reply_to"] == "0004")

    reply = await answer(session, decision(traits, "7", "proceed_once", digest="0" * 64))

    message = expected["message"].replace("call_002", "c1")
    assert reply["error"] == expected | {"message": message}
    assert service.sent == []


async def test_a_reason_comes_with_a_rejection(service, traits, start):
    """What the person wrote is kept beside the decision, until it can be sent."""
    service.task = WAITING
    session = start()
    await traits.until(lambda t: t.get("pending_approvals"))

    reply = await answer(session, decision(traits, "7", "cancel", reason="Keep the archive."))

    assert reply["ok"] is True
    assert traits["decisions"][0]["reason"]["text"] == "Keep the archive."


async def test_a_failure_is_replied(service, traits, start):
    """What the service refuses is in the one reply."""
    service.task = WAITING
    session = start()
    await traits.until(lambda t: t.get("pending_approvals"))
    service.fails["approve"] = ServerError("down", http_status=503)

    reply = await answer(session, decision(traits, "8", "proceed_once"))

    assert (reply["reply_to"], reply["ok"]) == ("8", False)
    assert (reply["error"]["kind"], reply["error"]["http_status"]) == ("server", 503)


async def test_a_bug_is_replied_without_its_text(start, monkeypatch, caplog):
    """An unforeseen exception is one reply too; its text stays in the kernel's log."""
    session = start()
    monkeypatch.setattr(session, "cancel", None)

    reply = await answer(session, {"id": "9", "command": "cancel"})

    assert reply["error"]["kind"] == "internal"
    assert "command failed" in caplog.text


async def test_details_have_names_not_values(service, traits, start):
    """Of the environment and the secrets only the names are told."""
    service.task = task(env={"TENANT": "acme"}, session_id="s", auto_execute=False)
    session = start()
    await traits.until(lambda t: "status" in t)

    reply = await answer(session, {"id": "1", "command": "details"}, secret_names=["TOKEN"])

    assert reply["data"] == {
        "session_id": "s",
        "conversation_id": None,
        "username": None,
        "system_prompt": None,
        "auto_execute": False,
        "show_in_history": None,
        "env": ["TENANT"],
        "secrets": ["TOKEN"],
    }


async def test_a_button_that_is_held_down_has_the_task_looked_at(
    start, service, traits, monkeypatch
):
    """It is answered at once, whatever the look finds."""
    service.task = WAITING
    session = start(interval_s=60)
    await traits.until(lambda t: t.get("pending_approvals"))
    monkeypatch.setattr(type(session), "connection", Connection("live", "", transport="stream"))
    service.hold("get")

    reply = await answer(session, {"id": "0018", "command": "look"})

    assert reply == {"reply_to": "0018", "ok": True, "data": None}
    await service.arrived("get")
    service.release("get")
