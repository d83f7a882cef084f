"""What is new in a widget's state, so that a message costs what is new and not all there is. Pure.

Its twin is `js/src/delta.ts`. Text that grew is told by where it goes on, in UTF-16 units since the
browser counts those; of a list the rows that changed are told, of a row the fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ROWS", "changes"]

# Lists whose rows are told apart, and the field that names a row.
ROWS = {
    "timeline": "id",
    "tool_calls": "call_id",
    "pending_approvals": "call_id",
    "decisions": "call_id",
}
# Less than this in common, and a text is as cheap told as a whole.
SHORT = 16


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what makes one state of another.

    Args:
        before: The traits as the browser has them, by name; plain JSON values that nobody changes.
        after: The same traits as they are now.

    Returns:
        Up to three parts, empty where nothing changed: `set`, whole values by name; `text`, pairs
        by name of an offset in UTF-16 units and the text from there on; `rows`, by name the length
        of the list and its changed rows.
    """
    told: dict[str, Any] = {}
    for name, value in after.items():
        old = before[name]
        if value is old or value == old:
            continue
        if name in ROWS:
            told.setdefault("rows", {})[name] = _rows(old, value, ROWS[name])
        else:
            _tell(told, name, old, value)
    return told


def _rows(before: list[Any], after: list[Any], key: str) -> dict[str, Any]:
    changed = []
    for at, row in enumerate(after):
        old = before[at] if at < len(before) else None
        if row is old or row == old:
            continue
        if old is None or old[key] != row[key] or old.keys() != row.keys():
            changed.append({"at": at, "row": row})
        else:
            patch: dict[str, Any] = {"at": at}
            for name, value in row.items():
                if value != old[name]:
                    _tell(patch, name, old[name], value)
            changed.append(patch)
    return {"length": len(after), "changed": changed}


def _tell(told: dict[str, Any], name: str, old: Any, value: Any) -> None:
    """Add one changed value: the end of a text that grew, anything else as a whole."""
    if isinstance(old, str) and isinstance(value, str) and len(old) >= SHORT:
        kept = _common(old, value)
        if kept >= SHORT:
            told.setdefault("text", {})[name] = [_units(value[:kept]), value[kept:]]
            return
    told.setdefault("set", {})[name] = value


def _common(old: str, value: str) -> int:
    """How many characters two texts have in common at their beginning."""
    if value.startswith(old):
        return len(old)
    least, most = 0, min(len(old), len(value))
    while least < most:
        middle = (least + most + 1) // 2
        if old[least:middle] == value[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
