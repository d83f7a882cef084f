"""Finds secrets in a text, whole ones and those of which the text ends in the beginning. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sigmic_jupyter.service.forms import SHORTEST, forms_of
from sigmic_jupyter.service.unbroken import Unbroken, has_breaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Finder"]

# The first pair of which no form has a character is used: so no label completes another secret.
_BRACKETS = (("[", "]"), ("⟦", "⟧"), ("⟨", "⟩"), ("«", "»"), ("【", "】"))

# Base64 is found in lines of so many characters or more; then of two pieces of half as many one is
# whole, and with breaks and indentation a form is not so many times as long.
_SHORTEST_LINE = 16
_BROKEN = 4


class _Hidden(str):
    """A form of a secret, which a traceback that prints locals does not show."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<hidden>"


class _Form(NamedTuple):
    text: str
    label: str


class _Span(NamedTuple):
    start: int
    end: int
    label: str


class Finder:
    """Finds a fixed set of values in all of their forms.

    Args:
        names: By value, what to put in its place, without brackets.
    """

    __slots__ = ("_base64", "_forms", "_pieces", "_window")

    def __init__(self, names: Mapping[str, str]) -> None:
        known = [(forms_of(value), name) for value, name in names.items()]
        labels = _labels(names.values(), {text for forms, _ in known for text in forms.all})
        self._forms = _longest_first((forms.all, labels[name]) for forms, name in known)
        self._base64 = _longest_first((forms.base64, labels[name]) for forms, name in known)
        self._pieces = {_Hidden(piece) for form in self._base64 for piece in _pieces(form.text)}
        self._window = _BROKEN * max((len(form.text) for form in self._base64), default=0)

    def masked(self, text: str, *, to_the_end: bool = False) -> str:
        """Put a label in place of each value.

        Args:
            text: The text.
            to_the_end: Whether the beginning of a value, of 8 characters or more, that the text
                ends in is masked too: the rest of it was cut off.
        """
        if len(text) < SHORTEST:
            return text
        found = [*self._whole(text)]
        if to_the_end and (tail := self._tail(text, SHORTEST)) is not None:
            found.append(tail)
        pieces, shown = [], 0
        for span in _merged(found):
            pieces += [text[shown : span.start], span.label]
            shown = span.end
        return "".join((*pieces, text[shown:])) if pieces else text

    def settled(self, text: str, shortest: int) -> int:
        """How many characters of a text that grows are certain: then a value may be beginning.

        Args:
            text: The text so far.
            shortest: How many characters make a beginning.
        """
        tail = self._tail(text, shortest)
        if tail is None:
            return len(text)
        # A value that is whole may still be a part of a longer one.
        overlapping = (span for span in _merged(self._whole(text)) if tail.start < span.end)
        return min(tail.start, next(overlapping, tail).start)

    def _whole(self, text: str) -> Iterator[_Span]:
        yield from _whole(text, self._forms)
        if has_breaks(text) and any(piece in text for piece in self._pieces):
            unbroken = Unbroken(text)
            for start, end, label in _whole(unbroken.text, self._base64):
                yield _Span(unbroken.place(start), unbroken.place(end - 1) + 1, label)

    def _tail(self, text: str, shortest: int) -> _Span | None:
        tails = [*_begun(text, self._forms, shortest)]
        before = max(0, len(text) - self._window)
        if has_breaks(window := text[before:]):
            unbroken = Unbroken(window)
            tails += [
                _Span(before + unbroken.place(start), len(text), label)
                for start, _, label in _begun(unbroken.text, self._base64, shortest)
            ]
        return min(tails, default=None)


def _labels(names: Iterable[str], forms: Iterable[str]) -> dict[str, str]:
    used = set().union(*forms)
    opening, closing = next((pair for pair in _BRACKETS if used.isdisjoint(pair)), _BRACKETS[0])
    safe = {name: "secret" if any(form in name for form in forms) else name for name in names}
    return {name: f"{opening}{words}{closing}" for name, words in safe.items()}


def _pieces(form: str) -> tuple[str, str]:
    half = min(len(form), _SHORTEST_LINE) // 2
    return form[:half], form[half : 2 * half]


def _longest_first(labelled: Iterable[tuple[Iterable[str], str]]) -> tuple[_Form, ...]:
    forms = {text: _Form(_Hidden(text), label) for texts, label in labelled for text in texts}
    return tuple(sorted(forms.values(), key=lambda form: (-len(form.text), form.text)))


def _whole(text: str, forms: Iterable[_Form]) -> Iterator[_Span]:
    """All places of all forms, also those that overlap."""
    for form, label in forms:
        at = text.find(form)
        while at >= 0:
            yield _Span(at, at + len(form), label)
            at = text.find(form, at + 1)


def _begun(text: str, forms: Iterable[_Form], shortest: int) -> Iterator[_Span]:
    """The longest end of a text, for each form, that is the beginning of the form."""
    for form, label in forms:
        at = text.find(form[:shortest], max(0, len(text) - len(form) + 1))
        while at >= 0:
            if form.startswith(text[at:]):
                yield _Span(at, len(text), label)
                break
            at = text.find(form[:shortest], at + 1)


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    """Spans that overlap as one, in order; of those that begin together the longest counts."""
    merged: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
