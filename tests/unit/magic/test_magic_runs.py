"""Cells with the magic, against a real service."""

from __future__ import annotations

import pytest
from IPython.core.error import UsageError

from sigmic_jupyter import (
    AuthenticationError,
    ConfigurationError,
    NotFoundError,
    TaskWidget,
    ValidationError,
    configure,
)
from sigmic_jupyter.pages import TaskPage
from sigmic_jupyter.settings import Settings

LIMIT_S = 20


def created(service):
    """The tasks that were created so far, as the service was asked for them."""
    return [
        request.json
        for request in service.requests
        if (request.method, request.path) == ("POST", "/api/v1/tasks")
    ]


@pytest.fixture
def run(configured, capsys):
    """Run a cell and return its value."""

    def run_cell(code):
        result = configured.run_cell(code)
        assert result.success, capsys.readouterr()
        return result.result

    return run_cell


@pytest.fixture
def fail(configured, capsys, service):
    """Run a cell that is wrong: its error, what is shown of it; no task is created."""

    def run_cell(code):
        before = len(created(service))
        capsys.readouterr()
        result = configured.run_cell(code)
        shown = capsys.readouterr()
        assert len(created(service)) == before
        assert "Traceback" not in shown.out + shown.err
        return result.error_in_exec, (shown.out + shown.err).strip()

    return run_cell


def test_the_cell_is_the_message(run, service, configured):
    """The task is the cell's value, which the notebook shows; braces and dollars are text."""
    configured.user_ns["hello"] = "hi"
    task = run('%%sigmic --system "Say {hello} or $hello"\nSay {hello} for $5.\n\nThank you.\n')

    assert isinstance(task, TaskWidget)
    assert task.message == "Say {hello} for $5.\n\nThank you."
    assert service.client().get(task.task_id).system_prompt == "Say {hello} or $hello"
    assert configured.user_ns["_"] is task
    assert task.wait(LIMIT_S).result


def test_each_option_is_an_argument_of_run(run, service, configured):
    """What is written as an option reaches the service as `run` would send it."""
    configured.user_ns |= {"region": {"REGION": "EU"}, "tokens": {"TOKEN": "hunter2-hunter2"}}

    task = run(
        '%%sigmic --approve --system "Be brief." --env region --secrets tokens --no-history '
        "--interval 0.5 --transport poll --as mine\nThink about this"
    )

    sent = created(service)[-1]
    assert sent == {
        "message": "Think about this",
        "systemPrompt": "Be brief.",
        "autoExecute": False,
        "showInHistory": False,
        "env": {"REGION": "EU"},
        "secrets": {"TOKEN": "hunter2-hunter2"},
    }
    assert configured.user_ns["mine"] is task
    task.cancel()


def test_files_are_uploaded(run, tmp_path):
    """Files are named as in the notebook's folder."""
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "b c.csv").write_text("x\n1\n")

    task = run('%%sigmic --files a.csv "b c.csv" --wait --as task\nWhat files are there?\n')

    assert task is None  # it is shown already
    assert {"uploads/a.csv", "uploads/b c.csv"} <= run("task").artifacts.keys()


def test_waiting_shows_the_task_first(run, configured, monkeypatch):
    """With --wait the task is shown, then waited for, and bound all the while."""
    happened = []
    monkeypatch.setattr(TaskWidget, "show", lambda _task: happened.append("shown"))
    wait = TaskWidget.wait
    monkeypatch.setattr(
        TaskWidget,
        "wait",
        lambda task: (happened.append(configured.user_ns["mine"] is task), wait(task, LIMIT_S)),
    )

    run("%%sigmic --wait --as mine\nHello")

    assert happened == ["shown", True]
    assert configured.user_ns["mine"].status == "completed"


def test_a_policy_decides(run, configured):
    """A policy is a variable of the notebook."""
    configured.user_ns["rules"] = {"*": "once"}

    run("%%sigmic --approve --policy rules --wait --as task\nThink about this")

    assert {each["by"]["name"] for each in run("task").decisions} == {"*"}


def test_expressions_are_filled_in_on_request(run, service, configured):
    """--fill does so in the message and in what the agent is told before."""
    configured.user_ns |= {"n": 1234, "tone": "kind"}

    task = run('%%sigmic --fill --system "Be {tone}."\nCount to {n:,}, as {{text}}.')

    created = service.client().get(task.task_id)
    assert created.message == "Count to 1,234, as {text}."
    assert created.system_prompt == "Be kind."


def test_attach_and_list(run, configured):
    """A task that exists is followed; its id is in the list."""
    task = run("%%sigmic\nHello").wait(LIMIT_S)

    same = run(f"again = %sigmic attach {task.task_id} --as other\nagain")
    page = run("%sigmic list --limit 2")

    assert same.wait(LIMIT_S).content == task.content
    assert configured.user_ns["other"] is same
    assert isinstance(page, TaskPage)
    assert page.limit == 2
    assert task.task_id in [each.id for each in page.tasks]


def test_another_client_is_used(run, service, configured):
    """--client takes a client of the notebook, whatever is configured."""
    configured.user_ns["mine"] = service.client()
    configure(reset=True, base_url="http://127.0.0.1:9")

    assert run("%%sigmic --client mine\nHello").wait(LIMIT_S).status == "completed"


def test_alone_it_says_how_it_is_configured(run, service):
    """The key is masked."""
    settings = run("%sigmic")

    assert isinstance(settings, Settings)
    assert f"base_url   {service.base_url}" in repr(settings)
    assert f"sigmic_…{service.api_key[-4:]}" in repr(settings)
    assert service.api_key not in repr(settings)


@pytest.mark.parametrize(
    ("cell", "kind", "message"),
    [
        ("%%sigmic --aprove\nHello", UsageError, "did you mean --approve?"),
        ("%%sigmic\n  \n", UsageError, "The cell has no message"),
        ("%%sigmic --fill\n{nobody}", UsageError, "name 'nobody' is not defined"),
        ("%%sigmic --env regoin\nHello", UsageError, "variable regoin: did you mean region?"),
        ("%%sigmic --client region\nHello", UsageError, "region is a dict, not a Client."),
        ("%%sigmic --policy 5\nHello", UsageError, "takes a variable's name"),
        ("%%sigmic --policy number\nHello", ConfigurationError, "policy= is a int"),
        ("%%sigmic --interval 0\nHello", ConfigurationError, "interval is 0.0"),
        ("%%sigmic --files nowhere.csv\nHello", ValidationError, "nowhere.csv"),
        ("%%sigmic --secrets number\nHello", ValidationError, "secrets is no mapping"),
        ("%sigmic hello", UsageError, "A message goes below %%sigmic (two %)."),
        ("%sigmic list --limit 1000", ValidationError, "limit"),
    ],
)
def test_what_is_wrong_is_one_line(fail, configured, cell, kind, message):
    """A mistake is told by its kind and in words, without a traceback, and sends nothing."""
    configured.user_ns |= {"region": {"REGION": "EU"}, "number": 5}

    error, shown = fail(cell)

    assert type(error) is kind
    assert shown.startswith(f"{kind.__name__}: ")
    assert message in shown
    assert "\n" not in shown


def test_without_a_key(fail, monkeypatch):
    """The error says how to set one."""
    configure(reset=True)
    monkeypatch.delenv("SIGMIC_API_KEY", raising=False)

    error, shown = fail("%%sigmic\nHello")

    assert type(error) is ConfigurationError
    assert shown.startswith("ConfigurationError: There is no API key.")


def test_what_the_service_refuses_is_one_line(configured, service, capsys):
    """So is what only the service knows; the key stays unseen."""
    key = "sigmic_" + "0" * 64
    configure(api_key=key)

    result = configured.run_cell("%%sigmic\nHello")
    shown = capsys.readouterr()

    assert type(result.error_in_exec) is AuthenticationError
    assert (shown.out + shown.err).startswith("AuthenticationError: ")
    assert "Traceback" not in shown.out + shown.err
    assert key not in shown.out + shown.err
    assert service.api_key not in shown.out + shown.err


def test_an_error_while_waiting_is_one_line(configured, capsys):
    """The task's own error keeps its traceback where it is raised again by Python code."""
    result = configured.run_cell("%sigmic attach nowhere --wait --as task")
    shown = capsys.readouterr()

    assert type(result.error_in_exec) is NotFoundError
    assert "Traceback" not in shown.out + shown.err
    again = configured.run_cell("task.wait()")
    assert type(again.error_in_exec) is NotFoundError
    assert "Traceback" in capsys.readouterr().out


def test_an_interrupt_is_one_line(configured, capsys, monkeypatch):
    """Interrupting the wait leaves the task running, and says so."""

    def interrupted(_task):
        raise KeyboardInterrupt

    monkeypatch.setattr(TaskWidget, "wait", interrupted)
    result = configured.run_cell("%%sigmic --wait --as task\nHello")

    assert type(result.error_in_exec) is KeyboardInterrupt
    assert "KeyboardInterrupt: a task that runs goes on" in capsys.readouterr().out
    assert configured.user_ns["task"].task_id
