"""A service that repeats the key and secrets everywhere, and nobody sees them."""

from __future__ import annotations

import base64
import contextlib
import html
import logging
import traceback
from urllib.parse import unquote

import pytest
from echoing import STEP, EchoingService
from live import LIMIT_S, until

from sigmic_jupyter import APIError, Client, TaskFailed

KEY = "sigmic_" + "fedcba9876543210" * 4
SECRETS = {
    "PASSWORD": "p\"a\\s's/w0rd + <é>",
    "LONG": "0123456789-abcdefghij-0123456789",
    "PEM": "-----BEGIN KEY-----\nMIIB/OgIBAAJB+KQzUzqLoXz9\n-----END KEY-----\n",
}
VALUES = [KEY, *SECRETS.values()]


def fragments(value):
    """Pieces of a value, as it is and in the base64 of the service."""
    encoded = base64.b64encode(f"user:{value}\n".encode()).decode()
    pieces = [value.strip()[start : start + 10] for start in range(0, len(value) - 10, 5)]
    return [*pieces, *(encoded[start : start + 9] for start in range(8, len(encoded) - 12, 4))]


FRAGMENTS = [piece for value in VALUES for piece in fragments(value)]


@pytest.fixture
def service():
    with EchoingService() as running:
        yield running


@pytest.fixture
def client(service):
    return Client(KEY, service.base_url)


def leaks(*seen):
    """Whatever of a key or secret can be read in what was seen, also after decoding it."""
    text = "\n".join(map(str, seen))
    for _ in range(3):
        text += html.unescape(unquote(text)).replace("\\\\", "\\").replace('\\"', '"')
    return [fragment for fragment in FRAGMENTS if fragment in text]


def test_nothing_is_seen(service, client, caplog):
    """Neither in traits at any time, nor in records, reprs, lists, errors and logs."""
    caplog.set_level(logging.DEBUG)
    seen, contents = [], set()
    task = client.run(f"Use {SECRETS['PASSWORD']}", secrets=SECRETS, interval=60)
    task.observe(lambda change: seen.append(repr(change["new"])))
    for _ in range(len(service.answer) // STEP + 1):
        task.refresh()
        seen.append(repr(task.get_state()))
        contents.add(task.content)

    service.status = "failed"
    task.refresh()
    other = Client(KEY, service.base_url).attach("t1").wait(LIMIT_S)
    with pytest.raises(TaskFailed) as failed:
        _ = task.wait(LIMIT_S).result
    seen += [task.get_state(), other.get_state(), repr(task), failed.value, repr(failed.value)]
    seen += task._repr_mimebundle_()[0].values()
    seen += [client.get("t1"), client.tasks(), repr(client), vars(client), caplog.text]

    assert leaks(*seen) == []
    assert len(contents) > 10
    assert all("[secret " in view for view in (task.content, task.message, task.error["message"]))
    assert other.content == task.content
    assert task.content.count("[sigmic_…3210]") == 4


def test_decisions(service, client, caplog):
    """Nor in what waits, in what goes wrong with a decision, or in why it was rejected."""
    caplog.set_level(logging.DEBUG)

    def policy(_call):
        raise RuntimeError(f"cannot ask with {SECRETS['PASSWORD']} of {KEY}")

    task = client.run("Hello", secrets=SECRETS, policy=policy, interval=60)
    task.observe(_fail, "status")
    service.status = "awaiting_approval"
    task.refresh()
    until(task, "pending_approvals", lambda calls: calls and calls[0]["policy_error"])
    with pytest.raises(APIError) as refused:
        task.approve("c1")
    with pytest.raises(APIError) as unsent:
        task.send("Hello again")
    with contextlib.suppress(APIError):
        task.reject("c1", f"It has {SECRETS['LONG']}")
    shown = [traceback.format_exception(error.value) for error in (refused, unsent)]
    state = task.get_state()

    assert leaks(state, caplog.text, *shown, vars(refused.value), vars(unsent.value)) == []
    assert state["decisions"][-1]["reason"]["text"] == "It has [secret LONG]"
    assert "cannot ask with [secret PASSWORD] of [sigmic_…3210]" in caplog.text
    assert "RuntimeError: an observer saw [secret LONG]" in caplog.text
    assert "[secret PASSWORD]" in str(refused.value)
    task.close()


def _fail(_change):
    raise RuntimeError(f"an observer saw {SECRETS['LONG']}")


def test_a_mistake_of_the_users(client):
    """Nor in the error about an argument that is a secret, or holds one."""
    with contextlib.suppress(APIError):
        client.run("", secrets=SECRETS)
    client.run("Hello", secrets=SECRETS, interval=60).close()

    with pytest.raises(APIError, match=r"There is no file .*\[secret LONG\]") as caught:
        client.run("Hello", files=[SECRETS["LONG"]])
    assert leaks(caught.value, repr(caught.value), vars(caught.value)) == []
