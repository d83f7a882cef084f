"""What a kernel says to a page, held back while a test asks for it.

The page goes on showing what it knew, as in the moment in which another browser, the service or
somebody else was quicker.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocketRoute

__all__ = ["Inbound"]

CHANNELS = re.compile(r"/api/kernels/[^/]+/channels")
DECIDE = b'"command":"decide"'


class Inbound:
    """Made before the page opens its notebook.

    Attributes:
        decisions: how many the page has sent to its kernel.
    """

    def __init__(self, page: Page) -> None:
        self.decisions = 0
        self._held: list[tuple[WebSocketRoute, str | bytes]] | None = None
        page.route_web_socket(CHANNELS, self._connect)

    def hold(self) -> None:
        """From now on the page hears nothing."""
        self._held = []

    def holds(self, text: bytes) -> bool:
        """Whether something that the page does not hear yet has this in it."""
        messages = [message for _, message in self._held or []]
        return any(text in (m.encode() if isinstance(m, str) else m) for m in messages)

    def release(self) -> None:
        """The page hears what it missed, in order, and all that follows."""
        held, self._held = self._held or [], None
        for socket, message in held:
            socket.send(message)

    def _connect(self, socket: WebSocketRoute) -> None:
        kernel = socket.connect_to_server()

        def to_page(message: str | bytes) -> None:
            if self._held is None:
                socket.send(message)
            else:
                self._held.append((socket, message))

        def to_kernel(message: str | bytes) -> None:
            self.decisions += DECIDE in (message.encode() if isinstance(message, str) else message)
            kernel.send(message)

        kernel.on_message(to_page)
        socket.on_message(to_kernel)
