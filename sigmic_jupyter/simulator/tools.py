"""The agent's tools. They are real, and work in the session's workspace."""

import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sigmic_jupyter.simulator.processes import ProcessError, run
from sigmic_jupyter.simulator.workspace import OutsideWorkspaceError, Workspace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["ToolError", "Toolbox"]

_TIME_LIMIT_S = 30.0
_SHELL = ("/bin/sh", "-c")


class ToolError(Exception):
    """A tool could not do what it was asked to; the message says why."""


class Toolbox:
    """The tools by name.

    Args:
        workspace: where they work.
        env: variables that programs see: the task's `env` and `secrets`.
        time_limit_s: how long a program may run, in seconds.
    """

    def __init__(
        self, workspace: Workspace, env: Mapping[str, str], *, time_limit_s: float = _TIME_LIMIT_S
    ) -> None:
        self._workspace = workspace
        self._env = env
        self._time_limit_s = time_limit_s
        self._tools: dict[str, Callable[..., Awaitable[str]]] = {
            "list_directory": self._list_directory,
            "read_file": self._read_file,
            "write_file": self._write_file,
            "edit_file": self._edit_file,
            "run_python": self._run_python,
            "run_shell_command": self._run_shell_command,
            "web_fetch": self._web_fetch,
        }

    async def run(self, tool_name: str, args: Mapping[str, Any]) -> str:
        """Do what a call asks for.

        Returns:
            The tool's output.

        Raises:
            ToolError: it could not.
        """
        if (tool := self._tools.get(tool_name)) is None:
            raise ToolError(f"There is no tool {tool_name}")
        try:
            return await tool(**args)
        except (OutsideWorkspaceError, ProcessError) as error:
            raise ToolError(str(error)) from None
        except (TypeError, ValueError):
            raise ToolError(f"{tool_name} cannot work with these arguments") from None
        except OSError as error:
            # Not str(error): it names the directory of this machine.
            raise ToolError(f"{error.strerror}: {args.get('path', tool_name)}") from None

    async def _list_directory(self, path: str) -> str:
        return _listing(self._workspace.resolve(path))

    async def _read_file(self, path: str, limit: int) -> str:
        return _first_lines(self._workspace.resolve(path), limit)

    async def _write_file(self, path: str, content: str) -> str:
        size = _write(self._workspace.resolve(path), content)
        return f"Wrote {size} bytes to {path}"

    async def _edit_file(self, path: str, old_string: str, new_string: str) -> str:
        return _replace(self._workspace.resolve(path), path, old_string, new_string)

    async def _run_python(self, code: str) -> str:
        command = (sys.executable, "-I", "-X", "utf8", "-c", code)
        return await run(
            command, folder=self._workspace.root, env=self._env, limit_s=self._time_limit_s
        )

    async def _run_shell_command(
        self, command: str, directory: str = ".", timeout_s: float = _TIME_LIMIT_S
    ) -> str:
        return await run(
            (*_SHELL, command),
            folder=self._workspace.resolve(directory),
            env=self._env,
            limit_s=min(timeout_s, self._time_limit_s),
        )

    async def _web_fetch(self, url: str, **_options: Any) -> str:
        raise ToolError(f"Nothing leaves this machine: {urlsplit(url).hostname} was not asked")


def _listing(folder: Path) -> str:
    names = sorted(entry.name + "/" * entry.is_dir() for entry in folder.iterdir())
    return "\n".join(names) or "(empty)"


def _first_lines(path: Path, limit: int) -> str:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return "".join(islice(file, limit)).rstrip("\r\n")


def _write(path: Path, content: str) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(content.encode())


def _replace(file: Path, path: str, old: str, new: str) -> str:
    text = file.read_text(encoding="utf-8")
    if (count := text.count(old)) != 1:
        raise ToolError(f"The text to replace is in {path} {count} times, not once")
    return f"Wrote {_write(file, text.replace(old, new))} bytes to {path}"
