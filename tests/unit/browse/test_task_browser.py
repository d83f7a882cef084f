"""The widget, with a real service behind it: the simulator, over HTTP."""

from __future__ import annotations

import queue
import threading

import pytest

import sigmic_jupyter
from sigmic_jupyter import Client, ConfigurationError, browse, simulator

LIMIT_S = 20


@pytest.fixture(scope="module")
def service():
    with simulator.start(speed=100, history=120) as running:
        yield running


@pytest.fixture
def browser(service):
    made = browse(service.client())
    yield made
    made.close()


class Page:
    """The browser's side: sends commands, and waits for the reply to each."""

    def __init__(self, browser, monkeypatch):
        self._browser = browser
        self._replies = queue.Queue()
        monkeypatch.setattr(browser, "send", self._replies.put)

    def ask(self, command, **more):
        self._browser._receive({"id": command, "command": command, **more})
        reply = self._replies.get(timeout=LIMIT_S)
        assert reply["reply_to"] == command
        assert self._replies.empty()
        return reply


@pytest.fixture
def page(browser, monkeypatch):
    return Page(browser, monkeypatch)


def test_the_output_has_the_live_list_and_the_table(browser):
    """What viewers without widgets show has the first page, and says how much that is."""
    data, _ = browser._repr_mimebundle_()

    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Tasks: 50 of 120 shown" in data["text/html"]
    assert data["text/html"].count("<tr") == 51
    assert data["text/plain"].startswith("<TaskBrowser Tasks: 50 of 120 shown>\nCompleted")


def test_each_command_gets_one_reply(browser, page):
    """Also those that fail."""
    assert page.ask("hello")["data"]["now"].endswith("Z")
    assert page.ask("refresh") == {"reply_to": "refresh", "ok": True, "data": None}
    assert page.ask("more", rows=50)["ok"] is True
    assert browser.listed["foot"] == "100 of 120 shown"
    assert page.ask("find", text="invoices", status="failed")["ok"] is True
    assert {row["status"] for row in browser.listed["rows"]} == {"Failed"}
    assert page.ask("decide", call_id="c")["error"]["kind"] == "validation"
    assert set(page.ask("bundle")["data"]) == {"js", "css"}


def test_a_task_is_opened_once_and_left(browser, page, service):
    """It is a widget like any other, and goes on when the list is shown again."""
    task_id = service.client().run("Think about this", auto_execute=False).task_id
    page.ask("refresh")

    page.ask("open", task_id=task_id)

    task = browser.task
    assert task.task_id == task_id
    assert browser.opened == {
        "model": f"IPY_MODEL_{task.model_id}",
        "code": f'attach("{task_id}")',
    }
    page.ask("back")
    assert (browser.task, browser.opened) == (None, None)
    page.ask("open", task_id=task_id)
    assert browser.task is task
    task.cancel()
    page.ask("back")


def test_what_became_of_the_open_task_is_in_the_list(browser, page, service):
    """Its row needs no request to say so."""
    task_id = service.client().run("Think about this", auto_execute=False).task_id
    page.ask("refresh")
    page.ask("open", task_id=task_id)
    browser.task.cancel()
    with pytest.raises(sigmic_jupyter.TaskCancelled):
        _ = browser.task.wait(LIMIT_S).result

    page.ask("back")

    (row,) = [row for row in browser.listed["rows"] if row["id"] == task_id]
    assert row["kind"] == "cancelled"


def test_a_task_closed_meanwhile_is_opened_anew(browser, page, service):
    """As by `Widget.close_all()`."""
    task_id = service.client().tasks(limit=1).tasks[0].id
    page.ask("open", task_id=task_id)
    first = browser.task
    first.close()

    page.ask("open", task_id=task_id)

    assert browser.task is not first


def test_closing_closes_what_was_opened(service):
    """Nobody else would, and it would live on."""
    made = browse(service.client())
    made._open(service.client().tasks(limit=1).tasks[0].id)
    task = made.task
    layout = made.layout

    made.close()

    assert (made.comm, task.comm, layout.comm) == (None, None, None)


def test_a_browser_writes_no_state(browser):
    """What comes from the front end about a trait is ignored."""
    browser._repr_mimebundle_()
    before = browser.listed

    browser.set_state({"listed": {}, "opened": {"model": "x"}, "busy": True, "words": {}})

    assert (browser.listed, browser.opened) == (before, None)


def test_a_bad_key_is_a_problem_of_the_list(service):
    """It is said in the widget and in its record, and the key is not."""
    key = "sigmic_" + "0" * 64
    made = browse(Client(key, service.base_url))
    data, _ = made._repr_mimebundle_()

    assert made.listed["problem"]["kind"] == "authentication"
    assert "The service did not accept the API key" in data["text/html"]
    assert key not in f"{data} {made.get_state()} {made!r}"
    made.close()


def test_without_a_client_the_default_one_is_used(monkeypatch):
    """Which needs a key."""
    monkeypatch.delenv("SIGMIC_API_KEY", raising=False)

    with pytest.raises(ConfigurationError):
        browse()


def test_an_observer_that_fails_ends_nothing(browser, page, caplog):
    """Its error is logged."""
    called = threading.Event()

    def fail(_change):
        called.set()
        raise ZeroDivisionError

    browser._repr_mimebundle_()
    browser.observe(fail, "listed")

    assert page.ask("find", text="invoices", status="")["ok"] is True
    assert called.is_set()
    assert "an observer failed trait=listed" in caplog.text
