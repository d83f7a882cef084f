"""How large something is, in words. Pure."""

from __future__ import annotations

from typing import Any

__all__ = ["byte_count"]

STEP = 1_000
PRECISE_BELOW = 9.95


def byte_count(size: Any) -> str:
    """`2.6 KB`, by 1,000 as file managers do; empty where it is unknown."""
    if not isinstance(size, int):
        return ""
    amount, unit = float(size), "byte" if size == 1 else "bytes"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < STEP:
            break
        amount, unit = amount / STEP, larger
    precise = size >= STEP and amount < PRECISE_BELOW
    return f"{round(amount, 1):g} {unit}" if precise else f"{round(amount):,} {unit}"
