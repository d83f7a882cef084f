"""The figures in words: the agent's answer as Markdown. Pure."""

from collections.abc import Iterable
from typing import Final

from sigmic_jupyter.simulator.records import ToolCall
from sigmic_jupyter.simulator.scenarios.analyst.columns import Columns
from sigmic_jupyter.simulator.scenarios.analyst.program import Group, Result

__all__ = ["answer", "gave_up"]

_CENT: Final = 0.01
_UNKNOWN: Final = "unknown"


def answer(columns: Columns, result: Result, writes: Iterable[ToolCall]) -> str:
    """Heading, table, what stands out, how it was computed, what was checked."""
    period = f", from {result.dates[0]} to {result.dates[2]}" if result.dates else ""
    return (
        f"## {columns.title}\n\n"
        f"`{columns.measure}` comes to **{result.total:,.2f}** in {result.rows:,} rows{period}.\n\n"
        f"{_table(columns, result)}\n"
        f"### What stands out\n\n{_findings(result)}\n"
        "Each figure is a plain sum:\n\n"
        "```python\n"
        f"totals[row[{columns.group!r}]] += float(row[{columns.measure!r}])\n"
        "```\n\n"
        f"### Checked\n\n{_checks(columns, result, writes)}"
    )


def gave_up(what: str, call: ToolCall) -> str:
    """Why there is no answer: `call` was rejected, or failed."""
    if call.status == "cancelled":
        return f"I could not {what}: the call of `{call.tool_name}` was rejected. I stop here.\n"
    return f"I could not {what}: `{call.tool_name}` failed.\n\n```text\n{call.output}\n```\n"


def _table(columns: Columns, result: Result) -> str:
    rows = "".join(
        f"| {_cell(group.name)} | {group.value:,.2f} | {_share(group, result)} "
        f"| {_percent(group.change)} | {group.rows:,} |\n"
        for group in result.groups
    )
    return (
        f"| {_cell(columns.group)} | {_cell(columns.measure)} | share | change | rows |\n"
        f"|:---|---:|---:|---:|---:|\n{rows}"
    )


def _findings(result: Result) -> str:
    first = result.groups[0]
    lines = [f"**{first.name}** is the largest, with {_share(first, result)} of the whole."]
    changes = [(group.change, group.name) for group in result.groups if group.change is not None]
    if changes and result.dates:
        halves = f"after {result.dates[1]}, compared with before"
        (lowest, falling), (highest, rising) = min(changes), max(changes)
        if lowest < 0:
            lines.append(f"**{falling}** fell the most: {_percent(lowest)} {halves}.")
        if highest > 0:
            lines.append(f"**{rising}** grew the most: {_percent(highest)} {halves}.")
    return "".join(f"- {line}\n" for line in lines)


def _checks(columns: Columns, result: Result, writes: Iterable[ToolCall]) -> str:
    difference = abs(sum(group.value for group in result.groups) - result.total)
    checks = [
        (difference < _CENT, "The groups add up to the total of the file"),
        (
            all(group.name != "(none)" for group in result.groups),
            f"Every row has a value for `{columns.group}`",
        ),
    ]
    for call in writes:
        path = call.args["path"]
        reason = "the call was rejected" if call.status == "cancelled" else call.output
        checks.append(
            (call.succeeded, f"`{path}` is {'written' if call.succeeded else f'missing: {reason}'}")
        )
    return "".join(f"- [{'x' if holds else ' '}] {text}\n" for holds, text in checks)


def _share(group: Group, result: Result) -> str:
    return f"{group.value / result.total:.1%}" if result.total else _UNKNOWN


def _percent(change: float | None) -> str:
    return _UNKNOWN if change is None else f"{change:+.1%}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
