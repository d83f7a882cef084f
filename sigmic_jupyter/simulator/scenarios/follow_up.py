"""The script for a further message in a session."""

from sigmic_jupyter.simulator.agent import Agent
from sigmic_jupyter.simulator.records import ToolCall

__all__ = ["run"]

_FOLDERS = ("uploads", "downloads")


async def run(agent: Agent) -> None:
    """List what the session has, and refer to the turn before."""
    before = agent.earlier_turns[-1]
    await agent.think(
        "Picking up the thread", f"The session has {len(agent.earlier_turns)} earlier message(s)."
    )
    listings = [
        await agent.call("list_directory", why="See what is still there", path=folder)
        for folder in _FOLDERS
    ]
    await agent.say(
        f"You asked before: “{_one_line(before.message)}”. I then made "
        f"{len(before.calls)} tool call(s) and wrote {len(before.content):,} characters.\n\n"
    )
    files = [file for listing in listings for file in _files(listing)]
    if files:
        lines = "".join(f"- `{file}`\n" for file in files)
        await agent.say(f"These files are still here:\n\n{lines}")
    elif all(listing.succeeded for listing in listings):
        await agent.say("The session has no files.\n")
    if not all(listing.succeeded for listing in listings):
        await agent.say("\nI did not see all folders: not every listing was allowed.\n")


def _files(listing: ToolCall) -> list[str]:
    if not listing.succeeded or listing.output == "(empty)":
        return []
    return [f"{listing.args['path']}/{name}" for name in (listing.output or "").splitlines()]


def _one_line(text: str, width: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"
