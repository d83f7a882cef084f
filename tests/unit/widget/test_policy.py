from __future__ import annotations

import asyncio
import threading

import pytest
from fakes import task

from sigmic_jupyter.service.errors import ConfigurationError
from sigmic_jupyter.service.models import Outcome, ToolCall
from sigmic_jupyter.widget.policy import Verdict, policy_of

READ = ToolCall("c1", "read_file", "awaiting_approval")
WRITE = ToolCall("c2", "write_file", "awaiting_approval")
WAITING = task("awaiting_approval", calls=[("c1", "awaiting_approval")])


def careful(call):
    return {"read_file": "once", "write_file": "reject"}.get(call.tool_name)


@pytest.mark.parametrize(
    ("policy", "call", "expected"),
    [
        (careful, READ, Verdict(Outcome.PROCEED_ONCE, "careful")),
        (careful, WRITE, Verdict(Outcome.CANCEL, "careful")),
        (careful, ToolCall("c3", "shell", "awaiting_approval"), None),
        ({"read_*": "always"}, READ, Verdict(Outcome.PROCEED_ALWAYS, "read_*")),
        ({"read_*": "always"}, WRITE, None),
        ({"write_file": None, "*": "once"}, WRITE, None),
        ({"write_file": None, "*": "once"}, READ, Verdict(Outcome.PROCEED_ONCE, "*")),
    ],
)
def test_a_policy_decides(policy, call, expected):
    """The first pattern that fits counts; None asks the person."""
    assert policy_of(policy)(call) == expected


@pytest.mark.parametrize("policy", ["once", 7, {"read_*": "yes"}, {"read_*": ["once"]}])
def test_what_is_no_policy_is_refused_at_once(policy):
    """A mistake in a policy is an error before any call waits."""
    with pytest.raises(ConfigurationError):
        policy_of(policy)


def test_an_unknown_decision_says_which_there_are():
    """A callable that answers something else is told what it may answer."""
    with pytest.raises(ConfigurationError, match='"once", "always", "reject" or None'):
        policy_of(lambda _: "yes")(READ)


async def test_it_decides_off_the_loop_and_once(service, traits, start):
    """A policy runs on another thread, decides each call once, and is recorded by name."""
    threads = []

    def once(_call):
        threads.append(threading.current_thread())
        return "once"

    service.task = WAITING
    start(decider=policy_of(once))
    await traits.until(lambda t: t.get("decisions") and t["decisions"][0]["state"] == "sent")
    await asyncio.sleep(0.05)  # several polls in which the call still waits

    assert service.sent == [("approve", "c1", "proceed_once")]
    assert traits["decisions"][0]["by"] == {"kind": "policy", "name": "once"}
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()


async def test_an_exception_in_it_asks_the_person(service, traits, start):
    """A policy that fails leaves the call to the person, and says how it failed."""

    def broken(_call):
        raise ZeroDivisionError("division by zero")

    service.task = WAITING
    start(decider=policy_of(broken))

    await traits.until(
        lambda t: t.get("pending_approvals") and t["pending_approvals"][0]["policy_error"]
    )
    assert traits["pending_approvals"][0]["policy_error"].startswith(
        "ZeroDivisionError in broken, line "
    )
    assert "division" not in str(traits)
    assert traits["decisions"] == []
    assert service.sent == []
