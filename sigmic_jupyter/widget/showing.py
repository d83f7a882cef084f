"""The outputs that show a task: the live view, and beside it the record for other viewers."""

from __future__ import annotations

import logging
import threading
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Showing", "records"]

log = logging.getLogger("sigmic_jupyter")

Bundle = tuple[dict[str, Any], dict[str, Any]]


class Showing:
    """Shows one task, as often as asked, and renews what is stored when the task has ended.

    Args:
        bundle: Makes the data and metadata of an output, as `_repr_mimebundle_` returns them.
    """

    def __init__(self, bundle: Callable[[], Bundle]) -> None:
        self._bundle = bundle
        self._display_id = uuid.uuid4().hex
        self._lock = threading.Lock()
        self._shown = False

    def show(self, *, again: bool = True) -> None:
        """Show it in the running cell; without `again` only if nothing shows it yet."""
        with self._lock:
            if self._shown and not again:
                return
            self._shown = True
        self._publish(update=False)

    def renew(self) -> None:
        """Put the newest record into all outputs. Front ends make their live views anew then."""
        if self._shown:
            self._publish(update=True)

    def _publish(self, *, update: bool) -> None:
        # Late, since a plain script needs none of it.
        from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415

        if InteractiveShell.initialized():
            data, metadata = self._bundle()
            InteractiveShell.instance().display_pub.publish(
                data, metadata, transient={"display_id": self._display_id}, update=update
            )


def records(traits: Mapping[str, Any]) -> dict[str, str]:
    """The record of a task by media type; what can't be made is left out, and logged."""
    # Late, since the import of the package is to be quick.
    from sigmic_jupyter.widget import record  # noqa: PLC0415

    made: dict[str, str] = {}
    for media_type, make in (
        ("text/html", record.record_html),
        ("text/markdown", record.record_markdown),
        ("text/plain", record.record_plain),
    ):
        try:
            made[media_type] = make(traits)
        except Exception:  # the live view must show whatever becomes of the record
            log.exception("no record media_type=%s", media_type)
    return made
