"""What Tab offers after `%%sigmic` and `%sigmic`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from IPython.core.completer import SimpleCompletion, context_matcher

from sigmic_jupyter.client import Client
from sigmic_jupyter.magics.options import COMMANDS, MESSAGE, OPTIONS, PATHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from IPython.core.completer import CompletionContext, MatcherAPIv2, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["IDENTIFIER", "matcher_for"]

IDENTIFIER = "sigmic"

CELL = re.compile(r"%%sigmic\s+(?P<rest>.*)", re.DOTALL)
LINE = re.compile(r"\s*(?:[\w.]+\s*=\s*)?%sigmic\s+(?:(?P<command>attach|list)\s+)?(?P<rest>.*)")

# What a variable has to be for an option.
KINDS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "--policy": lambda value: callable(value) or isinstance(value, Mapping),
    "--env": lambda value: isinstance(value, Mapping),
    "--secrets": lambda value: isinstance(value, Mapping),
    "--client": lambda value: isinstance(value, Client),
}


def matcher_for(shell: InteractiveShell) -> MatcherAPIv2:
    """A matcher for IPython's completer, which offers options, and values where it knows them."""

    def match(context: CompletionContext) -> SimpleMatcherResult:
        line = context.line_with_cursor[: context.cursor_position]
        found = _command(line, is_first=context.cursor_line == 0)
        if found is None:
            return {"completions": []}
        command, words = found
        option = _open_option(command, words)
        if option is not None and OPTIONS[option].get("metavar") == PATHS:
            files: SimpleMatcherResult = shell.Completer.file_matcher(context)
            files["suppress"] = True
            return files
        fragment = words[-1].partition("=")[2] if "=" in words[-1] else words[-1]
        offers = _offers(command, words, option, shell.user_ns)
        return {
            "completions": [
                SimpleCompletion(text, type="param") for text in offers if text.startswith(fragment)
            ],
            "matched_fragment": fragment,
            "ordered": True,
            "suppress": True,
        }

    matcher: MatcherAPIv2 = context_matcher(identifier=IDENTIFIER)(match)
    return matcher


def _command(line: str, *, is_first: bool) -> tuple[str, list[str]] | None:
    """The command of a line and its words; the last is the one at the cursor, maybe empty."""
    found = (CELL.fullmatch(line) if is_first else None) or LINE.fullmatch(line)
    if found is None or found["rest"].count('"') % 2 or found["rest"].count("'") % 2:
        return None
    command = MESSAGE if found.re is CELL else found["command"] or ""
    return command, re.split(r"\s+", found["rest"])


def _open_option(command: str, words: list[str]) -> str | None:
    """The option whose value stands at the cursor."""
    *before, last = words
    known = [name for name in COMMANDS.get(command, ()) if name in OPTIONS]
    name, is_assigned, _value = last.partition("=")
    if is_assigned:
        return name if name in known else None
    if last.startswith("-"):
        return None
    for distance, word in enumerate(reversed(before)):
        if word in known:
            takes_many = OPTIONS[word].get("nargs") == "+"
            takes_one = "action" not in OPTIONS[word] and distance == 0
            return word if takes_many or takes_one else None
    return None


def _offers(
    command: str, words: list[str], option: str | None, variables: Mapping[str, Any]
) -> Iterable[str]:
    if not command:
        return [name for name in COMMANDS if name != MESSAGE] if len(words) == 1 else []
    if option is None:
        return [name for name in COMMANDS[command] if name in OPTIONS and name not in words[:-1]]
    if option in KINDS:
        fits = KINDS[option]
        return sorted(name for name, value in variables.items() if name[0] != "_" and fits(value))
    return list(OPTIONS[option].get("choices", ()))
