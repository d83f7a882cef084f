import asyncio

import pytest

from sigmic_jupyter.simulator.tools import Toolbox, ToolError
from sigmic_jupyter.simulator.workspace import Workspace


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "session")


@pytest.fixture
def tools(workspace):
    return Toolbox(workspace, {"TENANT": "acme"})


async def test_files(tools):
    """What is written can be listed and read, line by line."""
    args = {"path": "downloads/deep/a.txt", "content": "one\ntwo ä\nthree\n"}
    assert await tools.run("write_file", args) == "Wrote 17 bytes to downloads/deep/a.txt"
    assert await tools.run("list_directory", {"path": "downloads"}) == "deep/"
    assert await tools.run("list_directory", {"path": "uploads"}) == "(empty)"
    first_lines = await tools.run("read_file", {"path": "downloads/deep/a.txt", "limit": 2})
    assert first_lines == "one\ntwo ä"


@pytest.mark.parametrize(
    ("tool_name", "args", "message"),
    [
        ("read_file", {"path": "../a", "limit": 1}, "'../a' is not inside the workspace"),
        ("list_directory", {"path": "/"}, "'/' is not inside the workspace"),
        ("read_file", {"path": "none", "limit": 1}, "No such file or directory: none"),
        ("list_directory", {"path": "none"}, "No such file or directory: none"),
        ("write_file", {"path": "uploads", "content": ""}, "Is a directory: uploads"),
        ("write_file", {"path": "a", "content": "\ud800"}, "write_file cannot work with these"),
        ("list_directory", {"folder": "."}, "list_directory cannot work with these arguments"),
        ("list_directory", {"path": 1}, "list_directory cannot work with these arguments"),
        ("format_disk", {}, "There is no tool format_disk"),
        ("edit_file", {"path": "a", "old_string": "", "new_string": ""}, "No such file or"),
        ("run_shell_command", {"command": "exit 3"}, "Exit code 3"),
        ("run_shell_command", {"command": "echo why >&2; exit 1"}, "why"),
        ("run_shell_command", {"command": "", "directory": ".."}, "'..' is not inside"),
        ("web_fetch", {"url": "https://a.example/b"}, "machine: a.example was not asked"),
    ],
)
async def test_refused(tools, tool_name, args, message):
    """A tool that cannot do its work says why, without a path of this machine."""
    with pytest.raises(ToolError) as error:
        await tools.run(tool_name, args)
    assert message in str(error.value)


async def test_edit(tools, workspace):
    """An edit replaces a text that is there once, and only then."""
    file = workspace.root / "a.txt"
    file.write_text("one two two")
    args = {"path": "a.txt", "old_string": "one", "new_string": "1"}
    assert await tools.run("edit_file", args) == "Wrote 9 bytes to a.txt"
    assert file.read_text() == "1 two two"
    with pytest.raises(ToolError, match=r"is in a\.txt 2 times, not once"):
        await tools.run("edit_file", args | {"old_string": "two"})


async def test_shell(tools):
    """A command runs in the workspace, in the folder it names, with the task's variables."""
    command = 'printf %s "$TENANT" > a.txt; pwd'
    output = await tools.run("run_shell_command", {"command": command, "directory": "downloads"})
    assert output.endswith("/session/downloads")
    assert await tools.run("read_file", {"path": "downloads/a.txt", "limit": 1}) == "acme"


async def test_shell_time_limit(tools):
    """A command stops when its own time is over."""
    with pytest.raises(ToolError, match=r"^Stopped: it ran longer than 0\.05 s$"):
        await tools.run("run_shell_command", {"command": "sleep 30", "timeout_s": 0.05})


async def test_link(tools, workspace, tmp_path):
    """A link out of the workspace is not followed."""
    (workspace.root / "link").symlink_to(tmp_path)
    with pytest.raises(ToolError, match=r"^'link/a' is not inside the workspace$"):
        await tools.run("write_file", {"path": "link/a", "content": ""})


async def test_python(tools, workspace, monkeypatch):
    """Python code runs in the workspace, and sees the task's variables and none of ours."""
    monkeypatch.setenv("SIGMIC_API_KEY", "hush")
    code = "import os; print(os.getcwd(), os.environ['TENANT'], os.environ.get('SIGMIC_API_KEY'))"
    output = await tools.run("run_python", {"code": code})
    assert output == f"{workspace.root} acme None"


async def test_python_error(tools):
    """Code that fails is an error with its traceback."""
    with pytest.raises(ToolError, match=r"ZeroDivisionError: division by zero$"):
        await tools.run("run_python", {"code": "1 / 0"})


async def test_python_time_limit(workspace):
    """Code that takes too long is stopped."""
    tools = Toolbox(workspace, {}, time_limit_s=0.05)
    with pytest.raises(ToolError, match=r"^Stopped: it ran longer than 0\.05 s$"):
        await tools.run("run_python", {"code": "while True: pass"})


async def test_python_cancelled(tools):
    """Code that runs is killed with the task that runs it."""
    connections = asyncio.Queue()
    server = await asyncio.start_server(lambda *pair: connections.put_nowait(pair), "127.0.0.1", 0)
    async with server:
        address = server.sockets[0].getsockname()
        code = f"import socket; socket.create_connection({address}).recv(1)"
        running = asyncio.create_task(tools.run("run_python", {"code": code}))
        reader, writer = await asyncio.wait_for(connections.get(), timeout=10)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
