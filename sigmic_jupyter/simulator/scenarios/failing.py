"""The script that ends badly."""

from typing import Final

from sigmic_jupyter.simulator.agent import Agent, ScriptFailedError

__all__ = ["ERROR", "run"]

ERROR: Final = (
    "Sandbox stopped: memory limit exceeded (2,048 MB). "
    "Files and messages of the session were kept."
)


async def run(agent: Agent) -> None:
    """A thought, a call and half an answer, then the sandbox is gone."""
    await agent.think("Loading the data", "All of it at once, which takes a lot of memory.")
    await agent.call("list_directory", why="Find the data", path="uploads")
    await agent.say("The data has two parts. The first part shows that ")
    raise ScriptFailedError(ERROR)
