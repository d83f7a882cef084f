"""The hostile inputs of `tests/hostile/`, which tells their sources and their form."""

from __future__ import annotations

import json
import os
import pathlib
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = pathlib.Path(__file__).parents[2] / "hostile"
GROUPS = sorted(path.stem for path in FOLDER.glob("*.json"))

# A text of more characters takes its time in every place.
LONG = 20_000

SLOW = 5_000

# All of it takes a quarter of an hour. Each time two of five are tried, of those that take long one
# of ten; by `make hostile` all of them.
WHOLE = os.environ.get("HOSTILE") == "all"


class Case(NamedTuple):
    """One input: a text for every place, and arguments for the calls."""

    name: str
    text: str
    args: Any
    args_json: str | None
    # Its signs are drawn far beyond their lines.
    ink: bool


@cache
def cases(group: str) -> list[Case]:
    """The inputs of a file that are to be tried, in its order."""
    every = [_case(group, **fields) for fields in json.loads(written(group))]
    return every if WHOLE else [case for n, case in enumerate(every) if _is_chosen(n, case)]


def _is_chosen(n: int, case: Case) -> bool:
    return n % 10 == 0 if len(case.text) > SLOW else n % 5 in {0, 2}


def written(group: str) -> str:
    """A file as it is."""
    return (FOLDER / f"{group}.json").read_text(encoding="utf-8")


def _case(
    group: str,
    *,
    id: str,  # noqa: A002 - so it is called in the files
    note: str,  # noqa: ARG001 - for who reads the files
    text: str | None = None,
    parts: list[tuple[str, int]] | None = None,
    arguments: bool = False,
    ink: bool = False,
) -> Case:
    whole = "".join(part * times for part, times in parts or []) if text is None else text
    name = f"{group}/{id}"
    if not arguments:
        return Case(name, whole, _around(whole), None, ink)
    args = json.loads(whole)
    exact = json.dumps(args, sort_keys=True, separators=(",", ":"))
    return Case(name, whole, args, exact, ink)


def _around(text: str) -> dict[str, Any]:
    """Arguments that have the text in every place that arguments have, in all ways to show them."""
    short = {text: text, "command": text}
    if len(text) > LONG:
        return short
    return short | {
        "file_path": text,
        "content": text,
        "old_string": text,
        "new_string": f"{text}\nx",
        "diff": f"--- {text}\n+++ {text}\n@@ -1 +1 @@ {text}\n-{text}\n+{text}",
        "nested": {text: [text, f"{text}\n{text}"]},
        "numbers": [1, None, True],
    }


def batches(group: str, most: int = 4, characters: int = 4_000) -> Iterator[dict[int, Case]]:
    """The inputs of a file by their place in it, several of the short ones at a time."""
    batch: dict[int, Case] = {}
    for index, case in enumerate(cases(group)):
        size = sum(len(each.text) for each in batch.values())
        if batch and (len(batch) == most or size + len(case.text) > characters):
            yield batch
            batch = {}
        batch[index] = case
    yield batch
