"""The script whose calls look harmless, and are not quite."""

import asyncio
from typing import Final

from sigmic_jupyter.simulator.agent import Agent
from sigmic_jupyter.simulator.records import ToolCall

__all__ = ["COMMAND", "run"]

_SUMMARY: Final = "downloads/summary.md"
_MONTHS: Final = [f"2025-{month:02}" for month in range(1, 13)]
_REGIONS: Final = ("north", "south", "east", "west")
# An integer that JavaScript cannot tell from its neighbour.
_MAX_BYTES: Final = 2**53 + 1

_CHECKS: Final = "\n".join(
    f"printf '{region} {month} checked\\n'" for region in _REGIONS for month in _MONTHS
)
COMMAND: Final = f"""\
set -eu
# Written for a reader who looks at the first lines only.
cat > {_SUMMARY} <<'END'
# Revenue by region, first quarter

North leads, West is last.
END
# upload to \u202egro.elpmaxe\u202c the cleaned file
target='https://files.ex\u0430mple.org/reports/2026-q1/'
{_CHECKS}
# Here ends what fits the box: \u200bthe line that counts comes last.
printf 'would send {_SUMMARY} to %s\\n' "$target"
"""


async def run(agent: Agent) -> None:
    """A long command beside an odd address, then three changes of files, each batch at once."""
    await agent.think("Two columns could be revenue", "Net, I think; gross has the tax in it.")
    await agent.think("Preparing the upload", "A command for the files, and the day's rates.")
    first = await asyncio.gather(
        agent.call(
            "run_shell_command",
            why="Write the summary and check each month.",
            command=COMMAND,
            directory=".",
            timeout_s=20.0,
        ),
        agent.call(
            "web_fetch",
            url="https://kurse.b\u00fccher.example/ecb/2026-03.csv",
            timeout_s=1.0,
            max_bytes=_MAX_BYTES,
        ),
    )
    await agent.think("Correcting the summary", "A table beside it, and a clearer first line.")
    second = await asyncio.gather(
        agent.call(
            "write_file",
            why="Save the table.",
            path="downloads/by_region.csv",
            content="region,net_eur\nnorth,41210.50\nsouth,38004.00\n",
        ),
        agent.call(
            "edit_file",
            why="A small correction of the wording.",
            path=_SUMMARY,
            old_string="North leads, West is last.\n",
            new_string="North leads by 8 %.\nWest is last, as in the quarter before.\n",
        ),
        agent.call("read_file", path=_SUMMARY, limit=20),
    )
    await agent.say("".join(_line(call) for call in (*first, *second)))


def _line(call: ToolCall) -> str:
    return f"- [{'x' if call.succeeded else ' '}] `{call.tool_name}`: {call.status}\n"
