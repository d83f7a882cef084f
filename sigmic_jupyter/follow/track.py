"""One growing sequence, an answer's text or its thoughts, that is told in two ways at once. Pure.

Answers to GET tell all of it, the newest or somewhat older. A connection of the stream tells a part
of it piece by piece, from the beginning of the running turn; the part's *place* is where that goes
on. What is behind the place was told before, by another connection or by GET, and must be the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from sigmic_jupyter.service.models import Thought

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["ContradictionError", "Track"]

S = TypeVar("S", str, tuple[Thought, ...])


class ContradictionError(Exception):
    """The stream tells something else than what is known."""


class Track(Generic[S]):
    """What is known of one sequence. What GET says counts, and what is known grows only.

    Args:
        join: Puts pieces together.
        is_telling: Whether a piece is enough to find its place by.

    Attributes:
        start: Where in the whole the running turn begins, None as long as that is unknown.
        is_open: Whether something was heard of which only GET can tell where it belongs.
        is_lost: The stream's place got lost; only a new connection finds it again.
    """

    def __init__(
        self, join: Callable[[Iterable[S]], S], is_telling: Callable[[S], bool] = bool
    ) -> None:
        self.start: int | None = None
        self.is_open = False
        self.is_lost = False
        self._join: Callable[[Iterable[S]], S] = join
        self._is_telling: Callable[[S], bool] = is_telling
        self._pieces: list[S] = [join(())]
        self._length = 0
        self._told = 0  # how much of it is GET's word
        self._place: int | None = None
        self._places: Callable[[S], Iterable[int]] = _nowhere
        self._unplaced: list[S] = []

    @property
    def whole(self) -> S:
        """All that is known, the same object as long as nothing is new."""
        if len(self._pieces) > 1:
            self._pieces = [self._join(self._pieces)]
        return self._pieces[0]

    @property
    def behind(self) -> int:
        """How much more is known than the present connection has told."""
        return 0 if self._place is None else self._length - self._place

    def begin(self, places: Callable[[S], Iterable[int]], start: int | None = None) -> None:
        """A connection is about to tell the running turn, from its beginning.

        Args:
            places: The whole → where in it the turn may begin.
            start: Where it begins, where that is certain.
        """
        self.start = self._place = start
        self._places = places
        self._unplaced = []
        self.is_open = self.is_lost = False

    def begin_next(self, slack: int) -> None:
        """The same connection is about to tell the next turn, at most `slack` further on."""
        here = self._place
        if here is None:
            self.is_lost = True
        else:
            self.begin(lambda _: range(here, here + slack + 1))

    def hear(self, piece: S) -> bool:
        """Take the stream's next piece.

        Returns:
            Whether more is known than before.

        Raises:
            ContradictionError: It is not what was told there before.
        """
        if self._place is not None:
            return self._add(self._place, piece)
        self._unplaced.append(piece)
        if self.is_open or not self._is_telling(piece):
            return False
        self.is_open = True
        return self._settle()

    def take(self, truth: S, *, exact: bool) -> bool:
        """Take GET's word.

        Args:
            truth: All of the sequence, as the service tells it.
            exact: Whether that is all there is; otherwise the stream may be ahead of it.

        Returns:
            Whether the stream had told nothing else.
        """
        agrees = True
        whole = self.whole
        if truth[: self._length] == whole:
            self._replace(truth)
        elif exact or whole[: len(truth)] != truth:
            # Where GET contradicts what it said itself, the stream is not to blame.
            agrees = truth[: self._told] != whole[: self._told]
            self._replace(truth)
            self._lose()
        self._told = len(truth)
        if not exact:
            self._settle()
        # A turn that was unplaced, and is all that GET tells now, explains the difference.
        return agrees or self._place is not None

    def _replace(self, truth: S) -> None:
        self._pieces, self._length = [truth], len(truth)

    def _lose(self) -> None:
        """GET told something new altogether: that is the turn, if the turn is still unplaced."""
        if self._place is not None:
            self.start = self._place = None
            self.is_lost = True
        self._places = _at_the_beginning

    def _add(self, place: int, piece: S) -> bool:
        known = self.whole[place : place + len(piece)] if place < self._length else piece[:0]
        if piece[: len(known)] != known:
            raise ContradictionError
        self._place = place + len(piece)
        if len(piece) == len(known):
            return False
        self._pieces.append(piece[len(known) :])
        self._length = self._place
        return True

    def _settle(self) -> bool:
        """Find where the turn begins: where the whole goes on as what was heard, or the reverse."""
        if not self.is_open:
            return False
        whole, heard = self.whole, self._join(self._unplaced)
        for place in self._places(whole):
            common = heard[: max(self._length - place, 0)]
            if self._is_telling(common) and whole[place : place + len(common)] == common:
                self.start = place
                self._unplaced, self.is_open = [], False
                return self._add(place, heard)
        return False


def _nowhere(_: object) -> Iterable[int]:
    return ()


def _at_the_beginning(_: object) -> Iterable[int]:
    return (0,)
