"""The script for a message that fits no other."""

from sigmic_jupyter.simulator.agent import Agent

__all__ = ["run"]


async def run(agent: Agent) -> None:
    """One thought, one call, a short answer."""
    await agent.think("Reading the request", "No script knows these words; I will look round.")
    listing = await agent.call("list_directory", why="See what is there", path=".")
    await agent.say(
        "Hello! This is the **Sigmic simulator**: my answers are scripted, my tools are real.\n\n"
    )
    if listing.succeeded:
        folders = ", ".join(f"`{name}`" for name in (listing.output or "").splitlines())
        await agent.say(f"The workspace of this session has {folders}.\n\n")
    else:
        await agent.say("I did not see the workspace: listing it was not allowed.\n\n")
    await agent.say("Send a CSV file with your message, and I will analyse it.\n")
