"""Settings as a table, in text and in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmic_jupyter.widget.record.elements import element
from sigmic_jupyter.widget.record.hidden import prose
from sigmic_jupyter.widget.record.styles import CODE, META, STRONG, TABLE, cell

if TYPE_CHECKING:
    from sigmic_jupyter.settings.resolved import Settings
    from sigmic_jupyter.settings.values import Setting

__all__ = ["as_html", "as_text"]

HEAD = ("setting", "value", "from")
UNSET_INTERVAL = "as things happen"


def as_text(settings: Settings) -> str:
    """Columns, and what else is to be known below them."""
    rows = [HEAD, *(_row(setting) for setting in settings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return prose("\n".join([*lines, "", *_remarks(settings)]))


def as_html(settings: Settings) -> str:
    """A table that has the page's colours, and what else is to be known below it."""
    head = element("tr", *(element("th", name, style=cell(head=True)) for name in HEAD))
    rows = [
        element(
            "tr",
            element("td", element("code", setting.name, style=CODE), style=cell(nowrap=True)),
            element("td", _shown(setting), style=f"{cell()};{STRONG if setting.problem else ''}"),
            element("td", setting.place or "nowhere", style=cell(last=True)),
        )
        for setting in settings
    ]
    table = element("table", element("thead", head), element("tbody", *rows), style=TABLE)
    remarks = (element("p", remark, style=META) for remark in _remarks(settings))
    return element("div", table, *remarks)


def _row(setting: Setting) -> tuple[str, str, str]:
    return setting.name, _shown(setting), setting.place or "nowhere"


def _shown(setting: Setting) -> str:
    if setting.problem is not None:
        return f"✗ {setting.problem}"
    if setting.name == "timeout" or (setting.name == "interval" and setting.value is not None):
        return f"{setting.value:g} s"
    return UNSET_INTERVAL if setting.name == "interval" else str(setting.value)


def _remarks(settings: Settings) -> list[str]:
    """Where the files are, and what is to be known of the places."""
    there = "" if settings.config.exists() else " (there is none)"
    dotenv = settings.dotenv or "not read; configure(dotenv=True) reads the one in this folder"
    return [
        f"Config file: {settings.config}{there}",
        f".env: {dotenv}",
        *(f"{each.name}: {each.hint}" for each in settings if each.problem and each.place),
        *(f"Take care: {warning}" for warning in settings.warnings),
        *settings.notes,
    ]
