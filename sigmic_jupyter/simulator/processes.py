"""Programs that the agent's tools start."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["ProcessError", "run"]

# What a program needs to start; nothing else of this process's environment is handed on.
_INHERITED_ENV = ("PATH", "SYSTEMROOT", "TEMP", "TMP")


class ProcessError(Exception):
    """A program failed, or ran too long; the message says how."""


async def run(
    command: Sequence[str], *, folder: Path, env: Mapping[str, str], limit_s: float
) -> str:
    """Run a program to its end; it is killed with the task that waits for it.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        env: the variables it sees, beside those that programs need to start.
        limit_s: how long it may run, in seconds.

    Returns:
        What it wrote to its standard output.

    Raises:
        ProcessError: it ran too long, or its exit code is not 0.
        OSError: it could not be started.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env={name: os.environ[name] for name in _INHERITED_ENV if name in os.environ} | dict(env),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(limit_s):
            output, errors = await process.communicate()
    except TimeoutError:
        raise ProcessError(f"Stopped: it ran longer than {limit_s:g} s") from None
    finally:
        if process.returncode is None:
            _kill(process)
            await process.communicate()
    if process.returncode != 0:
        raise ProcessError(
            errors.decode(errors="replace").strip() or f"Exit code {process.returncode}"
        )
    return output.decode(errors="replace").rstrip()


def _kill(process: asyncio.subprocess.Process) -> None:
    if os.name != "posix":
        process.kill()
        return
    # With whatever it has started: that holds its output open.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
