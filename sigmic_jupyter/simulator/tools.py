"""The agent's tools. They are real, and work in the session's workspace."""

import asyncio
import os
import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sigmic_jupyter.simulator.workspace import OutsideWorkspaceError, Workspace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["ToolError", "Toolbox"]

_TIME_LIMIT_S = 30.0
# What a Python process needs to start; nothing else of this process's environment is handed on.
_INHERITED_ENV = ("PATH", "SYSTEMROOT", "TEMP", "TMP")


class ToolError(Exception):
    """A tool could not do what it was asked to; the message says why."""


class Toolbox:
    """The tools by name.

    Args:
        workspace: where they work.
        env: variables that Python code sees: the task's `env` and `secrets`.
        time_limit_s: how long Python code may run, in seconds.
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
            "run_python": self._run_python,
        }

    async def run(self, tool_name: str, args: Mapping[str, Any]) -> str:
        """Do what a call asks for.

        Returns:
            The tool's output.

        Raises:
            ToolError: it could not.
        """
        try:
            return await self._tools[tool_name](**args)
        except OutsideWorkspaceError as error:
            raise ToolError(str(error)) from None
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

    async def _run_python(self, code: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-X", "utf8", "-c", code),
            cwd=self._workspace.root,
            env={name: os.environ[name] for name in _INHERITED_ENV if name in os.environ}
            | dict(self._env),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(self._time_limit_s):
                output, errors = await process.communicate()
        except TimeoutError:
            raise ToolError(f"Stopped: it ran longer than {self._time_limit_s:g} s") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()
        if process.returncode != 0:
            raise ToolError(errors.decode(errors="replace").strip())
        return output.decode(errors="replace").rstrip()


def _listing(folder: Path) -> str:
    names = sorted(entry.name + "/" * entry.is_dir() for entry in folder.iterdir())
    return "\n".join(names) or "(empty)"


def _first_lines(path: Path, limit: int) -> str:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return "".join(islice(file, limit)).rstrip("\r\n")


def _write(path: Path, content: str) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(content.encode())
