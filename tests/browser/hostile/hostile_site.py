"""Pages on loopback that show hostile inputs, and a watch over all that happens round them."""

from __future__ import annotations

import contextlib
import http.server
import json
import pathlib
import queue
import socketserver
import threading
from typing import TYPE_CHECKING, Any

from hostile_corpus import cases
from hostile_scenes import SCENES
from playwright.sync_api import Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

__all__ = ["Site", "Watch", "open_page", "serve"]

ROOT = pathlib.Path(__file__).parents[3]
PAGES = pathlib.Path(__file__).parent / "pages"
STATIC = ROOT / "sigmic_jupyter" / "static"
MARKED = ROOT / "js" / "node_modules" / "marked" / "lib" / "marked.esm.js"
TYPES = {".css": "text/css", ".html": "text/html", ".js": "text/javascript"}
# For several inputs in all places, on a machine that does other things too.
LIMIT_MS = 60_000
# Chromium asks its maker how fields are filled in, whatever page has them; no text goes there.
CHROMIUM_S_OWN = "content-autofill.googleapis.com"
# What steps.js says when a step has ended.
DONE = "hostile: done"
# It forbids nothing: whatever could happen does, and is told. Playwright itself needs `eval`.
POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:"
)


class Site:
    """The address of the pages, and what a page asked for past all that watches it."""

    def __init__(self, address: str, proxy: str, elsewhere: queue.SimpleQueue[str]) -> None:
        self.address = address
        self.proxy = proxy
        self.elsewhere = elsewhere


class Watch:
    """Has a page do things, and knows what it did that it must not do."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self._site = site
        self._found: list[str] = []
        page.expose_binding("trap", lambda _source, what: self._found.append(what))
        page.add_init_script(path=PAGES / "traps.js")
        found = self._found
        page.context.on("request", lambda request: found.append(f"a request: {request.url[:200]}"))
        page.on("websocket", lambda socket: found.append(f"a socket: {socket.url}"))
        page.on("worker", lambda worker: found.append(f"a worker: {worker.url}"))
        page.on("pageerror", lambda error: found.append(f"an error: {error.message[:500]}"))

    def open(self, path: str) -> None:
        """Go to a page of the site; what it loads itself does not count."""
        self.page.goto(self._site.address + path)
        self.page.wait_for_function("window.hostile")
        self.seen()

    def step(self, name: str, *values: Any, limit_ms: float = LIMIT_MS) -> Any:
        """Call one of the page's functions; if it takes longer than the limit, it hangs."""
        page = self.page
        try:
            # Not by asking the page again and again: one that hangs does not answer.
            with page.expect_console_message(lambda said: said.text == DONE, timeout=limit_ms):
                page.evaluate("values => hostile.step(...values)", [name, *values])
        except Error as lost:
            raise AssertionError(f"the page is lost: {lost.message}; {self.seen()}") from None
        done = page.evaluate("hostile.result")
        assert "error" not in done, done["error"]
        return done["value"]

    def seen(self) -> list[str]:
        """What happened since it was asked last, each once."""
        elsewhere = self._site.elsewhere
        while not elsewhere.empty():
            request = elsewhere.get()
            if CHROMIUM_S_OWN not in request:
                self._found.append(f"past the page: {request}")
        found = list(dict.fromkeys(self._found))
        self._found.clear()
        return found


@contextlib.contextmanager
def open_page(chromium: Browser, site: Site, path: str) -> Iterator[Watch]:
    """Open a page that no request gets out of."""
    context = chromium.new_context(
        viewport={"width": 1000, "height": 4_000},
        proxy={"server": site.proxy, "bypass": site.address.removeprefix("http://")},
    )

    def stop(route: Route) -> None:
        if route.request.url.startswith(f"{site.address}/"):
            route.continue_()
        else:
            # The page stays where it is, also when it was to go there.
            route.fulfill(status=204)

    context.route("**/*", stop)
    page = context.new_page()
    try:
        watch = Watch(page, site)
        watch.open(path)
        yield watch
    finally:
        context.close()


@contextlib.contextmanager
def serve() -> Iterator[Site]:
    """The pages, and a proxy that notes who is asked for and lets nobody through."""
    elsewhere: queue.SimpleQueue[str] = queue.SimpleQueue()

    class Proxy(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            elsewhere.put(self.rfile.readline(300).decode(errors="replace").strip())

    with (
        _running(http.server.ThreadingHTTPServer, Pages) as pages,
        _running(socketserver.ThreadingTCPServer, Proxy) as proxy,
    ):
        yield Site(f"http://{pages}", f"http://{proxy}", elsewhere)


class Pages(http.server.BaseHTTPRequestHandler):
    """The pages' files, the bundle as it was built, and the inputs as JSON."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = pathlib.PurePosixPath(self.path.partition("?")[0])
        content = self._content(path)
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/json"))
        self.send_header("Content-Length", str(len(content or b"")))
        self.send_header("Content-Security-Policy-Report-Only", POLICY)
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _content(self, path: pathlib.PurePosixPath) -> bytes | None:
        if path.name == "scenes.json":
            return json.dumps(SCENES).encode()
        if path.parent.name == "cases":
            # Halves of surrogate pairs get through as escapes.
            return json.dumps([case._asdict() for case in cases(path.stem)]).encode()
        folder = STATIC if path.stem == "widget" else PAGES
        file = MARKED if path.name == "marked.js" else folder / path.name
        return file.read_bytes() if file.is_file() else None


@contextlib.contextmanager
def _running(server: type[Any], handler: type[Any]) -> Iterator[str]:
    with server(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{running.server_address[1]}"
        running.shutdown()
