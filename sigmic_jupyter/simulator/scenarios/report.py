"""The script with a long answer."""

from typing import Final

from sigmic_jupyter.simulator.agent import Agent

__all__ = ["run"]

_CHUNK_CHARACTERS: Final = 120
_WEEKS: Final = 6
_TARGET_MS: Final = 150
_AREAS: Final = (
    ("Ingestion", "files", "the nightly import"),
    ("Validation", "rows", "the schema check"),
    ("Deduplication", "records", "the matching step"),
    ("Enrichment", "look-ups", "the reference service"),
    ("Aggregation", "groups", "the hourly roll-up"),
    ("Storage", "partitions", "the compaction job"),
    ("Queries", "requests", "the read path"),
    ("Dashboards", "views", "the rendering service"),
    ("Alerts", "messages", "the notification rules"),
    ("Access", "sign-ins", "the permission check"),
    ("Backups", "snapshots", "the restore drill"),
    ("Costs", "hours", "the cluster schedule"),
)


async def run(agent: Agent) -> None:
    """One thought, one call, then about 18,000 characters of Markdown."""
    await agent.think("Planning the report", f"An introduction and {len(_AREAS)} sections.")
    await agent.call("list_directory", why="Look for material", path="uploads")
    await agent.say(_report(), chunk=_CHUNK_CHARACTERS)


def _report() -> str:
    contents = "".join(f"{number}. {area}\n" for number, (area, *_) in enumerate(_AREAS, start=1))
    sections = "\n".join(_section(number, *area) for number, area in enumerate(_AREAS, start=1))
    return (
        "# State of the data platform\n\n"
        "> A made-up sample: the simulator writes this text to show how a long answer streams. "
        "The figures mean nothing.\n\n"
        f"## Contents\n\n{contents}\n{sections}\n"
        "## Next steps\n\n"
        "- [x] Collect the weekly figures\n- [x] Compare them with the targets\n"
        "- [ ] Agree on owners for the open points\n- [ ] Repeat the review next quarter\n"
    )


def _section(number: int, area: str, unit: str, part: str) -> str:
    volumes = [(number * 7 + week * (5 + number % 4)) * 130 for week in range(1, _WEEKS + 1)]
    delays_ms = [40 + (number * 13 + week * 29) % 160 for week in range(1, _WEEKS + 1)]
    rows = "".join(
        f"| {week} | {volume:,} | {delay_ms} ms | {_verdict(delay_ms)} |\n"
        for week, (volume, delay_ms) in enumerate(zip(volumes, delays_ms, strict=True), start=1)
    )
    above = sum(delay_ms > _TARGET_MS for delay_ms in delays_ms)
    key = area.lower()
    spread = max(volumes) - min(volumes)
    return (
        f"## {number}. {area}\n\n"
        f"Over {_WEEKS} weeks {key} handled **{sum(volumes):,} {unit}**. The busiest week "
        f"had {max(volumes):,}, the quietest {min(volumes):,}; {part} was the part that set the "
        f"pace. The median delay stayed between {min(delays_ms)} and {max(delays_ms)} ms, and was "
        f"above the target of {_TARGET_MS} ms in {above} of the {_WEEKS} weeks.\n\n"
        f"The difference between the busiest and the quietest week was {spread:,} {unit}, or "
        f"{spread / sum(volumes):.1%} of the total. {area} depends on {part} more than on anything "
        f"else: in weeks with more {unit} its queue filled first, and the delay followed about a "
        f"day later. A second look at single hours changes nothing in this picture, so the table "
        f"below keeps to whole weeks.\n\n"
        f"| Week | Volume, {unit} | Median delay | Target |\n|---:|---:|---:|:---|\n{rows}\n"
        f"### What to do about {key}\n\n"
        f"- Give {part} a queue of its own, so that a burst of {unit} does not hold up the rest.\n"
        f"- Write down *who* is called when the delay stays above {_TARGET_MS} ms for an hour.\n"
        f"- Keep the old figures: a change of trend shows only against `{key}_history`.\n\n"
        "The figures come from this query:\n\n"
        "```sql\n"
        f"SELECT week, sum({unit.replace('-', '_')}) AS volume, median(delay_ms) AS delay_ms\n"
        f"FROM {key}_history\nWHERE week BETWEEN 1 AND {_WEEKS}\n"
        "GROUP BY week\nORDER BY week;\n```\n"
    )


def _verdict(delay_ms: int) -> str:
    return "above" if delay_ms > _TARGET_MS else "within"
