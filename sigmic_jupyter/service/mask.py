"""Masks the API key and secrets wherever a text repeats them.

One mask serves the whole process: what was given to any task is masked in whatever any client
receives from then on, in what this package raises, and in what it logs.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, NoReturn

from sigmic_jupyter.service.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sigmic_jupyter.service.key import ApiKey

__all__ = ["SHARED_MASK", "GrowingText", "Mask", "MaskedStream", "MaskingFilter"]

# Of a secret at the end of a text that still grows, fewer characters than these may be seen.
WITHHELD = 4


class Mask:
    """Knows what must not be seen, and masks it. Thread-safe.

    A value is masked in the forms that `forms` lists. One of fewer than 8 characters, white space
    round it apart, is not masked: it would be found in words that are none of it.

    Attributes:
        finder: Finds what is known by now; replaced as a whole.
    """

    __slots__ = ("_lock", "_names", "finder")

    def __init__(self) -> None:
        self.finder = Finder({})
        self._lock = threading.Lock()
        self._names: dict[str, str] = {}

    def add_key(self, key: ApiKey) -> None:
        """Mask a key from now on, as `[sigmic_…ab12]`."""
        self._add({key.reveal(): str(key)})

    def add_secrets(self, secrets: Mapping[str, str]) -> None:
        """Mask the values of secrets from now on, as `[secret NAME]`."""
        self._add({value: f"secret {name}" for name, value in secrets.items()})

    def text(self, text: str, *, growing: bool = False) -> str:
        """Mask a text.

        Args:
            text: The text, as far as it goes.
            growing: Whether more may follow. Then an end of 4 characters or more that may become a
                secret is left out until that is known. Otherwise such an end, of 8 characters or
                more, is a secret that was cut off, and masked.
        """
        finder = self.finder
        if growing:
            return finder.masked(text[: finder.settled(text, WITHHELD)])
        return finder.masked(text, to_the_end=True)

    def __repr__(self) -> str:
        return f"<Mask of {len(self._names)} values>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A mask is not pickled: what it masks must end in no file.")

    def _add(self, names: Mapping[str, str]) -> None:
        with self._lock:
            if not names.items() <= self._names.items():
                self._names = {**self._names, **names}
                self.finder = Finder(self._names)


class MaskedStream:
    """Masks a text that comes in pieces, wherever they are cut.

    What it returns, put together, is what the mask makes of the whole text.
    """

    __slots__ = ("_mask", "_rest")

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._rest = ""

    def feed(self, piece: str) -> str:
        """Take the next piece and return what is certain by now; the rest may become a secret."""
        finder = self._mask.finder
        text = self._rest + piece
        certain = finder.settled(text, shortest=1)
        self._rest = text[certain:]
        return finder.masked(text[:certain])

    def peek(self, *, growing: bool) -> str:
        """What was withheld, as the mask makes it."""
        return self._mask.text(self._rest, growing=growing)

    def flush(self) -> str:
        """Return what was withheld: nothing more follows."""
        rest = self.peek(growing=False)
        self._rest = ""
        return rest


class GrowingText:
    """Masks a text that is fetched again and again, looking only at what is new of it."""

    __slots__ = ("_finder", "_mask", "_seen", "_shown", "_stream")

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._seen = self._shown = ""
        self._restart()

    def text(self, text: str, *, growing: bool) -> str:
        """Mask the text as it is now; the result is that of the mask's own method."""
        if self._finder is not self._mask.finder or not text.startswith(self._seen):
            self._restart()
        self._shown += self._stream.feed(text[len(self._seen) :])
        self._seen = text
        return self._shown + self._stream.peek(growing=growing)

    def _restart(self) -> None:
        self._finder = self._mask.finder
        self._stream = MaskedStream(self._mask)
        self._seen = self._shown = ""


class MaskingFilter(logging.Filter):
    """Masks what is logged, with the text of exceptions: those of the user's code can hold all."""

    _formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, masked."""
        message = record.getMessage()
        masked = SHARED_MASK.text(message)
        if masked != message:
            record.msg, record.args = masked, ()
        if record.exc_info and record.exc_info[1] is not None:
            text = self._formatter.formatException(record.exc_info)
            masked = SHARED_MASK.text(text)
            if masked != text:
                # Handlers that would look into the exception itself find its text alone.
                record.exc_text, record.exc_info = masked, None
        return True


SHARED_MASK = Mask()
logging.getLogger("sigmic_jupyter").addFilter(MaskingFilter())
