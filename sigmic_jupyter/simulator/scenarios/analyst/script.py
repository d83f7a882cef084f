"""The steps of the analysis."""

import asyncio
import re
from typing import Final

from sigmic_jupyter.simulator.agent import Agent
from sigmic_jupyter.simulator.scenarios.analyst.answer import answer, gave_up
from sigmic_jupyter.simulator.scenarios.analyst.columns import Columns, find_columns
from sigmic_jupyter.simulator.scenarios.analyst.files import bar_chart, table
from sigmic_jupyter.simulator.scenarios.analyst.program import Result, parse, program

__all__ = ["can_read", "run"]

_HEAD_LINES: Final = 41
_MAX_BARS: Final = 8


def can_read(path: str) -> bool:
    """Whether the script can work on a file."""
    return path.lower().endswith(".csv")


async def run(agent: Agent) -> None:
    """Look, read, compute, write two files at once, answer; a rejected step ends it sensibly."""
    path = next(filter(can_read, agent.turn.files))
    await agent.think("Looking for the file", f"The message came with {path}.")
    await agent.call("list_directory", why="List the uploaded files", path="uploads")
    await agent.say("I will look at the file first.\n\n")
    head = await agent.call("read_file", why="See the columns", path=path, limit=_HEAD_LINES)
    if not head.succeeded:
        await agent.say(gave_up(f"read `{path}`", head))
        return
    columns = find_columns(head.output or "")
    if columns is None:
        await agent.think("Nothing to group", "There is no text column with few values.")
        await agent.say(f"`{path}` has no column to group by, or none to add up.\n")
        return
    await _think_about(agent, columns)
    found = await agent.call(
        "run_python", why=f"Add up the columns by {columns.group}", code=program(path, columns)
    )
    if not found.succeeded:
        await agent.say(gave_up("compute the figures", found))
        return
    await _report(agent, columns, parse(found.output or "", columns.measure))


async def _think_about(agent: Agent, columns: Columns) -> None:
    await agent.think(
        f"Grouping by {columns.group}", "It is the first text column with few different values."
    )
    others = ", ".join(name for name in columns.sums if name != columns.measure) or "none"
    await agent.think(
        f"Choosing {columns.measure}",
        f"The answer is about {columns.measure}; other columns that can be added up: {others}.",
    )


async def _report(agent: Agent, columns: Columns, result: Result) -> None:
    await agent.think("Checking the figures", "The groups have to add up to the file's total.")
    stem = f"downloads/{'revenue_' if columns.is_revenue else ''}by_{_slug(columns.group)}"
    chart = bar_chart(columns.title, columns.measure, result.groups[:_MAX_BARS])
    writes = await asyncio.gather(
        agent.call(
            "write_file",
            why="Save the table",
            path=f"{stem}.csv",
            content=table(columns, result.groups),
        ),
        agent.call("write_file", why="Save a bar chart", path=f"{stem}.svg", content=chart),
    )
    await agent.think("Wording the answer", "The table first, then what stands out.")
    await agent.say(answer(columns, result, writes))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "column"
