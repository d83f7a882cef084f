"""What the scripted agent plays.

The first row that fits a message is taken:

| the message | script | what it does |
|---|---|---|
| comes with a CSV file | `analyst` | groups it with real Python, writes two files, answers |
| is a later one of its session | `follow_up` | lists the files, refers to the turn before |
| has a word that begins with "expire" | `expiring` | asks once, and ends before long undecided |
| has a word that begins with "fail" | `failing` | ends as a failed task |
| has a word that begins with "leak" | `leaking` | repeats key, `env` and `secrets`, then fails |
| has a word that begins with "report" | `report` | streams a long Markdown text |
| has a word that begins with "sample" | `samples` | makes a file of each kind, also hostile ones |
| has a word that begins with "think" | `thinker` | has a dozen thoughts and a short answer |
| has a word that begins with "upload" | `uploading` | asks for calls that a person should read |
| is anything else | `greeter` | one thought, one call, a short answer |
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias

from sigmic_jupyter.simulator.agent import Agent
from sigmic_jupyter.simulator.scenarios import (
    analyst,
    expiring,
    failing,
    follow_up,
    greeter,
    leaking,
    report,
    samples,
    thinker,
    uploading,
)

__all__ = ["Script", "choose"]

Script: TypeAlias = Callable[[Agent], Awaitable[None]]

_BY_WORD = {
    "expire": expiring.run,
    "fail": failing.run,
    "leak": leaking.run,
    "report": report.run,
    "sample": samples.run,
    "think": thinker.run,
    "upload": uploading.run,
}


def choose(message: str, files: Iterable[str], *, is_first: bool) -> Script:
    """The script for a message.

    Args:
        message: the person's words.
        files: the workspace paths of what came with it.
        is_first: whether the message began the session.
    """
    if any(map(analyst.can_read, files)):
        return analyst.run
    if not is_first:
        return follow_up.run
    return next(
        (
            script
            for word, script in _BY_WORD.items()
            if re.search(rf"\b{word}", message, re.IGNORECASE)
        ),
        greeter.run,
    )
