"""Docstrings → Markdown, as griffe has read them. Pure."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from griffe import ParameterKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from griffe import Parameter

__all__ = ["Page"]

WIDTH = 88
STARS = {ParameterKind.var_positional: "*", ParameterKind.var_keyword: "**"}
# Where no name is a link: blocks of code, fenced and indented.
CODE = re.compile(r"(^```.*?^```|^ {4}[^\n]*)", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"`([\w.]+)(?:\(\))?`")


class Page:
    """What a page says of a package, in parts that each end with a line.

    Args:
        package: The package, as griffe has it.
        paths: Where the page's names are below it.
        internal: Members that are not for users.
    """

    def __init__(self, package: Any, paths: Collection[str], *, internal: Collection[str]) -> None:
        self._package = package
        self._internal = internal
        self._names = {path.rpartition(".")[2] for path in paths}
        self._names |= {name for path in paths for name in self._members(path)}

    def words(self, path: str) -> Iterator[str]:
        """The docstring of a module."""
        return self._docstring(self._package[path], path)

    def entries(self, path: str) -> Iterator[str]:
        """A name, and if it is a class its methods and properties."""
        yield from self._entry(self._package[path], path.rpartition(".")[2], "###")
        for name, member in self._members(path).items():
            yield from self._entry(member, name, "####")

    def linked(self, text: str, within: str = "") -> str:
        """Let names lead to where they are told of: within a class to its own first."""

        def link(match: re.Match[str]) -> str:
            owner = within.partition(".")[0]
            names = [name for name in (f"{owner}.{match[1]}", match[1]) if name in self._names]
            if not names or names[0] == within:
                return match[0]
            return f"[{match[0]}](#{names[0].lower().replace('.', '')})"

        parts = CODE.split(text)
        parts[::2] = [NAME.sub(link, part) for part in parts[::2]]
        return "".join(parts)

    def _members(self, path: str) -> dict[str, Any]:
        """The methods and properties of a class that are not told of elsewhere on the page."""
        found = self._package[path]
        members = {**found.members, **found.inherited_members} if found.is_class else {}
        return {
            f"{found.name}.{name}": member
            for name, member in members.items()
            if not name.startswith("_") and name not in self._internal
            if member.is_function or "property" in member.labels
            if name in found.members or member.canonical_path.split(".")[-2] not in self._names
        }

    def _entry(self, found: Any, name: str, level: str) -> Iterator[str]:
        yield f"{level} `{name}`\n"
        if not self._is_given(found):
            yield f"```python\n{_code(found, name.rpartition('.')[2])}\n```\n"
        for base in [base.name for base in _bases(found) if base.name in self._names][:1]:
            yield self.linked(f"A kind of `{base}`.\n")
        yield from self._docstring(found, name)

    def _docstring(self, found: Any, name: str) -> Iterator[str]:
        for kind, value in _sections(found):
            if kind == "text":
                yield self.linked(value, name) + "\n"
            elif kind == "returns":
                yield self.linked(f"Returns: {_line(value[0].description)}", name) + "\n"
            elif kind != "parameters" or not self._is_given(found):
                yield f"{kind.title()}:\n"
                yield "".join(self._row(row, name) for row in value)

    def _is_given(self, found: Any) -> bool:
        """Whether it is a class of which users make no objects."""
        is_made = found.name in self._package.exports and "parameters" in dict(_sections(found))
        return found.is_class and not is_made

    def _row(self, row: Any, name: str) -> str:
        description = self.linked(_line(row.description), name)
        if not hasattr(row, "name"):
            return f"- {self.linked(f'`{row.annotation}`')}: {description}\n"
        is_argument = hasattr(row, "default")  # whose type is in the call
        kind = "" if is_argument or row.annotation is None else f" (`{row.annotation}`)"
        return f"- `{row.name}`{self.linked(kind, name)}: {description}\n"


def _bases(found: Any) -> list[Any]:
    """The classes of the package that a class is made of, the nearest first."""
    return found.mro() if found.is_class else []


def _sections(found: Any) -> Iterator[tuple[str, Any]]:
    """Those of the docstring, then all attributes: bases that are not told of have some, too."""
    parsed = found.docstring.parsed if found.docstring else ()
    sections = [(section.kind.value, section.value) for section in parsed]
    yield from (each for each in sections if each[0] != "attributes")
    private = [base for base in _bases(found) if base.name.startswith("_")]
    inherited = [dict(_sections(base)).get("attributes", []) for base in private]
    if rows := sum(inherited, dict(sections).get("attributes", [])):
        yield "attributes", rows


def _code(found: Any, name: str) -> str:
    """How it is used: a call with its arguments, the type of a value, or an alias."""
    if found.is_attribute:
        is_alias = "property" not in found.labels and found.value is not None
        return f"{name} = {found.value}" if is_alias else f"{name}: {found.annotation}"
    parts = [part for part in _parameters(found.parameters) if part != "self"]
    result = f" -> {found.returns}" if found.is_function else ""
    line = f"{name}({', '.join(parts)}){result}"
    lines = textwrap.indent(",\n".join(parts), "    ")
    return line if len(line) <= WIDTH else f"{name}(\n{lines},\n){result}"


def _parameters(parameters: Iterable[Parameter]) -> Iterator[str]:
    starred = False
    for each in parameters:
        if each.kind is ParameterKind.keyword_only and not starred:
            yield "*"
        starred |= each.kind in {ParameterKind.keyword_only, ParameterKind.var_positional}
        annotation = "" if each.annotation is None else f": {each.annotation}"
        default = "" if each.default is None or each.kind in STARS else f" = {each.default}"
        yield f"{STARS.get(each.kind, '')}{each.name}{annotation}{default}"


def _line(text: str) -> str:
    """On one line, as a sentence."""
    line = " ".join(text.split())
    return line[:1].upper() + line[1:]
