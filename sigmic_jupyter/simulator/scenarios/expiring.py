"""The script whose call nobody decides in time."""

from typing import Final

from sigmic_jupyter.simulator.agent import Agent, ScriptFailedError

__all__ = ["ERROR", "run"]

ERROR: Final = "Nobody decided about a tool call in time, so the session ended."
_PATIENCE_S: Final = 12.0


async def run(agent: Agent) -> None:
    """Ask for one call; the task ends while it waits."""
    await agent.think("Waiting for a decision", f"Without one, I stop after {_PATIENCE_S:g} s.")
    try:
        listing = await agent.call(
            "list_directory", why="See what is there", patience_s=_PATIENCE_S, path="."
        )
    except TimeoutError:
        raise ScriptFailedError(ERROR) from None
    await agent.say(f"You decided in time: the call was {listing.status}.\n")
