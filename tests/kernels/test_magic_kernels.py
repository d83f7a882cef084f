"""The magic in real kernels, by the raw protocol, as front ends speak it."""

from __future__ import annotations

import pytest
from kernel_harness import Kernel
from kernel_venv import VERSIONS, python_with

from sigmic_jupyter import simulator
from sigmic_jupyter.magics.options import COMMANDS, MESSAGE

pytestmark = pytest.mark.kernels

VIEW = "application/vnd.jupyter.widget-view+json"
# The cursor is where the bar stands.
COMPLETING = [
    ("%%sigmic --fi|", ["--files", "--fill"]),
    ("%%sigmic |\nSay hello", [name for name in COMMANDS[MESSAGE] if name.startswith("-")]),
    ("%%sigmic --transport p|\nSay hello", ["poll"]),
    ("x = 1\nx = %sigmic at|", ["attach"]),
    ("%sigmic attach some-id --tr|", ["--transport"]),
]


@pytest.fixture(scope="module", params=[VERSIONS[0], VERSIONS[-1]])
def kernel(request):
    """A kernel with the extension and a service, in the oldest and the newest ipykernel."""
    with simulator.start(speed=50) as service, Kernel(python_with(request.param)) as running:
        settings = f"api_key={service.api_key!r}, base_url={service.base_url!r}"
        assert running.run("%load_ext sigmic_jupyter") == ""
        assert running.run(f"from sigmic_jupyter import configure\n_ = configure({settings})") == ""
        yield running


def outputs(kernel, request):
    """The data of what a cell showed, by media type."""
    kinds = {"display_data", "execute_result"}
    return [m["content"]["data"] for m in kernel.about(request) if m["msg_type"] in kinds]


@pytest.mark.parametrize("jedi", [True, False])
def test_tab(kernel, jedi):
    """A kernel's own completion knows the options, with jedi and without."""
    kernel.run(f"%config Completer.use_jedi = {jedi}")
    for text, expected in COMPLETING:
        at, code = text.index("|"), text.replace("|", "")
        request = kernel.send("complete_request", {"code": code, "cursor_pos": at})
        reply = kernel.wait(lambda m: m["msg_type"] == "complete_reply", parent=request)["content"]

        assert reply["matches"] == expected
        start, end = reply["cursor_start"], reply["cursor_end"]
        assert end == at
        assert code[start:end] == "" or expected[0].startswith(code[start:end])


def test_a_cell_shows_a_task(kernel):
    """The cell shows the live view; the task is in its variable, and ends."""
    request = kernel.execute("%%sigmic --as task\nSay hello")
    assert kernel.output(request) == ""

    (data,) = outputs(kernel, request)
    assert VIEW in data
    assert kernel.run("print(task.wait(20, on_approval='wait').status)") == "completed"


def test_a_cell_holds_until_the_end(kernel):
    """With --wait the cell ends when the task has, and shows it once."""
    request = kernel.execute("%%sigmic --wait --as task\nSay hello")
    assert kernel.output(request) == ""

    shown = [m for m in kernel.about(request) if m["msg_type"] == "display_data"]
    assert len(shown) == 1
    assert kernel.run("print(task.status)") == "completed"


def test_alone_it_shows_a_table(kernel):
    """`%sigmic` shows the settings as a table and as text, the key masked."""
    request = kernel.execute("%sigmic")
    kernel.wait_idle(request)

    (data,) = outputs(kernel, request)
    assert "<table" in data["text/html"]
    assert "configure(api_key=…)" in data["text/plain"]
    assert "sigmic_…" in data["text/plain"]


def test_errors_are_one_line(kernel):
    """The protocol's error has the kind and the text, and no traceback; the cell has failed."""
    request = kernel.execute("%%sigmic --interval 0\nSay hello")
    kernel.wait_idle(request)

    error = kernel.wait(lambda m: m["msg_type"] == "error", parent=request)["content"]
    assert error["ename"] == "ConfigurationError"
    assert error["traceback"] == [f"ConfigurationError: {error['evalue']}"]


def test_a_slip_is_told(kernel):
    """A wrong option is a usage error, as of IPython's own magics; cells behind it do not run."""
    request = kernel.execute("%%sigmic --aprove\nSay hello")

    assert "did you mean --approve?" in kernel.output(request)
    reply = kernel.wait(lambda m: m["msg_type"] == "execute_reply", parent=request)["content"]
    assert (reply["status"], reply["ename"]) == ("error", "UsageError")


def test_a_malformed_key_is_in_no_message(monkeypatch, tmp_path):
    """Nothing that a kernel sends shows it, though tracebacks are verbose and the file is open."""
    key = f"sigmic_{'0123456789abcdef' * 4}0"
    config = tmp_path / "config.toml"
    config.write_text(f'api_key = "{key}"')
    config.chmod(0o644)
    monkeypatch.setenv("SIGMIC_CONFIG", str(config))
    cells = [
        "%xmode Verbose",
        "%load_ext sigmic_jupyter",
        "%%sigmic\nHello",
        "import sigmic_jupyter",
    ]
    cells += ["sigmic_jupyter.run('Hello')", "sigmic_jupyter.Client()", "%tb", "%sigmic"]

    with Kernel(python_with(VERSIONS[-1])) as kernel:
        for cell in cells:
            kernel.wait_idle(kernel.execute(cell))
        sent = [m["content"] for m in kernel.messages if m["msg_type"] != "execute_input"]

    assert [
        content["ename"] for content in sent if "ename" in content and "status" not in content
    ] == ["ConfigurationError"] * 4
    assert str(sent).count("others may read it") >= 3
    assert key[7:40] not in str(sent)
