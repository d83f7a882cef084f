"""A browser ends with the kernel's state whatever is lost, doubled or late, and pays for news."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from delta_browser import Browser
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmic_jupyter.widget.outbox import Outbox


class Widget:
    """Traits, an outbox, and the messages on their way to browsers."""

    def __init__(self, **traits: Any) -> None:
        self.traits: dict[str, Any] = {"status": "running", "content": ""} | traits
        self.sent: list[dict[str, Any]] = []
        self.outbox = Outbox(
            lock=threading.RLock(),
            read=lambda: dict(self.traits),
            tell=self.sent.append,
            tell_all=lambda: self.sent.append({"state": self.state()}),
        )

    def state(self) -> dict[str, Any]:
        self.outbox.flush()
        return self.traits | {"_revision": self.outbox.revision}

    def change(self, **traits: Any) -> None:
        self.traits |= traits
        self.outbox.flush()


@pytest.fixture
def widget() -> Widget:
    return Widget()


def test_without_a_browser_the_whole_state_goes_at_changes_of_the_status_alone(widget):
    """Hosts such as nbclient read no messages of ours, and store what was sent last."""
    widget.change(content="a")
    widget.change(content="ab")
    widget.change(status="completed", content="abc")

    assert widget.sent == [{"state": {"status": "completed", "content": "abc", "_revision": 3}}]


def test_a_browser_that_says_hello_late_gets_the_whole_once_and_then_what_is_new(widget):
    """What was told before it could listen is not lost."""
    widget.change(content="a" * 100)
    widget.outbox.greet(0)
    widget.change(content="a" * 100 + "b")

    assert widget.sent == [
        {"state": {"status": "running", "content": "a" * 100, "_revision": 1}},
        {"delta": {"from": 1, "to": 2, "text": {"content": [100, "b"]}}},
    ]


def test_a_browser_that_is_up_to_date_gets_nothing(widget):
    """Neither one that has everything nor one that only wants the time."""
    widget.change(content="a")
    widget.outbox.greet(1)
    widget.outbox.greet(None)

    assert widget.sent == []


def test_a_state_that_is_read_between_turns_has_its_own_revision(widget):
    """What a reload reads is told to the others first, so that it is not taken in twice."""
    widget.outbox.greet(0)
    widget.traits |= {"content": "x"}

    assert widget.state()["_revision"] == 1
    widget.outbox.flush()
    assert [message["delta"]["to"] for message in widget.sent] == [1]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.text(st.characters(codec="utf-8"), max_size=80)),
        st.tuples(st.just("replace"), st.text(st.characters(codec="utf-8"), max_size=3)),
        st.tuples(st.just("call"), st.sampled_from("abc")),
        st.tuples(st.sampled_from(["deliver", "lose", "double", "swap", "reload"]), st.just("")),
    ),
    max_size=60,
)


@settings(max_examples=300)
@given(STEPS)
def test_whatever_happens_to_messages_the_browser_ends_with_the_state(steps):
    """Lost, doubled, out of order, reloads in between: at the end all is there, byte for byte."""
    widget = Widget(tool_calls=[])
    browser = Browser(widget.state(), hello=widget.outbox.greet)
    browser.hello()
    for step, text in steps:
        match step:
            case "say":
                widget.change(content=widget.traits["content"] + text)
            case "replace":
                widget.change(content=text)
            case "call":
                calls = widget.traits["tool_calls"]
                widget.change(tool_calls=[*calls, {"call_id": f"{len(calls)}{text}", "args": {}}])
            case "reload":
                browser.state = widget.state()
                browser.hello()
            case _:
                meddle(widget.sent, step)
        if step == "deliver":
            browser.take(widget.sent)
    widget.outbox._is_ending = True
    widget.outbox.flush()
    while widget.sent:
        browser.take(widget.sent)

    assert browser.state == widget.state()


def meddle(sent: list[dict[str, Any]], how: str) -> None:
    """What a network may do to messages under way."""
    if not sent:
        return
    if how == "lose":
        del sent[0]
    elif how == "double":
        sent.insert(0, sent[0])
    elif how == "swap" and len(sent) > 1:
        sent[0], sent[1] = sent[1], sent[0]
