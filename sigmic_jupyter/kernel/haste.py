"""Lets running cells give way sooner while somebody may click.

Threads of CPython hand over to each other at most each 5 ms as long as one of them computes, and a
click needs some twenty hand-overs on its way through a kernel whose cell computes. A shorter
interval costs nothing while nobody else has anything to do.
"""

from __future__ import annotations

import sys
import threading
from typing import ClassVar

__all__ = ["Haste"]

HASTE_S = 0.00005


class Haste:
    """One of those who may want clicks to be quick; after the last the former interval is back.

    An interval that is shorter already, or that somebody else sets meanwhile, stays.
    """

    # Shared, for the interval is the process's.
    _lock = threading.Lock()
    _in_haste: ClassVar[set[Haste]] = set()
    _before_s = 0.0
    _set_s = 0.0

    def set(self, *, wanted: bool) -> None:
        """Say whether clicks are to be quick now. From any thread."""
        with self._lock:
            was_wanted = bool(self._in_haste)
            if wanted:
                self._in_haste.add(self)
            else:
                self._in_haste.discard(self)
            if bool(self._in_haste) == was_wanted:
                return
            if wanted:
                self._begin()
            else:
                self._end()

    @staticmethod
    def _begin() -> None:
        Haste._before_s = sys.getswitchinterval()
        if Haste._before_s > HASTE_S:
            sys.setswitchinterval(HASTE_S)
        Haste._set_s = sys.getswitchinterval()

    @staticmethod
    def _end() -> None:
        # Setting what is set would round it down once more.
        if sys.getswitchinterval() == Haste._set_s != Haste._before_s:
            sys.setswitchinterval(Haste._before_s)
