"""Whatever is written in a task, its record shows it as text, also where nothing is sanitised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hostile_corpus import GROUPS, cases
from hostile_scenes import SCENES, filled
from hostile_site import open_page
from markdown_it import MarkdownIt

from sigmic_jupyter.widget.record import record_html, record_markdown

if TYPE_CHECKING:
    from hostile_corpus import Case
    from hostile_site import Site
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# The record does not tell of the connection, nor what is asked in the details.
RECORDED = ("waiting", "failed", "odd")
# Of long texts the scene that has them in most places.
SHORT = 20_000


@pytest.mark.parametrize("group", GROUPS)
def test_the_record_is_only_ours(chromium: Browser, site: Site, group: str) -> None:
    """Read as a document: no script, no request, only our elements, in their box."""
    found = []
    with open_page(chromium, site, "/record.html") as watch:
        for case in cases(group):
            records = [record_html(traits) for traits in tasks(case)]
            strays = watch.step("html", records)
            found += [f"{case.name}: {what}" for what in (*strays, *watch.seen())]
        found += watch.step("changes")
    assert found == []


@pytest.mark.parametrize("group", GROUPS)
def test_the_record_as_markdown_is_only_ours(chromium: Browser, site: Site, group: str) -> None:
    """Two renderers that let HTML through find none to let through, and no image."""
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = []
    with open_page(chromium, site, "/record.html") as watch:
        for case in cases(group):
            for traits in tasks(case):
                source = record_markdown(traits)
                strays = watch.step("markdown", source, renderer.render(source))
                found += [f"{case.name}: {what}" for what in (*strays, *watch.seen())]
        found += watch.step("changes")
    assert found == []


def tasks(case: Case) -> list[dict[str, Any]]:
    """Traits with the case in every place for text."""
    scenes = RECORDED if len(case.text) <= SHORT else ("failed",)
    return [
        filled(SCENES[scene]["traits"], case.text, case.args, case.args_json) for scene in scenes
    ]
