"""Check clicks while a cell runs in all versions of ipykernel; prints a table.

Arguments are versions; without any, all of them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kernel_checks import CHECKS
from kernel_notebook import Notebook
from kernel_venv import VERSIONS, python_with

if TYPE_CHECKING:
    from kernel_checks import Check

OK, NOT_THERE = "ok", "-"


def main() -> int:
    """Run all checks; 1 if anything does not hold."""
    failures: list[str] = []
    widths = [max(len(check.name), 6) for check in CHECKS]
    print("ipykernel", *(c.name.ljust(w) for c, w in zip(CHECKS, widths, strict=True)), sep="  ")
    for version in sys.argv[1:] or VERSIONS:
        with Notebook(python_with(version)) as notebook:
            print(notebook.version.ljust(9), end="")
            for check, width in zip(CHECKS, widths, strict=True):
                verdict, saw = verdict_of(check, notebook)
                print(f"  {verdict.ljust(width)}", end="", flush=True)
                if saw:
                    failures.append(f"{version} {check.name}:\n  {saw}\n  {check.expected}")
            print()
    print(*(f"\n{failure}" for failure in failures), sep="\n")
    return int(bool(failures))


def verdict_of(check: Check, notebook: Notebook) -> tuple[str, str]:
    """How a check went, in a word, and what it saw if that was not what is expected."""
    if notebook.major < check.since:
        return NOT_THERE, ""
    try:
        saw = check.run(notebook)
    except TimeoutError as error:
        return "HANGS", str(error)
    return (OK, "") if saw == check.expected else ("FAILS", repr(saw))


if __name__ == "__main__":
    sys.exit(main())
