"""The script that gives away all that it knows, in every form and place."""

import base64
import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, quote_plus

from sigmic_jupyter.simulator.agent import Agent, ScriptFailedError

__all__ = ["forms", "run"]

# Short, so that what a poll has seen ends in the middle of a value.
_CHUNK_CHARACTERS: Final = 23
_PRINT_ALL: Final = """\
import base64, json, os, urllib.parse
for name in {names!r}:
    value = os.environ.get(name, "")
    print(name, value, json.dumps(value), urllib.parse.quote(value, safe=""))
    print(base64.b64encode(value.encode()).decode())
"""


def forms(value: str) -> Iterator[str]:
    """A value as it stands in a text, in JSON, in an address and in a header, bare or with a user.

    Yields:
        The forms; where nothing needs to be escaped, some are the same.
    """
    yield value
    yield json.dumps(value)
    yield json.dumps(value, ensure_ascii=False)
    yield quote(value, safe="")
    yield quote_plus(value)
    # Base64 packs three bytes together: with each of these the value begins at another of them.
    for credentials in (value, f"tester:{value}", f"user:{value}"):
        yield base64.b64encode(credentials.encode()).decode()
        yield base64.urlsafe_b64encode(credentials.encode()).decode()


async def run(agent: Agent) -> None:
    """Thoughts, answer, arguments, description, output and errors: nothing is kept back."""
    known = agent.environment
    everything = "\n".join(
        f"{name}: {form}" for name, value in known.items() for form in forms(value)
    )
    values = " ".join(known.values())
    await agent.think(f"What I know: {values}", everything)
    await agent.say(f"{everything}\n\n", chunk=_CHUNK_CHARACTERS)
    await agent.call(
        "write_file", why=f"Note {values}", path="downloads/notes.txt", content=everything
    )
    await agent.call("run_python", why="Print them", code=_PRINT_ALL.format(names=list(known)))
    await agent.call("run_python", why="Fail", code=f"raise SystemExit({everything!r})")
    named: dict[str, Any] = {values: {values: [everything]}}
    await agent.call(f"send {values}", why="Send", **named)
    raise ScriptFailedError(f"Gave away {everything}")
