"""The checks themselves: where texts become elements, each finds what it is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile_site import open_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile_site import Site, Watch
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def failing(script: str) -> str:
    return f'<img src=x onerror="{script}">'


CARD = '<div class="sigmic-approval" style="position:relative;width:300px">{}</div>'
BUTTON = "<button type=button>Approve once</button>"

UNSAFE = {
    "script": (failing("pwned()"), "a script called pwned()"),
    "dialog": (failing("alert(1)"), "a script called alert()"),
    "script in a frame": ("<iframe srcdoc='<script>pwned()</script>'>", "a script called pwned()"),
    "script of data": ("<iframe src='data:text/html,<script>pwned()</script>'>", "called pwned()"),
    "handler": ("<p onclick=pwned()>x</p>", "against script-src-attr: inline"),
    "error": (failing("throw new Error('broken')"), "an error: broken"),
    "request here": ("<img src=/x>", "/x"),
    "request elsewhere": ("<img src=https://evil.example/p>", "a request: https://evil.example/p"),
    "style's request": (
        "<style>p { background: url(https://evil.example/b) }</style><p>x</p>",
        "a request: https://evil.example/b",
    ),
    "beacon": (
        failing("navigator.sendBeacon('https://evil.example/b')"),
        "a request: https://evil.example/b",
    ),
    "window": (failing("window.open('https://evil.example/')"), "a script called open()"),
    "page": (failing("location='https://evil.example/'"), "a request: https://evil.example/"),
    "prefetch": ("<link rel=prefetch href=https://evil.example/n>", "https://evil.example/n"),
    "socket": (
        failing("new WebSocket('wss://evil.example/')"),
        "a socket: wss://evil.example/",
    ),
    "worker": (
        failing("new Worker(window.URL.createObjectURL(new Blob(['1'])))"),
        "a worker: blob:",
    ),
    "element": ("<marquee>x</marquee>", "<marquee> in "),
    "namespace": ("<svg><script></script></svg>", "<script> in body > main > div.sigmic > svg"),
    "attribute": ("<p accesskey=x>x</p>", 'accesskey="x" at'),
    "style": ("<p style=color:red>x</p>", 'style="color:red" at'),
    "class": ("<p class=jp-Button>x</p>", 'class="jp-Button" at'),
    "name": ("<p id=location>x</p>", 'id="location" at'),
    "script's address": ("<a href=javascript:pwned()>x</a>", 'href="javascript:pwned()" at'),
    "relative address": ("<a href=/lab>x</a>", 'href="/lab" at'),
    "link without rel": (
        "<a href=https://docs.example target=_blank>x</a>",
        "a link without rel and title",
    ),
    "hidden character": ("<p>a\u202eb</p>", "a hidden U+202E: "),
    "half a pair": ("<p>a&#x0b;\u200b</p>", "a hidden U+"),
    "fixed place": ("<p style=position:fixed>x</p>", "fixed: "),
    "wide element": ("<p style=width:2000px>x</p>", "out of the box (0 "),
    "wide text": ("<p style=white-space:nowrap>" + "x " * 400 + "</p>", "text out of the box"),
    "element above": ("<p style=position:relative;top:-60px>x</p>", "out of the box"),
    "strange button": (CARD.format("<button>Approve now</button>"), "a button says Approve now"),
    "covered button": (
        CARD.format(f"{BUTTON}<div style=position:absolute;inset:0></div>"),
        "Approve once is covered",
    ),
    "unseen button": (
        CARD.format("<button style='width:0;padding:0;border:0'>Approve once</button>"),
        "Approve once cannot be seen",
    ),
    "overlapping buttons": (
        CARD.format(f"{BUTTON}<button style=margin-left:-40px>Approve once</button>"),
        "Approve once overlaps another button",
    ),
    "button outside": (
        CARD.format("<button style=margin-left:280px>Approve once</button>"),
        "Approve once is outside of its card",
    ),
    "cut arguments": (
        (
            "<div class=sigmic-args style='overflow:clip;width:100px'>"
            "<span style='white-space:nowrap'>rm --recursive and a lot of other words</span></div>"
        ),
        "cut off:",
    ),
    "title": (failing("document.title='Approved'"), "title: Unsafe on purpose became Approved"),
    "every object": (failing("Object.prototype.polluted=1"), "properties of every object:"),
    "body": (failing("document.body.append('', document.createElement('p'))"), "of the body"),
    "head": (failing("document.head.append(document.createElement('style'))"), "of the head"),
    "wide page": ("<p style=width:3000px>x</p>", "width of the page"),
    "page moved": ("<style>#before { margin-top: 40px }</style>", "what stands above"),
    "page resized": ("<style>#after { font-size: 40px }</style>", "size of what stands below"),
}


@pytest.fixture(scope="module")
def watch(chromium: Browser, site: Site) -> Iterator[Watch]:
    with open_page(chromium, site, "/unsafe.html") as opened:
        yield opened


@pytest.mark.parametrize("name", UNSAFE)
def test_each_check_finds_what_it_is_there_for(watch: Watch, name: str) -> None:
    """What happens where a text becomes elements is told."""
    html, expected = UNSAFE[name]
    watch.open("/unsafe.html")
    found = [*watch.step("show", html), *watch.seen()]

    assert [what for what in found if expected in what], found


def test_text_is_not_told_of(watch: Watch) -> None:
    """Where there is nothing to be told, nothing is."""
    watch.open("/unsafe.html")
    button = "<button type=button class=sigmic-button>Approve once</button>"

    assert watch.step("show", f"<p>x</p><div class=sigmic-approval>{button}</div>") == []
    assert watch.seen() == []


def test_the_proxy_sees_what_gets_past_the_page(watch: Watch, site: Site) -> None:
    """A socket is no request, but it must be opened through the proxy."""
    watch.open("/unsafe.html")
    watch.step("show", failing("new WebSocket('wss://evil.example/')"))

    assert site.elsewhere.get(timeout=30).startswith("CONNECT evil.example:443")


def test_a_page_that_hangs_is_told(chromium: Browser, site: Site) -> None:
    """The test waits for a page for a while, not for ever."""
    with (
        open_page(chromium, site, "/unsafe.html") as watch,
        pytest.raises(AssertionError, match=r"the page is lost: .*Timeout"),
    ):
        watch.step("show", failing("for(;;);"), limit_ms=500)


def test_strays_in_a_record_are_told(chromium: Browser, site: Site) -> None:
    """In HTML and in what two renderers make of Markdown."""
    with open_page(chromium, site, "/record.html") as watch:
        html = watch.step("html", ["<p>x<!-- y --><b>z</b></p>", "<p>\u202e</p><svg></svg>"])
        markdown = watch.step("markdown", "<b>x</b>", "<img src=/x>")
        seen = watch.seen()

    assert html == [
        "<b> in html > body > p",
        "<svg> in html > body",
        "a hidden U+202E: html > body > p",
        "when it is read again, <b> in html > body > p",
        "when it is read again, <svg> in html > body",
        "a comment:  y ",
        "3 elements for 2 records",
    ]
    assert markdown == [
        "markdown-it: <img> in html > body",
        "markdown-it: when it is read again, <img> in html > body",
        "marked: <b> in html > body > p",
        "marked: when it is read again, <b> in html > body > p",
    ]
    assert [what for what in seen if what.startswith("a request")] != []
