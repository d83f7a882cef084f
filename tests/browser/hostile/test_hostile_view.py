"""Whatever is written in a task, the live view shows it as text, and nothing else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile_corpus import GROUPS, batches
from hostile_site import open_page

if TYPE_CHECKING:
    from hostile_site import Site
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# Texts whose form matters are looked at in a narrow view, too.
FORMS = {"arguments", "imitation", "markdown", "unicode"}


@pytest.mark.parametrize("group", GROUPS)
def test_the_view_shows_text(chromium: Browser, site: Site, group: str) -> None:
    """In every place: no script, no request, only our elements, in their box, buttons free."""
    found: list[str] = []
    with open_page(chromium, site, f"/view.html?group={group}") as watch:
        for batch in batches(group):
            names = ", ".join(case.name for case in batch.values())
            # What only a person can press is pressed.
            for _ in range(watch.step("begin", *batch)):
                watch.page.keyboard.press("Enter")
            result = watch.step("finish", group in FORMS)
            found += result["found"]
            found += [f"{names}: {what}" for what in (*watch.seen(), *result["changes"])]
    assert found == []
