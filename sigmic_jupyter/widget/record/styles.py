"""Every inline style of the record.

Text has the viewer's colour, lines are translucent grey, and marks bring their own ground, so that
it reads on any page, light or dark. Margins, borders and grounds are set even where they are none:
the pages that show it have styles for tables of their own.
"""

from typing import Final

LINE: Final = "1px solid rgba(128,128,128,.32)"
MONO: Final = "font-family:ui-monospace,Menlo,Consolas,monospace"

FRAME: Final = (
    f"border:{LINE};border-radius:6px;"
    "font-family:system-ui,-apple-system,'Segoe UI',sans-serif;"
    "font-size:14px;line-height:22px;text-align:left;overflow-wrap:anywhere;overflow:hidden"
)
HEADER: Final = "padding:12px 16px"
SECTION: Final = f"padding:8px 16px 10px;border-top:{LINE};overflow-x:auto"
# What an answer ends with brings its own margin.
ANSWER: Final = f"padding:10px 16px 2px;border-top:{LINE};overflow-x:auto"
FOLD: Final = f"padding:0;border-top:{LINE}"
FOLD_SUMMARY: Final = "padding:10px 16px;font-size:13px;line-height:20px;cursor:pointer"
FOLD_BODY: Final = "padding:0 16px 12px;overflow-x:auto"
FOOTER: Final = (
    f"margin:0;padding:10px 16px;border-top:{LINE};font-size:12px;line-height:18px;opacity:.74"
)
# Seen only where styles are removed, and with them the lines between the sections.
RULE: Final = "display:none"

LINE_OF_TEXT: Final = "margin:0;line-height:22px"
META: Final = "margin:4px 0 0;font-size:12px;line-height:18px;opacity:.74"
LABEL: Final = "margin:4px 0;font-size:12px;line-height:18px;opacity:.74"
MUTED: Final = "opacity:.74"
STRONG: Final = "font-weight:600"
CODE: Final = f"{MONO};font-size:12px;padding:0;background:none;color:inherit;white-space:inherit"
_AS_IS = (
    f"padding:0;border:0;{MONO};font-size:12px;line-height:19px;background:none;color:inherit;"
    "white-space:pre-wrap;overflow-wrap:anywhere;margin:"
)
AS_IS: Final = f"{_AS_IS}0"
AS_WRITTEN: Final = f"{_AS_IS}0 0 12px"
WORDS: Final = "margin:2px 0 4px;white-space:pre-wrap"
SMALL_SUMMARY: Final = "font-size:12px;line-height:18px;cursor:pointer"
INNER_SUMMARY: Final = "cursor:pointer"
INNER_BODY: Final = "margin:4px 0 4px 16px"

# JupyterLab lays tables out as `fixed`, which takes no column's content into account.
_TABLE = "table-layout:auto;border:0;border-collapse:collapse;"
TABLE: Final = f"{_TABLE}width:100%;margin:0;font-size:13px;line-height:20px"
NARROW_TABLE: Final = (
    f"{_TABLE}width:auto;margin:0 0 12px;font-size:13px;line-height:20px;overflow-wrap:normal"
)
ARGS_TABLE: Final = f"{_TABLE}width:auto;margin:0;font-size:12px;line-height:19px"
_ROW = "border:0;background:none"
_ARG = "border:0;background:none;text-align:left;vertical-align:top;padding:"
# A column in which words may break anywhere can shrink to the width of a letter.
ARG_NAME: Final = f"{_ARG}0 16px 4px 0;white-space:nowrap"
LONG_ARG_NAME: Final = f"{_ARG}0 16px 4px 0;min-width:120px"
ARG_VALUE: Final = f"{_ARG}0 0 4px;min-width:160px;white-space:pre-wrap"

PARAGRAPH: Final = "margin:0 0 12px"
LIST: Final = "margin:0 0 12px;padding-left:24px"
INNER_LIST: Final = "margin:0;padding-left:24px"
ITEM: Final = "margin:0 0 4px"
TASK: Final = "margin:0 0 4px -20px;list-style:none"
QUOTE: Final = (
    "margin:0 0 12px;padding:0 0 0 12px;border:0;border-left:3px solid rgba(128,128,128,.4)"
)
BLOCK: Final = (
    f"margin:0 0 12px;padding:8px 12px;border:0;border-radius:4px;{MONO};font-size:12.5px;"
    "line-height:20px;background:rgba(128,128,128,.12);color:inherit;white-space:pre-wrap;"
    "overflow-wrap:anywhere"
)
BLOCK_CODE: Final = "padding:0;font-size:inherit;background:none;color:inherit"
THIN_RULE: Final = f"margin:12px 0;border:0;border-top:{LINE};height:0;background:none"

_HEADING = "margin:6px 0 6px;font-weight:600"
HEADINGS: Final = (
    f"{_HEADING};font-size:16px;line-height:24px",
    f"{_HEADING};font-size:14px;line-height:22px",
)

_MARK = (
    "display:inline-block;width:16px;height:16px;border-radius:8px;color:#fff;font-size:10px;"
    "font-weight:700;line-height:16px;text-align:center;vertical-align:1px;margin-right:3px;"
    "background:"
)
# White on each of these reaches 4.5:1.
MARKS: Final = {
    "good": _MARK + "#1a7f37",
    "bad": _MARK + "#c4332b",
    "waiting": _MARK + "#9a6700",
    "busy": _MARK + "#0969da",
    "quiet": _MARK + "#6e7781",
}


def row(*, last: bool = True) -> str:
    """The style of a table's row: with a line below it, unless it is the `last` or stands alone."""
    return _ROW if last else f"border:0;border-bottom:{LINE};background:none"


def cell(
    *,
    head: bool = False,
    last: bool = False,
    align: str = "left",
    nowrap: bool = False,
    wide: bool = False,
) -> str:
    """The style of a table's cell.

    Args:
        head: It names its column.
        last: The last of its row, up to the table's edge.
        align: `left`, `center` or `right`; the latter for numbers.
        nowrap: It stays on one line.
        wide: It takes the width that is left.
    """
    style = f"padding:6px {0 if last else 24}px 6px 0;border:0;text-align:{align}"
    style += ";vertical-align:top"
    style += ";font-weight:500;font-size:12px" if head else ""
    style += ";font-variant-numeric:tabular-nums" if align == "right" else ""
    style += ";white-space:nowrap" if nowrap else ""
    return f"{style};width:100%;min-width:200px" if wide else style
