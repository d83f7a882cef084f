"""The files that the agent makes of its figures. Pure."""

import csv
import io
import math
from collections.abc import Sequence
from html import escape
from typing import Final

from sigmic_jupyter.simulator.scenarios.analyst.columns import Columns
from sigmic_jupyter.simulator.scenarios.analyst.program import Group

__all__ = ["bar_chart", "table"]

_WIDTH: Final = 520
_LEFT: Final = 64
_TOP: Final = 40
_PLOT_HEIGHT: Final = 170
_BASE: Final = _TOP + _PLOT_HEIGHT
_HEIGHT: Final = _BASE + 30
_MAX_TICKS: Final = 4
_BAR_SHARE: Final = 0.56
_BAR: Final = "#33608c"
_INK: Final = "#262626"
_MUTED: Final = "#595959"
_GRID: Final = "#e6e6e6"


def table(columns: Columns, groups: Sequence[Group]) -> str:
    """One row a group, as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([columns.group, "rows", *columns.sums])
    decimals = {
        name: 0 if all(group.sums[name].is_integer() for group in groups) else 2
        for name in columns.sums
    }
    for group in groups:
        figures = (f"{group.sums[name]:.{digits}f}" for name, digits in decimals.items())
        writer.writerow([group.name, group.rows, *figures])
    return text.getvalue()


def bar_chart(title: str, unit: str, groups: Sequence[Group]) -> str:
    """One bar a group, as SVG; bars start at zero."""
    highest = max((group.value for group in groups), default=0.0)
    step = _tick_step(highest / _MAX_TICKS)
    ticks = max(1, math.ceil(highest / step))
    slot = (_WIDTH - _LEFT - 12) / max(1, len(groups))
    parts = [_head(title, unit)]
    parts += (_grid_line(tick * step, step * ticks) for tick in range(ticks + 1))
    parts += (
        _bar(group, _LEFT + number * slot, slot, step * ticks)
        for number, group in enumerate(groups)
    )
    return "\n".join([*parts, "</svg>\n"])


def _head(title: str, unit: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="sans-serif" font-size="11">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>\n'
        f'<text x="{_LEFT}" y="20" font-size="13" font-weight="600" fill="{_INK}">'
        f"{escape(title)}</text>\n"
        f'<text x="{_WIDTH - 12}" y="20" text-anchor="end" fill="{_MUTED}">{escape(unit)}</text>'
    )


def _tick_step(least: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `least`."""
    if least <= 0:
        return 1.0
    power: float = 10 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= least)


def _grid_line(value: float, top: float) -> str:
    y = _BASE - value / top * _PLOT_HEIGHT
    return (
        f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - 12}" stroke="{_GRID if value else _MUTED}"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{_MUTED}">{value:,g}</text>'
    )


def _bar(group: Group, left: float, slot: float, top: float) -> str:
    height = max(0.0, group.value) / top * _PLOT_HEIGHT
    width = slot * _BAR_SHARE
    middle = left + slot / 2
    return (
        f'<rect x="{middle - width / 2:.1f}" y="{_BASE - height:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="2" fill="{_BAR}"/>'
        f'<text x="{middle:.1f}" y="{_BASE - height - 6:.1f}" text-anchor="middle" '
        f'fill="{_INK}">{group.value:,.0f}</text>'
        f'<text x="{middle:.1f}" y="{_BASE + 18}" text-anchor="middle" fill="{_INK}">'
        f"{escape(group.name)}</text>"
    )
