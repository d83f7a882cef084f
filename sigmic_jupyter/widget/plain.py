"""Structs → plain JSON, once for as long as they stay the same.

Each snapshot has all rows anew. Those that are equal keep the dicts that they had, so that telling
what changed compares objects and not texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Plain"]


class Plain:
    """Makes plain JSON values of traits, and remembers the rows of their lists."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Sequence[Any], list[Any]]] = {}

    def of(self, traits: dict[str, Any]) -> dict[str, Any]:
        """The same traits as plain values, which nobody may change."""
        return {
            name: self._rows(name, value) if isinstance(value, list | tuple) else _plain(value)
            for name, value in traits.items()
        }

    def _rows(self, name: str, rows: Sequence[Any]) -> list[Any]:
        before, known = self._known.get(name, ((), []))
        plain = [
            known[at] if at < len(before) and _same(row, before[at]) else _plain(row)
            for at, row in enumerate(rows)
        ]
        self._known[name] = (rows, plain)
        return plain


def _same(row: Any, before: Any) -> bool:
    """Whether a row is what it was: the same objects, or equal texts. Python takes 1 for True."""
    return row is before or (
        type(row) is type(before)
        and all(
            one is other or (isinstance(one, str) and one == other)
            for one, other in zip(_values(row), _values(before), strict=True)
        )
    )


def _values(row: Any) -> tuple[Any, ...]:
    return tuple(row.values()) if isinstance(row, dict) else msgspec.structs.astuple(row)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else msgspec.to_builtins(value)
