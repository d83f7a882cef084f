"""The options of the magic: what can be written after `%%sigmic`, `%sigmic attach`, `%sigmic list`.

Each is an argument of `Client.run`, `Client.attach` or `Client.tasks`, under the same name where it
is one word.
"""

from __future__ import annotations

import argparse
import keyword
import shlex
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, NoReturn, get_args

from IPython.core.error import UsageError

from sigmic_jupyter.follow import Transport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["COMMANDS", "MESSAGE", "OPTIONS", "PATHS", "command_of", "parse", "words"]

PATHS: Final = "PATH"
VARIABLE: Final = "VARIABLE"
SEE_ALL = "%sigmic? tells of all options."


def _name(text: str) -> str:
    if text.isidentifier() and not keyword.iskeyword(text):
        return text
    raise argparse.ArgumentTypeError("it takes a name, as for a variable")


def _variable(text: str) -> str:
    # What is none is not repeated: it may be a secret itself.
    if text.isidentifier():
        return text
    raise argparse.ArgumentTypeError("it takes a variable's name, so that no value stands here")


OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "--files": {"nargs": "+", "action": "extend", "default": [], "metavar": PATHS},
    "--approve": {"action": "store_true"},
    "--system": {"metavar": "TEXT"},
    "--as": {"dest": "name", "type": _name, "metavar": "NAME"},
    "--wait": {"action": "store_true"},
    "--fill": {"action": "store_true"},
    "--policy": {"type": _variable, "metavar": VARIABLE},
    "--env": {"type": _variable, "metavar": VARIABLE},
    "--secrets": {"type": _variable, "metavar": VARIABLE},
    "--no-history": {"action": "store_true"},
    "--interval": {"type": float, "metavar": "SECONDS"},
    "--transport": {"choices": get_args(Transport)},
    "--client": {"type": _variable, "metavar": VARIABLE},
    "--limit": {"type": int, "default": 50, "metavar": "COUNT"},
    "--offset": {"type": int, "default": 0, "metavar": "COUNT"},
}
FOLLOWING = ("--as", "--wait", "--policy", "--interval", "--transport", "--client")
MESSAGE: Final = "%%sigmic"
COMMANDS: Final[Mapping[str, Sequence[str]]] = {
    MESSAGE: tuple(option for option in OPTIONS if option not in {"--limit", "--offset"}),
    "attach": ("task_id", *FOLLOWING),
    "list": ("--limit", "--offset", "--client"),
}
# What somebody writes who knows the arguments of `run`, or another magic.
MEANT: Final[Mapping[str, str]] = {
    "--ask": "--approve",
    "--auto-execute": "--approve",
    "--name": "--as",
    "--no-auto-execute": "--approve",
    "--show-in-history": "--no-history",
    "--system-prompt": "--system",
    "--upload": "--files",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        what = f"{self.prog}: {message.removeprefix('argument ')}"
        raise UsageError(f"{what if what[-1] in '.?' else f'{what}.'} {SEE_ALL}")


def _parser(command: str) -> argparse.ArgumentParser:
    prog = command if command == MESSAGE else f"%sigmic {command}"
    parser = _Parser(prog, add_help=False, allow_abbrev=False)
    for name in COMMANDS[command]:
        parser.add_argument(name, **OPTIONS.get(name, {"metavar": "ID"}))
    return parser


def parse(command: str, line: Sequence[str]) -> argparse.Namespace:
    """Read the words after a command.

    Raises:
        UsageError: One of them is none that is known, or lacks its value; says what is meant.
    """
    parser = _parser(command)
    options, others = parser.parse_known_args(line)
    if others:
        parser.error(_what_is_wrong(others[0].partition("=")[0], command))
    return options


def command_of(word: str) -> str:
    """The command that a word names.

    Raises:
        UsageError: It names none; says what is meant.
    """
    if word in COMMANDS and word != MESSAGE:
        return word
    close = get_close_matches(word.lower(), COMMANDS, n=1)
    meant = f"did you mean {close[0]}?" if close else "attach and list are those that it has."
    raise UsageError(
        f"%sigmic has no command {word!r}: {meant} A message goes below %%sigmic (two %). {SEE_ALL}"
    )


def _what_is_wrong(word: str, command: str) -> str:
    if word.startswith("-"):
        return f"there is no option {word}{_guess(word, command)}"
    if command != MESSAGE:
        return f"{word!r} is no option"
    meant = f" Did you mean %sigmic {word} (one %)?" if word in COMMANDS else ""
    return f"options stand here, and the message below: {word!r} is no option.{meant}"


def _guess(word: str, command: str) -> str:
    """What an unknown option may be meant to be, as the end of a sentence."""
    known = [name for name in COMMANDS[command] if name in OPTIONS]
    spelt = f"--{word.lstrip('-').lower().replace('_', '-')}"
    meant = MEANT.get(spelt, spelt)
    if meant in known:
        return f": did you mean {meant}?"
    owners = [name for name, theirs in COMMANDS.items() if spelt in theirs]
    if owners:
        return f": it is one of {' and '.join(owners)}"
    close = get_close_matches(spelt, known, n=1)
    return f": did you mean {close[0]}?" if close else ""


def words(line: str) -> list[str]:
    """Split a line into words; quotation marks hold words together, a backslash is itself.

    Raises:
        UsageError: A quotation mark is not closed.
    """
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = lexer.escape = ""
    try:
        return list(lexer)
    except ValueError:
        raise UsageError(
            "A quotation mark is not closed. Text with an apostrophe goes into double ones."
        ) from None
